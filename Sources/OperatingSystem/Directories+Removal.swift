import Glibc

extension Directories {
  /// Removes a file, a symbolic link, or a directory with everything in it; nothing there is fine.
  ///
  /// Symbolic links are removed, never followed, even when someone exchanges a directory for a link meanwhile:
  /// each level is opened below its parent with O_NOFOLLOW. A mount point inside is entered, then refuses.
  ///
  /// - Throws: The first failure, with the rest left in place. `EMFILE` for a tree deeper than the process may
  ///   have descriptors.
  package static func removeTree(_ path: String) throws(SystemError) {
    // A slash at the end would make the kernel follow a link.
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    if bytes.isEmpty || bytes.contains(0) {
      throw SystemError(operation: "unlinkat", path: path, code: EINVAL)
    }
    try removeEntry(bytes, below: AT_FDCWD, path: path)
  }

  private static func removeEntry(
    _ name: [UInt8], below parent: Int32, path: String
  ) throws(SystemError) {
    do throws(SystemError) {
      try unlink(name, below: parent, flags: 0, path: path)
    } catch {
      if error.code == ENOENT { return }
      guard error.code == EISDIR else { throw error }
      try removeDirectory(name, below: parent, path: path)
    }
  }

  private static func removeDirectory(
    _ name: [UInt8], below parent: Int32, path: String
  ) throws(SystemError) {
    let number = try systemCall("openat", path) {
      unsafe withCString(name) {
        unsafe openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
    }
    let directory = FileDescriptor(owning: number, path: path)
    for entry in try DirectoryStream.names(in: directory) {
      try removeEntry(entry, below: number, path: path + "/" + String(decoding: entry, as: UTF8.self))
    }
    extendLifetime(directory)
    try unlink(name, below: parent, flags: AT_REMOVEDIR, path: path)
  }

  private static func unlink(
    _ name: [UInt8], below parent: Int32, flags: Int32, path: String
  ) throws(SystemError) {
    try systemCall("unlinkat", path) {
      unsafe withCString(name) { unsafe unlinkat(parent, $0, flags) }
    }
  }

  /// Calls `body` with the bytes as a C string; they hold no NUL.
  @unsafe
  private static func withCString(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    let terminated = bytes.map(CChar.init(bitPattern:)) + [0]
    return unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe body(start)
    }
  }
}
