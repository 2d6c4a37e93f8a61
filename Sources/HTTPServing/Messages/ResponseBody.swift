package import OperatingSystem

/// The content of an answer.
package enum ResponseBody: Sendable {
  case empty
  case bytes([UInt8])
  /// The first bytes of a file, read while they are sent; the connection breaks where the file has become shorter.
  case file(OpenFile)

  /// The length in bytes.
  package var count: Int64 {
    switch self {
    case .empty: 0
    case .bytes(let bytes): Int64(bytes.count)
    case .file(let file): file.count
    }
  }
}

/// A file that stays open until its last holder lets it go.
package final class OpenFile: Sendable {
  private let descriptor: FileDescriptor
  /// How many of its bytes belong to the content.
  package let count: Int64

  package init(_ descriptor: consuming FileDescriptor, count: Int64) {
    self.descriptor = descriptor
    self.count = count
  }

  /// Reads into the front of the buffer from a position on; 0 where the file ends.
  func read(into buffer: inout [UInt8], fromPosition position: Int64) throws(SystemError) -> Int {
    let most = Int(min(Int64(buffer.count), count - position))
    return try descriptor.read(into: &buffer, count: most, fromPosition: position)
  }
}
