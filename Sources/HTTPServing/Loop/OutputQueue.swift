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
  /// - Throws: When nobody reads any more; `ESPIPE`-like surprises of files count as that, since an answer whose
  ///   length was announced cannot be mended.
  mutating func send(
    to socket: borrowing StreamSocket, buffer: inout [UInt8], fileBytesLimit: Int = 1 << 20
  ) throws(SystemError) -> Progress {
    var (hasSent, fileBytes) = (false, 0)
    while let piece = pieces.first {
      let count: Int
      switch piece {
      case .bytes(let bytes):
        count = try socket.send(bytes.span.extracting(droppingFirst: Int(sent)))
        pendingBytes -= count
        if Int(sent) + count == bytes.count { removeFirst() } else { sent += Int64(count) }
      case .file(let file):
        guard fileBytes < fileBytesLimit else { return .waiting(hasSent: hasSent) }
        count = try sendPart(of: file, to: socket, buffer: &buffer)
        fileBytes += count
      }
      guard count > 0 else { return .waiting(hasSent: hasSent) }
      hasSent = true
    }
    return .done
  }

  private mutating func sendPart(
    of file: OpenFile, to socket: borrowing StreamSocket, buffer: inout [UInt8]
  ) throws(SystemError) -> Int {
    let available = try file.read(into: &buffer, fromPosition: sent)
    guard available > 0 else { throw SystemError.shortFile }
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

extension SystemError {
  /// A file that has become shorter than the length that was announced (RFC 9112 §8: only closing tells the peer).
  fileprivate static var shortFile: SystemError {
    SystemError(operation: "pread", path: nil, code: 5)
  }
}
