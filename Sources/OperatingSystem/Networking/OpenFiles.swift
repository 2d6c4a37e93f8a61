import Glibc

/// How many descriptors this process may have at once (RLIMIT_NOFILE).
package enum OpenFiles {
  /// The limit in force.
  package static func limit() throws(SystemError) -> Int {
    Int(clamping: try read().rlim_cur)
  }

  /// Raises the limit in force to `wanted`, or as far as the process may; it is never lowered.
  ///
  /// Returns the limit that is then in force.
  @discardableResult
  package static func raiseLimit(to wanted: Int) throws(SystemError) -> Int {
    var limits = try read()
    let goal = min(rlim_t(max(0, wanted)), limits.rlim_max)
    guard goal > limits.rlim_cur else { return Int(clamping: limits.rlim_cur) }
    limits.rlim_cur = goal
    try systemCall("setrlimit") { unsafe setrlimit(kind, &limits) }
    return Int(clamping: goal)
  }

  private static var kind: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

  private static func read() throws(SystemError) -> rlimit {
    var limits = rlimit()
    try systemCall("getrlimit") { unsafe getrlimit(kind, &limits) }
    return limits
  }
}
