/// What a request line points to, still percent-encoded (RFC 9112 §3.2).
package struct RequestTarget: Hashable, Sendable {
  /// Which of the four spellings was used.
  package enum Form: Hashable, Sendable {
    /// `/path?query`
    case origin
    /// `http://host/path?query`; the authority takes the place of Host.
    case absolute
    /// `host:port`, of CONNECT alone; the path holds it.
    case authority
    /// `*`, of OPTIONS alone; the path holds it.
    case asterisk
  }

  package let form: Form
  /// Opens with a slash in the first two forms.
  package let path: [UInt8]
  /// What follows the first `?`; nil without one.
  package let query: [UInt8]?

  /// The path as text: it is ASCII.
  package var pathText: String { String(decoding: path, as: UTF8.self) }
}
