import Glibc

extension DirectoryHandle {
  /// Opens what has this name for reading, without waiting where it is a pipe; look at its status before reading.
  ///
  /// - Throws: `ELOOP` for a symbolic link, `EINVAL` for what is not one component of a path.
  package func openFile(_ name: String) throws(SystemError) -> FileDescriptor {
    try check(name)
    return try FileDescriptor(
      opening: name, in: descriptor, folder: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  }
}
