import HTTPServing
import Testing

/// A request with what must become of it; `refusal` nil for one that is taken.
struct RequestCase: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let refusal: RequestRefusal?
  let body: String

  init(_ name: String, _ text: String, _ refusal: RequestRefusal? = nil, body: String = "") {
    self.name = name
    bytes = Array(text.utf8)
    self.refusal = refusal
    self.body = body
  }

  init(_ name: String, bytes: [UInt8], _ refusal: RequestRefusal?) {
    self.name = name
    self.bytes = bytes
    self.refusal = refusal
    body = ""
  }

  var testDescription: String { name }

  /// A request with these lines after a valid Host, and this after the head.
  private static func fields(
    _ name: String, _ lines: String, _ refusal: RequestRefusal? = nil, then rest: String = "",
    body: String = ""
  ) -> RequestCase {
    RequestCase(name, "POST /a HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n\(rest)", refusal, body: body)
  }

  private static func chunks(
    _ name: String, _ rest: String, _ refusal: RequestRefusal? = nil, body: String = ""
  ) -> RequestCase {
    fields(name, "Transfer-Encoding: chunked", refusal, then: rest, body: body)
  }

  private static func line(_ name: String, _ line: String, _ refusal: RequestRefusal? = nil) -> RequestCase {
    RequestCase(name, "\(line)\r\nHost: a\r\n\r\n", refusal)
  }

  static let requestLines = [
    line("plain", "GET / HTTP/1.1"),
    line("a later minor version is answered as 1.1", "GET / HTTP/1.2"),
    line("another major version", "GET / HTTP/2.0", .unsupportedVersion),
    line("version 0.9", "GET / HTTP/0.9", .unsupportedVersion),
    line("no version", "GET /", .malformedRequestLine),
    line("two digits", "GET / HTTP/1.10", .malformedRequestLine),
    line("a sign in the version", "GET / HTTP/+1.1", .malformedRequestLine),
    line("small letters", "GET / http/1.1", .malformedRequestLine),
    line("two spaces", "GET  / HTTP/1.1", .malformedRequestLine),
    line("a tab", "GET\t/ HTTP/1.1", .malformedRequestLine),
    line("a space at the end", "GET / HTTP/1.1 ", .malformedRequestLine),
    line("a space in front", " GET / HTTP/1.1", .malformedRequestLine),
    line("a colon in the method", "GE:T / HTTP/1.1", .malformedRequestLine),
    line("a letter outside ASCII", "GÉT / HTTP/1.1", .malformedRequestLine),
    line("a relative target", "GET a HTTP/1.1", .malformedTarget),
    line("a fragment", "GET /a#b HTTP/1.1", .malformedTarget),
    line("a raw letter outside ASCII", "GET /é HTTP/1.1", .malformedTarget),
    line("half of a percent-encoding", "GET /%4 HTTP/1.1", .malformedTarget),
    line("a percent sign alone", "GET /100% HTTP/1.1", .malformedTarget),
    line("a backslash", "GET /a\\b HTTP/1.1", .malformedTarget),
    line("a query with slash and question mark", "GET /a?b=/c?d HTTP/1.1"),
    line("absolute", "GET http://b.example/x?y HTTP/1.1"),
    line("absolute without a path", "GET HTTP://b.example:80 HTTP/1.1"),
    line("absolute with an empty host", "GET http:///x HTTP/1.1", .malformedTarget),
    line("absolute with a user", "GET http://u@b/x HTTP/1.1", .malformedTarget),
    line("another scheme", "GET ftp://b/x HTTP/1.1", .malformedTarget),
    line("asterisk of OPTIONS", "OPTIONS * HTTP/1.1"),
    line("asterisk of GET", "GET * HTTP/1.1", .malformedTarget),
    line("authority of CONNECT", "CONNECT b:443 HTTP/1.1"),
    line("CONNECT without a port", "CONNECT b HTTP/1.1", .malformedTarget),
    line("CONNECT to a path", "CONNECT /b HTTP/1.1", .malformedTarget),
    RequestCase("one empty line in front", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    RequestCase("two empty lines in front", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", .malformedRequestLine),
    RequestCase("a bare line feed", "GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
    RequestCase("a bare carriage return", "GET / HTTP/1.1\rHost: a\r\n\r\n", .bareCarriageReturn),
    RequestCase("NUL", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", .controlCharacter),
    RequestCase("a TLS greeting", bytes: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], .controlCharacter),
    RequestCase("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n"),
    RequestCase("cut short", "GET / HTTP/1.1\r\nHost: a\r\n", .incomplete),
    RequestCase("nothing", ""),
  ]

  static let fieldCases = [
    fields("white space around a value", "A: \t b c \t"),
    fields("an empty value", "A:"),
    fields("bytes outside ASCII in a value", "A: é"),
    fields("a folded line", "A: b\r\n c", .foldedField),
    fields("a folded line with a tab", "A: b\r\n\tc", .foldedField),
    RequestCase("white space before the first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
    fields("a space before the colon", "A : b", .malformedField),
    fields("a tab before the colon", "A\t: b", .malformedField),
    fields("no colon", "A", .malformedField),
    fields("no name", ": b", .malformedField),
    fields("U+0085 in a name", "Content-Length\u{85}: 3", .malformedField),
    fields("the Kelvin sign in a name", "\u{212A}: 3", .malformedField),
    fields("NUL in a value", "A: b\0c", .controlCharacter),
    fields("NUL in a name", "A\0: b", .controlCharacter),
    fields("a bare carriage return in a value", "A: b\rC: d", .bareCarriageReturn),
    fields("a bare line feed in a value", "A: b\nC: d", .bareLineFeed),
    fields("a vertical tab", "A: b\u{0B}", .controlCharacter),
    fields("a bare line feed at the end", "A: b\r\n\n", .bareLineFeed),
    RequestCase("no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", .missingHost),
    RequestCase("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .malformedHost),
    fields("Host twice", "Host: a", .repeatedHost),
    fields("Host twice in other letters", "HOST: b", .repeatedHost),
    RequestCase("Host twice in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
    RequestCase("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .malformedHost),
    RequestCase("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .malformedHost),
    RequestCase("Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .malformedHost),
    RequestCase("Host as a list", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", .malformedHost),
    RequestCase("Host with letters as port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", .malformedHost),
    RequestCase("Host with a signed port", "GET / HTTP/1.1\r\nHost: a:+1\r\n\r\n", .malformedHost),
    RequestCase("Host with a port", "GET / HTTP/1.1\r\nHost: a:80\r\n\r\n"),
    RequestCase("Host as IPv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"),
    RequestCase("Host as half an IPv6", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .malformedHost),
    RequestCase("absolute without Host", "GET http://a/ HTTP/1.1\r\n\r\n", .missingHost),
    fields("Content-Type twice", "Content-Type: a\r\nContent-Type: b", .repeatedContentType),
    fields("an unknown expectation", "Expect: tea", .unknownExpectation),
  ]

  static let framing =
    [
      fields("a length", "Content-Length: 3", then: "abc", body: "abc"),
      fields("a length of nothing", "Content-Length: 0"),
      fields("zeros in front are decimal", "Content-Length: 010", then: "0123456789", body: "0123456789"),
      fields("a length, and too little", "Content-Length: 4", .incomplete, then: "abc"),
      fields("an empty length", "Content-Length: ", .malformedContentLength),
      fields("a length and a letter", "Content-Length: 1Z", .malformedContentLength),
      fields("a negative length", "Content-Length: -48", .malformedContentLength),
      fields("a signed length", "Content-Length: +3", .malformedContentLength),
      fields("an underscore", "Content-Length: 1_0", .malformedContentLength),
      fields("hexadecimal", "Content-Length: 0x3", .malformedContentLength),
      fields("two numbers", "Content-Length: 3 3", .malformedContentLength),
      fields("a list", "Content-Length: 3, 3", .malformedContentLength),
      fields("Arabic digits", "Content-Length: ٣", .malformedContentLength),
      fields("a no-break space", "Content-Length: \u{A0}3", .malformedContentLength),
      fields("two lengths", "Content-Length: 3\r\nContent-Length: 5", .repeatedContentLength),
      fields(
        "two lengths, the greater first", "Content-Length: 5\r\nContent-Length: 3", .repeatedContentLength),
      fields("the same length twice", "Content-Length: 3\r\nContent-Length: 3", .repeatedContentLength),
      fields("beyond 64 bits", "Content-Length: 18446744073709551619", .bodyTooLong),
      fields("a length of 400 digits", "Content-Length: " + String(repeating: "9", count: 400), .bodyTooLong),
      fields(
        "length and chunks", "Content-Length: 3\r\nTransfer-Encoding: chunked",
        .contentLengthWithTransferEncoding),
      fields(
        "chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 3",
        .contentLengthWithTransferEncoding),
      RequestCase(
        "chunks in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        .transferEncodingBeforeHTTP11),
      fields("Chunked", "Transfer-Encoding: Chunked", then: "0\r\n\r\n"),
      fields("the Kelvin sign in chunked", "Transfer-Encoding: chun\u{212A}ed", .unsupportedTransferEncoding),
    ]
    + [
      "", ",chunked", "chunked,", "chunked, chunked", "chunked, identity", "identity, chunked",
      "gzip, chunked",
      "gzip", "identity", "xchunked", "chunkedx", "chunked;q=1", "\"chunked\"", "chunked\u{85}",
    ].map {
      fields("Transfer-Encoding: \($0)", "Transfer-Encoding: \($0)", .unsupportedTransferEncoding)
    } + [
      fields("a vertical tab before chunked", "Transfer-Encoding: \u{0B}chunked", .controlCharacter),
      fields(
        "chunked on two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        .unsupportedTransferEncoding),
      fields(
        "chunked, then identity", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        .unsupportedTransferEncoding),
    ]

  static let chunkCases = [
    chunks("two chunks", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", body: "abcde"),
    chunks("no chunk", "0\r\n\r\n"),
    chunks("zeros in front, capitals", "000A\r\n0123456789\r\n000\r\n\r\n", body: "0123456789"),
    chunks("an extension", "3;a=b;c=\"d\"\r\nabc\r\n0;e\r\n\r\n", body: "abc"),
    chunks("white space before an extension", "3 \t;a\r\nabc\r\n0\r\n\r\n", body: "abc"),
    chunks("trailers are let go", "0\r\nA: b\r\nC: d\r\n\r\n"),
    chunks("no size", "\r\nabc\r\n", .malformedChunk),
    chunks("only an extension", ";a\r\n", .malformedChunk),
    chunks("white space before the size", " 3\r\nabc", .malformedChunk),
    chunks("white space after the size", "3 \r\nabc", .malformedChunk),
    chunks("junk after the size", "3g\r\nabc", .malformedChunk),
    chunks("a signed size", "+3\r\nabc", .malformedChunk),
    chunks("a negative size", "-0\r\n\r\n", .malformedChunk),
    chunks("0x", "0x3\r\nabc", .malformedChunk),
    chunks("an underscore", "1_0\r\n", .malformedChunk),
    chunks("full-width digits", "３\r\nabc", .malformedChunk),
    chunks("a bare line feed after the size", "3\nabc\r\n0\r\n\r\n", .bareLineFeed),
    chunks("a bare carriage return after the size", "3\r\r\nabc", .bareCarriageReturn),
    chunks("two carriage returns before an extension", "3\r\r;a\r\nabc", .bareCarriageReturn),
    chunks("a bare line feed in an extension", "3;a\nb\r\nabc", .bareLineFeed),
    chunks("no line end after the data", "3\r\nabc0\r\n\r\n", .malformedChunk),
    chunks("a bare line feed after the data", "3\r\nabc\n0\r\n\r\n", .malformedChunk),
    chunks("more data than the size", "3\r\nabcd\r\n0\r\n\r\n", .malformedChunk),
    chunks("64 bits wrapped round", "FFFFFFFFFFFFFFFF\r\n", .bodyTooLong),
    chunks("65 bits", "10000000000000003\r\nabc\r\n", .malformedChunk),
    chunks("many zeros", String(repeating: "0", count: 17) + "\r\n\r\n", .malformedChunk),
    chunks("no end", "3\r\nabc\r\n0\r\n", .incomplete),
    chunks("a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", .foldedField),
    chunks("a malformed trailer", "0\r\nA b\r\n\r\n", .malformedField),
    chunks("a length as trailer", "0\r\nContent-Length: 3\r\n\r\n", .forbiddenTrailer),
    chunks("a coding as trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n", .forbiddenTrailer),
    chunks("a host as trailer", "0\r\nHost: b\r\n\r\n", .forbiddenTrailer),
  ]

  static let all = requestLines + fieldCases + framing + chunkCases
}
