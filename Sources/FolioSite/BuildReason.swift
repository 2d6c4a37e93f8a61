package import FolioBilling

/// Why a portal is made anew; a portal without a reason stays.
package enum BuildReason: Hashable, Sendable {
  /// It was never published, as far as the state knows.
  case first
  /// Its folder is missing from the web root.
  case missing
  /// Another folder than the one that was published stands in its place.
  case displaced
  /// Another folder name than before belongs to the customer.
  case renamed(from: String)
  /// The customer's facts changed, by that many changes of rows.
  case facts(changes: Int64)
  /// Plans or notices that all portals share changed.
  case sharedFacts
  /// It showed another day, or another instant of facts still to come.
  case time(from: Timestamp, to: Timestamp)
  /// Configuration, templates, assets or the program changed.
  case configuration
  /// All were asked for.
  case forced
}

/// Why a folder leaves the web root.
package enum RemovalReason: Hashable, Sendable {
  /// The customer is deleted, or not known at the time of the view.
  case gone
  /// The customer's portal has another folder now.
  case renamed
  /// A portal of which nothing is recorded and which no customer has: what a lost state left.
  case unrecorded
}
