/// The time as a server needs it.
package struct ServerClocks {
  /// Nanoseconds since any start, never backwards.
  package let monotonic: () -> Int64
  /// Whole seconds since the Unix epoch, for Date.
  package let wall: () -> Int64

  package init(monotonic: @escaping () -> Int64, wall: @escaping () -> Int64) {
    self.monotonic = monotonic
    self.wall = wall
  }
}

extension Duration {
  /// The time as a clock of nanoseconds counts it; 292 years for anything longer.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : product + attoseconds / 1_000_000_000
  }
}
