/// Builds a short text of ASCII characters without a string for each part.
struct ASCIIText {
  /// The longest texts: an instant with nanoseconds has 30 bytes, a decimal of 64 bits at most 21.
  private var bytes = [32 of UInt8](repeating: 0)
  private var count = 0

  /// - Precondition: `character` is ASCII.
  mutating func append(_ character: Unicode.Scalar) {
    bytes[count] = UInt8(ascii: character)
    count += 1
  }

  /// Appends digits, with zeros before them up to `width`; `number` is not negative.
  mutating func append(_ number: Int, width: Int) { append(UInt64(number), width: width) }

  /// Appends digits, with zeros before them up to `width`.
  mutating func append(_ number: UInt64, width: Int) {
    var (rest, digits) = (number, 1)
    while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
    let end = count + max(width, digits)
    rest = number
    for index in stride(from: end - 1, through: count, by: -1) {
      bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count = end
  }

  /// Moves the last `places` bytes back by one and puts a point before them.
  mutating func insertPoint(beforeLast places: Int) {
    for index in stride(from: count, to: count - places, by: -1) { bytes[index] = bytes[index - 1] }
    bytes[count - places] = UInt8(ascii: ".")
    count += 1
  }

  /// Takes zeros away from the end.
  mutating func dropTrailingZeros() {
    while count > 0, bytes[count - 1] == UInt8(ascii: "0") { count -= 1 }
  }

  var text: String {
    do { return String(copying: try UTF8Span(validating: bytes.span.extracting(0..<count))) } catch {
      preconditionFailure("ASCII is UTF-8")
    }
  }
}
