package import FolioBilling
package import OperatingSystem
package import Publishing

/// What a build did, or a rehearsal would do.
package struct BuildReport: Sendable {
  package let output: String
  package let asOf: Timestamp
  /// Whether nothing was written, because only a rehearsal was asked for.
  package let isRehearsal: Bool
  package let plan: BuildPlan
  /// The portals made, in order of customers.
  package let portals: [PortalReport]
  /// Customers whose portals could not be made, and why; they keep the ones they had.
  package let failures: [PortalFailure]
  /// Of all portals made.
  package let counts: FileCounts
  /// Shared files that were written and removed.
  package let sharedFiles: (written: Int, removed: Int)
  package let times: BuildTimes
  /// Whether the names of portals can be guessed, because there is no site key.
  package let hasGuessableNames: Bool
  /// Whether each new portal took the old one's place in one step.
  package let isOneStep: Bool
  /// Why old files are still in the state directory, or nil when they are gone.
  package let leftover: SystemError?
}

/// One portal of a build.
package struct PortalReport: Equatable, Sendable {
  package let customer: CustomerID
  /// The folder's name below the output.
  package let name: String
  package let counts: FileCounts
  /// Whether it came out as it was, so that nothing was published.
  package let isUnchanged: Bool
  /// Plans that a subscription names and that nobody has defined: their months have no charges.
  package let unratedPlans: [PlanID]
}

/// A portal that could not be made.
package struct PortalFailure: Sendable {
  package let customer: CustomerID
  package let reason: any Error
}

/// Where a build's time went, summed over its threads.
package struct BuildTimes: Equatable, Sendable {
  package var reading = Duration.zero
  package var rendering = Duration.zero
  package var writing = Duration.zero

  package init() {}

  static func += (left: inout BuildTimes, right: BuildTimes) {
    left.reading += right.reading
    left.rendering += right.rendering
    left.writing += right.writing
  }
}

/// What happens during a build, for whoever watches it.
package enum BuildEvent: Sendable {
  /// The plan is made and accepted.
  case planned(BuildPlan)
  case made(PortalReport, done: Int, of: Int)
  case failed(PortalFailure, done: Int, of: Int)
}

/// Why nothing was built.
package enum BuildError: Error, Sendable {
  case unknownCustomer(CustomerID)
  /// A build of some customers would give one another address than the rest were given.
  case portalUnderOtherName(CustomerID)
  /// Two customers whose folders a file system may take for one.
  case portalNamesCollide(CustomerID, CustomerID)
  /// A customer whose id is the name of a shared folder.
  case portalNameReserved(CustomerID)
  /// Customers of whom more is published than the store knows.
  case storeRewound([String])
  /// Customers that failed where all or nothing was asked for.
  case portalsFailed([PortalFailure])
}
