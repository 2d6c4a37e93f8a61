import Hashing
import Testing

/// The expected hashes were computed in Python from the papers, without a look at this code.
@Suite struct ContentHashTests {
  private let key = ContentHashKey(bytes: Array(0..<16))

  @Test(arguments: [
    (0, "475e5f9a7ed222188aec48a190b6aff7"),
    (1, "935478c03db30b1bd70a25fb6837a065"),
    (7, "12115e54ad6d788ccee663d9a530b5fc"),
    (8, "9eca078ba601c06b529f6a1d5f5bbdd5"),
    (9, "a88315e5c9dc4765b32e3a92841b0806"),
    (15, "3cac660b3d4153321fa2c30180a58588"),
    (16, "a7e3cefc0db0348cf0fbfc679915e76b"),
    (17, "da2b61e71152c324e849c9427da387d3"),
    (300, "c49321d5cf71337d5c817d58b690afbd"),
    (1023, "2b3abd933039dce803943f9f9fdce25e"),
    (1024, "9d497e2abcc6d8b4b157c18acd7d00d2"),
    (1025, "b8bc340e67892144a397df3536e1cfc1"),
    (2048, "245096b7465f636d9c9a7e6668d71549"),
    (100000, "8d06ea85e36cf9ff8cb0d750e28844fd"),
  ])
  func `content around the lengths of words and blocks has its known hash`(length: Int, expected: String) {
    #expect(ContentHash(of: content(length), key: key).hexadecimal == expected)
  }

  @Test func `every length up to 300 has its known hash, and no two have one`() {
    let hashes = (0...300).map { ContentHash(of: content($0), key: key).hexadecimal }
    #expect(Set(hashes).count == hashes.count)
    #expect(
      SHA256.hexadecimal(of: Array(hashes.joined().utf8))
        == "273c3168a68764b0cd91acde0766d77923a5f3e6a09d3556fba732466eeabd17")
  }

  @Test func `under another key the hash is another`() {
    let other = ContentHashKey(bytes: Array(1...16))
    #expect(ContentHash(of: content(1_025), key: other).hexadecimal == "58d1958e0869d84bc95c2fc505dfe88a")
  }

  @Test func `where content lies makes no difference`() {
    let bytes = content(2_000)
    for start in 0..<9 {
      let slice = bytes[start..<(start + 1_500)]
      #expect(ContentHash(of: slice, key: key) == ContentHash(of: Array(slice), key: key))
      #expect(ContentHash(of: slice.span, key: key) == ContentHash(of: Array(slice), key: key))
    }
  }

  @Test func `every single bit counts`() {
    var bytes = content(1_100)
    let original = ContentHash(of: bytes, key: key)
    for index in bytes.indices {
      let bit: UInt8 = 1 << UInt8(index % 8)
      bytes[index] ^= bit
      #expect(ContentHash(of: bytes, key: key) != original)
      bytes[index] ^= bit
    }
    #expect(ContentHash(of: bytes, key: key) == original)
  }

  @Test func `zeros at the end count`() {
    let hashes = (0..<40).map { ContentHash(of: [UInt8](repeating: 0, count: $0), key: key) }
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func `a hash survives its text`() {
    let hash = ContentHash(of: content(40), key: key)
    #expect(ContentHash(hexadecimal: hash.hexadecimal) == hash)
    #expect(ContentHash(first: hash.first, second: hash.second) == hash)
  }

  @Test(arguments: [
    "", "a3817f04ba25a8e66df67214c755029", "a3817f04ba25a8e66df67214c755029g",
    "a3817f04ba25a8e66df67214c755029300",
  ])
  func `what is no hash is refused`(text: String) {
    #expect(ContentHash(hexadecimal: text) == nil)
  }

  private func content(_ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + ($0 >> 8)) }
  }
}
