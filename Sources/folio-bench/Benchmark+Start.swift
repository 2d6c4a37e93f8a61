extension Benchmark {
  /// `folio --version` as a process, after one that brings the binary into memory.
  func measureStart() throws {
    _ = try folio.version()
    let times = try (0..<runs * 4).map { _ in try folio.version().wallNanoseconds }
    try report.add("start_ms", milliseconds(median(times)), "ms", target: target(10, sane: 1_000))
  }
}

func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e6 }

/// In units of 1,000,000 bytes.
func megabytes(_ bytes: Int64) -> Double { Double(bytes) / 1e6 }
