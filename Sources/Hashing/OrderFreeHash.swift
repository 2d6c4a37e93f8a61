/// A 256-bit hash of a collection that does not depend on the order of its members, and follows each change
/// in O(1).
///
/// The sum of the members' SHA-256 digests in four lanes of 64 bits, each wrapping on its own. A member
/// counts as often as it is inserted. It tells honest states apart; somebody who chooses the members can make
/// two collections with one sum (Wagner's generalised birthday attack), so it proves nothing against them.
package struct OrderFreeHash: Sendable, Hashable {
  private var lane0: UInt64 = 0
  private var lane1: UInt64 = 0
  private var lane2: UInt64 = 0
  private var lane3: UInt64 = 0

  /// The hash of no members: 32 zero bytes.
  package init() {}

  /// Takes what ``bytes`` gave; nil for anything but 32 bytes.
  package init?(bytes: [UInt8]) { self.init(bytes: bytes[...]) }

  /// The same of a part of an array.
  package init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count == SHA256.digestLength else { return nil }
    let lanes = Self.lanes(of: bytes)
    (lane0, lane1, lane2, lane3) = (lanes[0], lanes[1], lanes[2], lanes[3])
  }

  /// Adds a member by its digest.
  ///
  /// - Precondition: `digest` has 32 bytes.
  package mutating func insert(_ digest: [UInt8]) {
    let lanes = Self.lanes(of: digest[...])
    lane0 &+= lanes[0]
    lane1 &+= lanes[1]
    lane2 &+= lanes[2]
    lane3 &+= lanes[3]
  }

  /// Takes a member away again. That it was inserted is the caller's to know.
  ///
  /// - Precondition: `digest` has 32 bytes.
  package mutating func remove(_ digest: [UInt8]) {
    let lanes = Self.lanes(of: digest[...])
    lane0 &-= lanes[0]
    lane1 &-= lanes[1]
    lane2 &-= lanes[2]
    lane3 &-= lanes[3]
  }

  /// The sum as 32 bytes: the four lanes in order, each little endian.
  package var bytes: [UInt8] {
    [lane0, lane1, lane2, lane3].flatMap(\.littleEndianBytes)
  }

  private static func lanes(of digest: ArraySlice<UInt8>) -> [4 of UInt64] {
    precondition(digest.count == SHA256.digestLength, "a member is a SHA-256 digest")
    let start = digest.startIndex
    return [4 of UInt64] { UInt64(littleEndian: digest[start + 8 * $0..<start + 8 * $0 + 8]) }
  }
}
