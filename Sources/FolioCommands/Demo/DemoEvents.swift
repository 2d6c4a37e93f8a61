import FolioBilling
import FolioStore
import JSON

/// The members of an event's data, in order.
typealias DemoMembers = [(name: String, value: JSONValue)]

/// Writes the demo's events in the shape in which senders write them.
struct DemoEvents {
  /// The customer of the events; nil for those of the whole site.
  let customer: CustomerID?

  func make(
    _ type: EventType, _ name: String, at time: Timestamp?, _ data: DemoMembers
  ) throws(FieldError) -> ReceivedEvent {
    var members: DemoMembers = [
      ("id", .string(id(name))), ("type", .string(type.rawValue)),
    ]
    if let time { members.append(("timestamp", .string(time.text))) }
    if let customer { members.append(("customer_id", .string(customer.text))) }
    members.append(("data", .object(JSONObject(data))))
    return try ReceivedEvent(.object(JSONObject(members)), source: demoSource)
  }

  func usage(_ readings: [UsageReading], on day: CalendarDate) -> ReceivedEvent {
    usage(readings, "usage_" + day.text, at: nil)
  }

  /// - Parameter time: nil for the end of the newest reading's hour.
  func usage(_ readings: [UsageReading], _ name: String, at time: Timestamp?) -> ReceivedEvent {
    let owner = customer ?? demoIdentifier("cus_none")
    return ReceivedEvent(
      usage: readings, of: owner, id: demoIdentifier(id(name)), time: time, source: demoSource)
  }

  private func id(_ name: String) -> String { "evt_" + (customer?.text ?? "site") + "_" + name }
}

func text(_ text: String) -> JSONValue { .string(text) }

func decimal(_ text: String) -> JSONValue { JSONNumber(text).map { .number($0) } ?? .null }

func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

/// An identifier of the demo's own making.
func demoIdentifier<Subject>(_ text: String) -> Identifier<Subject> {
  do { return try Identifier(text) } catch { preconditionFailure("the demo's identifiers are valid") }
}

/// A number with leading zeros.
func demoNumber(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
