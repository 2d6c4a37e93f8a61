import Glibc

/// Whole files by path.
package enum Files {
  /// Reads a file to its end.
  ///
  /// - Throws: `EFBIG` when the file holds more than `bytesLimit` bytes; at most that many and one block are read.
  package static func read(_ path: String, bytesLimit: Int = .max) throws(SystemError) -> [UInt8] {
    try read(FileDescriptor.openForReading(path), bytesLimit: bytesLimit)
  }

  /// Reads an open file to its end, as the other function does: for callers that have asked the descriptor who owns it.
  package static func read(
    _ file: borrowing FileDescriptor, bytesLimit: Int
  ) throws(SystemError) -> [UInt8] {
    let path = file.path
    let expected = Int(try file.status().size)
    guard expected <= bytesLimit else { throw SystemError(operation: "read", path: path, code: EFBIG) }
    var bytes = [UInt8](repeating: 0, count: expected + 1)
    var count = 0
    while true {
      let read = try file.read(into: &bytes, at: count)
      if read == 0 { break }
      count += read
      guard count <= bytesLimit else { throw SystemError(operation: "read", path: path, code: EFBIG) }
      // The size was a hint: /proc says 0, and a log may grow meanwhile.
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(count, 4096))) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Whether the name exists; a symbolic link counts, wherever it points.
  ///
  /// - Throws: What keeps the question from being answered, such as `EACCES`.
  package static func exists(_ path: String) throws(SystemError) -> Bool {
    try statusIfPresent(path) != nil
  }

  /// What a name stands for; of a symbolic link the link itself, unless it is to be followed.
  package static func status(
    _ path: String, followingSymbolicLinks: Bool = false
  ) throws(SystemError) -> FileStatus {
    var raw = stat()
    let flags = followingSymbolicLinks ? 0 : AT_SYMLINK_NOFOLLOW
    try systemCall("stat", path) { unsafe fstatat(AT_FDCWD, path, &raw, flags) }
    return FileStatus(raw)
  }

  /// As `status`, with nil where nothing exists.
  package static func statusIfPresent(
    _ path: String, followingSymbolicLinks: Bool = false
  ) throws(SystemError) -> FileStatus? {
    do throws(SystemError) {
      return try status(path, followingSymbolicLinks: followingSymbolicLinks)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Creates a file that did not exist, with exactly this mode.
  ///
  /// With `isSynced` the content is on the device before this returns; the name itself is durable after
  /// `Directories.sync` of its directory.
  ///
  /// - Throws: `EEXIST` when the name is taken, be it by a symbolic link that points nowhere. A file that could
  ///   not be written in full is removed again.
  package static func create(
    _ path: String, _ bytes: [UInt8] = [], mode: FileMode, isSynced: Bool = false
  ) throws(SystemError) {
    let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    do throws(SystemError) {
      try file.writeAll(bytes)
      try file.setMode(mode)
      if isSynced { try file.sync() }
    } catch {
      discard(path)
      throw error
    }
  }

  /// Replaces a file in one step: a reader, or a power cut, sees the old content or the new, never a mixture.
  ///
  /// Writes a temporary file beside, syncs it, renames it, syncs the directory. On failure the temporary file
  /// is removed; only when the last step fails is the new content visible but perhaps not durable.
  package static func writeAtomically(
    _ bytes: [UInt8], to path: String, mode: FileMode
  ) throws(SystemError) {
    let directory = Paths.directory(of: path)
    let temporary = directory + "/." + RandomBytes.hexadecimal(count: 12) + ".tmp"
    try create(temporary, bytes, mode: mode, isSynced: true)
    do throws(SystemError) {
      try Directories.rename(temporary, to: path)
    } catch {
      discard(temporary)
      throw error
    }
    try Directories.sync(directory)
  }

  /// Removes a file or a symbolic link, not what the link points at.
  ///
  /// - Throws: `EISDIR` for a directory, `ENOENT` where nothing exists.
  package static func remove(_ path: String) throws(SystemError) {
    try systemCall("unlink", path) { unsafe unlink(path) }
  }

  /// Sets the permission bits; a symbolic link is followed.
  package static func setMode(_ mode: FileMode, of path: String) throws(SystemError) {
    try systemCall("chmod", path) { unsafe chmod(path, mode) }
  }

  /// Removes what a failed operation left; the failure that led here says more than one of the removal.
  private static func discard(_ path: String) {
    _ = unsafe unlink(path)
  }
}
