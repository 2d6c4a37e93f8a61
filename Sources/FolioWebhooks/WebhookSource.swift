package import FolioBilling
import Hashing

/// A sender with secrets of its own, and the customers for whom it may speak.
package struct WebhookSource: Sendable {
  /// Vouches for its events in the store: with an event's id, its identity.
  package let name: String
  package let scheme: SignatureScheme
  package let customers: CustomerScope
  /// The keys of its secrets, in the order of the file: while they are rotated, there are two.
  let keys: [HMACSHA256.Key]
}

/// For whom a source may speak.
package enum CustomerScope: Equatable, Sendable {
  case all
  case only(Set<CustomerID>)

  /// Whether it has this customer.
  package func includes(_ customer: CustomerID) -> Bool {
    switch self {
    case .all: true
    case .only(let customers): customers.contains(customer)
    }
  }

  /// The customer of a scope that has one, whom no event needs to name.
  var soleCustomer: CustomerID? {
    guard case .only(let customers) = self, customers.count == 1 else { return nil }
    return customers.first
  }
}
