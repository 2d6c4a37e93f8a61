/// What an inbox holds at most before it says that it is full.
package struct InboxLimits: Sendable {
  /// How many deliveries may wait to be applied.
  package let pendingCount: Int
  /// How many bytes their bodies may have together.
  package let pendingBytes: Int
  /// How many bytes the bodies may have together that are refused, in conflict or of unknown types.
  package let asideBytes: Int
  /// How long the journal may grow before it is moved into the database, in pages of 4 KiB: until then a commit is one
  /// sync.
  package let journalFrames: Int

  package init(
    pendingCount: Int = 200_000, pendingBytes: Int = 256 << 20, asideBytes: Int = 256 << 20,
    journalFrames: Int = 8_000
  ) {
    self.pendingCount = pendingCount
    self.pendingBytes = pendingBytes
    self.asideBytes = asideBytes
    self.journalFrames = journalFrames
  }

  /// How many other deliveries of one identity are kept beside the first.
  static let conflictsOfOneIdentity = 8
}

/// What an inbox holds of what its limits count.
struct InboxUsage: Equatable {
  var pendingCount = 0
  var pendingBytes = 0
  var asideBytes = 0

  func hasRoom(for bytes: Int, in state: DeliveryState, _ limits: InboxLimits) -> Bool {
    state == .pending
      ? pendingCount < limits.pendingCount && pendingBytes + bytes <= limits.pendingBytes
      : asideBytes + bytes <= limits.asideBytes
  }

  mutating func add(_ bytes: Int, in state: DeliveryState) {
    if state == .pending {
      pendingCount += 1
      pendingBytes += bytes
    } else {
      asideBytes += bytes
    }
  }

  mutating func settle(_ bytes: Int, keeping isKept: Bool) {
    pendingCount -= 1
    pendingBytes -= bytes
    if isKept { asideBytes += bytes }
  }
}
