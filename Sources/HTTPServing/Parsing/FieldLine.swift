/// One header or trailer field (RFC 9112 §5): `name ":" OWS value OWS`.
struct FieldLine {
  let name: Range<Int>
  let value: Range<Int>

  /// Parts a line that is not empty and holds no control characters; the ranges are indices of the slice.
  init(parsing line: ArraySlice<UInt8>) throws(RequestRefusal) {
    guard let first = line.first, !Octets.isBlank(first) else { throw .foldedField }
    // A space before the colon is no token character, so it is refused here, too (RFC 9112 §5.1).
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(Octets.isTokenCharacter)
    else { throw .malformedField }
    name = line.startIndex..<colon
    let value = Octets.trimmed(line[(colon + 1)...])
    self.value = value.startIndex..<value.endIndex
  }
}
