import Markup
import Testing

@Suite struct ByteBufferTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (-7, "-7"), (1_234_567_890, "1234567890"),
    (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808"),
  ])
  func `a decimal is written digit by digit`(number: Int64, expected: String) {
    var buffer = ByteBuffer()
    buffer.append(decimal: number)
    #expect(buffer.bytes == Array(expected.utf8))
  }

  @Test(arguments: [
    (7, 2, "07"), (-7, 2, "-07"), (123, 2, "123"), (0, 3, "000"), (0, 0, "0"),
    (5, 25, String(repeating: "0", count: 24) + "5"),
    (Int64.min, 20, "-09223372036854775808"),
  ])
  func `a padded decimal has at least its width in digits`(number: Int64, width: Int, expected: String) {
    var buffer = ByteBuffer()
    buffer.append(decimal: number, paddedTo: width)
    #expect(buffer.bytes == Array(expected.utf8))
  }

  @Test(arguments: [
    (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (42_100, 2, "421.00"), (7, 0, "7"),
    (123, 3, "0.123"), (1_234, 3, "1.234"), (Int64.max, 18, "9.223372036854775807"),
    (Int64.min, 0, "-9223372036854775808"), (1, 23, "0.00000000000000000000001"),
  ])
  func `a decimal has each place of its scale`(coefficient: Int64, scale: Int, expected: String) {
    var buffer = ByteBuffer()
    buffer.append(decimal: coefficient, scale: scale)
    #expect(buffer.bytes == Array(expected.utf8))
  }

  @Test func `digits have the zeros that were asked for behind them`() {
    let digits = DecimalDigits(.max, zeros: 4)
    #expect(digits.first == 0 && digits.count == DecimalDigits.end)
    let zero = DecimalDigits(0, zeros: 2)
    #expect(zero.count == 3)
    var buffer = ByteBuffer()
    buffer.append(digits.first..<DecimalDigits.end, of: digits.bytes.span)
    #expect(buffer.bytes == Array("184467440737095516150000".utf8))
  }

  @Test func `texts of each length are copied whole`() {
    for length in 0..<40 {
      let text = String(repeating: "é", count: length) + "x"
      var buffer = ByteBuffer()
      buffer.append(text)
      buffer.append("|")
      #expect(buffer.bytes == Array((text + "|").utf8))
      #expect(buffer.text == text + "|")
    }
  }

  @Test func `what is appended follows what was there`() {
    var buffer = ByteBuffer(capacity: 32)
    buffer.append("é")
    buffer.append(0x21)
    buffer.append(bytes: [1, 2])
    buffer.append(bytes: [9, 3, 4, 9][1..<3])
    #expect(buffer.bytes == [0xC3, 0xA9, 0x21, 1, 2, 3, 4])
    #expect(buffer.count == 7)
  }

  @Test func `truncating keeps the start, emptying keeps nothing`() {
    var buffer = ByteBuffer()
    buffer.append("abcdef")
    buffer.truncate(to: 6)
    buffer.truncate(to: 2)
    #expect(buffer.bytes == Array("ab".utf8))
    buffer.truncate(to: 0)
    #expect(buffer.count == 0)
    buffer.append("x")
    buffer.removeAll(keepingCapacity: true)
    #expect(buffer.bytes == [])
  }

  @Test func `what was written is written again, also where the memory has to grow`() {
    var buffer = ByteBuffer()
    buffer.append("abc")
    for _ in 0..<100 { buffer.append(copyOf: 1..<3) }
    buffer.append(copyOf: 3..<3)
    buffer.append(repeating: 0x21, count: 300)
    buffer.append(repeating: 0x21, count: 0)
    #expect(buffer.text == "abc" + String(repeating: "bc", count: 100) + String(repeating: "!", count: 300))
  }

  @Test func `a copy of what was not written stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var buffer = ByteBuffer()
      buffer.append("abc")
      buffer.append(copyOf: 2..<4)
    }
  }

  @Test func `truncating past the end stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var buffer = ByteBuffer()
      buffer.truncate(to: 1)
    }
  }
}
