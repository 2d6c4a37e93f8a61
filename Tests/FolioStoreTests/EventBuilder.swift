import FolioBilling
import FolioStore
import JSON

/// The JSON of an event; members that are nil are left out.
func eventText(
  _ type: EventType, _ id: String?, at time: String?, of customer: String?, _ data: String
) -> String {
  let members = [
    id.map { "\"id\":\"\($0)\"" }, "\"type\":\"\(type.rawValue)\"", time.map { "\"timestamp\":\"\($0)\"" },
    customer.map { "\"customer_id\":\"\($0)\"" }, "\"data\":\(data)",
  ]
  return "{" + members.compactMap(\.self).joined(separator: ",") + "}"
}

func event(
  _ type: EventType, _ id: String?, at time: String? = nil, of customer: String? = "cus_a", _ data: String,
  source: String = "test"
) throws -> ReceivedEvent {
  try received(eventText(type, id, at: time, of: customer, data), source: source)
}

func received(_ text: String, source: String = "test") throws -> ReceivedEvent {
  try ReceivedEvent(JSONParser.parse(Array(text.utf8)), source: source)
}

/// What is wrong with an event, or nil when it can be applied.
func fault(_ text: String) throws -> FieldError? {
  do {
    _ = try received(text)
    return nil
  } catch let error as FieldError {
    return error
  }
}

/// `cus_a`, in US dollars.
func customerEvent(_ id: String = "cus_a", currency: String = "usd") throws -> ReceivedEvent {
  try event(
    .customerUpdated, "evt_\(id)", at: "2024-01-01T00:00:00Z", of: id,
    #"{"name":"Acme","currency":"\#(currency)"}"#)
}

/// An invoice of 100.00, unless told otherwise.
func invoiceData(_ id: String, amount: String = "100.00", currency: String = "usd") -> String {
  """
  {"invoice_id":"\(id)","number":"AS2-2024-001","currency":"\(currency)","amount_due":\(amount),\
  "period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-31T23:59:59Z","created":"2024-02-01T00:00:00Z",\
  "due_date":"2024-02-15T23:59:59Z"}
  """
}

func readingsData(_ readings: [String], delta: Bool = false) -> String {
  "{\(delta ? "\"delta\":true," : "")\"readings\":[\(readings.joined(separator: ","))]}"
}

func reading(
  _ partner: String, _ hour: String, _ messages: Int, failed: Int = 0, bytes: Int = 0,
  direction: String = "inbound", size: String? = nil
) -> String {
  """
  {"partner_id":"\(partner)","hour":"\(hour)","direction":"\(direction)","messages":\(messages),\
  "failed":\(failed),"bytes":\(bytes)\(size.map { ",\"size_class\":\"\($0)\"" } ?? "")}
  """
}
