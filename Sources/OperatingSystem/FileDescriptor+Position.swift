import Glibc

extension FileDescriptor {
  /// Reads from a position of a file into the first `count` bytes of a buffer, and returns how many there were.
  ///
  /// 0 is the end of the file. The descriptor's own position stays where it is.
  package func read(
    into buffer: inout [UInt8], count: Int, fromPosition position: Int64
  ) throws(SystemError) -> Int {
    precondition(count <= buffer.count)
    return try systemCall("pread", about: path) {
      unsafe buffer.withUnsafeMutableBytes { unsafe pread(number, $0.baseAddress, count, off_t(position)) }
    }
  }
}
