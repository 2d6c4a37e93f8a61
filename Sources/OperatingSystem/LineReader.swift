import Glibc

/// Reads lines from a file of any size in memory that one line bounds.
///
/// Lines end at LF only: other characters that Unicode calls line ends stay inside.
package struct LineReader: ~Copyable {
  /// The longest line that is accepted unless another limit is given, without its LF.
  package static let defaultLineBytesLimit = 1 << 20

  /// How many lines have been returned; the number of the latest, counted from 1.
  package private(set) var lineNumber = 0

  private let file: FileDescriptor
  private let lineBytesLimit: Int
  private let stripsCarriageReturn: Bool
  private var buffer: [UInt8]
  /// What has been read and not yet returned.
  private var pending = 0..<0

  /// Reads from an open descriptor, which it closes.
  ///
  /// - Parameters:
  ///   - file: A file, a pipe, or standard input.
  ///   - chunkBytes: How much each call asks of the kernel.
  ///   - lineBytesLimit: The longest accepted line in bytes, CR included, LF not.
  ///   - stripsCarriageReturn: Whether one CR before the LF (or the end of the file) is left out.
  package init(
    reading file: consuming FileDescriptor, chunkBytes: Int = 1 << 16,
    lineBytesLimit: Int = defaultLineBytesLimit, stripsCarriageReturn: Bool = false
  ) {
    precondition(chunkBytes > 0 && lineBytesLimit > 0)
    self.file = file
    self.lineBytesLimit = lineBytesLimit
    self.stripsCarriageReturn = stripsCarriageReturn
    buffer = [UInt8](repeating: 0, count: chunkBytes)
  }

  /// Opens a file to read its lines; the parameters are those of the other initialiser.
  package init(
    path: String, chunkBytes: Int = 1 << 16, lineBytesLimit: Int = defaultLineBytesLimit,
    stripsCarriageReturn: Bool = false
  ) throws(SystemError) {
    self.init(
      reading: try FileDescriptor.openForReading(path), chunkBytes: chunkBytes,
      lineBytesLimit: lineBytesLimit, stripsCarriageReturn: stripsCarriageReturn)
  }

  /// The next line without its LF, or nil at the end; a last line without LF counts.
  ///
  /// Let go of the slice before asking for the next line, or the buffer is copied.
  ///
  /// - Throws: `LineReaderError.lineTooLong`, after which the reader must not be used again.
  /// - Complexity: O(length of the line), amortised.
  package mutating func nextLine() throws(LineReaderError) -> ArraySlice<UInt8>? {
    var searched = 0
    while true {
      if let end = indexOfLineFeed(in: (pending.lowerBound + searched)..<pending.upperBound) {
        return try line(upTo: end, next: end + 1)
      }
      searched = pending.count
      guard searched <= lineBytesLimit else { throw tooLong }
      if try !readMore() { break }
    }
    return pending.isEmpty ? nil : try line(upTo: pending.upperBound, next: pending.upperBound)
  }

  private var tooLong: LineReaderError {
    .lineTooLong(path: file.path, line: lineNumber + 1, bytesLimit: lineBytesLimit)
  }

  private mutating func line(upTo end: Int, next: Int) throws(LineReaderError) -> ArraySlice<UInt8> {
    let start = pending.lowerBound
    guard end - start <= lineBytesLimit else { throw tooLong }
    lineNumber += 1
    pending = next..<pending.upperBound
    let endsInCarriageReturn = end > start && buffer[end - 1] == UInt8(ascii: "\r")
    return buffer[start..<(stripsCarriageReturn && endsInCarriageReturn ? end - 1 : end)]
  }

  private func indexOfLineFeed(in range: Range<Int>) -> Int? {
    unsafe buffer.withUnsafeBytes { bytes in
      let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
      guard let start = part.baseAddress, let found = unsafe memchr(start, 0x0A, part.count) else {
        return nil
      }
      return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
    }
  }

  /// Moves the pending bytes to the front, makes room for as many again, and fills it; false at the end.
  private mutating func readMore() throws(LineReaderError) -> Bool {
    if pending.lowerBound > 0 {
      unsafe buffer.withUnsafeMutableBytes { bytes in
        let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[pending])
        unsafe bytes.copyMemory(from: part)
      }
      pending = 0..<pending.count
    }
    if pending.count == buffer.count {
      buffer.append(contentsOf: repeatElement(0, count: min(buffer.count, lineBytesLimit)))
    }
    do throws(SystemError) {
      let count = try file.read(into: &buffer, at: pending.upperBound)
      pending = 0..<(pending.upperBound + count)
      return count > 0
    } catch {
      throw .system(error)
    }
  }
}

/// Why a line could not be read.
package enum LineReaderError: Error, Equatable {
  /// The line (counted from 1) is longer than the limit.
  case lineTooLong(path: String, line: Int, bytesLimit: Int)
  case system(SystemError)
}
