package import FolioBilling

/// The time as a listener needs it.
package struct ListenerClocks: Sendable {
  /// The present.
  package let now: @Sendable () -> Timestamp
  /// A clock that never goes back, whatever its start.
  package let elapsed: @Sendable () -> Duration

  package init(now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Duration) {
    self.now = now
    self.elapsed = elapsed
  }
}
