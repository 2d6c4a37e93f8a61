import Hashing
import Testing

/// RFC 4648 §10 and what decoders too often accept.
@Suite struct EncodingTests {
  @Test(arguments: [
    ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("fooba", "mzxw6ytb"),
    ("foobar", "mzxw6ytboi"),
  ])
  func `base 32 has the characters of the RFC in lower case`(text: String, expected: String) {
    #expect(Base32.encode(Array(text.utf8)) == expected)
  }

  @Test func `base 32 spells 16 bytes in 26 characters`() {
    #expect(Base32.encode([UInt8](repeating: 0xFF, count: 16)) == "77777777777777777777777774")
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base 64 has the characters of the RFC, there and back`(text: String, expected: String) {
    #expect(Base64.encode(Array(text.utf8)) == expected)
    #expect(Base64.decode(expected) == Array(text.utf8))
  }

  @Test func `base 64 brings back every byte`() {
    let bytes = (0...255).map { UInt8($0) }
    for length in 250...256 {
      #expect(Base64.decode(Base64.encode(Array(bytes[..<length]))) == Array(bytes[..<length]))
    }
    #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
  }

  @Test(arguments: [
    ("no padding", "Zg"), ("half the padding", "Zg="), ("too much padding", "Zg==="),
    ("padding alone", "===="),
    ("one character", "Z==="), ("padding inside", "Zg==Zg=="), ("padding before the end", "Z=g="),
    ("bits left over in one byte", "Zh=="), ("bits left over in two", "Zm9="), ("white space", "Zm9v\n"),
    ("a space inside", "Zm 9"), ("the URL alphabet", "-_-_"), ("no ASCII", "Zm9é"),
    ("an accent", "Zm9v\u{301}"),
  ])
  func `base 64 that is not the one spelling is refused`(name: String, text: String) {
    #expect(Base64.decode(text) == nil, "\(name)")
  }

  @Test func `hexadecimal is lower case out and either case in`() {
    #expect(Hexadecimal.encode([0x00, 0x0F, 0xA9, 0xFF]) == "000fa9ff")
    #expect(Hexadecimal.decode("000fA9Ff") == [0x00, 0x0F, 0xA9, 0xFF])
    #expect(Hexadecimal.decode("") == [])
  }

  @Test(arguments: ["0", "0g", "0x", " 0", "+1", "é", "00 "])
  func `what is not hexadecimal is refused`(text: String) {
    #expect(Hexadecimal.decode(text) == nil)
  }
}
