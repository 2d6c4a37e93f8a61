import FolioTestSupport
import Glibc
import HTTPServing
import OperatingSystem
import Synchronization
import Testing

private let request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"

private func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
  var limits = ServerLimits()
  change(&limits)
  return limits
}

@Suite(.timeLimit(.minutes(1))) struct HostilePeerTests {
  private func isServed(_ server: TestServer) throws -> Bool {
    let client = try TestClient(server.address)
    client.send(request)
    return try client.read(until: "X-Echo").hasPrefix("HTTP/1.1 200 OK")
  }

  @Test func `a head that does not end is answered with 408, however it trickles`() throws {
    let server = try TestServer(limits { $0.headTime = .milliseconds(60) }) { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("GET / HTTP/1.1\r\n")
    usleep(30_000)
    client.send("A: b\r\n")
    #expect(try client.readToEnd().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
  }

  @Test func `a body that does not end is answered with 408`() throws {
    let server = try TestServer(limits { $0.bodyTime = .milliseconds(30) }) { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
    #expect(try client.readToEnd().contains("body_timeout"))
  }

  @Test func `an idle connection closes without a word`() throws {
    let server = try TestServer(limits { $0.idleTime = .milliseconds(200) }) { EchoHandler() }
    let client = try TestClient(server.address)
    #expect(try client.readToEnd().isEmpty)
    let used = try TestClient(server.address)
    used.send(request)
    #expect(try used.readToEnd().ranges(of: "HTTP/1.1").count == 1)
  }

  @Test func `a peer that never reads stops being served, and others are`() throws {
    let handler = EchoHandler(answerBytes: 20_000)
    let server = try TestServer(
      limits {
        $0.pendingOutputBytes = 50_000
        $0.stalledSendTime = .milliseconds(200)
      }
    ) { handler }
    let client = try TestClient(server.address, receiveBufferBytes: 4_096)
    // The kernel's own buffers take some megabytes before the server notices.
    let thousands = String(repeating: request, count: 3_000)
    client.send(thousands)
    #expect(try isServed(server))
    usleep(400_000)
    let served = handler.requests.count
    #expect(served < 2_000)
    usleep(50_000)
    #expect(handler.requests.count == served)
    #expect(try isServed(server))
  }

  @Test func `a peer that reads late gets everything`() throws {
    let server = try TestServer(limits { $0.pendingOutputBytes = 50_000 }) {
      EchoHandler(answerBytes: 20_000)
    }
    let client = try TestClient(server.address, receiveBufferBytes: 4_096)
    client.send(String(repeating: request, count: 400))
    client.endSending()
    usleep(50_000)
    #expect(try client.readToEnd().ranges(of: "HTTP/1.1 200 OK").count == 400)
  }

  @Test func `one peer's pipeline does not keep others waiting`() throws {
    let handler = EchoHandler()
    let server = try TestServer { handler }
    let greedy = try TestClient(server.address)
    greedy.send(String(repeating: request, count: 2_000))
    #expect(try isServed(server))
    #expect(handler.turns.allSatisfy { $0.count <= 2 * ServerLimits().requestsPerTurn })
  }

  @Test func `one more than the most takes the place of the longest idle`() throws {
    let server = try TestServer(limits { $0.connectionCount = 2 }) { EchoHandler() }
    let first = try TestClient(server.address)
    first.send(request)
    _ = try first.read(until: "GET /x ")
    let second = try TestClient(server.address)
    second.send(request)
    _ = try second.read(until: "GET /x ")
    #expect(try isServed(server))
    #expect(first.read() == [])
    second.send(request)
    #expect(try second.read(until: "200 OK").isEmpty == false)
  }

  @Test func `where all places are at work one more waits`() throws {
    let server = try TestServer(
      limits {
        $0.connectionCount = 1
        $0.acceptPause = .milliseconds(20)
      }
    ) { EchoHandler() }
    let first = try TestClient(server.address)
    first.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    _ = try first.read(until: "100 Continue")
    let second = try TestClient(server.address)
    second.send(request)
    usleep(20_000)
    first.send("ab")
    #expect(try first.read(until: "POST / ab").hasPrefix("HTTP/1.1 200"))
    #expect(try second.read(until: "X-Echo").hasPrefix("HTTP/1.1 200"))
  }

  @Test func `unfinished requests share a limit of memory`() throws {
    let server = try TestServer(limits { $0.pendingInputBytes = 30_000 }) { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n")
    client.send([UInt8](repeating: 0, count: 45_000))
    let answer = try client.readToEnd()
    #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
    #expect(answer.contains("Retry-After: 1\r\n"))
    #expect(try isServed(server))
  }

  @Test func `connections that break are let go`() throws {
    let server = try TestServer(limits { $0.connectionCount = 20 }) { EchoHandler(answerBytes: 100_000) }
    for round in 0..<100 {
      let client = try TestClient(server.address)
      client.send(
        round.isMultiple(of: 2) ? request : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
      client.reset()
    }
    #expect(try isServed(server))
  }

  @Test func `a stop answers what has begun, closes what is idle, and returns`() throws {
    let server = try TestServer { EchoHandler() }
    let idle = try TestClient(server.address)
    idle.send(request)
    _ = try idle.read(until: "GET /x ")
    let busy = try TestClient(server.address)
    busy.send("POST /y HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    _ = try busy.read(until: "100 Continue\r\n\r\n")
    server.stop()
    #expect(idle.read() == [])
    #expect(!server.hasEnded(within: 0.02))
    busy.send("abc")
    let answer = try busy.readToEnd()
    #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
    #expect(answer.contains("Connection: close\r\n"))
    #expect(throws: TestClient.ClientError.failed(ECONNREFUSED)) { try TestClient(server.address) }
    #expect(server.hasEnded(within: 4))
  }

  @Test func `a stop does not wait for ever`() throws {
    let server = try TestServer(limits { $0.drainTime = .milliseconds(50) }) { EchoHandler() }
    let client = try TestClient(server.address)
    client.send("POST /y HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    _ = try client.read(until: "100 Continue\r\n\r\n")
    server.stop()
    #expect(server.hasEnded(within: 2))
    #expect(client.read() == [])
  }

  @Test func `without descriptors the loop rests, and serves again when there are some`() async {
    await #expect(processExitsWith: .success) {
      var server: TestServer? = try TestServer(limits { $0.acceptPause = .milliseconds(20) }) {
        EchoHandler()
      }
      var limit = rlimit(rlim_cur: 64, rlim_max: 64)
      _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var clients: [TestClient] = []
      // Each takes two of the process's descriptors, its own and the server's; at the end only its own.
      while let client = try? TestClient(try #require(server).address) { clients.append(client) }
      let before = clock()
      usleep(200_000)
      // Processor time of the whole process: a loop that spins would take all of it.
      try #require(clock() - before < 100_000)
      clients.removeLast(clients.count - 5)
      usleep(50_000)
      clients[0].send(request)
      try #require(try clients[0].read(until: "X-Echo").hasPrefix("HTTP/1.1 200 OK"))
      let another = try TestClient(try #require(server).address)
      another.send(request)
      try #require(try another.read(until: "X-Echo").hasPrefix("HTTP/1.1 200 OK"))
      server = nil
    }
  }
}
