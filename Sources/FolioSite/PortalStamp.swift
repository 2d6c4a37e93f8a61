package import FolioBilling
package import FolioStore

/// What a portal was made from: the same stamp, the same bytes.
package struct PortalStamp: Hashable, Sendable {
  package let revision: Revision
  package let site: Revision
  /// The newest event of the store at that time, by number and the beginning of its digest.
  package let head: EventMark
  package let view: View
  /// Of configuration, templates, assets and program.
  package let fingerprint: [UInt8]

  /// Of which instant a portal shows the facts.
  package struct View: Hashable, Sendable {
    package let asOf: Timestamp
    /// From when on a view shows all facts that the store had, and differs only from day to day.
    package let settledFrom: Timestamp

    /// What stands for all instants at which the same facts give the same portal: a day, or that instant alone.
    static func key(of instant: Timestamp, settledFrom: Timestamp) -> Timestamp {
      settledFrom <= instant ? instant.date.start : instant
    }

    package init(asOf: Timestamp, settledFrom: Timestamp) {
      self.asOf = Self.key(of: asOf, settledFrom: settledFrom)
      self.settledFrom = settledFrom
    }
  }

  /// How many bytes a fingerprint has.
  static let fingerprintBytes = 16

  init(of dated: DatedStatement, asOf: Timestamp, fingerprint: [UInt8]) {
    revision = dated.revision
    site = dated.site
    head = dated.head
    view = View(asOf: asOf, settledFrom: dated.settledFrom)
    self.fingerprint = fingerprint
  }
}

// Stored as: a version, then both revisions (counter, hash), the head (number, digest), the two instants of the view,
// and the fingerprint; numbers in eight bytes, the lowest first.
extension PortalStamp {
  private static let version: UInt8 = 1
  private static let hashBytes = 32

  var bytes: [UInt8] {
    var bytes = [Self.version]
    bytes.reserveCapacity(1 + 5 * 8 + 3 * Self.hashBytes + Self.fingerprintBytes)
    for revision in [revision, site] {
      bytes.append(number: revision.counter)
      bytes += revision.hash
    }
    bytes.append(number: head.number)
    bytes += head.digest.isEmpty ? Array(repeating: 0, count: Self.hashBytes) : head.digest
    bytes.append(number: view.asOf.nanosecondsSinceEpoch)
    bytes.append(number: view.settledFrom.nanosecondsSinceEpoch)
    return bytes + fingerprint
  }

  /// Reads what `bytes` gave; nil for what another version has written.
  init?(bytes: [UInt8]) {
    let length = 1 + 5 * 8 + 3 * Self.hashBytes + Self.fingerprintBytes
    guard bytes.count == length, bytes[0] == Self.version else { return nil }
    revision = Revision(counter: bytes.number(at: 1), hash: Array(bytes[9..<41]))
    site = Revision(counter: bytes.number(at: 41), hash: Array(bytes[49..<81]))
    let number = bytes.number(at: 81)
    head = EventMark(number: number, digest: number == 0 ? [] : Array(bytes[89..<121]))
    view = View(
      storedKey: Timestamp(nanosecondsSinceEpoch: bytes.number(at: 121)),
      settledFrom: Timestamp(nanosecondsSinceEpoch: bytes.number(at: 129)))
    fingerprint = Array(bytes[137...])
  }
}

extension PortalStamp.View {
  fileprivate init(storedKey: Timestamp, settledFrom: Timestamp) {
    asOf = storedKey
    self.settledFrom = settledFrom
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
