/// A strict parser for RFC 8259: what it accepts means the same to every other strict parser.
///
/// Beyond the grammar it refuses a byte order mark, invalid UTF-8, lone surrogates, duplicate names (by
/// bytes) and deep nesting. Numbers stay text.
package enum JSONParser {
  /// The value that `bytes` hold, with nothing but white space around it.
  ///
  /// - Throws: the first fault, with its place.
  /// - Complexity: O(*n*).
  package static func parse(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONSyntaxError) -> JSONValue {
    try parse(bytes.span, limits: limits)
  }

  /// The value that a part of a larger text holds, such as one line of NDJSON, without copying it.
  ///
  /// - Throws: the first fault; its place counts from the start of the slice.
  package static func parse(
    _ bytes: ArraySlice<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONSyntaxError) -> JSONValue {
    try parse(bytes.span, limits: limits)
  }

  /// The value that `bytes` hold, wherever they lie.
  ///
  /// - Throws: the first fault, with its place.
  package static func parse(
    _ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONSyntaxError) -> JSONValue {
    var cursor = JSONCursor(maximumDepth: limits.maximumDepth)
    do throws(JSONFault) {
      return try cursor.readText(bytes)
    } catch {
      throw JSONSyntaxError(error, in: bytes)
    }
  }
}
