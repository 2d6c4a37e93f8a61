package import FolioBilling
package import FolioStore
package import Publishing

/// What a build is asked for.
package struct BuildRequest: Sendable {
  /// Of the store; a process that builds again and again gives the same ones each time.
  package let readers: StatementReaders
  package let place: SitePlace
  /// Of what is published; a process that builds again and again gives the same one each time.
  package var record = RecordKeeper()
  package let asOf: Timestamp
  /// The customers to build; empty for all.
  package var customers: [CustomerID] = []
  /// How many threads work at once.
  package var jobs = 1
  /// The part of the portals to build; nil for all.
  package var shard: Shard?
  /// The group that published files are given; nil for the process's own.
  package var group: UInt32?
  /// Whether portals are made that are as they would be made.
  package var isFull = false
  /// Whether a store may know less than what was published.
  package var allowsRewind = false
  /// Whether one failure keeps everything from being published.
  package var isAllOrNothing = false
  /// Which of the portals that are not up to date are made now; nil for all. The rest stay as they are.
  package var selection: (@Sendable ([BuildPlan.Portal]) -> Set<CustomerID>)?
  /// How many of the directories that were live before stay aside, for the next publications of their portals or for
  /// `SiteBuilder.sweep`.
  package var formersKept = 0
  /// Seconds since the Unix epoch, for the times of files.
  package let now: @Sendable () -> Int64
  /// A clock that never goes back, for the report.
  package let elapsed: @Sendable () -> Duration

  package init(
    readers: StatementReaders, place: SitePlace, asOf: Timestamp, now: @escaping @Sendable () -> Int64,
    elapsed: @escaping @Sendable () -> Duration
  ) {
    self.readers = readers
    self.place = place
    self.asOf = asOf
    self.now = now
    self.elapsed = elapsed
  }
}
