/// Compresses content to 16 bytes for each block of 1,024 by NH, the universal hash of UMAC.
///
/// Black, Halevi, Krawczyk, Krovetz and Rogaway, "UMAC: Fast and Secure Message Authentication" (1999), and RFC 4418
/// §5.2.2, with words of 64 bits: of each pair of words the sums with the key's words, modulo 2^64, are multiplied to
/// 128 bits, and the products are added modulo 2^128. For two different blocks of one length, chosen without the
/// key, the chance of one result is at most 2^-64 over the keys (Theorem 4.2).
@safe
enum BlockCompression {
  // Safety: pointers are used only inside the closures that lend them; a word is read at an offset of which the
  // loop's bound says that eight bytes follow, and key words have as many bytes as a block.

  static let blockByteCount = 1_024

  /// Gives the two halves of each block's result, the lower one first, in order.
  ///
  /// The last block may be short; zeros fill it up to a whole pair of words.
  @inline(__always)
  static func compress(_ content: Span<UInt8>, _ key: [UInt64], _ body: (UInt64, UInt64) -> Void) {
    precondition(key.count * 8 == blockByteCount)
    unsafe content.withUnsafeBytes { content in
      unsafe key.withUnsafeBufferPointer { key in
        for start in stride(from: 0, to: content.count, by: blockByteCount) {
          let count = min(blockByteCount, content.count - start)
          let sum = unsafe sum(UnsafeRawBufferPointer(rebasing: content[start..<(start + count)]), key)
          body(UInt64(truncatingIfNeeded: sum), UInt64(truncatingIfNeeded: sum >> 64))
        }
      }
    }
  }

  @unsafe @inline(__always)
  private static func sum(
    _ block: UnsafeRawBufferPointer, _ key: UnsafeBufferPointer<UInt64>
  ) -> UInt128 {
    var sum: UInt128 = 0
    let whole = block.count & ~15
    var offset = 0
    while offset < whole {
      let first = unsafe word(block, offset), second = unsafe word(block, offset + 8)
      unsafe sum &+= product(first, second, key, offset / 8)
      offset += 16
    }
    if whole < block.count {
      let rest = unsafe block[whole...]
      let first = unsafe partialWord(rest.prefix(8)), second = unsafe partialWord(rest.dropFirst(8))
      unsafe sum &+= product(first, second, key, whole / 8)
    }
    return sum
  }

  @unsafe @inline(__always)
  private static func product(
    _ first: UInt64, _ second: UInt64, _ key: UnsafeBufferPointer<UInt64>, _ index: Int
  ) -> UInt128 {
    // Two words of 64 bits cannot leave 128.
    unsafe UInt128(first &+ key[index]) &* UInt128(second &+ key[index + 1])
  }

  @unsafe @inline(__always)
  private static func word(_ content: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: content.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Up to eight bytes, the first in the lowest place.
  @unsafe
  private static func partialWord(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt64 {
    unsafe bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
