import OperatingSystem

/// The folder of files that all directories of a site share; the name of each carries the hash of its content.
///
/// While the value lives, no other publisher adds or removes files there.
struct SharedFiles: ~Copyable {
  private let folder: DirectoryHandle
  private let staging: DirectoryHandle
  private let attributes: DirectoryHandle.Attributes
  private let lock: FileLock

  /// How long a publisher waits for another one that adds or removes shared files.
  private static let lockWait = Duration.seconds(10)

  init(root: DirectoryHandle, staging: DirectoryHandle, group: UInt32?) throws {
    let folder = try Self.open(root, group: group)
    lock = try folder.lock(waiting: Self.lockWait)
    self.folder = folder
    self.staging = staging
    attributes = DirectoryHandle.Attributes(mode: SiteConvention.fileMode, group: group)
  }

  private static func open(_ root: DirectoryHandle, group: UInt32?) throws -> DirectoryHandle {
    let name = SiteConvention.sharedFolder
    let isMissing = try root.status(of: name) == nil
    do throws(SystemError) {
      let folder = try root.subdirectory(name, mode: SiteConvention.directoryMode, group: group)
      if isMissing { try root.sync() }
      return folder
    } catch {
      guard error.isNotFound || error.isSymbolicLink else { throw error }
      throw PublishingError.notADirectory(path: root.path + "/" + name)
    }
  }

  /// Makes sure that a file is there; it is on the disk when this returns.
  ///
  /// - Returns: whether it had to be written.
  func land(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> Bool {
    if try isThere(name, bytes) { return false }
    let temporary = "new.shared." + name
    try staging.removeFile(temporary)
    try staging.createFile(temporary, bytes, attributes, isSynced: true)
    try staging.rename(temporary, to: folder, name)
    try folder.sync()
    return true
  }

  private func isThere(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> Bool {
    guard let status = try folder.status(of: name), status.isRegular, status.size == Int64(bytes.count)
    else { return false }
    return try folder.read(name, bytesLimit: bytes.count) == bytes
  }

  /// The files that are not among the named ones.
  func names(but names: Set<String>) throws(SystemError) -> [String] {
    var others: [String] = []
    for (name, _) in try folder.entries() where !names.contains(name) {
      if try folder.status(of: name)?.isDirectory != true { others.append(name) }
    }
    return others
  }

  func remove(_ names: [String]) throws(SystemError) {
    for name in names { try folder.removeFile(name) }
    try folder.sync()
  }
}
