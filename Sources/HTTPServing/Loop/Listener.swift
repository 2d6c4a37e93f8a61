import OperatingSystem

/// A listening socket with what answers its requests, which outlives it until the last of them is answered.
final class Listener {
  /// nil when nothing more is accepted.
  private(set) var socket: ListeningSocket?
  let handler: any RequestHandler

  /// The descriptor to wait for, while it is open.
  let number: Int32

  init(_ socket: consuming ListeningSocket, _ handler: any RequestHandler) {
    number = socket.number
    self.socket = consume socket
    self.handler = handler
  }

  /// Closes the socket; who has not been accepted is refused by the system.
  func close() { socket = nil }

  var isOpen: Bool { socket != nil }

  /// The next connection, or nil when none waits.
  func accept() throws(SystemError) -> StreamSocket? { try socket?.accept() ?? nil }
}
