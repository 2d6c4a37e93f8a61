/// SHA-256 (FIPS 180-4 §6.2), fed in pieces or at once.
package struct SHA256: Sendable {
  /// A digest has 32 bytes.
  package static let digestLength = 32
  static let blockLength = 64

  var state: [8 of UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The start of a block that is not whole yet.
  private var pending = [64 of UInt8](repeating: 0)
  private var pendingCount = 0
  private var byteCount: UInt64 = 0
  /// Whether the processor's own instructions are left alone.
  let isPlain: Bool

  /// Starts the digest of nothing.
  package init() { self.init(isPlain: false) }

  /// Starts the digest of nothing, in plain Swift if asked for or where the processor has no instructions for it.
  package init(isPlain: Bool) { self.isPlain = isPlain || !SHA256Instructions.arePresent }

  /// The digest of `bytes`.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// The digest of `bytes` as 64 lower-case hexadecimal digits.
  package static func hexadecimal(of bytes: [UInt8]) -> String { hexadecimal(of: bytes.span) }

  /// The same of bytes wherever they lie.
  package static func hexadecimal(of bytes: Span<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return Hexadecimal.encode(hash.finalize())
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
    byteCount &+= UInt64(bytes.count)
    var offset = 0
    if pendingCount > 0 {
      offset = fillPending(from: bytes)
      guard pendingCount == Self.blockLength else { return }
      compressPending()
    }
    let count = (bytes.count - offset) / Self.blockLength
    if count > 0 { compress(bytes, at: offset, count: count) }
    offset += count * Self.blockLength
    _ = fillPending(from: bytes.extracting(offset..<bytes.count))
  }

  /// The digest of all that was given so far; more may follow.
  package func finalize() -> [UInt8] {
    var last = self
    last.pad()
    return last.stateBytes
  }

  /// Ends the message with a one bit, zeros, and its length in bits (FIPS 180-4 §5.1.1).
  private mutating func pad() {
    let bitCount = byteCount &* 8
    pending[pendingCount] = 0x80
    clearPending(from: pendingCount + 1)
    if pendingCount >= Self.blockLength - 8 {
      compressPending()
      clearPending(from: 0)
    }
    for index in 0..<8 {
      pending[Self.blockLength - 1 - index] = UInt8(truncatingIfNeeded: bitCount >> UInt64(8 * index))
    }
    compressPending()
  }

  private var stateBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.digestLength)
    for index in state.indices {
      for shift: UInt32 in [24, 16, 8, 0] {
        bytes.append(UInt8(truncatingIfNeeded: state[index] >> shift))
      }
    }
    return bytes
  }

  private mutating func compressPending() {
    let block = pending
    compress(block.span, at: 0, count: 1)
    pendingCount = 0
  }

  private mutating func clearPending(from start: Int) {
    for index in start..<Self.blockLength { pending[index] = 0 }
  }

  /// Takes bytes until the pending block is whole, and says how many.
  private mutating func fillPending(from bytes: Span<UInt8>) -> Int {
    let taken = min(Self.blockLength - pendingCount, bytes.count)
    for index in 0..<taken { pending[pendingCount + index] = bytes[index] }
    pendingCount += taken
    return taken
  }
}
