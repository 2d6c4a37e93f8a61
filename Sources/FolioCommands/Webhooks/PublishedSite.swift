import FolioBilling
import FolioSite
import FolioStore
import FolioWebhooks
import OperatingSystem
import Publishing

/// A site that a worker keeps up to date, one small build after another. One thread uses it.
final class PublishedSite: RepublishingWorker.Site {
  private let options: ListenOptions
  private let versions: SiteVersions
  private let clocks: ListenerClocks
  private let reader: StatementReader
  /// What reads the store for builds, and which file that was: another one may take its place.
  private var readers: (inode: UInt64, all: StatementReaders)?
  /// What is recorded of what is published.
  private let record = RecordKeeper()
  /// What the latest round was made from.
  private var seen: (store: Int64, site: Int, at: Timestamp)

  init(_ options: ListenOptions, _ versions: SiteVersions, _ clocks: ListenerClocks) throws {
    self.options = options
    self.versions = versions
    self.clocks = clocks
    reader = try StatementReader(path: options.store)
    seen = (0, 0, clocks.now())
  }

  func hasChanged() throws -> Bool {
    let now = clocks.now()
    return try versions.current.number != seen.site || reader.dataVersion() != seen.store
      || now.date != seen.at.date
      || now.secondsSinceEpoch - seen.at.secondsSinceEpoch >= StalePortals.instantLifetimeSeconds
  }

  func publish(
    _ choose: @escaping @Sendable ([StalePortal]) -> Set<CustomerID>
  ) throws -> RepublishingWorker.Round {
    let (version, now) = (versions.current, clocks.now())
    // Read before the build, so that what changes during it is noticed after it.
    seen = (try reader.dataVersion(), version.number, now)
    let readers = try currentReaders()
    var request = BuildRequest(
      readers: readers, place: options.place, asOf: version.asOf ?? now,
      now: { [clocks] in clocks.now().secondsSinceEpoch }, elapsed: clocks.elapsed)
    request.record = record
    request.jobs = options.jobs
    request.group = version.group
    request.formersKept = RebuildSchedule.changedLimit
    request.selection = { portals in
      choose(StalePortals.of(portals) { Self.customersWithDates(readers, after: $0, through: $1) })
    }
    let report = try version.builder.build(request)
    return RepublishingWorker.Round(
      made: report.portals.map(\.customer), failed: report.failures.map { ($0.customer, $0.reason) })
  }

  private func currentReaders() throws -> StatementReaders {
    let inode = try Files.status(options.store).inode
    if let readers, readers.inode == inode { return readers.all }
    let fresh = StatementReaders(path: options.store)
    readers = (inode, fresh)
    return fresh
  }

  func tidy() throws {
    let version = versions.current
    try version.builder.sweep(
      options.place, group: version.group, now: { [clocks] in clocks.now().secondsSinceEpoch })
  }

  /// The dates only say which portals come first, so a store that cannot be read now leaves the order as it is; the
  /// build itself reports why.
  private static func customersWithDates(
    _ readers: StatementReaders, after start: Timestamp, through end: Timestamp
  ) -> Set<CustomerID> {
    do {
      return try readers.use { try $0.customersWithDates(after: start, through: end) }
    } catch {
      return []
    }
  }
}
