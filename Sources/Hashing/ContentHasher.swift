/// Makes a ``ContentHash`` of content that comes in pieces; how it is cut makes no difference.
package struct ContentHasher: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  /// The bytes since the last whole word, the first in the lowest place.
  private var tail: UInt64 = 0
  private var byteCount = 0

  /// Starts the hash of nothing.
  package init() {
    let (key0, key1): (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee  // 0xee: 128 bits of output
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  /// Continues with `bytes`.
  package mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Continues with `bytes`, without copying the slice first.
  package mutating func update(_ bytes: ArraySlice<UInt8>) {
    update(bytes.span)
  }

  /// Continues with `bytes`, wherever they lie.
  package mutating func update(_ bytes: Span<UInt8>) {
    var offset = 0
    while offset < bytes.count, byteCount & 7 != 0 {
      absorb(bytes[offset])
      offset += 1
    }
    while bytes.count - offset >= 8 {
      mix(word(of: bytes, at: offset))
      byteCount &+= 8
      offset += 8
    }
    while offset < bytes.count {
      absorb(bytes[offset])
      offset += 1
    }
  }

  /// The hash of all that was given so far; more may follow.
  package func finalize() -> ContentHash {
    var last = self
    last.mix(tail | UInt64(truncatingIfNeeded: byteCount) << 56)
    last.v2 ^= 0xee
    for _ in 0..<4 { last.round() }
    let first = last.v0 ^ last.v1 ^ last.v2 ^ last.v3
    last.v1 ^= 0xdd
    for _ in 0..<4 { last.round() }
    return ContentHash(first: first, second: last.v0 ^ last.v1 ^ last.v2 ^ last.v3)
  }

  /// Takes one byte into the tail, and the tail into the state once it is a whole word.
  private mutating func absorb(_ byte: UInt8) {
    tail |= UInt64(byte) << UInt64(8 * (byteCount & 7))
    byteCount &+= 1
    guard byteCount & 7 == 0 else { return }
    mix(tail)
    tail = 0
  }

  private mutating func mix(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  private mutating func round() {
    v0 &+= v1
    v1 = rotated(v1, 13) ^ v0
    v0 = rotated(v0, 32)
    v2 &+= v3
    v3 = rotated(v3, 16) ^ v2
    v0 &+= v3
    v3 = rotated(v3, 21) ^ v0
    v2 &+= v1
    v1 = rotated(v1, 17) ^ v2
    v2 = rotated(v2, 32)
  }

  private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }

  private func word(of bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 { word |= UInt64(bytes[offset + index]) &<< UInt64(8 * index) }
    return word
  }
}
