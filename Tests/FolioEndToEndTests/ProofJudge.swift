import FolioTestSupport
import Foundation
import Testing

/// A judge of a whole promise, by its script: it runs the program from outside and shares no code with it.
enum ProofJudge: String {
  case killedBuilds = "kill_builds.py"
  case powerCuts = "power_cuts.py"
  case randomEdits = "random_edits.py"
  case failingDisks = "failing_disks.py"
  case webServer = "nginx_etags.py"
  case shards = "shards.py"
  case killedListeners = "kill_listeners.py"
  case powerCutsOfListeners = "cut_listeners.py"
  case hostileClients = "hostile_clients.py"
  case wireRequests = "wire_requests.py"

  /// Whether a machine that must have all judges may lack what this one needs: no package brings root and loop
  /// devices, or the shared folder.
  private var mayAlwaysBeSkipped: Bool {
    switch self {
    case .powerCuts, .powerCutsOfListeners: true
    case .wireRequests: !Repository.hasShared
    default: false
    }
  }

  /// Whether the judge finds what it needs, or must.
  var isWanted: Bool { judgesAreRequired && !mayAlwaysBeSkipped || need == nil }

  /// Why the judge is skipped, as it says itself.
  var reasonToSkip: Comment { Comment(rawValue: need ?? "") }

  /// Runs the short form, or with `FOLIO_FULL` in the environment the full one, and expects that it proves its promise.
  func expectProof() throws {
    let isFull = ProcessInfo.processInfo.environment["FOLIO_FULL"] != nil
    let folder = try TemporaryFolder()
    let run = try run(isFull ? "--full" : "--seed=1", in: folder)
    #expect(run.status == 0, "\(run.output.suffix(4_000)) \(run.words.suffix(2_000))")
    let summary = run.output.split(separator: "\n").last ?? ""
    print("\(rawValue): \(summary)")
  }

  /// What the judge says it cannot do without, or nil.
  private var need: String? {
    guard let run = try? run("--needs", in: TemporaryFolder()), run.status == 77 else { return nil }
    return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func run(_ options: String..., in folder: TemporaryFolder) throws -> ProgramRun {
    let program: URL = try #require(Programs.folio, "the program is built with the tests")
    let arguments = [judge(rawValue), "--folio", program.path, "--work", folder.url.path]
    return try Programs.run(try #require(python(with: "sqlite3")), arguments + options)
  }
}
