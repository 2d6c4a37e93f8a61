/// A member's name as it stands in a document, quoted once and written often.
package struct JSONKey: Sendable {
  let bytes: [UInt8]

  /// Quotes a name.
  package init(_ name: String) {
    var writer = JSONWriter()
    writer.appendQuoted(name)
    bytes = writer.bytes
  }
}
