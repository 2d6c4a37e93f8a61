import CLinux
import Glibc

/// An open file, pipe or directory that is closed exactly once, when the value goes away.
///
/// Reads and writes block, so call them on threads that may wait.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The kernel's number, valid while this value lives.
  package let number: Int32
  /// Where the name was looked up; nil where it is the whole path.
  private let folder: String?
  private let name: String

  /// The path in errors: where the descriptor was opened, or a name such as `standard output`.
  package var path: String { folder.map { $0 + "/" + name } ?? name }

  /// Takes over an open descriptor: from here on nobody else may close it.
  package init(owning number: Int32, path: String) {
    self.number = number
    (folder, name) = (nil, path)
  }

  deinit {
    // close(2): after EINTR the descriptor is gone, so trying again could close someone else's.
    // What writing could not deliver shows in `sync`, the only promise of durability.
    _ = close(number)
  }

  /// Opens an existing file for reading.
  package static func openForReading(_ path: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor(opening: path, O_RDONLY)
  }

  /// A second descriptor of this process's standard input, so that closing it leaves descriptor 0 alone.
  package static func standardInput() throws(SystemError) -> FileDescriptor {
    let number = try systemCall("dup", "standard input") { fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) }
    return FileDescriptor(owning: number, path: "standard input")
  }

  init(opening path: String, _ flags: Int32, mode: FileMode = 0) throws(SystemError) {
    number = try systemCall("open", path) { unsafe open(path, flags | O_CLOEXEC, mode) }
    (folder, name) = (nil, path)
  }

  /// Opens a name, which holds no NUL, below a directory that was opened at `folder`.
  init(
    opening name: String, in directory: borrowing FileDescriptor, folder: String, _ flags: Int32,
    mode: FileMode = 0
  ) throws(SystemError) {
    number = try systemCall("openat", about: folder + "/" + name) {
      unsafe openat(directory.number, name, flags | O_CLOEXEC, mode)
    }
    (self.folder, self.name) = (folder, name)
  }

  /// Reads what is there into `buffer` from `offset` on, and returns the count: 0 is the end of the file.
  package func read(into buffer: inout [UInt8], at offset: Int = 0) throws(SystemError) -> Int {
    precondition(offset < buffer.count)
    return try systemCall("read", about: path) {
      unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
    }
  }

  /// Writes every byte, however many calls that takes.
  ///
  /// - Throws: `EPIPE` when a reader has left, if the process ignores SIGPIPE (see `Terminal.ignoreBrokenPipes`).
  package func writeAll(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes.span)
  }

  /// Writes every byte of a span, however many calls that takes.
  package func writeAll(_ bytes: Span<UInt8>) throws(SystemError) {
    try OperatingSystem.writeAll(bytes, to: number, path: path)
  }

  /// Returns once the content (or, of a directory, its entries) is on the device.
  package func sync() throws(SystemError) {
    try systemCall("fsync", about: path) { fsync(number) }
  }

  /// Returns once everything written to this descriptor's file system is on the device.
  package func syncFileSystem() throws(SystemError) {
    try systemCall("syncfs", about: path) { linux_syncfs(number) }
  }

  /// Sets the permission bits exactly, whatever the umask says.
  package func setMode(_ mode: FileMode) throws(SystemError) {
    try systemCall("fchmod", about: path) { fchmod(number, mode) }
  }

  /// Gives the file to a group by number; its owner stays.
  ///
  /// - Throws: `EPERM` for a group that the process is no member of.
  package func setGroup(_ group: UInt32) throws(SystemError) {
    try systemCall("fchown", about: path) { fchown(number, uid_t.max, group) }
  }

  /// Sets the time of the last change of content to a whole second since the Unix epoch; the time of access is now.
  package func setModificationTime(_ seconds: Int64) throws(SystemError) {
    let times: [2 of timespec] = [
      timespec(tv_sec: 0, tv_nsec: linux_time_now), timespec(tv_sec: Int(seconds), tv_nsec: 0),
    ]
    try systemCall("futimens", about: path) {
      unsafe times.span.withUnsafeBufferPointer { unsafe futimens(number, $0.baseAddress) }
    }
  }

  /// What the file is, asked of the descriptor, so that no rename can come between.
  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    try systemCall("fstat", about: path) { unsafe fstat(number, &raw) }
    return FileStatus(raw)
  }
}
