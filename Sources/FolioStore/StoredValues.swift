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

func storedInstant(_ nanoseconds: Int64) -> Timestamp { Timestamp(nanosecondsSinceEpoch: nanoseconds) }

/// The fields of a JSON document in a cell; a bare list stands under the name `list`.
func storedFields(_ column: String, _ json: String) throws -> FieldReader {
  let value: JSONValue
  do { value = try JSONParser.parse(Array(json.utf8)) } catch { throw StoredValueError(column: column) }
  switch value {
  case .object(let object): return FieldReader(object, path: column)
  default: return FieldReader(JSONObject([("list", value)]), path: column)
  }
}
