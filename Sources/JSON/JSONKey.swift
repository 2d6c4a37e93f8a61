/// A member's name as it stands in a document, quoted once and written often.
package struct JSONKey: Sendable {
  /// With the colon behind it.
  let compact: [UInt8]
  /// With the colon and the space behind it.
  let pretty: [UInt8]

  /// Quotes a name.
  package init(_ name: String) {
    var writer = JSONWriter()
    writer.appendQuoted(name)
    compact = writer.bytes + [0x3A]
    pretty = compact + [0x20]
  }
}
