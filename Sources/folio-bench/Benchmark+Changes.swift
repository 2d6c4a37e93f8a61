import FolioStore
import OperatingSystem

extension Benchmark {
  /// Twenty times as many customers: memory, and builds after nothing or one customer changed.
  func measureChanges() throws {
    let many = StoreShape(customers: customers * 20, partners: 3, months: 2)
    let few = try firstBuild(StoreShape(customers: customers, partners: 3, months: 2))
    try work.removeSite(few.site)
    let (store, site, first) = try firstBuild(many)
    let (small, large) = (megabytes(few.first.usage.peakMemoryBytes), megabytes(first.usage.peakMemoryBytes))
    try report.add("many_customers", Double(many.customers), "customers")
    try report.add("many_build_ms", milliseconds(first.wallNanoseconds), "ms")
    try report.add("few_peak_megabytes", small, "MB", target: target(100, sane: 100))
    try report.add("many_peak_megabytes", large, "MB", target: target(100, sane: 100))
    try report.add("many_to_few_peak", large / small, "x", target: target(1.1, sane: 2))

    let unchanged = try (0..<runs).map { _ in try folio.build(store, to: site, jobs: jobs) }
    let changed = try (0..<runs).map { run in
      try rename(in: store, many, run)
      return try folio.build(store, to: site, jobs: jobs)
    }
    try addChanges(unchanged, changed)
    try work.removeSite(site)
  }

  private func firstBuild(_ shape: StoreShape) throws -> (store: String, site: String, first: Measurement) {
    let store = try work.store(shape, folio)
    let site = try work.freshSite("changes-\(shape.customers)")
    return (store, site, try folio.build(store, to: site, jobs: jobs))
  }

  /// Gives one partner of one customer another name; a kept store may have had this one before.
  private func rename(in path: String, _ shape: StoreShape, _ run: Int) throws {
    let customer = BenchCustomer(index: (run * 37 + shape.customers / 2) % shape.customers, shape: shape)
    let event = try customer.renaming(of: 0, to: "Renamed_\(Clock.now())")
    let store = try BillingStore(path: path, isCreating: false)
    try store.write(receivedAt: StoreShape.asOf, origin: benchSource) { log in try log.take([event]) }
  }

  private func addChanges(_ unchanged: [Measurement], _ changed: [Measurement]) throws {
    let (still, moved) = (
      milliseconds(median(unchanged.map(\.wallNanoseconds))),
      milliseconds(median(changed.map(\.wallNanoseconds)))
    )
    try report.add("unchanged_ms", still, "ms", target: target(150, sane: 60_000))
    try report.add("one_changed_ms", moved, "ms")
    try report.add("one_changed_more_ms", max(0, moved - still), "ms", target: target(60, sane: 60_000))
    try report.add(
      "unchanged_peak_megabytes", megabytes(median(unchanged.map(\.usage.peakMemoryBytes))), "MB",
      target: target(100, sane: 100))
  }
}
