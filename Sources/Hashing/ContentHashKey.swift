/// The key of ``ContentHash``, with what is derived from it once: about a microsecond and a kilobyte.
package struct ContentHashKey: Sendable {
  /// A key has 16 bytes.
  package static let byteCount = 16

  /// The words that are added to a block's own, one for each.
  let blockWords: [UInt64]
  /// The key of the hash over the compressed blocks.
  let finishing: (first: UInt64, second: UInt64)

  /// Takes a key: random bytes that are known to nobody who chooses the content.
  ///
  /// - Precondition: there are `byteCount` of them.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a key has its length")
    let (key0, key1) = (UInt64(littleEndian: bytes[..<8]), UInt64(littleEndian: bytes[8...]))
    // Counter mode: SipHash is a pseudorandom function, so all outputs look independent.
    func derived(_ counter: Int) -> (first: UInt64, second: UInt64) {
      var hash = SipHash(key0: key0, key1: key1)
      hash.update(UInt64(counter))
      return hash.finalize()
    }
    let pairCount = BlockCompression.blockByteCount / 16
    blockWords = (0..<pairCount).flatMap { counter in
      let (first, second) = derived(counter)
      return [first, second]
    }
    finishing = derived(pairCount)
  }
}
