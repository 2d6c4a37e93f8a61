/// What the connection decides about an answer, beside what the handler says.
struct ResponseContext {
  /// Whether the request was HEAD.
  let isToHead: Bool
  let version: HTTPVersion
  /// Whether the connection ends with this answer.
  let closes: Bool
  /// The value of Date.
  let date: [UInt8]
}

extension Response {
  /// The interim answer to a peer that waits with its content (RFC 9110 §15.2.1).
  static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// Status line and header section, with the empty line; the content follows unless `sendsBody` is false.
  func headBytes(_ context: ResponseContext) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes += "HTTP/1.1 \(status.rawValue) \(status.phrase)\r\nDate: ".utf8
    bytes += context.date
    bytes += "\r\n".utf8
    for field in fields { Self.append(field, to: &bytes) }
    // RFC 9110 §8.6: to HEAD the length that GET would give; none where the status rules content out.
    if !status.isWithoutContent { bytes += "Content-Length: \(body.count)\r\n".utf8 }
    if context.closes {
      bytes += "Connection: close\r\n".utf8
    } else if context.version == .http10 {
      bytes += "Connection: keep-alive\r\n".utf8
    }
    bytes += "\r\n".utf8
    return bytes
  }

  func sendsBody(_ context: ResponseContext) -> Bool { !context.isToHead && !status.isWithoutContent }

  private static func append(_ field: Field, to bytes: inout [UInt8]) {
    bytes += field.name.utf8
    bytes += ": ".utf8
    for byte in field.value.utf8 { bytes.append(byte < 0x20 || byte == 0x7F ? Octets.space : byte) }
    bytes += "\r\n".utf8
  }
}
