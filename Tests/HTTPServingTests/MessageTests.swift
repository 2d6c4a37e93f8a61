import HTTPServing
import Testing

@Suite struct MessageTests {
  @Test(arguments: [
    (Int64(0), "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
  ])
  func `a date is written and read`(_ seconds: Int64, _ text: String) {
    #expect(HTTPDate.text(seconds) == text)
    #expect(HTTPDate.seconds(Array(text.utf8)[...], now: 0) == seconds)
  }

  @Test func `every day of two centuries is read as it was written`() {
    for day in Int64(0)..<73_000 {
      let text = HTTPDate.text(day * 86_400 + day % 86_400)
      guard HTTPDate.seconds(Array(text.utf8)[...], now: 0) == day * 86_400 + day % 86_400 else {
        Issue.record("\(text)")
        return
      }
    }
  }

  @Test(arguments: [
    "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:037 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
    "784111777", "Sun Nov 6 08:49:37 1994", "     ", "Sun, 06 Nov 1994 08:49:é GMT",
  ])
  func `what is no date is none`(_ text: String) {
    #expect(HTTPDate.seconds(Array(text.utf8)[...], now: 0) == nil)
  }

  @Test func `two digits of a year mean one that is not far ahead`() {
    let now: Int64 = 1_709_164_799
    let text = Array("Sunday, 06-Nov-94 08:49:37 GMT".utf8)[...]
    #expect(HTTPDate.seconds(text, now: now) == 784_111_777)
    #expect(HTTPDate.seconds(Array("Sunday, 06-Nov-30 08:49:37 GMT".utf8)[...], now: now) == 1_920_185_377)
  }

  @Test func `every refusal has a code of its own and a status that tells whose fault it is`() {
    #expect(Set(RequestRefusal.allCases.map(\.code)).count == RequestRefusal.allCases.count)
    for refusal in RequestRefusal.allCases {
      #expect((400..<600).contains(refusal.status.rawValue))
      #expect(refusal.status.rawValue != 410)
    }
  }

  @Test func `an error's body is JSON whatever its words`() {
    let answer = Response.failure(.badRequest, code: "a", message: "\"\\\n")
    guard case .bytes(let bytes) = answer.body else {
      Issue.record("no bytes")
      return
    }
    #expect(
      String(decoding: bytes, as: UTF8.self) == #"{"error":{"code":"a","message":"\"\\ "}}"# + "\n")
  }

  @Test func `503 says when to come back, and 405 what to use`() {
    let busy = Response.unavailable(code: "busy", message: "Wait.", retryAfterSeconds: 7)
    #expect(busy.fields.contains(Response.Field("Retry-After", "7")))
    let wrong = Response.methodNotAllowed([.post])
    #expect(wrong.fields.contains(Response.Field("Allow", "POST")))
    #expect(Response.refusal(.overloaded).fields.contains(Response.Field("Retry-After", "1")))
  }
}

/// Answers with a value that tries to begin another field.
private struct SplittingHandler: RequestHandler {
  func responses(to requests: [Request]) -> [Response] {
    requests.map { _ in Response(.noContent, [Response.Field("A", "b\r\nC: d\u{7F}")]) }
  }
}

@Suite struct SerializationTests {
  @Test func `no value begins another field, and 204 has neither content nor length`() throws {
    let server = try TestServer { SplittingHandler() }
    let client = try TestClient(server.address)
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let lines = try client.readToEnd().split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.first == "HTTP/1.1 204 No Content")
    #expect(lines.dropFirst(2) == ["A: b  C: d ", "Connection: close", "", ""])
  }
}
