import FolioBilling
import FolioSite
import OperatingSystem
import Publishing
import Synchronization

/// Tells of a build while it runs and when it has ended: words for people, a line of JSON an event for machines.
struct BuildReporter {
  private let console: Console
  private let elapsed: @Sendable () -> Duration
  private let isJSON: Bool
  private let isExplaining: Bool
  private let start: Duration

  init(_ context: CommandContext, isJSON: Bool = false, isExplaining: Bool = false, isRehearsal: Bool = false)
  {
    console = context.console
    elapsed = context.elapsed
    self.isJSON = isJSON
    self.isExplaining = isExplaining
    start = context.elapsed()
  }

  /// Runs a build under a line of progress; `run` gets what to call at each event.
  func watch(_ run: (@escaping @Sendable (BuildEvent) -> Void) throws -> BuildReport) throws -> BuildReport {
    let progress = Mutex(Progress(on: console, now: elapsed))
    defer { progress.withLock { $0.finish() } }
    let (begun, clock) = (elapsed(), elapsed)
    return try run { event in
      switch event {
      case .planned(let plan):
        if isExplaining { explain(plan) }
        if isJSON { console.put(BuildEventLines.planned(plan)) }
      case .made(let portal, let done, let count):
        if isJSON { console.put(BuildEventLines.made(portal, done: done, of: count)) }
        progress.withLock { $0.show(BuildProgress.line(done: done, of: count, after: clock() - begun)) }
      case .failed(let failure, let done, let count):
        if isJSON { console.put(BuildEventLines.failed(failure, done: done, of: count)) }
        progress.withLock { $0.show(BuildProgress.line(done: done, of: count, after: clock() - begun)) }
      }
    }
  }

  /// Says what a build did.
  func tell(_ report: BuildReport) {
    let milliseconds = (elapsed() - start).wholeMilliseconds
    sayCounts(report, milliseconds)
    sayRemovals(report)
    sayFailures(report)
    sayRemarks(report)
    if isJSON { console.put(BuildEventLines.summary(report, milliseconds: milliseconds)) }
  }

  private func explain(_ plan: BuildPlan) {
    let lines =
      plan.portals.map { ($0.customer.text, BuildReasonWords.sentence($0.reasons)) }
      + plan.current.map { ($0.text, "up to date") }
    for (customer, words) in lines.sorted(by: { $0.0 < $1.0 }) {
      if isJSON { console.say("\(customer): \(words)") } else { console.put("\(customer): \(words)") }
    }
    for removal in plan.removals {
      let line =
        "\(removal.owner.isEmpty ? removal.name : removal.owner): \(BuildReasonWords.sentence(removal.reason))"
      if isJSON { console.say(line) } else { console.put(line) }
    }
  }

  private func sayCounts(_ report: BuildReport, _ milliseconds: Int) {
    let changed = report.portals.count { !$0.isUnchanged }
    let same = report.portals.count - changed
    let (verb, took) = report.isRehearsal ? ("Would publish", "looked at in") : ("Published", "in")
    console.say(
      "\(verb) \(counted(changed, "portal")) as of \(report.asOf.text) \(took) \(grouped(milliseconds)) ms; "
        + "\(grouped(report.plan.current.count)) up to date"
        + (same > 0 ? ", \(grouped(same)) made anew and found the same" : ""))
    guard report.counts.files > 0 else { return }
    let counts = report.counts
    console.say(
      "Files: \(grouped(counts.written)) written (\(counted(counts.writtenBytes, "byte"))), "
        + "\(grouped(counts.linked)) kept, \(grouped(counts.removed)) removed; "
        + "\(counted(counts.bytes, "byte")) in all")
    let times = report.times
    console.say(
      "Time of all threads: \(grouped(times.reading.wholeMilliseconds)) ms reading, "
        + "\(grouped(times.rendering.wholeMilliseconds)) ms rendering, "
        + "\(grouped(times.writing.wholeMilliseconds)) ms writing")
  }

  private func sayRemovals(_ report: BuildReport) {
    guard !report.plan.removals.isEmpty else { return }
    let verb = report.isRehearsal ? "Would remove" : "Removed"
    for removal in report.plan.removals.prefix(Self.namesLimit) {
      let whose = removal.owner.isEmpty ? "" : " of \(printable(removal.owner, mostScalars: 64))"
      console.say("\(verb) \(removal.name)\(whose): \(BuildReasonWords.sentence(removal.reason))")
    }
    sayRest(report.plan.removals.count)
  }

  private func sayFailures(_ report: BuildReport) {
    for failure in report.failures.prefix(Self.namesLimit) {
      console.say(
        "\(failure.customer.text) keeps the portal it had: \(ErrorPresentation.text(for: failure.reason))")
    }
    sayRest(report.failures.count)
  }

  private func sayRest(_ count: Int) {
    if count > Self.namesLimit { console.say("And \(grouped(count - Self.namesLimit)) more") }
  }

  /// How many customers a list names.
  private static let namesLimit = 20

  private func sayRemarks(_ report: BuildReport) {
    if report.hasGuessableNames {
      console.say(
        "Portals are named by their customers, so their addresses can be guessed: run 'folio init' for a site key"
      )
    }
    for portal in report.portals where !portal.unratedPlans.isEmpty {
      let plans = portal.unratedPlans.map(\.text).joined(separator: ", ")
      console.say("\(portal.customer.text) has months without charges: nobody has defined \(plans)")
    }
    if let leftover = report.leftover {
      console.say(
        "All is published; files of before could not be removed: " + ErrorPresentation.text(for: leftover))
    }
    if !report.isOneStep {
      console.say(
        "The file system cannot exchange folders in one step: two renames put each portal in place, between which it "
          + "was missing for a moment")
    }
  }

  private func grouped(_ number: Int) -> String { ErrorPresentation.grouped(number) }
}

extension Duration {
  var wholeMilliseconds: Int {
    Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
