import Glibc

extension StreamSocket {
  /// Connects to a server, and blocks until it is there: for clients that measure or ask one question.
  ///
  /// - Throws: `ECONNREFUSED` when nobody listens.
  package static func connected(to address: SocketAddress) throws(SystemError) -> StreamSocket {
    let name = address.text
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let number = try systemCall("socket", name) { Glibc.socket(address.family, kind, Int32(IPPROTO_TCP)) }
    let socket = try StreamSocket(owning: number)
    try systemCall("connect", name) {
      unsafe address.withSystemAddress { unsafe connect(number, $0, $1) }
    }
    try systemCall("fcntl", name) { fcntl(number, F_SETFL, O_NONBLOCK) }
    return socket
  }
}
