/// A member's name as it stands in a document, quoted once and written often.
package struct JSONKey: Sendable {
  /// With the colon and the space behind it.
  let bytes: [UInt8]

  /// Quotes a name.
  package init(_ name: String) {
    var writer = JSONWriter()
    writer.appendQuoted(name)
    bytes = writer.bytes + [0x3A, 0x20]
  }
}
