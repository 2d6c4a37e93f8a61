import Testing

/// The webhook listener, judged from outside by programs that share no code with Folio: kills, power cuts, hostile
/// clients and raw requests. Each test is a judge's short form; with `FOLIO_FULL=1` the full one.
@Suite(
  .enabled(if: python(with: "sqlite3") != nil || judgesAreRequired, "python3 is not installed"), .serialized)
struct ListeningProofTests {
  @Test(.enabled(if: ProofJudge.killedListeners.isWanted, ProofJudge.killedListeners.reasonToSkip))
  func `a killed listener has every event that it acknowledged, once`() throws {
    try ProofJudge.killedListeners.expectProof()
  }

  @Test(.enabled(if: ProofJudge.powerCutsOfListeners.isWanted, ProofJudge.powerCutsOfListeners.reasonToSkip))
  func `after a power cut right behind an acknowledgement the event is on the disk`() throws {
    try ProofJudge.powerCutsOfListeners.expectProof()
  }

  @Test(.enabled(if: ProofJudge.hostileClients.isWanted, ProofJudge.hostileClients.reasonToSkip))
  func `good senders and the store come through slow clients, full disks, any order and many events`() throws
  {
    try ProofJudge.hostileClients.expectProof()
  }

  @Test(.enabled(if: ProofJudge.wireRequests.isWanted, ProofJudge.wireRequests.reasonToSkip))
  func `no raw request is answered otherwise for how it was cut, or smuggles another`() throws {
    try ProofJudge.wireRequests.expectProof()
  }
}
