package import FolioBilling
import Hashing
import JSON

/// A signed message as the inbox takes it: its identity, and what was made of its body.
package struct Delivery: Sendable {
  /// Who signed it: identity is (source, id).
  package let source: String
  /// As the sender gave it.
  package let id: String
  /// Whom it names, in its body or in the path of the request.
  package let customerID: CustomerID?
  /// The event's type as the sender wrote it; nil where there is none that can be shown.
  package let type: String?
  /// Of type and data as parsed, which tells a repetition from a conflict; without bytes where nothing of the body
  /// may be kept.
  package let digest: [UInt8]
  package let verdict: DeliveryVerdict
  /// The bytes that were signed.
  package let body: [UInt8]

  package init(
    source: String, id: String, customerID: CustomerID?, type: String?, digest: [UInt8],
    verdict: DeliveryVerdict, body: [UInt8]
  ) {
    self.source = source
    self.id = id
    self.customerID = customerID
    self.type = type
    self.digest = digest
    self.verdict = verdict
    self.body = body
  }

  /// The longest id and the longest type that are kept, in bytes.
  package static let nameBytesLimit = 256

  /// The event's id in the store: the sender's own where it is an identifier, else one made from it.
  package static func eventID(of id: String) -> EventID {
    do throws(IdentifierError) { return try EventID(id) } catch { return makeEventID("msg", Array(id.utf8)) }
  }

  /// What is kept of the body; nil where nothing may be.
  var keptBody: [UInt8]? { digest.isEmpty ? nil : body }
}

/// What a body comes to before the store has seen it.
package enum DeliveryVerdict: Sendable {
  case event(ReceivedEvent)
  case unknownType
  case refused(FieldError)

  /// The state in which it enters the inbox.
  var state: DeliveryState {
    switch self {
    case .event: .pending
    case .unknownType: .unknown
    case .refused: .refused
    }
  }

  var reason: FieldError? {
    if case .refused(let error) = self { error } else { nil }
  }
}
