import HTTPServing
import Testing

/// Each limit, exactly at it and one beyond.
@Suite struct LimitTests {
  private func run(_ text: String, _ limits: ServerLimits = ServerLimits()) -> [RequestRefusal?] {
    let runs = ParserRun.everyWay(Array(text.utf8), limits: limits, seed: 5)
    #expect(runs.allSatisfy { $0 == runs[0] })
    return [runs[0].refusal]
  }

  private func repeated(_ count: Int) -> String { String(repeating: "a", count: count) }

  @Test func `a request line has 8,000 bytes and not one more`() {
    func request(_ bytes: Int) -> String {
      "GET /\(repeated(bytes - "GET / HTTP/1.1".utf8.count)) HTTP/1.1\r\nHost: a\r\n\r\n"
    }
    #expect(run(request(8_000)) == [nil])
    #expect(run(request(8_001)) == [.requestLineTooLong])
    #expect(RequestRefusal.requestLineTooLong.status.rawValue == 414)
  }

  @Test func `a head has 16 KiB and not one byte more`() {
    func request(_ bytes: Int) -> String {
      let rest = "GET / HTTP/1.1\r\nHost: a\r\nA: \r\n\r\n".utf8.count
      return "GET / HTTP/1.1\r\nHost: a\r\nA: \(repeated(bytes - rest))\r\n\r\n"
    }
    #expect(run(request(16_384)) == [nil])
    #expect(run(request(16_385)) == [.headTooLong])
    #expect(run(request(16_386)) == [.headTooLong])
    #expect(run(request(16_387)) == [.headTooLong])
    #expect(RequestRefusal.headTooLong.status.rawValue == 431)
  }

  @Test func `a head without end is refused before its end`() {
    #expect(run("GET / HTTP/1.1\r\nA: \(repeated(20_000))") == [.headTooLong])
    #expect(run(repeated(9_000)) == [.requestLineTooLong])
  }

  @Test func `a head has 100 fields and not one more`() {
    func request(_ count: Int) -> String {
      "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: count - 1) + "\r\n"
    }
    #expect(run(request(100)) == [nil])
    #expect(run(request(101)) == [.tooManyFields])
    #expect(RequestRefusal.tooManyFields.status.rawValue == 431)
  }

  @Test func `a body has 256 KiB and not one byte more`() {
    func head(_ field: String) -> String { "POST / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n" }
    let limit = 262_144
    #expect(ParserRun(head("Content-Length: \(limit)") + repeated(limit)).isValid)
    #expect(run(head("Content-Length: \(limit + 1)")) == [.bodyTooLong])
    let chunked = head("Transfer-Encoding: chunked")
    #expect(ParserRun(chunked + "40000\r\n" + repeated(limit) + "\r\n0\r\n\r\n").isValid)
    #expect(run(chunked + "40001\r\n") == [.bodyTooLong])
    var limits = ServerLimits()
    limits.bodyBytes = 5
    #expect(run(chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", limits) == [nil])
    #expect(run(chunked + "3\r\nabc\r\n3\r\n", limits) == [.bodyTooLong])
    #expect(RequestRefusal.bodyTooLong.status.rawValue == 413)
  }

  @Test func `a chunk's extension has 256 bytes and not one more`() {
    func request(_ bytes: Int) -> String {
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;\(repeated(bytes - 1))\r\na\r\n0\r\n\r\n"
    }
    #expect(run(request(256)) == [nil])
    #expect(run(request(257)) == [.chunkExtensionTooLong])
    #expect(run(request(2_000)) == [.chunkExtensionTooLong])
  }

  @Test func `trailers have the limits of a head`() {
    func request(_ trailers: String) -> String {
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\(trailers)\r\n"
    }
    #expect(run(request(String(repeating: "A: b\r\n", count: 100))) == [nil])
    #expect(run(request(String(repeating: "A: b\r\n", count: 101))) == [.tooManyFields])
    let longest = repeated(16_384 - "A: \r\n\r\n".utf8.count)
    #expect(run(request("A: \(longest)\r\n")) == [nil])
    #expect(run(request("A: \(longest)a\r\n")) == [.headTooLong])
  }

  @Test func `connections leave descriptors for files`() {
    #expect(ServerLimits().fitted(toOpenFiles: 1_024).connectionCount == 960)
    #expect(ServerLimits().fitted(toOpenFiles: 100_000).connectionCount == 4_096)
    #expect(ServerLimits().fitted(toOpenFiles: 10).connectionCount == 1)
  }
}
