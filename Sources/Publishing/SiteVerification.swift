import Hashing
package import OperatingSystem

/// What a web root has that was not published, or lacks of what was.
package enum SiteFault: Equatable, Sendable {
  /// A recorded file, or the directory of many, is not there.
  case missing(path: String)
  /// A file's bytes are not those that were published.
  case changed(path: String)
  /// A file or directory has other permissions than it was given.
  case otherMode(path: String, mode: FileMode)
  /// Something that no publication put there.
  case unexpected(path: String)
  /// The directory in its place is not the one that was published last, whatever it holds.
  case displaced(path: String)

  /// Relative to the web root.
  package var path: String {
    switch self {
    case .missing(let path), .changed(let path), .otherMode(let path, _), .unexpected(let path),
      .displaced(let path):
      path
    }
  }
}

/// A comparison of everything in the web root with what is recorded.
package struct SiteVerification: Sendable {
  package private(set) var directories = 0
  package private(set) var files = 0
  /// In order of directories; paths are relative to the web root.
  package private(set) var faults: [SiteFault] = []

  /// Compares, while no publisher is at work.
  ///
  /// - Throws: `PublishingError.noState`, `.anotherPublisher`; `SystemError`, `SQLiteError`.
  package init(_ place: SitePlace) throws {
    let states = try place.states()
    if states.isEmpty { throw PublishingError.noState(path: place.state) }
    let root = try DirectoryHandle(opening: place.output)
    var known: Set = [SiteConvention.markerName, SiteConvention.sharedFolder]
    var shared: [FileEntry] = []
    for state in states {
      let lock = try Publisher.takeLock(state + "/lock")
      let record = try PublishingRecord.openForReading(state + "/" + SitePlace.recordName)
      for directory in try record.directories() {
        known.insert(directory.name)
        try verify(directory, record, in: root)
      }
      for file in try record.sharedFiles() where !shared.contains(file) { shared.append(file) }
      try verifyShared(record, in: root)
      extendLifetime(lock)
    }
    try reportUnexpected(in: root, known, shared)
  }

  private mutating func verify(
    _ directory: PublishedDirectory, _ record: PublishingRecord, in root: DirectoryHandle
  ) throws {
    directories += 1
    guard let handle = try Self.openIfPresent(root, directory.name) else {
      return faults.append(.missing(path: directory.name))
    }
    if try handle.status().inode != directory.inode { faults.append(.displaced(path: directory.name)) }
    var rest: [String: FileEntry] = [:]
    for entry in try record.manifest(of: directory.name).entries { rest[entry.path] = entry }
    try verify(handle, at: "", of: directory.name, &rest, record.hashKey)
    for path in rest.keys.sorted() { faults.append(.missing(path: directory.name + "/" + path)) }
  }

  private mutating func verify(
    _ folder: DirectoryHandle, at prefix: String, of directory: String, _ rest: inout [String: FileEntry],
    _ key: ContentHashKey
  ) throws(SystemError) {
    for (name, _) in try folder.entries().sorted(by: { $0.name < $1.name }) {
      let (path, place) = (prefix + name, directory + "/" + prefix + name)
      guard let status = try folder.status(of: name) else { continue }
      if status.isDirectory, let inner = try Self.openIfPresent(folder, name) {
        check(status, SiteConvention.directoryMode, place)
        try verify(inner, at: path + "/", of: directory, &rest, key)
      } else if let entry = rest.removeValue(forKey: path), status.isRegular {
        check(status, SiteConvention.fileMode, place)
        try verify(folder, name, entry, place, key)
      } else {
        faults.append(.unexpected(path: place))
      }
    }
  }

  private mutating func verify(
    _ folder: DirectoryHandle, _ name: String, _ entry: FileEntry, _ place: String, _ key: ContentHashKey
  ) throws(SystemError) {
    files += 1
    let bytes = try folder.read(name, bytesLimit: .max)
    if bytes.count != entry.byteCount || ContentHash(of: bytes, key: key) != entry.hash {
      faults.append(.changed(path: place))
    }
  }

  private mutating func verifyShared(_ record: PublishingRecord, in root: DirectoryHandle) throws {
    let folder = try Self.openIfPresent(root, SiteConvention.sharedFolder)
    for entry in try record.sharedFiles() {
      let place = SiteConvention.sharedFolder + "/" + entry.path
      if let folder, let status = try folder.status(of: entry.path), status.isRegular {
        check(status, SiteConvention.fileMode, place)
        try verify(folder, entry.path, entry, place, record.hashKey)
      } else {
        faults.append(.missing(path: place))
      }
    }
  }

  private mutating func reportUnexpected(
    in root: DirectoryHandle, _ known: Set<String>, _ shared: [FileEntry]
  ) throws(SystemError) {
    for (name, _) in try root.entries().sorted(by: { $0.name < $1.name }) where !known.contains(name) {
      faults.append(.unexpected(path: name))
    }
    guard let folder = try Self.openIfPresent(root, SiteConvention.sharedFolder) else { return }
    let names = Set(shared.map(\.path))
    for (name, _) in try folder.entries().sorted(by: { $0.name < $1.name }) where !names.contains(name) {
      faults.append(.unexpected(path: SiteConvention.sharedFolder + "/" + name))
    }
  }

  private mutating func check(_ status: FileStatus, _ mode: FileMode, _ place: String) {
    if status.mode != mode { faults.append(.otherMode(path: place, mode: status.mode)) }
  }

  private static func openIfPresent(
    _ folder: DirectoryHandle, _ name: String
  ) throws(SystemError) -> DirectoryHandle? {
    do throws(SystemError) {
      return try folder.openDirectory(name)
    } catch {
      guard error.isNotFound || error.isSymbolicLink else { throw error }
      return nil
    }
  }
}
