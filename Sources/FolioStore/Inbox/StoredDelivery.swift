package import FolioBilling

/// A delivery that the inbox has and the store may not have yet.
package struct StoredDelivery: Sendable {
  /// Its number in the inbox.
  package let number: Int64
  package let source: String
  /// As the sender gave it.
  package let id: String
  /// Whom it named when it arrived, in its body or in the path of the request.
  package let customerID: CustomerID?
  /// The bytes that were signed; nil where the store holds the event already.
  package let body: [UInt8]?

  /// The event's identity in the store, beside its source.
  package var eventID: EventID { Delivery.eventID(of: id) }
}

/// What the store made of a delivery.
package struct SettledDelivery: Sendable {
  package let delivery: StoredDelivery
  package let state: DeliveryState
  /// The subject that it waits for: `invoice in_123`.
  package let waitingFor: String?
  /// Why it is refused.
  package let reason: FieldError?

  init(
    _ delivery: StoredDelivery, _ state: DeliveryState, waitingFor: String? = nil, reason: FieldError? = nil
  ) {
    self.delivery = delivery
    self.state = state
    self.waitingFor = waitingFor
    self.reason = reason
  }

  init(_ delivery: StoredDelivery, outcome: EventOutcome) {
    switch outcome {
    case .applied, .repeated: self.init(delivery, .applied)
    case .conflict: self.init(delivery, .conflict)
    case .waiting(let subject): self.init(delivery, .waiting, waitingFor: subject.text)
    case .refused(let error): self.init(delivery, .refused, reason: error)
    }
  }

  /// Whether its body is still needed: the store holds what is applied and what waits.
  var keepsBody: Bool {
    switch state {
    case .applied, .waiting: false
    case .pending, .conflict, .refused, .unknown: true
    }
  }
}
