import FolioBilling
import FolioPortal
import FolioStore
import OperatingSystem
import Publishing

/// Makes portals one at a time, on any thread; what all of them share is read once.
struct PortalMaker: Sendable {
  let settings: PortalSettings
  let pages: PageResources
  let fingerprint: [UInt8]
  let asOf: Timestamp
  /// Whether there are two threads or more for each portal, so that one may write what the other makes.
  let hasIdleThreads: Bool
  let elapsed: @Sendable () -> Duration
  private let markdown = MarkdownCache()

  init(
    settings: PortalSettings, pages: PageResources, fingerprint: [UInt8], asOf: Timestamp,
    hasIdleThreads: Bool, elapsed: @escaping @Sendable () -> Duration
  ) {
    self.settings = settings
    self.pages = pages
    self.fingerprint = fingerprint
    self.asOf = asOf
    self.hasIdleThreads = hasIdleThreads
    self.elapsed = elapsed
  }

  /// What became of a portal.
  enum Made: Sendable {
    case staged(StagedDirectory, PortalReport)
    /// It came out as it was: the new stamp is all there is to record.
    case unchanged(stamp: [UInt8], PortalReport)
    /// The customer is not known at the time of the view.
    case vanished(name: String)
  }

  /// Makes a portal beside the live one.
  ///
  /// - Throws: what reading, making and writing it throw; nothing of it is left.
  func stage(
    _ planned: BuildPlan.Portal, _ reader: StatementReader, _ publisher: Publisher, _ times: inout BuildTimes
  ) throws -> Made {
    guard let dated = try read(planned, reader, &times) else { return .vanished(name: planned.name) }
    let stage = try stage(planned, publisher)
    do {
      let unrated = try render(dated.statement, &times) { path, bytes in try stage.write(bytes, to: path) }
      let stamp = PortalStamp(of: dated, asOf: asOf, fingerprint: fingerprint).bytes
      let (outcome, counts) = try stage.finish(stamp: stamp)
      times.writing += stage.timeBeside
      switch outcome {
      case .staged(let directory):
        return .staged(directory, report(planned, counts, unrated, isUnchanged: false))
      case .unchanged:
        return .unchanged(stamp: stamp, report(planned, counts, unrated, isUnchanged: true))
      }
    } catch {
      stage.cancel()
      try publisher.discard(planned.name)
      throw error
    }
  }

  private func stage(_ planned: BuildPlan.Portal, _ publisher: Publisher) throws -> any FileStage {
    let owner = planned.customer.text
    if hasIdleThreads {
      // Where the system refuses a thread, this one does both.
      do throws(SystemError) {
        return try publisher.stageBeside(planned.name, owner: owner, elapsed: elapsed)
      } catch {}
    }
    return try publisher.stage(planned.name, owner: owner)
  }

  /// Makes a portal, compares it with the live one, and writes nothing.
  func rehearse(
    _ planned: BuildPlan.Portal, _ reader: StatementReader, _ inventory: SiteInventory,
    _ times: inout BuildTimes
  ) throws -> Made {
    guard let dated = try read(planned, reader, &times) else { return .vanished(name: planned.name) }
    let comparison = try inventory.compare(planned.name)
    let unrated = try render(dated.statement, &times) { path, bytes in comparison.write(bytes, to: path) }
    let counts = comparison.finish()
    let isUnchanged = counts.written == 0 && counts.removed == 0
    return .unchanged(stamp: [], report(planned, counts, unrated, isUnchanged: isUnchanged))
  }

  private func read(
    _ planned: BuildPlan.Portal, _ reader: StatementReader, _ times: inout BuildTimes
  ) throws -> DatedStatement? {
    let start = elapsed()
    defer { times.reading += elapsed() - start }
    return try reader.datedStatement(of: planned.customer, asOf: asOf)
  }

  /// - Returns: the plans that nobody has defined.
  private func render(
    _ statement: Statement, _ times: inout BuildTimes, _ write: (String, Span<UInt8>) throws -> Void
  ) throws -> [PlanID] {
    let start = elapsed()
    var writing = Duration.zero
    defer {
      times.writing += writing
      times.rendering += elapsed() - start - writing
    }
    let portal = try Portal(
      statement: statement, settings: settings, languages: pages.languages, library: pages.library,
      markdown: markdown)
    try portal.files { path, bytes in
      let start = elapsed()
      try write(path, bytes)
      writing += elapsed() - start
    }
    return portal.unratedPlans
  }

  private func report(
    _ planned: BuildPlan.Portal, _ counts: FileCounts, _ unrated: [PlanID], isUnchanged: Bool
  ) -> PortalReport {
    PortalReport(
      customer: planned.customer, name: planned.name, counts: counts, isUnchanged: isUnchanged,
      unratedPlans: unrated)
  }
}
