package import FolioBilling
package import FolioStore
import Hashing

/// What a portal was made from: the same stamp, the same bytes.
///
/// It is its bytes, of which a plan for many portals looks at a few: a version, then both revisions (counter, hash), the
/// head (number, digest), the two instants of the view, and the fingerprint; numbers in eight bytes, the lowest first.
package struct PortalStamp: Hashable, Sendable {
  let bytes: [UInt8]

  /// Of which instant a portal shows the facts.
  package struct View: Hashable, Sendable {
    package let asOf: Timestamp
    /// From when on a view shows all facts that the store had, and differs only from day to day.
    package let settledFrom: Timestamp

    /// What stands for all instants at which the same facts give the same portal: a day, or that instant alone.
    static func key(of instant: Timestamp, settledFrom: Timestamp) -> Timestamp {
      settledFrom <= instant ? instant.date.start : instant
    }
  }

  /// How many bytes a fingerprint has.
  static let fingerprintBytes = 16

  private static let version: UInt8 = 1
  private static let hashBytes = 32
  private static let byteCount = 1 + 5 * 8 + 3 * hashBytes + fingerprintBytes

  init(of dated: DatedStatement, asOf: Timestamp, fingerprint: [UInt8]) {
    var bytes = [Self.version]
    bytes.reserveCapacity(Self.byteCount)
    for revision in [dated.revision, dated.site] {
      bytes.append(number: revision.counter)
      bytes += revision.hash.bytes
    }
    bytes.append(number: dated.head.number)
    bytes += dated.head.digest.isEmpty ? Array(repeating: 0, count: Self.hashBytes) : dated.head.digest
    let key = View.key(of: asOf, settledFrom: dated.settledFrom)
    bytes.append(number: key.nanosecondsSinceEpoch)
    bytes.append(number: dated.settledFrom.nanosecondsSinceEpoch)
    self.bytes = bytes + fingerprint
  }

  /// Takes recorded bytes; nil for what another version has written.
  init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes[0] == Self.version else { return nil }
    self.bytes = bytes
  }
}

extension PortalStamp {
  package var revision: Revision { revision(at: 1) }

  /// Of what all portals share.
  package var site: Revision { revision(at: 41) }

  /// The newest event of the store at that time, by number and the beginning of its digest.
  package var head: EventMark {
    let number = bytes.number(at: 81)
    return EventMark(number: number, digest: number == 0 ? [] : Array(bytes[89..<121]))
  }

  package var view: View {
    View(
      asOf: Timestamp(nanosecondsSinceEpoch: bytes.number(at: 121)),
      settledFrom: Timestamp(nanosecondsSinceEpoch: bytes.number(at: 129)))
  }

  /// Of configuration, templates, assets and program.
  package var fingerprint: ArraySlice<UInt8> { bytes[137...] }

  private func revision(at offset: Int) -> Revision {
    let hash = OrderFreeHash(bytes: bytes[offset + 8..<offset + 8 + Self.hashBytes])
    return Revision(counter: bytes.number(at: offset), hash: hash ?? OrderFreeHash())
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
  }

  fileprivate func number(at offset: Int) -> Int64 {
    Int64(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(self[offset + $1]) << UInt64(8 * $1) })
  }
}
