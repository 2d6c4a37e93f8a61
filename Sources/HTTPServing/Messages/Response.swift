/// An answer as a handler makes it; the server adds date, length and connection.
package struct Response: Sendable {
  /// A header field. Control characters in a value are sent as spaces, so that no value can begin another field
  /// (RFC 9110 §5.5).
  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package let status: Status
  package var fields: [Field]
  /// To HEAD the same as to GET: the server sends its length alone.
  package let body: ResponseBody

  package init(_ status: Status, _ fields: [Field] = [], body: ResponseBody = .empty) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}

extension Response {
  /// An answer with JSON.
  package static func json(_ status: Status, _ bytes: [UInt8], _ fields: [Field] = []) -> Response {
    let own = [
      Field("Content-Type", "application/json"), Field("X-Content-Type-Options", "nosniff"),
      Field("Cache-Control", "no-store"),
    ]
    return Response(status, own + fields, body: .bytes(bytes))
  }

  /// An error as `{"error":{"code":"…","message":"…"}}`; both may say nothing that the peer must not know.
  package static func failure(
    _ status: Status, code: String, message: String, _ fields: [Field] = []
  ) -> Response {
    let text = "{\"error\":{\"code\":\"\(escaped(code))\",\"message\":\"\(escaped(message))\"}}\n"
    return json(status, Array(text.utf8), fields)
  }

  /// Says which methods the target has (RFC 9110 §15.5.6).
  package static func methodNotAllowed(_ allowed: [Method]) -> Response {
    let names = allowed.map(\.name).joined(separator: ", ")
    return failure(
      .methodNotAllowed, code: "method_not_allowed", message: "Use \(names).", [Field("Allow", names)])
  }

  /// Asks the peer to come back later.
  package static func unavailable(code: String, message: String, retryAfterSeconds: Int) -> Response {
    failure(
      .serviceUnavailable, code: code, message: message, [Field("Retry-After", String(retryAfterSeconds))])
  }

  /// What is answered to a request that no handler sees.
  package static func refusal(_ refusal: RequestRefusal) -> Response {
    let message = "The request was refused: \(refusal.code)."
    return refusal.status == .serviceUnavailable
      ? unavailable(code: refusal.code, message: message, retryAfterSeconds: 1)
      : failure(refusal.status, code: refusal.code, message: message)
  }

  /// Text inside quotes of JSON (RFC 8259 §7); it is a program's own, so control characters become spaces.
  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte < 0x20 ? Octets.space : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
