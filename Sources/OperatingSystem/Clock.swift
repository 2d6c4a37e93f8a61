import Glibc

/// The two clocks of the system, in nanoseconds.
package enum Clock {
  /// Nanoseconds since the Unix epoch, without leap seconds; it jumps when someone sets the clock.
  package static func now() -> Int64 {
    read(CLOCK_REALTIME)
  }

  /// Nanoseconds since an arbitrary start, never backwards: for measuring and for deadlines.
  package static func monotonic() -> Int64 {
    read(CLOCK_MONOTONIC)
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    let result = unsafe clock_gettime(clock, &time)
    precondition(result == 0, "Linux has both clocks")
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
