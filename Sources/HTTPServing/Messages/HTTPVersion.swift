/// The version of a request, as far as it changes what is answered.
package enum HTTPVersion: Hashable, Sendable {
  /// HTTP/1.0: no Host needed, no chunks, one request a connection unless it asks for more.
  case http10
  /// HTTP/1.1, and any later minor version, which is answered as 1.1 (RFC 9110 §2.5).
  case http11
}
