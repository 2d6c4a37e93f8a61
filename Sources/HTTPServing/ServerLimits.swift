/// What a peer may take of this server: sizes in bytes, times from the first byte of what they limit.
package struct ServerLimits: Sendable {
  /// The request line without its CR LF (RFC 9112 §3 recommends at least 8,000); beyond: 414.
  package var requestLineBytes = 8_000
  /// The whole head with the empty line at its end; also a trailer section. Beyond: 431.
  package var headBytes = 16_384
  /// Header fields, also of a trailer section; beyond: 431.
  package var fieldCount = 100
  /// The content after decoding; beyond: 413.
  package var bodyBytes = 262_144
  /// What follows the size of one chunk; beyond: 400.
  package var chunkExtensionBytes = 256

  /// From the first byte of a request to the end of its head; then 408.
  package var headTime = Duration.seconds(10)
  /// From the end of the head to the end of the content; then 408.
  package var bodyTime = Duration.seconds(20)
  /// Without a request: then the connection closes.
  package var idleTime = Duration.seconds(60)
  /// With answers waiting and a peer that takes none of them: then the connection closes.
  package var stalledSendTime = Duration.seconds(30)
  /// After the last answer, for the peer to read it and end (RFC 9112 §9.6).
  package var lingerTime = Duration.seconds(2)
  /// From the wish to stop to the end of those requests that have begun.
  package var drainTime = Duration.seconds(5)
  /// How long nothing is accepted after the system had no descriptor left.
  package var acceptPause = Duration.milliseconds(500)

  /// Connections at once. One more takes the place of the one that is idle for longest, or waits.
  package var connectionCount = 4_096
  /// New connections in one turn of the loop, for each socket.
  package var acceptsPerTurn = 64
  /// Requests of one connection in one turn of the loop, so that the others come to theirs.
  package var requestsPerTurn = 16
  /// Answers that wait for one peer; beyond it nothing more is read from that peer until it reads.
  package var pendingOutputBytes = 262_144
  /// Parts of requests that wait for their ends, over all connections; beyond: 503.
  package var pendingInputBytes = 67_108_864

  package init() {}

  /// These limits with as many connections as the process may open descriptors, less a reserve for files.
  package func fitted(toOpenFiles openFiles: Int, reserving reserve: Int = reservedDescriptors)
    -> ServerLimits
  {
    var limits = self
    limits.connectionCount = max(1, min(connectionCount, openFiles - reserve))
    return limits
  }

  /// Descriptors that connections never take: files, stores, listening sockets.
  package static let reservedDescriptors = 64
}
