/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012, and their reference implementation): without
/// its key nobody can tell its outputs from random bits. How content is cut makes no difference.
package struct SipHash: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  /// The bytes since the last whole word, the first in the lowest place.
  private var tail: UInt64 = 0
  private var byteCount = 0

  /// Starts the hash of nothing under a key, whose bytes are read as little endian.
  package init(key0: UInt64, key1: UInt64) {
    v0 = key0 ^ 0x736f_6d65_7073_6575
    v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee  // 0xee: 128 bits of output
    v2 = key0 ^ 0x6c79_6765_6e65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  /// Continues with `bytes`.
  package mutating func update(_ bytes: Span<UInt8>) {
    for index in bytes.indices { absorb(bytes[index]) }
  }

  /// Continues with the eight bytes of a word, the lowest first.
  ///
  /// - Precondition: what came before was a number of whole words.
  mutating func update(_ word: UInt64) {
    precondition(byteCount & 7 == 0, "a word follows whole words")
    mix(word)
    byteCount &+= 8
  }

  /// The hash of all that was given so far, read as two little-endian words; more may follow.
  package func finalize() -> (first: UInt64, second: UInt64) {
    var last = self
    last.mix(tail | UInt64(truncatingIfNeeded: byteCount) << 56)
    last.v2 ^= 0xee
    for _ in 0..<4 { last.round() }
    let first = last.v0 ^ last.v1 ^ last.v2 ^ last.v3
    last.v1 ^= 0xdd
    for _ in 0..<4 { last.round() }
    return (first, last.v0 ^ last.v1 ^ last.v2 ^ last.v3)
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
}
