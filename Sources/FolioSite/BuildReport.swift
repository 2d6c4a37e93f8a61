package import FolioBilling
package import OperatingSystem

/// What a build did.
package struct BuildReport: Sendable {
  package let output: String
  package let asOf: Timestamp
  /// The portals made, in order of customers.
  package let portals: [PortalReport]
  /// Customers whose portals were taken over as they are.
  package let keptPortals: Int
  package let fileCount: Int
  package let byteCount: Int
  /// Whether the names of portals can be guessed, because there is no site key.
  package let hasGuessableNames: Bool
  /// Whether the new site took the old one's place in one step.
  package let isOneStep: Bool
  /// Why the old site's files are still in the state directory, or nil when they are gone.
  package let leftover: SystemError?
}

/// One portal of a build.
package struct PortalReport: Equatable, Sendable {
  package let customer: CustomerID
  /// The folder's name below the output.
  package let name: String
  package let fileCount: Int
  package let byteCount: Int
  /// Plans that a subscription names and that nobody has defined: their months have no charges.
  package let unratedPlans: [PlanID]
}

/// Why nothing was built.
package enum BuildError: Error, Sendable {
  case unknownCustomer(CustomerID)
  /// The live site's folders have other names than the site key gives: keeping its portals would lose them.
  case portalsUnderOtherNames(output: String)
  /// Two customers whose folders a file system may take for one.
  case portalNamesCollide(CustomerID, CustomerID)
  /// A customer whose id is the name of a shared folder.
  case portalNameReserved(CustomerID)
  /// Customers that failed, and the first one's reason.
  case portalsFailed([(customer: CustomerID, reason: any Error)])
}
