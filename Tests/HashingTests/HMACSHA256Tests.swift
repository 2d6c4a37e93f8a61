import Hashing
import Testing

/// RFC 4231 §4.
@Suite struct HMACSHA256Tests {
  @Test(arguments: [
    (
      "1", [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      "2, a short key", Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      "3", [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      "4", (1...25).map { UInt8($0) }, [UInt8](repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      "5, truncated", [UInt8](repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
      "a3b6167473100ee06e0c796c2955552b"
    ),
    (
      "6, a long key", [UInt8](repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      "7, both long", [UInt8](repeating: 0xAA, count: 131),
      Array(
        """
        This is a test using a larger than block-size key and a larger than block-size data. \
        The key needs to be hashed before being used by the HMAC algorithm.
        """.utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ])
  func `the vectors of RFC 4231 are reproduced`(
    name: String, key: [UInt8], message: [UInt8], expected: String
  ) {
    let code = Hexadecimal.encode(HMACSHA256.authenticationCode(for: message, key: key))
    #expect(code.prefix(expected.count) == expected, "case \(name)")
    #expect(code.count == 64)
  }

  @Test func `a key of exactly one block is used as it is`() {
    let key = [UInt8](repeating: 7, count: 64)
    let message = Array("message".utf8)
    #expect(
      HMACSHA256.authenticationCode(for: message, key: key)
        != HMACSHA256.authenticationCode(for: message, key: SHA256.hash(key)))
  }

  @Test func `a prepared key gives the same code for a message in pieces, again and again`() {
    for length in [0, 1, 24, 64, 65, 131] {
      let bytes = (0..<length).map { UInt8($0) }
      let key = HMACSHA256.Key(bytes)
      let message = (0..<200).map { UInt8($0) }
      let expected = HMACSHA256.authenticationCode(for: message, key: bytes)
      for cut in [0, 1, 63, 64, 65, 199, 200] {
        let code = key.authenticationCode { hash in
          hash.update(message[..<cut])
          hash.update(message[cut...])
        }
        #expect(code == expected, "\(length) bytes, cut at \(cut)")
      }
    }
  }
}
