/// A head that was understood, and what it says of the content that follows.
struct RequestHead: Sendable {
  /// Where the content ends (RFC 9112 §6.3).
  enum Framing: Equatable, Sendable {
    case length(Int)
    case chunked
  }

  let line: RequestLine
  let fields: HeaderFields
  let framing: Framing
  let isKeptAlive: Bool
  /// Whether the peer waits for `100 Continue` before it sends content (RFC 9110 §10.1.1).
  let expectsContinue: Bool

  init(_ line: RequestLine, _ fields: HeaderFields, _ limits: ServerLimits) throws(RequestRefusal) {
    self.line = line
    self.fields = fields
    try Self.checkHost(fields, line.version)
    guard fields.all("content-type").count <= 1 else { throw .repeatedContentType }
    framing = try Self.framing(fields, line.version, limits)
    isKeptAlive = Self.isKeptAlive(fields, line.version)
    expectsContinue = try Self.expectsContinue(fields, line.version) && framing != .length(0)
  }

  private static func checkHost(_ fields: HeaderFields, _ version: HTTPVersion) throws(RequestRefusal) {
    let hosts = fields.all("host")
    guard hosts.count <= 1 else { throw .repeatedHost }
    guard let host = hosts.first else {
      if version == .http11 { throw .missingHost }
      return
    }
    guard Authority.isHostAndPort(host, needsPort: false) else { throw .malformedHost }
  }

  private static func framing(
    _ fields: HeaderFields, _ version: HTTPVersion, _ limits: ServerLimits
  ) throws(RequestRefusal) -> Framing {
    let codings = fields.all("transfer-encoding")
    let lengths = fields.all("content-length")
    if !codings.isEmpty {
      guard version == .http11 else { throw .transferEncodingBeforeHTTP11 }
      guard lengths.isEmpty else { throw .contentLengthWithTransferEncoding }
      // RFC 9112 §6.1: anything else is a coding we do not know, or an end that two servers could see differently.
      guard codings.count == 1, Octets.areEqualFolded(codings[0], "chunked") else {
        throw .unsupportedTransferEncoding
      }
      return .chunked
    }
    guard lengths.count <= 1 else { throw .repeatedContentLength }
    guard let digits = lengths.first else { return .length(0) }
    return .length(try length(digits, limit: limits.bodyBytes))
  }

  /// A number of ASCII digits alone; it never grows far beyond the limit, so it cannot overflow.
  private static func length(_ digits: ArraySlice<UInt8>, limit: Int) throws(RequestRefusal) -> Int {
    guard !digits.isEmpty, digits.allSatisfy(Octets.isDigit) else { throw .malformedContentLength }
    var value = 0
    for digit in digits {
      value = value * 10 + Int(digit - 0x30)
      if value > limit { throw .bodyTooLong }
    }
    return value
  }

  private static func isKeptAlive(_ fields: HeaderFields, _ version: HTTPVersion) -> Bool {
    if fields.list("connection", contains: "close") { return false }
    return version == .http11 || fields.list("connection", contains: "keep-alive")
  }

  private static func expectsContinue(
    _ fields: HeaderFields, _ version: HTTPVersion
  ) throws(RequestRefusal) -> Bool {
    guard version == .http11 else { return false }
    let expectations = fields.list("expect")
    guard expectations.allSatisfy({ Octets.areEqualFolded($0, "100-continue") }) else {
      throw .unknownExpectation
    }
    return !expectations.isEmpty
  }
}
