import HTTPServing
import OperatingSystem
import Synchronization
import Testing

private func get(_ path: String, _ more: String = "") -> String {
  "GET \(path) HTTP/1.1\r\nHost: a\r\n\(more)\r\n"
}

@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
  @Test func `pipelined requests are answered in their order, in one batch as far as a turn goes`() throws {
    let handler = EchoHandler()
    let server = try TestServer { handler }
    let client = try TestClient(server.address)
    client.send((1...40).map { get("/\($0)") }.joined() + get("/last", "Connection: close\r\n"))
    let answer = try client.readToEnd()
    let paths = answer.split(separator: "\r\n").filter { $0.hasPrefix("X-Echo") }
    #expect(paths == (1...40).map { "X-Echo: GET /\($0) " } + ["X-Echo: GET /last "])
    #expect(handler.turns.map(\.count).max() == ServerLimits().requestsPerTurn)
    #expect(answer.ranges(of: "Connection: close").count == 1)
  }

  @Test func `a connection is kept for the next request`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    for path in ["/1", "/2"] {
      client.send(get(path))
      #expect(try client.read(until: "GET \(path) \r\n").hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
    }
  }

  @Test func `HTTP 1.0 gets one answer, and more where it asks for them`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send(
      "GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\nGET /3 HTTP/1.0\r\n\r\n")
    let answer = try client.readToEnd()
    #expect(answer.ranges(of: "HTTP/1.1 200 OK").count == 2)
    #expect(answer.contains("Connection: keep-alive\r\n"))
    #expect(answer.contains("Connection: close\r\n"))
  }

  @Test func `HEAD gets the length of GET and no content`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let answer = try client.readToEnd()
    #expect(answer.contains("\r\nContent-Length: 8\r\n"))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test func `a peer that waits with its body is told to continue`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    #expect(try client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    client.send("abc")
    #expect(try client.read(until: "POST /x abc").hasPrefix("HTTP/1.1 200 OK"))
  }

  @Test func `a body that is too long is refused before it is sent`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 300000\r\n\r\n")
    let answer = try client.readToEnd()
    #expect(answer.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
    #expect(answer.contains("Connection: close\r\n"))
    #expect(answer.contains(#"{"error":{"code":"body_too_long","message":"#))
  }

  @Test func `an error reaches a peer that is still sending`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n")
    client.send([UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000))
    #expect(try client.readToEnd().hasPrefix("HTTP/1.1 413"))
  }

  @Test func `after a refusal nothing more is executed`() throws {
    let handler = EchoHandler()
    let server = try TestServer { handler }
    let client = try TestClient(server.address)
    client.send(
      get("/first")
        + "POST /bad HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "0\r\n\r\n" + get("/smuggled"))
    let answer = try client.readToEnd()
    #expect(answer.ranges(of: "HTTP/1.1 ").count == 2)
    #expect(answer.contains("HTTP/1.1 400 Bad Request"))
    client.send(get("/late"))
    #expect(handler.requests == ["GET /first "])
  }

  @Test func `a peer that ends its side still gets its answers`() throws {
    let server = try TestServer { EchoHandler() }
    let client = try TestClient(server.address)
    client.send(get("/1") + get("/2"))
    client.endSending()
    let answer = try client.readToEnd()
    #expect(answer.ranges(of: "HTTP/1.1 200 OK").count == 2)
  }

  @Test func `a request that is cut off is answered with an error`() throws {
    let handler = EchoHandler()
    let server = try TestServer { handler }
    let client = try TestClient(server.address)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
    client.endSending()
    #expect(try client.readToEnd().contains("incomplete_request"))
    #expect(handler.requests.isEmpty)
  }

  @Test func `each listening socket has its own handler, and one thread serves both`() throws {
    let second = EchoHandler()
    let port = Mutex<SocketAddress?>(nil)
    let server = try TestServer(
      configure: { loop in
        let address = try loop.listen(on: TestServer.anyPort, second)
        port.withLock { $0 = address }
      },
      handler: { EchoHandler() })
    let address = try #require(port.withLock { $0 })
    let clients = try [TestClient(server.address), TestClient(address)]
    for client in clients { client.send(get("/x", "Connection: close\r\n")) }
    for client in clients { #expect(try client.readToEnd().contains("X-Echo: GET /x ")) }
    #expect(second.requests.count == 1)
  }

  @Test func `IPv6 is served, too`() throws {
    let loop = try TestServer.loop(ServerLimits())
    let bound = try loop.listen(on: try #require(SocketAddress("[::1]:0")), EchoHandler())
    #expect(bound.text.hasPrefix("[::1]:"))
    #expect(bound.port != 0)
  }

  @Test func `an address in use is an error`() throws {
    let loop = try TestServer.loop(ServerLimits())
    let bound = try loop.listen(on: TestServer.anyPort, EchoHandler())
    let error = #expect(throws: SystemError.self) { try loop.listen(on: bound, EchoHandler()) }
    #expect(error?.name == "EADDRINUSE")
  }

  @Test func `the owner's timers and descriptors have their turns`() throws {
    let bell = try EventCounter()
    let ticks = Mutex(0)
    let rings = Mutex(0)
    let server = try TestServer(
      configure: { loop in
        loop.every(.milliseconds(5)) {
          ticks.withLock { $0 += 1 }
          bell.ring()
        }
        try loop.watch(bell.number) {
          bell.take()
          let count = rings.withLock {
            $0 += 1
            return $0
          }
          if count == 3 { loop.stopper.ring() }
        }
      },
      handler: { EchoHandler() })
    #expect(server.hasEnded(within: 5))
    #expect(ticks.withLock { $0 } >= 3)
  }
}
