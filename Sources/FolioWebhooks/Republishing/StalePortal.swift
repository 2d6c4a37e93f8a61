package import FolioBilling

/// A portal that is not as it would be made now.
package struct StalePortal: Hashable, Sendable {
  /// Why it would be made otherwise, the most urgent first.
  package enum Cause: Int, Comparable, Sendable {
    /// The customer's own facts changed.
    case changed
    /// There is no portal where it should be.
    case missing
    /// A due date, a trial's end or a period's end has passed since the view that it shows.
    case due
    /// It shows another day, or what all portals share changed.
    case common

    package static func < (left: Cause, right: Cause) -> Bool { left.rawValue < right.rawValue }
  }

  package let customer: CustomerID
  package let cause: Cause

  package init(customer: CustomerID, cause: Cause) {
    self.customer = customer
    self.cause = cause
  }
}
