import FolioTestSupport
import FolioWebhooks
import Testing

@Suite struct InboxRelayTests {
  /// What the relay tells of its first batch when this many deliveries wait.
  private func isFlood(_ count: Int) throws -> [Bool] {
    let listener = try Listener()
    try listener.take((0..<count).map { ("e_\($0)", EventLines.customer("cus_\($0)")) })
    let relay = InboxRelay(
      inbox: listener.inbox, applier: try StoreApplier(clocks: .stopped) {}, metrics: ListenerMetrics(),
      log: LineStore().log, clocks: .stopped, secrets: { listener.secrets })
    var told: [Bool] = []
    relay.noteFlood = { told.append($0) }
    relay.advance()
    return told
  }

  @Test func `a flood is as many deliveries as one batch takes, or more`() throws {
    #expect(try isFlood(0) == [false])
    #expect(try isFlood(InboxRelay.batchLimit - 1) == [false])
    #expect(try isFlood(InboxRelay.batchLimit) == [true])
    #expect(try isFlood(InboxRelay.batchLimit + 1) == [true])
  }
}
