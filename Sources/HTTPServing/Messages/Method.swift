/// What a request asks to be done with its target; case counts (RFC 9110 §9.1).
package struct Method: Hashable, Sendable {
  /// The token as it stands in the request line.
  package let octets: [UInt8]

  init(octets: [UInt8]) { self.octets = octets }

  private init(_ name: String) { octets = Array(name.utf8) }

  package static let get = Method("GET")
  /// As GET, without the content.
  package static let head = Method("HEAD")
  package static let post = Method("POST")
  package static let put = Method("PUT")
  package static let options = Method("OPTIONS")
  static let connect = Method("CONNECT")

  /// The token as text: it is ASCII.
  package var name: String { String(decoding: octets, as: UTF8.self) }
}
