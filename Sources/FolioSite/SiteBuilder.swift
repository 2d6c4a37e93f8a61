import FolioPortal
import FolioStore
import Hashing
import OperatingSystem
package import Publishing

/// Builds a site: what changed in the store since it was published becomes portals, each exchanged whole.
package struct SiteBuilder: Sendable {
  let configuration: SiteConfiguration
  private(set) var sources: SiteSources
  let key: SiteKey?
  /// What portals made now have in common, as sixteen bytes.
  let fingerprint: [UInt8]

  /// How many portals are staged before they are synced, exchanged and recorded together.
  private static let portalsPerPublication = 256

  /// A builder for a site; without a key the portals are named by their customers.
  ///
  /// - Parameter program: what identifies the program: another one may make other bytes of the same facts.
  package init(configuration: SiteConfiguration, sources: SiteSources, key: SiteKey?, program: String) {
    self.configuration = configuration
    self.sources = sources
    self.key = key
    var digest = sources.fingerprint
    digest.update(Array(program.utf8) + [0] + configuration.fileBytes + [0] + (key?.identity ?? []))
    fingerprint = Array(digest.finalize().prefix(PortalStamp.fingerprintBytes))
  }

  /// The same builder with templates and words parsed, for a process that builds again and again.
  ///
  /// - Throws: what the templates have wrong.
  package func prepared() throws -> SiteBuilder {
    var builder = self
    builder.sources = try sources.prepared()
    return builder
  }

  /// Builds and publishes what is not up to date.
  ///
  /// A portal that cannot be made keeps the one that is live, unless all or nothing is asked for.
  ///
  /// - Parameter observe: is told what happens, from any thread.
  /// - Throws: `BuildError`, `PublishingError`, `SQLiteError`, `SystemError`, and what the templates have wrong; every
  ///   portal is then either as it was or, whole, as it was to be.
  package func build(
    _ request: BuildRequest, observe: @escaping @Sendable (BuildEvent) -> Void = { _ in }
  ) throws -> BuildReport {
    // A store that cannot be read leaves no trace of a site.
    try request.readers.use { _ in }
    let options = Publisher.Options(group: request.group, now: request.now, record: request.record)
    let publisher = try Publisher(request.place, options)
    do {
      let plan = try acceptedPlan(request, publisher.inventory)
      observe(.planned(plan))
      return try publish(plan, request, publisher, observe)
    } catch {
      // What the removal leaves is cleared by the next build; the reason that led here says more.
      do { try publisher.clear() } catch {}
      throw error
    }
  }

  /// Removes what builds that leave removals have put aside.
  ///
  /// - Throws: `PublishingError`, `SystemError`, `SQLiteError`.
  package func sweep(_ place: SitePlace, group: UInt32?, now: @escaping @Sendable () -> Int64) throws {
    try Publisher(place, Publisher.Options(group: group, now: now)).clear()
  }

  /// Makes everything that a build would make, and writes nothing.
  ///
  /// - Throws: as `build`.
  package func rehearse(
    _ request: BuildRequest, observe: @escaping @Sendable (BuildEvent) -> Void = { _ in }
  ) throws -> BuildReport {
    let inventory = try SiteInventory(lookingAt: request.place, group: request.group)
    let plan = try acceptedPlan(request, inventory)
    observe(.planned(plan))
    var work = PortalWork(count: plan.portals.count, observe)
    let maker = plan.portals.isEmpty ? nil : try makeMaker(request, count: plan.portals.count)
    if let maker { _ = try work.run(plan.portals, request) { try maker.rehearse($0, $1, inventory, &$2) } }
    let done = plan.keepingPortals(of: work.failures)
    return report(work, done, request, isOneStep: true, shared: (0, 0), leftover: nil, isRehearsal: true)
  }

  private func acceptedPlan(_ request: BuildRequest, _ inventory: SiteInventory) throws -> BuildPlan {
    let plan = try request.readers.use { reader in
      try BuildPlanner(
        facts: try reader.publicationFacts(asOf: request.asOf), inventory: inventory,
        fingerprint: fingerprint,
        request: request, key: key, hasEvent: { try reader.has($0) }
      ).plan()
    }
    if !plan.rewound.isEmpty, !request.allowsRewind { throw BuildError.storeRewound(plan.rewound) }
    return request.selection.map { plan.limited(to: $0(plan.portals)) } ?? plan
  }

  private func publish(
    _ plan: BuildPlan, _ request: BuildRequest, _ publisher: Publisher,
    _ observe: @escaping @Sendable (BuildEvent) -> Void
  ) throws -> BuildReport {
    var work = PortalWork(count: plan.portals.count, observe)
    let maker = plan.portals.isEmpty ? nil : try makeMaker(request, count: plan.portals.count)
    let (shared, landed) = try publisher.land(sources.assets)
    let size = request.isAllOrNothing ? max(1, plan.portals.count) : Self.portalsPerPublication
    for start in stride(from: 0, to: plan.portals.count, by: size) {
      guard let maker else { break }
      let batch = plan.portals[start..<min(start + size, plan.portals.count)]
      let made = try work.run(Array(batch), request) { try maker.stage($0, $1, publisher, &$2) }
      if request.isAllOrNothing, !work.failures.isEmpty { throw BuildError.portalsFailed(work.failures) }
      // Where not one of many can be made, the templates are at fault, and the rest would fail like them.
      if start == 0, batch.count == size, work.failures.count == size {
        throw BuildError.portalsFailed(work.failures)
      }
      try work.timed(\.writing, request) {
        try publisher.publish(made.staged, sharing: shared)
        try publisher.restamp(made.unchanged, sharing: shared)
      }
    }
    let done = plan.keepingPortals(of: work.failures)
    try publisher.withdraw(done.removals.map(\.name) + work.vanished)
    let collected = try publisher.collectSharedFiles(keeping: shared)
    return report(
      work, done, request, isOneStep: publisher.isOneStep, shared: (landed, collected),
      leftover: leftover(publisher, request), isRehearsal: false)
  }

  /// Removes what was live before; a failure there takes nothing from what is published.
  private func leftover(_ publisher: Publisher, _ request: BuildRequest) -> SystemError? {
    do throws(SystemError) {
      if request.formersKept == 0 {
        try publisher.clear()
      } else {
        try publisher.retire(keeping: request.formersKept)
      }
      return nil
    } catch {
      return error
    }
  }
}
