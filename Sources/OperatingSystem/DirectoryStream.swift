import Glibc

/// The entries of one open directory.
///
/// Names are bytes here, since Linux allows names that are not UTF-8 and removal must reach those too.
@safe
struct DirectoryStream: ~Copyable {
  // Safety: `stream` comes from a successful fdopendir, is closed by `deinit` alone, and cannot be copied out.
  // readdir's entry stays valid until the next call; its bytes are copied before that.
  private let stream: OpaquePointer
  private let path: String

  /// Reads a directory from its start; the descriptor itself stays open and usable.
  init(_ directory: borrowing FileDescriptor) throws(SystemError) {
    path = directory.path
    // A fresh description (not a dup): the position of the caller's descriptor is left alone.
    let own = try systemCall("openat", path) {
      unsafe openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = unsafe fdopendir(own) else {
      let code = errno
      close(own)
      throw SystemError(operation: "fdopendir", path: path, code: code)
    }
    unsafe self.stream = stream
  }

  deinit {
    unsafe closedir(stream)
  }

  /// All names at once, in the order of the file system, without `.` and `..`.
  static func names(in directory: borrowing FileDescriptor) throws(SystemError) -> [[UInt8]] {
    let stream = try DirectoryStream(directory)
    var names: [[UInt8]] = []
    while let name = try stream.next() {
      if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  /// All names with the numbers of their inodes, in the order of the file system, without `.` and `..`.
  ///
  /// On some stacked file systems the number of a directory is another one than `FileStatus.inode` says.
  static func entries(
    in directory: borrowing FileDescriptor
  ) throws(SystemError) -> [(name: [UInt8], inode: UInt64)] {
    let stream = try DirectoryStream(directory)
    var entries: [(name: [UInt8], inode: UInt64)] = []
    while let entry = try stream.nextEntry() {
      if entry.name != Array(".".utf8) && entry.name != Array("..".utf8) { entries.append(entry) }
    }
    return entries
  }

  private func next() throws(SystemError) -> [UInt8]? { try nextEntry()?.name }

  private func nextEntry() throws(SystemError) -> (name: [UInt8], inode: UInt64)? {
    errno = 0
    guard let entry = unsafe readdir(stream) else {
      if errno != 0 { throw SystemError(operation: "readdir", path: path, code: errno) }
      return nil
    }
    // The entry may be shorter than the struct: take its address, never a copy of the whole.
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let name = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    return (bytes, unsafe UInt64(entry.pointee.d_ino))
  }
}
