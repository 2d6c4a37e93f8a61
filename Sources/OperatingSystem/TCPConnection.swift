import Glibc

/// Connections to servers, for commands that may wait; servers of our own have an event loop instead.
package enum TCPConnection {
  /// Connects to a host by its name or its numeric address, trying each address that the name has.
  ///
  /// Each later read or write waits for at most `seconds` and then fails with `EAGAIN`.
  ///
  /// - Throws: `unknownHost`, or the refusal of the last address.
  package static func open(
    host: String, port: UInt16, waitingSeconds seconds: Int
  ) throws(TCPConnectionError) -> FileDescriptor {
    let addresses = try AddressList(host: host, port: port)
    var next = addresses.first
    var refusal = SystemError(operation: "connect", path: host, code: EADDRNOTAVAIL)
    while let address = next {
      do throws(SystemError) {
        return try connect(to: address, host: "\(host):\(port)", seconds: seconds)
      } catch {
        refusal = error
      }
      next = addresses.following(address)
    }
    throw .system(refusal)
  }

  private static func connect(
    to address: AddressList.Address, host: String, seconds: Int
  ) throws(SystemError) -> FileDescriptor {
    let number = try systemCall("socket", about: host) {
      socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }
    let connection = FileDescriptor(owning: number, path: host)
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    // socket(7): the limit of sending is that of connecting, too.
    for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
      try systemCall("setsockopt", about: host) {
        unsafe setsockopt(number, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
      }
    }
    try systemCall("connect", about: host) { address.connect(number) }
    return connection
  }
}

/// Why there is no connection.
package enum TCPConnectionError: Error, Equatable, Sendable {
  /// The name leads to no address, in the words of the resolver.
  case unknownHost(String, reason: String)
  case system(SystemError)
}

/// The addresses of a name, as getaddrinfo(3) lists them.
@safe
private struct AddressList: ~Copyable {
  // Safety: `list` comes from a successful getaddrinfo and is freed by `deinit` alone; the places that callers hold
  // lie in it and are used while this value lives.
  private let list: UnsafeMutablePointer<addrinfo>

  /// One address of the list.
  @safe
  struct Address {
    fileprivate let place: UnsafeMutablePointer<addrinfo>

    var family: Int32 { unsafe place.pointee.ai_family }

    func connect(_ socket: Int32) -> Int32 {
      unsafe Glibc.connect(socket, place.pointee.ai_addr, place.pointee.ai_addrlen)
    }
  }

  init(host: String, port: UInt16) throws(TCPConnectionError) {
    guard !host.utf8.contains(0) else { throw .unknownHost(host, reason: "the name holds NUL") }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard code == 0, let list = unsafe list else {
      throw .unknownHost(host, reason: unsafe String(cString: gai_strerror(code)))
    }
    unsafe self.list = list
  }

  deinit { unsafe freeaddrinfo(list) }

  var first: Address? { unsafe Address(place: list) }

  func following(_ address: Address) -> Address? {
    unsafe address.place.pointee.ai_next.map { unsafe Address(place: $0) }
  }
}
