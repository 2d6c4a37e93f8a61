import FolioTestSupport
import Foundation
import Testing

/// Publication, judged from outside by programs that share no code with Folio: killed builds, power cuts, edits,
/// failing disks, a web server and shards. Each test is a judge's short form; with `FOLIO_FULL=1` the full one.
@Suite(
  .enabled(if: python(with: "sqlite3") != nil || judgesAreRequired, "python3 is not installed"), .serialized)
struct PublishingProofTests {
  @Test(.enabled(if: has(.killedBuilds), lacks(.killedBuilds)))
  func `a killed build leaves each portal old or new, and the next one completes`() throws {
    try expectProof(.killedBuilds)
  }

  @Test(.enabled(if: has(.powerCuts), lacks(.powerCuts)))
  func `a power cut leaves each portal old or new, and the state claims nothing that the disk lacks`() throws
  {
    try expectProof(.powerCuts)
  }

  @Test func `after any edit the incremental site is the full one`() throws {
    try expectProof(.randomEdits)
  }

  @Test(.enabled(if: has(.failingDisks), lacks(.failingDisks)))
  func `a build that the disk fails says so, leaves portals whole and no lock behind`() throws {
    try expectProof(.failingDisks)
  }

  @Test(.enabled(if: has(.webServer), lacks(.webServer)))
  func `nginx sends a page anew that was published twice within a second`() throws {
    try expectProof(.webServer)
  }

  @Test func `the union of four shards is one build`() throws {
    try expectProof(.shards)
  }
}

/// A judge of publication, by its script.
private enum PublishingJudge: String {
  case killedBuilds = "kill_builds.py"
  case powerCuts = "power_cuts.py"
  case randomEdits = "random_edits.py"
  case failingDisks = "failing_disks.py"
  case webServer = "nginx_etags.py"
  case shards = "shards.py"

  /// Whether a machine that must have all judges may lack what this one needs: no package brings root and loop devices.
  var mayAlwaysBeSkipped: Bool { self == .powerCuts }

  func run(_ options: String..., in folder: TemporaryFolder) throws -> ProgramRun {
    let program: URL = try #require(Programs.folio, "the program is built with the tests")
    let arguments = [judge(rawValue), "--folio", program.path, "--work", folder.url.path]
    return try Programs.run(try #require(python(with: "sqlite3")), arguments + options)
  }

  /// What the judge says it cannot do without, or nil.
  var need: String? {
    guard let run = try? run("--needs", in: TemporaryFolder()), run.status == 77 else { return nil }
    return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Whether a judge finds what it needs, or must.
private func has(_ judge: PublishingJudge) -> Bool {
  judgesAreRequired && !judge.mayAlwaysBeSkipped || judge.need == nil
}

private func lacks(_ judge: PublishingJudge) -> Comment {
  Comment(rawValue: judge.need ?? "")
}

private func expectProof(_ judge: PublishingJudge) throws {
  let isFull = ProcessInfo.processInfo.environment["FOLIO_FULL"] != nil
  let folder = try TemporaryFolder()
  let run = try judge.run(isFull ? "--full" : "--seed=1", in: folder)
  #expect(run.status == 0, "\(run.output.suffix(4_000)) \(run.words.suffix(2_000))")
  let summary = run.output.split(separator: "\n").last ?? ""
  print("\(judge.rawValue): \(summary)")
}
