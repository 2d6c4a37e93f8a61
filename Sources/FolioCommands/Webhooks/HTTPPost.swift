import OperatingSystem

/// What a server answered.
struct PostAnswer: Equatable {
  let status: Int
  let body: [UInt8]
}

/// One POST over a connection of its own, which follows no redirects.
enum HTTPPost {
  /// How long a receiver may take.
  static let waitingSeconds = 30
  /// The most that is read of an answer.
  static let answerBytesLimit = 64 << 10

  /// Posts a body of JSON.
  ///
  /// - Throws: `PostError`.
  static func send(
    _ body: [UInt8], to target: PostTarget, headers: [(name: String, value: String)]
  ) throws(PostError) -> PostAnswer {
    let connection: FileDescriptor
    do throws(TCPConnectionError) {
      connection = try TCPConnection.open(
        host: target.host, port: target.port, waitingSeconds: waitingSeconds)
    } catch {
      throw .noConnection(error)
    }
    do throws(SystemError) {
      try connection.writeAll(head(body, target, headers) + body)
      let bytes = try readAnswer(connection)
      guard let answer = parse(bytes) else {
        throw SystemError(operation: "read", path: target.text, code: 0)
      }
      return answer
    } catch {
      throw error.code == 0 ? .noAnswer(target.text) : .noConnection(.system(error))
    }
  }

  private static func head(
    _ body: [UInt8], _ target: PostTarget, _ headers: [(name: String, value: String)]
  ) -> [UInt8] {
    let fields =
      [("Host", target.hostField), ("Content-Type", "application/json")]
      + headers.map { ($0.name, $0.value) }
      + [("Content-Length", String(body.count)), ("Connection", "close")]
    let lines = ["POST \(target.path) HTTP/1.1"] + fields.map { "\($0.0): \($0.1)" } + ["", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private static func readAnswer(_ connection: borrowing FileDescriptor) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: answerBytesLimit)
    var count = 0
    while count < bytes.count {
      let read = try connection.read(into: &bytes, at: count)
      if read == 0 { break }
      count += read
    }
    return Array(bytes[..<count])
  }

  /// The status and the body of an answer that ends with its connection (RFC 9112 §4, §6.3); nil for anything else.
  static func parse(_ bytes: [UInt8]) -> PostAnswer? {
    let opening = bytes.prefix(13)
    guard opening.count >= 12, opening.starts(with: "HTTP/1.".utf8), opening[8] == UInt8(ascii: " ") else {
      return nil
    }
    let digits = opening[9..<12]
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let blankLine = Array("\r\n\r\n".utf8)
    let end = bytes.indices.first { bytes[$0...].starts(with: blankLine) }
    return PostAnswer(status: status, body: end.map { Array(bytes[($0 + 4)...]) } ?? [])
  }
}

/// Why a message was not delivered.
enum PostError: Error, Equatable {
  case noConnection(TCPConnectionError)
  /// The connection ended without an answer of HTTP/1.
  case noAnswer(String)
  /// An https address, and no curl to reach it.
  case curlMissing
  /// What curl said.
  case curl(status: Int32, words: String)
  /// A body that cannot be handed to curl.
  case bodyHoldsNUL
}
