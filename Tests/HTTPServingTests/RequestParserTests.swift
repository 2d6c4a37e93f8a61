import FolioTestSupport
import HTTPServing
import Testing

@Suite struct RequestParserTests {
  @Test(arguments: RequestCase.all)
  func `each rule is kept, however the bytes are cut`(_ one: RequestCase) {
    let runs = ParserRun.everyWay(one.bytes, seed: 11)
    #expect(runs[0].refusal == one.refusal, "\(runs[0])")
    #expect(runs.allSatisfy { $0 == runs[0] }, "\(runs)")
    if one.refusal == nil && !one.bytes.isEmpty {
      #expect(runs[0].requests.count == 1)
      #expect(runs[0].requests.first?.contains("[\(one.body)]") == true, "\(runs[0])")
    }
  }

  @Test(arguments: RequestCase.all.filter { $0.refusal != nil && $0.refusal != .incomplete })
  func `what follows a refused request is never a request`(_ one: RequestCase) {
    let smuggled = Array("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    for run in ParserRun.everyWay(one.bytes + smuggled + smuggled, seed: 3) {
      #expect(run.requests.isEmpty)
      #expect(run.isClosed)
    }
  }

  @Test func `a request says what it says`() throws {
    var parser = RequestParser()
    parser.append(Array("PUT /a%20b?c=d HTTP/1.1\r\nhOst: x:1\r\nA: 1\r\na:\t2 \r\n\r\n".utf8)[...])
    guard case .request(let request) = parser.next() else {
      Issue.record("no request")
      return
    }
    #expect(request.method == .put)
    #expect(request.target.form == .origin)
    #expect(request.target.pathText == "/a%20b")
    #expect(request.target.query == Array("c=d".utf8))
    #expect(request.fields.first("HOST").map { String(decoding: $0, as: UTF8.self) } == "x:1")
    #expect(request.fields.all("a").map { String(decoding: $0, as: UTF8.self) } == ["1", "2"])
    #expect(request.fields.first("b") == nil)
    #expect(parser.phase == .idle)
  }

  @Test func `pipelined requests come one after another`() {
    let run = ParserRun(
      "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
        + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n"
        + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(run.requests.map { $0.prefix(7) } == ["POST /1", "POST /2", "GET /3 "])
    #expect(run.isValid)
  }

  @Test(arguments: [
    ("HTTP/1.1", "A: b", true), ("HTTP/1.1", "Connection: close", false),
    ("HTTP/1.1", "Connection: x, CLOSE", false), ("HTTP/1.1", "Connection: x\r\nConnection: close", false),
    ("HTTP/1.1", "Connection: closed", true), ("HTTP/1.0", "A: b", false),
    ("HTTP/1.0", "Connection: Keep-Alive", true), ("HTTP/1.0", "Connection: keep-alive, close", false),
  ])
  func `a connection is kept as version and Connection say`(_ version: String, _ field: String, _ kept: Bool)
  {
    let first = "GET /1 \(version)\r\nHost: a\r\n\(field)\r\n\r\n"
    let run = ParserRun(first + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(run.requests.count == (kept ? 2 : 1))
    #expect(run.isClosed == !kept)
    #expect(run.isValid)
  }

  @Test func `a waiting peer is told to continue once, unless content is there already`() {
    let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n"
    var parser = RequestParser()
    parser.append(Array(head.utf8)[...])
    guard case .incomplete = parser.next() else {
      Issue.record("the body has not come")
      return
    }
    #expect([parser.takeContinue(), parser.takeContinue()] == [true, false])
    for other in [head + "a", head.replacing("1.1", with: "1.0"), head.replacing(": 3", with: ": 0")] {
      var parser = RequestParser()
      parser.append(Array(other.utf8)[...])
      _ = parser.next()
      let isWaiting = parser.takeContinue()
      #expect(!isWaiting, "\(other)")
    }
  }
}
