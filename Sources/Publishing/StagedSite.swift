package import OperatingSystem

/// A site in the making beside the live one, which it replaces in one step.
///
/// Staging, the lock and whatever else a visitor must not see live in `<output>.state`, on the same file system.
/// One publisher at a time holds the lock; a crash releases it and leaves the live site as it was.
package struct StagedSite: ~Copyable {
  /// The live directory.
  package let output: String
  /// The directory that is being filled.
  package let staging: DirectoryHandle

  private let stagingPath: String
  private let lock: FileLock

  /// The mode of every published directory: the group of the web server may read, nobody else.
  package static let directoryMode: FileMode = 0o750
  /// The mode of every published file.
  package static let fileMode: FileMode = 0o640
  /// The file that marks a directory as one that a publisher may replace.
  package static let markerName = ".folio"

  /// Takes the lock and begins with an empty directory.
  ///
  /// - Throws: `PublishingError` when the output must not be replaced or another publisher is at work,
  ///   `SystemError`.
  package init(output path: String) throws {
    let output = try Self.checkedOutput(path)
    let state = output + ".state"
    if try Files.statusIfPresent(state) == nil { try Directories.create(state, mode: 0o700) }
    let lock = try Self.takeLock(state + "/lock")
    let stagingPath = state + "/staging"
    try Directories.removeTree(stagingPath)
    let staging = try DirectoryHandle.create(stagingPath, mode: Self.directoryMode)
    self.init(output: output, stagingPath: stagingPath, staging: staging, lock: lock)
  }

  private init(output: String, stagingPath: String, staging: DirectoryHandle, lock: consuming FileLock) {
    self.output = output
    self.stagingPath = stagingPath
    self.staging = staging
    self.lock = lock
  }

  private static func takeLock(_ path: String) throws -> FileLock {
    do throws(FileLockError) {
      return try FileLock.acquireExclusive(path, waiting: .zero)
    } catch {
      switch error {
      case .busy: throw PublishingError.anotherPublisher(lock: path)
      case .system(let system): throw system
      }
    }
  }

  /// Puts the staged directory in the place of the live one and removes what was live.
  ///
  /// - Returns: whether the exchange was one step; false where the file system needs two.
  /// - Throws: `SystemError`; then the live directory is the old one.
  package consuming func publish() throws -> Bool {
    try staging.createFile(
      Self.markerName, Array("A site that folio build replaces.\n".utf8), mode: Self.fileMode)
    try staging.syncFileSystem()
    let isOneStep = try exchange()
    try Directories.sync(parent(of: output))
    try Directories.removeTree(stagingPath)
    return isOneStep
  }

  /// Leaves the live directory as it is and removes what was staged.
  package consuming func discard() throws {
    try Directories.removeTree(stagingPath)
  }

  private func exchange() throws -> Bool {
    guard try Files.statusIfPresent(output) != nil else {
      try Directories.rename(stagingPath, to: output, replacing: false)
      return true
    }
    do throws(SystemError) {
      try Directories.exchange(stagingPath, output)
      return true
    } catch {
      guard error.isNotSupported else { throw error }
    }
    let old = stagingPath + ".old"
    try Directories.removeTree(old)
    try Directories.rename(output, to: old)
    try Directories.rename(stagingPath, to: output)
    try Directories.removeTree(old)
    return false
  }
}

extension StagedSite {
  /// The output as an absolute path without links, once it is sure that it may be replaced.
  private static func checkedOutput(_ path: String) throws -> String {
    var trimmed = path
    while trimmed.utf8.count > 1, trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
    if trimmed.isEmpty { throw PublishingError.notReplaceable(path: path) }
    if try Files.statusIfPresent(parent(of: trimmed)) == nil {
      try Directories.create(parent(of: trimmed), mode: 0o755, intermediates: true)
    }
    let directory = try Directories.realPath(parent(of: trimmed))
    let name = lastComponent(of: trimmed)
    let output = (directory == "/" ? "" : directory) + "/" + name
    if name.isEmpty || name == "." || name == ".." || output == Users.homeDirectory() {
      throw PublishingError.notReplaceable(path: path)
    }
    try checkContent(output)
    return output
  }

  private static func checkContent(_ output: String) throws {
    guard let status = try Files.statusIfPresent(output) else { return }
    guard status.isDirectory else { throw PublishingError.notADirectory(path: output) }
    let content = try Directories.list(output)
    if !content.isEmpty, !content.contains(markerName) { throw PublishingError.foreignContent(path: output) }
  }
}

/// Why a site cannot be published.
package enum PublishingError: Error, Equatable, Sendable {
  /// The root, a home directory, or no name at all.
  case notReplaceable(path: String)
  /// A file or a link stands where the site should.
  case notADirectory(path: String)
  /// The directory holds something that no build has put there.
  case foreignContent(path: String)
  case anotherPublisher(lock: String)
}

private func parent(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func lastComponent(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}
