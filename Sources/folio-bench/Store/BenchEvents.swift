import FolioBilling
import FolioStore
import JSON

/// Where the benchmark's facts come from.
let benchSource = "bench"

/// Writes events in the shape in which senders write them.
struct BenchEvents {
  /// The customer of the events; nil for those of the whole site.
  let customer: CustomerID?

  /// - Parameter data: the members of the data as JSON.
  func make(
    _ type: EventType, _ name: String, at time: Timestamp, _ data: String
  ) throws -> ReceivedEvent {
    let owner = customer.map { #","customer_id":"\#($0.text)""# } ?? ""
    let text =
      #"{"id":"\#(id(name))","type":"\#(type.rawValue)","timestamp":"\#(time.text)"\#(owner),"data":{\#(data)}}"#
    return try ReceivedEvent(JSONParser.parse(Array(text.utf8)), source: benchSource)
  }

  /// A day's readings as one event, at the end of its newest hour.
  func usage(_ readings: [UsageReading], on day: CalendarDate, of customer: CustomerID) -> ReceivedEvent {
    ReceivedEvent(
      usage: readings, of: customer, id: benchIdentifier(id("usage_" + day.text)), time: nil,
      source: benchSource)
  }

  private func id(_ name: String) -> String { "evt_" + (customer?.text ?? "site") + "_" + name }
}
