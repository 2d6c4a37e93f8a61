/// Whether a text is a list of font families that can stand in a stylesheet: names of ASCII words, or quoted ones,
/// between commas.
///
/// What could end a declaration, open a function or escape a character has no place in the grammar.
func isFontFamilyList(_ text: String) -> Bool {
  let families = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  return text.utf8.count <= fontFamiliesBytesLimit && families.allSatisfy { isFontFamily(trimmed(Array($0))) }
}

/// The longest list of families.
private let fontFamiliesBytesLimit = 256

private func isFontFamily(_ name: ArraySlice<UInt8>) -> Bool {
  guard let first = name.first, let last = name.last else { return false }
  if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
    let inner = name.dropFirst().dropLast()
    return last == first && !inner.isEmpty && inner.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: " ") }
  }
  return name.split(separator: UInt8(ascii: " ")).allSatisfy(isIdentifier)
}

/// The identifiers of CSS in ASCII without escapes, less those that open with two dashes.
private func isIdentifier(_ word: ArraySlice<UInt8>) -> Bool {
  let name = word.first == UInt8(ascii: "-") ? word.dropFirst() : word
  return name.first.map(isLetter) ?? false && name.allSatisfy(isWordByte)
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isWordByte(_ byte: UInt8) -> Bool {
  isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
}

private func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
  let start = bytes.drop { $0 == UInt8(ascii: " ") }
  return start.dropLast(start.reversed().prefix { $0 == UInt8(ascii: " ") }.count)
}
