import CLinux
import Glibc

extension DirectoryHandle {
  /// What a name stands for, of a symbolic link the link itself; nil where nothing has the name.
  package func status(of name: String) throws(SystemError) -> FileStatus? {
    try check(name)
    var raw = stat()
    do throws(SystemError) {
      try systemCall("fstatat", about: path + "/" + name) {
        unsafe fstatat(descriptor.number, name, &raw, AT_SYMLINK_NOFOLLOW)
      }
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
    return FileStatus(raw)
  }

  /// Sets the mode of the directory itself exactly, and its group unless that is nil.
  package func setAttributes(mode: FileMode, group: UInt32?) throws(SystemError) {
    try descriptor.setMode(mode)
    if let group { try descriptor.setGroup(group) }
  }

  /// What the directory itself is.
  package func status() throws(SystemError) -> FileStatus { try descriptor.status() }

  /// The names in the directory with the numbers of their inodes, in no order.
  ///
  /// On some stacked file systems the number of a directory is another one than `status(of:)` says.
  ///
  /// - Throws: `EILSEQ` when a name is not UTF-8.
  package func entries() throws(SystemError) -> [(name: String, inode: UInt64)] {
    var entries: [(name: String, inode: UInt64)] = []
    for (bytes, inode) in try DirectoryStream.entries(in: descriptor) {
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw SystemError(operation: "readdir", path: path, code: EILSEQ)
      }
      entries.append((name, inode))
    }
    return entries
  }

  /// Reads a file, of which a symbolic link is none.
  ///
  /// - Throws: `ELOOP` for a symbolic link; `EFBIG` when the file is larger than `bytesLimit`.
  package func read(_ name: String, bytesLimit: Int) throws(SystemError) -> [UInt8] {
    try check(name)
    let file = try FileDescriptor(opening: name, in: descriptor, folder: path, O_RDONLY | O_NOFOLLOW)
    return try Files.read(file, bytesLimit: bytesLimit)
  }

  /// Renames what has a name here to a name in another directory of the file system; syncs nothing.
  ///
  /// A file, or an empty directory, of the new name is replaced.
  ///
  /// - Throws: `ENOTEMPTY` for a directory of the new name that holds something.
  package func rename(
    _ name: String, to target: DirectoryHandle, _ newName: String
  ) throws(SystemError) {
    try check(name)
    try target.check(newName)
    try systemCall("renameat", about: path + "/" + name) {
      unsafe renameat(descriptor.number, name, target.descriptor.number, newName)
    }
  }

  /// Swaps what has a name here with what has one in another directory, in one step; syncs nothing.
  ///
  /// - Throws: An error that `isNotSupported` where the file system cannot do it; `ENOENT` when either is missing.
  package func exchange(
    _ name: String, with other: DirectoryHandle, _ otherName: String
  ) throws(SystemError) {
    try check(name)
    try other.check(otherName)
    try systemCall("renameat2", about: path + "/" + name) {
      unsafe linux_renameat2(
        descriptor.number, name, other.descriptor.number, otherName, linux_rename_exchange)
    }
  }

  /// Removes a file or a symbolic link, not what the link points at; nothing of the name is fine.
  ///
  /// - Throws: `EISDIR` for a directory.
  package func removeFile(_ name: String) throws(SystemError) {
    try check(name)
    do throws(SystemError) {
      try systemCall("unlinkat", about: path + "/" + name) { unsafe unlinkat(descriptor.number, name, 0) }
    } catch {
      guard error.isNotFound else { throw error }
    }
  }

  /// Holds the directory against everybody else who asks for it, until the value goes away.
  ///
  /// - Throws: `FileLockError.busy` when the time is over.
  package func lock(waiting: Duration) throws(FileLockError) -> FileLock {
    try FileLock.acquireExclusive(directory: path, waiting: waiting)
  }
}
