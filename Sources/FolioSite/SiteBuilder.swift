package import FolioBilling
import FolioPortal
import FolioStore
import OperatingSystem
import Publishing
import Synchronization

/// What a build is asked for.
package struct BuildRequest: Sendable {
  package let store: String
  package let output: String
  package let asOf: Timestamp
  /// The customers to build; empty for all.
  package let customers: [CustomerID]
  /// How many threads work at once.
  package let jobs: Int
  /// The home directory of whoever builds, which no site may replace.
  package let home: String?

  package init(
    store: String, output: String, asOf: Timestamp, customers: [CustomerID] = [], jobs: Int,
    home: String? = nil
  ) {
    self.store = store
    self.output = output
    self.asOf = asOf
    self.customers = customers
    self.jobs = jobs
    self.home = home
  }
}

/// Builds a site: the store's facts become one portal a customer, staged beside the live site and swapped whole.
package struct SiteBuilder: Sendable {
  private let configuration: SiteConfiguration
  private let resources: SiteResources
  private let key: SiteKey?

  /// A builder for a site; without a key the portals are named by their customers.
  package init(configuration: SiteConfiguration, resources: SiteResources, key: SiteKey?) {
    self.configuration = configuration
    self.resources = resources
    self.key = key
  }

  /// Builds and publishes.
  ///
  /// - Parameter progress: gets the number of portals done and of all, from any thread.
  /// - Throws: `BuildError`, `PublishingError`, `SQLiteError`, `SystemError`; then the live site is as it was.
  package func build(
    _ request: BuildRequest, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> BuildReport {
    let all = try StatementReader(path: request.store).customers(asOf: request.asOf)
    let chosen = try choose(request.customers, from: all)
    try checkNames(of: all)
    let site = try StagedSite(output: request.output, home: request.home)
    let content: SiteContent
    do {
      content = try fill(site, with: chosen, of: all, request, progress)
    } catch {
      // What the removal leaves is cleared by the next build; the reason that led here says more.
      do { try site.discard() } catch {}
      throw error
    }
    let output = site.output
    let outcome = try site.publish()
    return BuildReport(
      output: output, asOf: request.asOf, portals: content.portals, keptPortals: content.keptPortals,
      fileCount: content.fileCount, byteCount: content.byteCount, hasGuessableNames: key == nil,
      isOneStep: outcome.isOneStep, leftover: outcome.leftover)
  }

  /// What a staged site holds.
  private struct SiteContent {
    let portals: [PortalReport]
    let keptPortals: Int
    let fileCount: Int
    let byteCount: Int
  }

  private func fill(
    _ site: borrowing StagedSite, with chosen: [CustomerID], of all: [CustomerID], _ request: BuildRequest,
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> SiteContent {
    let isPartial = chosen.count < all.count
    let shared = try writeAssets(site.staging, keepingThoseOf: isPartial ? site.output : nil)
    let portals = try writePortals(of: chosen, request, into: site.staging, progress)
    if let lost = request.customers.first(where: { id in !portals.contains { $0.customer == id } }) {
      throw BuildError.unknownCustomer(lost)
    }
    let kept = try keepPortals(of: all, but: chosen, from: site.output, in: site.staging)
    return SiteContent(
      portals: portals, keptPortals: kept.count,
      fileCount: portals.reduce(shared.files + kept.files) { $0 + $1.fileCount },
      byteCount: portals.reduce(shared.bytes + kept.bytes) { $0 + $1.byteCount })
  }

  private func choose(_ wanted: [CustomerID], from all: [CustomerID]) throws(BuildError) -> [CustomerID] {
    if wanted.isEmpty { return all }
    let known = Set(all)
    for customer in wanted where !known.contains(customer) { throw .unknownCustomer(customer) }
    let chosen = Set(wanted)
    return all.filter(chosen.contains)
  }

  /// The folder of a customer's portal.
  package func portalName(of customer: CustomerID) -> String {
    key?.portalName(of: customer) ?? customer.text
  }

  /// Refuses names that a file system without letter case, or the site's own folders, would mix up.
  private func checkNames(of customers: [CustomerID]) throws(BuildError) {
    var owners: [[UInt8]: CustomerID] = [:]
    for customer in customers {
      let folded = portalName(of: customer).utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
      if folded.elementsEqual("assets".utf8) { throw .portalNameReserved(customer) }
      if let other = owners.updateValue(customer, forKey: folded) {
        throw .portalNamesCollide(other, customer)
      }
    }
  }

  private var settings: PortalSettings {
    PortalSettings(
      serviceName: configuration.serviceName,
      logoPath: configuration.logo.flatMap { _ in resources.logoName },
      links: configuration.links.map { PortalSettings.Link(label: $0.label, url: $0.url) },
      stylesheet: resources.assetNames["folio.css"] ?? "folio.css",
      icon: resources.assetNames["folio.svg"] ?? "folio.svg")
  }

  /// Writes the shared files, and takes over the live ones that kept portals may still point to.
  private func writeAssets(
    _ staging: DirectoryHandle, keepingThoseOf output: String?
  ) throws -> (files: Int, bytes: Int) {
    let folder = try StagedDirectory("assets", in: staging)
    for asset in resources.assets { try folder.write(asset.bytes, to: asset.name) }
    if let output, try Files.statusIfPresent(output + "/assets") != nil {
      try folder.linkTree(from: output + "/assets", leavingOut: Set(resources.assets.map(\.name)))
    }
    return (folder.fileCount, folder.byteCount)
  }

  /// Takes over the portals that this build does not make, as they are live.
  private func keepPortals(
    of all: [CustomerID], but chosen: [CustomerID], from output: String, in staging: DirectoryHandle
  ) throws -> (count: Int, files: Int, bytes: Int) {
    var kept = (count: 0, files: 0, bytes: 0)
    let made = Set(chosen)
    if made.count < all.count { try checkLiveNames(output, of: all) }
    for customer in all where !made.contains(customer) {
      let name = portalName(of: customer)
      guard try Files.statusIfPresent(output + "/" + name)?.isDirectory == true else { continue }
      let folder = try StagedDirectory(name, in: staging)
      try folder.linkTree(from: output + "/" + name)
      kept = (kept.count + 1, kept.files + folder.fileCount, kept.bytes + folder.byteCount)
    }
    return kept
  }
}

extension SiteBuilder {
  /// Refuses to keep portals of a site whose folders have other names than today's key gives them.
  private func checkLiveNames(_ output: String, of all: [CustomerID]) throws {
    guard try Files.statusIfPresent(output) != nil else { return }
    let shared: Set = ["assets", StagedSite.markerName]
    let live = Set(try Directories.list(output)).subtracting(shared)
    if !live.isEmpty, live.isDisjoint(with: all.map(portalName)) {
      throw BuildError.portalsUnderOtherNames(output: output)
    }
  }

  /// Builds portals on several threads, each with its own reader of the store; blocking calls are at home there.
  private func writePortals(
    of customers: [CustomerID], _ request: BuildRequest, into staging: DirectoryHandle,
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> [PortalReport] {
    let work = PortalWork(customers: customers)
    let (settings, markdown) = (settings, MarkdownCache())
    let jobs = max(1, min(request.jobs, customers.count))
    Threads.forEach(count: jobs, jobs: jobs) { _ in
      do {
        let reader = try StatementReader(path: request.store)
        while let (index, customer) = work.next() {
          let result = Result {
            try writePortal(of: customer, reader, request.asOf, settings, markdown, into: staging)
          }
          progress(work.finish(index, result), customers.count)
        }
      } catch {
        work.fail(error)
      }
    }
    return try work.reports()
  }

  /// One portal; nil when the customer is not known at that time.
  private func writePortal(
    of customer: CustomerID, _ reader: StatementReader, _ asOf: Timestamp, _ settings: PortalSettings,
    _ markdown: MarkdownCache, into staging: DirectoryHandle
  ) throws -> PortalReport? {
    guard let statement = try reader.statement(of: customer, asOf: asOf) else { return nil }
    let name = portalName(of: customer)
    let folder = try StagedDirectory(name, in: staging)
    let portal = try Portal(
      statement: statement, settings: settings, languages: resources.languages, library: resources.library,
      markdown: markdown)
    try portal.files { path, bytes in try folder.write(bytes, to: path) }
    return PortalReport(
      customer: customer, name: name, fileCount: folder.fileCount, byteCount: folder.byteCount,
      unratedPlans: portal.unratedPlans)
  }
}

/// Portals still to be made, and what became of those that were.
private final class PortalWork: Sendable {
  private let customers: [CustomerID]
  private let nextIndex = Atomic<Int>(0)
  private let state: Mutex<State>

  private struct State {
    var results: [Result<PortalReport?, any Error>?]
    var finished = 0
    var failure: (any Error)?
  }

  init(customers: [CustomerID]) {
    self.customers = customers
    state = Mutex(State(results: Array(repeating: nil, count: customers.count)))
  }

  func next() -> (index: Int, customer: CustomerID)? {
    let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < customers.count ? (index, customers[index]) : nil
  }

  /// Records a result and tells how many there are.
  func finish(_ index: Int, _ result: Result<PortalReport?, any Error>) -> Int {
    state.withLock { state in
      state.results[index] = result
      state.finished += 1
      return state.finished
    }
  }

  func fail(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

  /// The portals in order of customers.
  func reports() throws -> [PortalReport] {
    let (results, failure) = state.withLock { ($0.results, $0.failure) }
    if let failure { throw failure }
    var reports: [PortalReport] = []
    var failed: [(customer: CustomerID, reason: any Error)] = []
    for (customer, result) in zip(customers, results) {
      switch result {
      case .success(let report?): reports.append(report)
      case .failure(let error): failed.append((customer, error))
      case .success(nil), nil: continue
      }
    }
    if !failed.isEmpty { throw BuildError.portalsFailed(failed) }
    return reports
  }
}
