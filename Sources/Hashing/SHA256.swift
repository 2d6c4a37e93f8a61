/// SHA-256 (FIPS 180-4 §6.2), fed in pieces or at once.
package struct SHA256: Sendable {
  /// A digest has 32 bytes.
  package static let digestLength = 32
  static let blockLength = 64

  private var state: [8 of UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The start of a block that is not whole yet.
  private var pending = [64 of UInt8](repeating: 0)
  private var pendingCount = 0
  private var byteCount: UInt64 = 0

  /// Starts the digest of nothing.
  package init() {}

  /// The digest of `bytes`.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// The digest of `bytes` as 64 lower-case hexadecimal digits.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    Hexadecimal.encode(hash(bytes))
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
      Self.compress(&state, pending.span, at: 0)
      pendingCount = 0
    }
    while bytes.count - offset >= Self.blockLength {
      Self.compress(&state, bytes, at: offset)
      offset += Self.blockLength
    }
    _ = fillPending(from: bytes.extracting(offset..<bytes.count))
  }

  /// The digest of all that was given so far; more may follow.
  package func finalize() -> [UInt8] {
    var last = self
    let bitCount = byteCount &* 8
    let zeros = (Self.blockLength + 55 - pendingCount) % Self.blockLength
    var padding: [UInt8] = [0x80]
    padding.append(contentsOf: repeatElement(0, count: zeros))
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    last.update(padding)
    return last.stateBytes
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

  /// Takes bytes until the pending block is whole, and says how many.
  private mutating func fillPending(from bytes: Span<UInt8>) -> Int {
    let taken = min(Self.blockLength - pendingCount, bytes.count)
    for index in 0..<taken { pending[pendingCount + index] = bytes[index] }
    pendingCount += taken
    return taken
  }
}
