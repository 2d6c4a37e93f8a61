import OperatingSystem

/// Bytes that wait to be sent to one peer, in order.
struct OutputQueue {
  private enum Piece {
    case bytes([UInt8])
    case file(OpenFile)
  }

  /// How a round of sending ended.
  enum Progress: Equatable {
    case done
    /// The peer takes no more now; whether it took any.
    case waiting(hasSent: Bool)
    /// A file ends before the length that was announced: only closing tells the peer (RFC 9112 §8).
    case broken
  }

  private var pieces: [Piece] = []
  /// How many bytes of the first piece are sent.
  private var sent: Int64 = 0
  /// Bytes in memory that are not sent; what comes of files does not count.
  private(set) var pendingBytes = 0

  var isEmpty: Bool { pieces.isEmpty }

  /// Whether a file is being sent: its descriptor is a reason not to take more requests.
  private(set) var fileCount = 0

  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    pendingBytes += bytes.count
    // One call sends many small answers.
    if case .bytes(var last)? = pieces.last, last.count + bytes.count <= Self.joinedBytes {
      pieces.removeLast()
      last += bytes
      pieces.append(.bytes(last))
    } else {
      pieces.append(.bytes(bytes))
    }
  }

  mutating func append(_ body: ResponseBody) {
    switch body {
    case .empty: break
    case .bytes(let bytes): append(bytes)
    case .file(let file):
      guard file.count > 0 else { return }
      pieces.append(.file(file))
      fileCount += 1
    }
  }

  private static let joinedBytes = 65_536

  /// Sends what the peer takes, of files at most `fileBytesLimit` bytes, through a buffer that holds nothing between
  /// calls.
  ///
  /// - Throws: When nobody reads any more, or a file cannot be read.
  mutating func send(
    to socket: borrowing StreamSocket, buffer: inout [UInt8], fileBytesLimit: Int = 1 << 20
  ) throws(SystemError) -> Progress {
    var (sentBytes, fileBytes) = (0, 0)
    while let piece = pieces.first {
      let count: Int
      switch piece {
      case .bytes(let bytes): count = try sendPart(of: bytes, to: socket)
      case .file(let file):
        guard fileBytes < fileBytesLimit else { return .waiting(hasSent: true) }
        guard let part = try sendPart(of: file, to: socket, buffer: &buffer) else { return .broken }
        count = part
        fileBytes += part
      }
      guard count > 0 else { return .waiting(hasSent: sentBytes > 0) }
      sentBytes += count
    }
    return .done
  }

  private mutating func sendPart(
    of bytes: [UInt8], to socket: borrowing StreamSocket
  ) throws(SystemError) -> Int {
    let count = try socket.send(bytes.span.extracting(droppingFirst: Int(sent)))
    pendingBytes -= count
    sent += Int64(count)
    if sent == Int64(bytes.count) { removeFirst() }
    return count
  }

  /// How many bytes were sent; nil where the file ends too early.
  private mutating func sendPart(
    of file: OpenFile, to socket: borrowing StreamSocket, buffer: inout [UInt8]
  ) throws(SystemError) -> Int? {
    let available = try file.read(into: &buffer, fromPosition: sent)
    guard available > 0 else { return nil }
    let count = try socket.send(buffer.span.extracting(first: available))
    sent += Int64(count)
    if sent == file.count {
      fileCount -= 1
      removeFirst()
    }
    return count
  }

  private mutating func removeFirst() {
    pieces.removeFirst()
    sent = 0
    if pieces.isEmpty { pieces = [] }
  }
}
