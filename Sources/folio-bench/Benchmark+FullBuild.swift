import OperatingSystem

extension Benchmark {
  /// Everything built into an empty place, in turn with the floor that writes the same files.
  func measureFullBuild() throws {
    let store = try work.store(StoreShape(customers: customers, partners: 12, months: 13), folio)
    let site = try work.freshSite("full")
    var builds = [try folio.build(store, to: site, jobs: jobs)]
    var floors: [Floor.Result] = []
    for run in 0..<runs {
      floors.append(try floor(of: site))
      // The first build only made the files that the floor writes.
      if run == 0 { builds = [] }
      try work.removeSite(site)
      builds.append(try folio.build(store, to: site, jobs: jobs))
    }
    try work.removeSite(site)
    try addFullBuild(builds, floors)
  }

  private func floor(of site: String) throws -> Floor.Result {
    let copies = work.path + "/floor"
    try Directories.removeTree(copies)
    try Directories.create(copies, mode: 0o700)
    let result = try folio.floor(from: site, to: copies, jobs: jobs)
    try Directories.removeTree(copies)
    return result
  }

  private func addFullBuild(_ builds: [Measurement], _ floors: [Floor.Result]) throws {
    let wall = median(builds.map(\.wallNanoseconds))
    let floor = Int64(median(floors.map(\.nanoseconds)))
    let processor = milliseconds(median(builds.map(\.usage.processorNanoseconds)))
    let (files, bytes) = (floors[0].files, Int64(floors[0].bytes))
    try report.add("full_build_to_floor", Double(wall) / Double(floor), "x", target: target(3, sane: 1_000))
    try report.add("full_build_ms", milliseconds(wall), "ms")
    try report.add("full_floor_ms", milliseconds(floor), "ms")
    try report.add("full_cpu_ms_per_customer", processor / Double(customers), "ms")
    try report.add("full_cpu_ms_per_megabyte", processor / megabytes(bytes), "ms")
    try report.add("full_user_ms", milliseconds(median(builds.map(\.usage.userNanoseconds))), "ms")
    try report.add("full_system_ms", milliseconds(median(builds.map(\.usage.systemNanoseconds))), "ms")
    try report.add("full_customers", Double(customers), "customers")
    try report.add("full_files", Double(files), "files")
    try report.add("full_bytes", Double(bytes), "bytes")
    try report.add("full_files_per_second", Double(files) / (Double(wall) / 1e9), "files/s")
    try report.add("full_threads", Double(jobs), "threads")
    try report.add(
      "full_peak_megabytes", megabytes(median(builds.map(\.usage.peakMemoryBytes))), "MB",
      target: target(100, sane: 100))
  }
}
