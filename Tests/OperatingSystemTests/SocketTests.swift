import OperatingSystem
import Testing

@Suite struct SocketTests {
  @Test(arguments: ["127.0.0.1:8080", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:8080"])
  func `an address is written as it is read`(_ text: String) {
    #expect(SocketAddress(text)?.text == text)
  }

  @Test(arguments: [
    "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+1", "127.0.0.1: 1", "localhost:80",
    "::1:80",
    "[::1]", "[127.0.0.1]:80", "127.1:80", "1.2.3.4.5:80", "127.0.0.1\0:80", "[::1]x:80", ":80", "[]:80",
  ])
  func `what is no numeric address with a port is none`(_ text: String) {
    #expect(SocketAddress(text) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("[::1]:1", true), ("0.0.0.0:1", false),
    ("10.0.0.1:1", false), ("[::]:1", false), ("[::ffff:127.0.0.1]:1", false),
  ])
  func `an address is loopback or is not`(_ text: String, _ isLoopback: Bool) {
    #expect(SocketAddress(text)?.isLoopback == isLoopback)
  }

  @Test func `a listening socket knows the port that it got`() throws {
    let socket = try ListeningSocket(on: try #require(SocketAddress("127.0.0.1:0")))
    #expect(socket.address.port != 0)
    #expect(socket.address.isLoopback)
    let isOneWaiting = try socket.accept() != nil
    #expect(!isOneWaiting)
  }

  @Test func `a bell is heard until it is taken`() throws {
    var poll = try EventPoll()
    let bell = try EventCounter()
    try poll.add(bell.number, .readable, token: 7)
    bell.ring()
    bell.ring()
    let heard = try poll.wait(milliseconds: 1_000)
    #expect(heard.map(\.token) == [7])
    #expect(bell.take())
    #expect(!bell.take())
    let silent = try poll.wait(milliseconds: 0)
    #expect(silent.isEmpty)
    try poll.change(bell.number, [], token: 7)
    bell.ring()
    let ignored = try poll.wait(milliseconds: 0)
    #expect(ignored.isEmpty)
    try poll.remove(bell.number)
  }

  @Test func `the limit of open files is raised at most as far as it goes`() throws {
    let limit = try OpenFiles.limit()
    #expect(limit > 0)
    #expect(try OpenFiles.raiseLimit(to: 1) == limit)
  }
}
