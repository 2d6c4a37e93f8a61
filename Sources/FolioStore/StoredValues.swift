import FolioBilling
import JSON

/// A cell that holds what this program would never have written.
package struct StoredValueError: Error, Equatable, Sendable {
  /// `customers.tax_rate`.
  package let column: String
}

/// A name that was written around the store's own check is cut, so that no page carries it whole.
func storedName(_ name: String) -> String {
  guard name.utf8.count > nameBytesLimit else { return name }
  return String(String.UnicodeScalarView(name.unicodeScalars.prefix(cutNameScalars))) + "…"
}

/// How many scalars of an overlong name are kept.
private let cutNameScalars = 120

func storedCurrency(_ code: String) throws -> Currency {
  guard let currency = Currency(code: code) else { throw StoredValueError(column: "currency") }
  return currency
}

func storedChoice<Choice: RawRepresentable>(_ text: String, _ column: String) throws -> Choice
where Choice.RawValue == String {
  guard let choice = Choice(rawValue: text) else { throw StoredValueError(column: column) }
  return choice
}

func storedDecimal(_ text: String, _ column: String) throws -> ExactDecimal {
  do { return try ExactDecimal(text) } catch { throw StoredValueError(column: column) }
}

func storedIdentifier<Subject>(_ text: String, _ column: String) throws -> Identifier<Subject> {
  do { return try Identifier(text) } catch { throw StoredValueError(column: column) }
}

func storedInstant(_ nanoseconds: Int64) throws -> Timestamp {
  let seconds = nanoseconds / 1_000_000_000
  guard nanoseconds >= 0, seconds <= secondsLimit else { throw StoredValueError(column: "time") }
  return Timestamp(nanosecondsSinceEpoch: nanoseconds)
}

func storedDay(_ days: Int64) throws -> CalendarDate {
  guard (0..<secondsLimit / 86_400).contains(days) else { throw StoredValueError(column: "day") }
  return CalendarDate(daysSinceEpoch: Int(days))
}

func storedHour(_ hours: Int64) throws -> UsageHour {
  guard (0..<secondsLimit / 3_600).contains(hours) else { throw StoredValueError(column: "hour") }
  return UsageHour(hoursSinceEpoch: Int(hours))
}

func storedMonth(_ ordinal: Int64) throws -> CalendarMonth {
  let months = Int64(storedYears.lowerBound * 12)..<Int64((storedYears.upperBound + 1) * 12)
  guard months.contains(ordinal) else { throw StoredValueError(column: "month") }
  return CalendarMonth(ordinal: Int(ordinal))
}

/// The start of 2262: beyond it a damaged cell would leave the range of instants.
private let secondsLimit: Int64 = 9_214_646_400

/// The fields of a JSON document in a cell; a bare list stands under the name `list`.
func storedFields(_ column: String, _ json: String) throws -> FieldReader {
  let value: JSONValue
  do { value = try JSONParser.parse(Array(json.utf8)) } catch { throw StoredValueError(column: column) }
  switch value {
  case .object(let object): return FieldReader(object, path: column)
  default: return FieldReader(JSONObject([("list", value)]), path: column)
  }
}

/// The time of the event that wrote a row; nil where nothing dates it.
func storedEventTime(_ nanoseconds: Int64) throws -> Timestamp? {
  nanoseconds == 0 ? nil : try storedInstant(nanoseconds)
}
