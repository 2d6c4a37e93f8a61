/// Rows of RFC 4180 for machines: UTF-8 without a byte order mark, fields between commas, lines that end with CR LF.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are given as numbers, so a
/// minus sign is never taken for one.
package struct CSVWriter: ~Copyable {
  private var buffer: ByteBuffer
  private var isRowOpen = false

  /// Makes a writer with room for `capacity` bytes.
  package init(capacity: Int = 0) { buffer = ByteBuffer(capacity: capacity) }

  /// All that was written, as a copy.
  package var bytes: [UInt8] { buffer.bytes }

  /// Lends all that was written.
  package func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withSpan(body)
  }

  /// A field of any text, quoted where it has to be.
  package mutating func text(_ text: String) {
    separate()
    let isGuarded = text.utf8.first.map(Self.opensFormula) ?? false
    guard isGuarded || Self.needsQuotes(text.utf8.span) else { return buffer.append(text) }
    buffer.append(isGuarded ? "\"'" : "\"")
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append("\"")
  }

  /// A field of a number as machines read it: `-1234.50`.
  package mutating func number(_ text: String) {
    separate()
    buffer.append(text)
  }

  /// The same of `coefficient` · 10^−`scale`, with all its places.
  package mutating func number(_ coefficient: Int64, scale: Int = 0) {
    separate()
    buffer.append(decimal: coefficient, scale: scale)
  }

  /// A field of what `append` writes, which holds no comma, quote or line end and opens no formula: a date, a time.
  package mutating func plain(_ append: (inout ByteBuffer) -> Void) {
    separate()
    append(&buffer)
  }

  /// A field of nothing: not known.
  package mutating func empty() { separate() }

  package mutating func endRow() {
    buffer.append("\r\n")
    isRowOpen = false
  }

  private mutating func separate() {
    if isRowOpen { buffer.append(UInt8(ascii: ",")) }
    isRowOpen = true
  }

  private static func opensFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  private static func needsQuotes(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D: return true
      default: continue
      }
    }
    return false
  }
}
