import Glibc
import Synchronization

/// An open directory below which files are written without resolving its path again.
///
/// What happens to the path meanwhile (a rename, a planted symbolic link) cannot lead writes elsewhere: every
/// name is one component, opened below the descriptor with O_NOFOLLOW. Names that are empty, `.`, `..`, or hold
/// a slash or NUL are refused with `EINVAL`.
package final class DirectoryHandle: Sendable {
  /// The path at the time of opening, for messages.
  package let path: String
  let descriptor: FileDescriptor
  /// The mode that files made here are known to get as they are asked for; 0 for none.
  private let keptMode = Atomic<FileMode>(0)

  /// Opens an existing directory; the last component may not be a symbolic link.
  package convenience init(opening path: String) throws(SystemError) {
    self.init(try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
  }

  private init(_ descriptor: consuming FileDescriptor) {
    path = descriptor.path
    self.descriptor = descriptor
  }

  /// Creates a directory with exactly this mode and opens it.
  ///
  /// - Throws: `EEXIST` when the name is taken.
  package static func create(_ path: String, mode: FileMode) throws(SystemError) -> DirectoryHandle {
    try Directories.create(path, mode: mode)
    return try DirectoryHandle(opening: path)
  }

  /// Opens the directory of this name, which is created first where it is missing, and sets its mode and group.
  ///
  /// - Throws: `ENOTDIR` when a file or a symbolic link has the name.
  package func subdirectory(
    _ name: String, mode: FileMode, group: UInt32? = nil
  ) throws(SystemError) -> DirectoryHandle {
    try check(name)
    do throws(SystemError) {
      try systemCall("mkdirat", about: path + "/" + name) { unsafe mkdirat(descriptor.number, name, 0o700) }
    } catch {
      guard error.isAlreadyThere else { throw error }
    }
    let child = try FileDescriptor(opening: name, in: descriptor, folder: path, Self.openFlags)
    try child.setMode(mode)
    if let group { try child.setGroup(group) }
    return DirectoryHandle(child)
  }

  /// Opens the directory of this name as it is.
  ///
  /// - Throws: `ENOENT`; `ENOTDIR` or `ELOOP` when a file or a symbolic link has the name.
  package func openDirectory(_ name: String) throws(SystemError) -> DirectoryHandle {
    try check(name)
    return DirectoryHandle(
      try FileDescriptor(opening: name, in: descriptor, folder: path, Self.openFlags))
  }

  private static let openFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW

  /// What a new file gets beside its bytes.
  package struct Attributes: Sendable {
    package let mode: FileMode
    /// nil leaves the file to the group of the process.
    package let group: UInt32?
    /// Seconds since the Unix epoch; nil for the time of writing.
    package let modifiedSeconds: Int64?

    package init(mode: FileMode, group: UInt32? = nil, modifiedSeconds: Int64? = nil) {
      self.mode = mode
      self.group = group
      self.modifiedSeconds = modifiedSeconds
    }
  }

  /// Creates a file that did not exist, with exactly these attributes.
  ///
  /// With `isSynced` the content is on the device before this returns; otherwise sync the whole file system
  /// later. The name itself is durable after `sync`.
  ///
  /// - Throws: `EEXIST` when the name is taken, be it by a symbolic link. A file that could not be written in
  ///   full stays, as part of a tree that is thrown away.
  package func createFile(
    _ name: String, _ bytes: [UInt8], _ attributes: Attributes, isSynced: Bool = false
  ) throws(SystemError) {
    try createFile(name, bytes.span, attributes, isSynced: isSynced)
  }

  /// As the other `createFile`, from bytes that lie in someone else's buffer.
  package func createFile(
    _ name: String, _ bytes: Span<UInt8>, _ attributes: Attributes, isSynced: Bool = false
  ) throws(SystemError) {
    try check(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try FileDescriptor(opening: name, in: descriptor, folder: path, flags, mode: attributes.mode)
    try file.writeAll(bytes)
    try setMode(attributes.mode, of: file)
    if let group = attributes.group { try file.setGroup(group) }
    if let seconds = attributes.modifiedSeconds { try file.setModificationTime(seconds) }
    if isSynced { try file.sync() }
  }

  /// Makes sure of a new file's mode: the process's mask, or an access list of the directory, may have taken from it,
  /// and does with all files of one mode or with none.
  private func setMode(_ mode: FileMode, of file: borrowing FileDescriptor) throws(SystemError) {
    if keptMode.load(ordering: .relaxed) == mode { return }
    if try file.status().mode == mode {
      keptMode.store(mode, ordering: .relaxed)
    } else {
      try file.setMode(mode)
    }
  }

  /// Gives a file of another directory a second name here; both must lie on one file system.
  ///
  /// - Throws: `EEXIST` when the name is taken, `EMLINK` when the file has too many names, `EXDEV` across file
  ///   systems. A symbolic link is linked itself, not followed.
  package func link(
    from source: DirectoryHandle, _ sourceName: String, to name: String
  ) throws(SystemError) {
    try check(name)
    try source.check(sourceName)
    try systemCall("linkat", about: path + "/" + name) {
      unsafe linkat(source.descriptor.number, sourceName, descriptor.number, name, 0)
    }
  }

  /// Makes the names in this directory durable.
  package func sync() throws(SystemError) {
    try descriptor.sync()
  }

  /// Makes everything on this directory's file system durable: for a large batch cheaper than a sync a file.
  package func syncFileSystem() throws(SystemError) {
    try descriptor.syncFileSystem()
  }

  /// Refuses what is not one component of a path.
  func check(_ name: String) throws(SystemError) {
    let isDots = name == "." || name == ".."
    let hasOthers = name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    if name.isEmpty || isDots || hasOthers {
      throw SystemError(operation: "openat", path: path + "/" + name, code: EINVAL)
    }
  }
}
