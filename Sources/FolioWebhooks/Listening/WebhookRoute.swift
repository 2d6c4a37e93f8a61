import FolioBilling

/// The addresses that take deliveries: one for all senders, one for those whose messages name no customer.
enum WebhookRoute: Equatable {
  case deliveries
  case deliveriesOf(CustomerID)

  static let path = "/webhooks/billing"

  /// Finds the route of a path; nil for any other path, and for a customer that is no identifier.
  init?(_ path: [UInt8]) {
    guard path.starts(with: Self.path.utf8) else { return nil }
    let rest = path.dropFirst(Self.path.utf8.count)
    if rest.isEmpty {
      self = .deliveries
      return
    }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    do throws(IdentifierError) {
      self = .deliveriesOf(try CustomerID(String(decoding: rest.dropFirst(), as: UTF8.self)))
    } catch {
      return nil
    }
  }

  /// The customer in the path.
  var customer: CustomerID? {
    if case .deliveriesOf(let customer) = self { customer } else { nil }
  }
}
