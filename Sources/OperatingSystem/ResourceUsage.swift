import Glibc

/// What a process that has ended took, as the kernel counted it (getrusage(2)).
package struct ResourceUsage: Equatable, Sendable {
  /// Processor time in the program itself, of all its threads.
  package let userNanoseconds: Int64
  /// Processor time in the kernel on its behalf.
  package let systemNanoseconds: Int64
  /// The most memory it held at once (its resident set), in bytes; never less than what its parent held when it
  /// was started.
  package let peakMemoryBytes: Int64

  /// Processor time altogether.
  package var processorNanoseconds: Int64 { userNanoseconds + systemNanoseconds }

  init(_ usage: rusage) {
    userNanoseconds = Self.nanoseconds(usage.ru_utime)
    systemNanoseconds = Self.nanoseconds(usage.ru_stime)
    // Linux counts in kibibytes.
    peakMemoryBytes = Int64(usage.ru_maxrss) * 1_024
  }

  private static func nanoseconds(_ time: timeval) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_usec) * 1_000
  }
}
