package import FolioBilling
package import FolioRating

/// Why a customer's facts make no account, beyond what rating reports itself.
package enum AccountError: Error, Equatable, Sendable {
  /// Figures of the month do not add up.
  case sumsDisagree(CalendarMonth, fault: ReconciliationFault)
  /// From its first fact to the as-of time the customer has more months than an account covers.
  case tooManyMonths(count: Int, limit: Int)
}
