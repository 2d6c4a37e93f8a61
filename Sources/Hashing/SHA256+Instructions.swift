import CProcessor

/// The compression of SHA-256 by the instructions that many processors have for it: some seven times as fast.
@safe
enum SHA256Instructions {
  // Safety: the C function reads `count` blocks of 64 bytes, which the precondition says are there, 64 round
  // constants, and eight words of state, which it writes too; it keeps no pointer. It is called only where the
  // processor said that it has the instructions.

  /// Whether this processor has them.
  static let arePresent = processor_has_sha256()

  /// Mixes `count` blocks from `offset` on into the state.
  static func compress(_ state: inout [8 of UInt32], _ input: Span<UInt8>, at offset: Int, count: Int) {
    precondition(arePresent && offset >= 0 && offset + count * SHA256.blockLength <= input.count)
    var words = state.mutableSpan
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe input.withUnsafeBufferPointer { input in
        unsafe SHA256.roundConstants.span.withUnsafeBufferPointer { constants in
          guard let start = input.baseAddress else { return }
          unsafe processor_sha256(words.baseAddress, start + offset, count, constants.baseAddress)
        }
      }
    }
  }
}
