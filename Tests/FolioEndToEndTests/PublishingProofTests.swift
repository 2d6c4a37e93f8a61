import Testing

/// Publication, judged from outside by programs that share no code with Folio: killed builds, power cuts, edits,
/// failing disks, a web server and shards. Each test is a judge's short form; with `FOLIO_FULL=1` the full one.
@Suite(
  .enabled(if: python(with: "sqlite3") != nil || judgesAreRequired, "python3 is not installed"), .serialized)
struct PublishingProofTests {
  @Test(.enabled(if: ProofJudge.killedBuilds.isWanted, ProofJudge.killedBuilds.reasonToSkip))
  func `a killed build leaves each portal old or new, and the next one completes`() throws {
    try ProofJudge.killedBuilds.expectProof()
  }

  @Test(.enabled(if: ProofJudge.powerCuts.isWanted, ProofJudge.powerCuts.reasonToSkip))
  func `a power cut leaves each portal old or new, and the state claims nothing that the disk lacks`() throws
  {
    try ProofJudge.powerCuts.expectProof()
  }

  @Test func `after any edit the incremental site is the full one`() throws {
    try ProofJudge.randomEdits.expectProof()
  }

  @Test(.enabled(if: ProofJudge.failingDisks.isWanted, ProofJudge.failingDisks.reasonToSkip))
  func `a build that the disk fails says so, leaves portals whole and no lock behind`() throws {
    try ProofJudge.failingDisks.expectProof()
  }

  @Test(.enabled(if: ProofJudge.webServer.isWanted, ProofJudge.webServer.reasonToSkip))
  func `nginx sends a page anew that was published twice within a second`() throws {
    try ProofJudge.webServer.expectProof()
  }

  @Test func `the union of four shards is one build`() throws {
    try ProofJudge.shards.expectProof()
  }
}
