import FolioBilling
import FolioStore
import JSON

/// Facts that Folio makes itself, in the shape in which senders write them.
enum FolioEvent {
  static func make(
    _ type: EventType, _ id: EventID, at time: Timestamp, of customer: CustomerID, _ data: JSONObject,
    source: String
  ) throws(FieldError) -> ReceivedEvent {
    try ReceivedEvent(
      .object(
        JSONObject([
          ("id", .string(id.text)), ("type", .string(type.rawValue)), ("timestamp", .string(time.text)),
          ("customer_id", .string(customer.text)), ("data", .object(data)),
        ])), source: source)
  }
}

extension EventLog {
  /// Takes an event that nothing in the store speaks against.
  ///
  /// - Throws: `FieldError` when it is refused, `InvoicingError.eventNotTaken` when its id is in use.
  func take(_ event: ReceivedEvent) throws {
    switch try apply(event) {
    case .applied: return
    case .refused(let error): throw error
    case .repeated, .conflict, .waiting: throw InvoicingError.eventNotTaken(event.id)
    }
  }
}

/// The members of an event's data; those that are nil are left out.
func eventData(_ members: [(name: String, value: JSONValue?)]) -> JSONObject {
  JSONObject(members.compactMap { member in member.value.map { (member.name, $0) } })
}
