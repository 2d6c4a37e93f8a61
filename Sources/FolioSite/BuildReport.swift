package import FolioBilling

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
  package let nanoseconds: Int64
  /// Whether the names of portals can be guessed, because there is no site key.
  package let hasGuessableNames: Bool
  /// Whether the new site took the old one's place in one step.
  package let isOneStep: Bool
}

/// One portal of a build.
package struct PortalReport: Equatable, Sendable {
  package let customer: CustomerID
  /// The folder's name below the output.
  package let name: String
  package let fileCount: Int
  package let byteCount: Int
}

/// Why nothing was built.
package enum BuildError: Error, Sendable {
  case unknownCustomer(CustomerID)
  /// Two customers whose folders a file system may take for one.
  case portalNamesCollide(CustomerID, CustomerID)
  /// A customer whose id is the name of a shared folder.
  case portalNameReserved(CustomerID)
  /// Customers that failed, and the first one's reason.
  case portalsFailed([(customer: CustomerID, reason: any Error)])
}
