import CLinux
import Glibc

/// Whole directories by path.
package enum Directories {
  /// The absolute path of the working directory.
  package static func current() throws(SystemError) -> String {
    try unsafe text(of: getcwd(nil, 0), "getcwd", ".")
  }

  /// Creates a directory with exactly this mode.
  ///
  /// With `intermediates` missing parents are created with the same mode, and a directory that exists already
  /// is accepted as it is.
  ///
  /// - Throws: `EEXIST` when the name is taken (with `intermediates`: by something else than a directory).
  package static func create(
    _ path: String, mode: FileMode, intermediates: Bool = false
  ) throws(SystemError) {
    guard intermediates, !path.isEmpty else { return try createOne(path, mode: mode) }
    var end = path.utf8.startIndex
    while end != path.utf8.endIndex {
      let next = path.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/"))
      end = next ?? path.utf8.endIndex
      try createIfMissing(String(path[..<end]), mode: mode)
    }
  }

  /// The names in a directory without `.` and `..`, ascending by their bytes.
  ///
  /// - Throws: `EILSEQ` when a name is not UTF-8.
  /// - Complexity: O(n log n).
  package static func list(_ path: String) throws(SystemError) -> [String] {
    let directory = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
    var names: [String] = []
    for bytes in try DirectoryStream.names(in: directory) {
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw SystemError(operation: "readdir", path: path, code: EILSEQ)
      }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Renames a file or a directory within one file system, and syncs nothing.
  ///
  /// With `replacing` a file, or an empty directory, of the new name is replaced.
  ///
  /// - Throws: `EXDEV` across file systems; `EEXIST` for a taken name that is not to be replaced.
  package static func rename(_ from: String, to: String, replacing: Bool = true) throws(SystemError) {
    try systemCall("rename", from, to) {
      replacing
        ? unsafe Glibc.rename(from, to)
        : unsafe linux_renameat2(AT_FDCWD, from, AT_FDCWD, to, linux_rename_noreplace)
    }
  }

  /// Swaps two names in one step, so that at no time either is missing; syncs nothing.
  ///
  /// - Throws: An error that `isNotSupported` where the file system cannot do it (NFS, some overlays): the
  ///   caller may then rename twice. `ENOENT` when one of the two does not exist.
  package static func exchange(_ first: String, _ second: String) throws(SystemError) {
    try systemCall("renameat2", first, second) {
      unsafe linux_renameat2(AT_FDCWD, first, AT_FDCWD, second, linux_rename_exchange)
    }
  }

  /// Makes the names in a directory durable: those created, renamed and removed before.
  package static func sync(_ path: String) throws(SystemError) {
    try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY).sync()
  }

  /// The absolute path without symbolic links, `.` and `..`; it must exist.
  package static func realPath(_ path: String) throws(SystemError) -> String {
    if path.utf8.contains(0) { throw SystemError(operation: "realpath", path: path, code: EINVAL) }
    return try unsafe text(of: realpath(path, nil), "realpath", path)
  }

  /// Whether what a directory holds lies in memory alone (tmpfs).
  package static func isInMemory(_ path: String) throws(SystemError) -> Bool {
    try systemCall("statfs", path) { unsafe linux_file_system_kind(path) } == linux_tmpfs
  }

  private static func createOne(_ path: String, mode: FileMode) throws(SystemError) {
    try systemCall("mkdir", path) { unsafe mkdir(path, 0o700) }
    try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).setMode(mode)
  }

  private static func createIfMissing(_ path: String, mode: FileMode) throws(SystemError) {
    do throws(SystemError) {
      try createOne(path, mode: mode)
    } catch {
      guard error.isAlreadyThere, try Files.status(path, followingSymbolicLinks: true).isDirectory else {
        throw error
      }
    }
  }

  /// Takes over a C string that a call allocated, or turns its nil into the error.
  private static func text(
    of allocated: UnsafeMutablePointer<CChar>?, _ operation: String, _ path: String
  ) throws(SystemError) -> String {
    guard let allocated = unsafe allocated else {
      throw SystemError(operation: operation, path: path, code: errno)
    }
    defer { unsafe free(allocated) }
    guard let text = unsafe String(validatingCString: allocated) else {
      throw SystemError(operation: operation, path: path, code: EILSEQ)
    }
    return text
  }
}
