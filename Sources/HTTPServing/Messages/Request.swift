/// A whole request: nothing of it is still to come.
package struct Request: Sendable {
  package let method: Method
  package let target: RequestTarget
  package let version: HTTPVersion
  package let fields: HeaderFields
  /// The content, decoded from chunks; empty without one. Trailers are left out.
  package let body: [UInt8]
  /// Whether the connection may carry another request (RFC 9112 §9.3).
  package let isKeptAlive: Bool
}
