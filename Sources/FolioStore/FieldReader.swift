package import FolioBilling
package import JSON

/// A field that is not what its place asks for.
package struct FieldError: Error, Equatable, Sendable {
  /// The way to the field: `data.readings[3].messages`.
  package let path: String
  package let expected: Expectation
  /// What stands there: nil for nothing.
  package let found: String?

  package init(path: String, expected: Expectation, found: String?) {
    self.path = path
    self.expected = expected
    self.found = found
  }
}

/// What a field must be.
package enum Expectation: Equatable, Sendable {
  case object
  case list(most: Int)
  case text(mostBytes: Int)
  case boolean
  case identifier
  case plainDecimal
  case positive
  case money(fractionDigits: Int)
  case wholeNumber(least: Int64, most: Int64)
  case timestamp
  case wholeHour
  case date
  case calendarMonth
  case currency
  case country
  case oneOf([String])
  case noCardData
  case amountWithinInvoice
  case periodInOrder
  case wholeMonth
  case invoiceOfCustomer
  case customerNamed
  case priceForModel(String)
  case tiersInOrder
  case knownShape
  case markdownBytes(most: Int)
  case noConflict(otherLine: Int)
  case sumWithin64Bits
  /// The field is the sum of what is named.
  case sum(of: String)
  case failedWithinMessages
  /// One or more BCP 47 tags.
  case languageTags
  case color
  /// A length of whole pixels from 0.
  case pixels(most: Int)
  case fontFamilies
  case column
  /// JSON, whose first fault is there.
  case json(line: Int, column: Int)
  /// The customer in the path of the request.
  case customerOfPath
  /// A customer for whom the source may speak.
  case customerOfSource
  /// A type that concerns one customer: the source may not speak for all.
  case typeOfOneCustomer
  /// A source that is configured.
  case configuredSource
  /// What fits its subject, which came later.
  case fittingSubject
  /// A cell of the store that folio wrote.
  case intactCell
}

/// Reads the fields of one JSON object, each as what it must be.
package struct FieldReader {
  private let object: JSONObject
  private let place: Place

  /// The way to the object, put into words only where one of its fields is wrong.
  private struct Place {
    /// The way to the object that holds this one; empty for the outermost.
    var above = ""
    let name: String
    /// Among the objects of a list; nil for one that stands alone.
    var index: Int?
  }

  package init(_ object: JSONObject, path: String) {
    self.object = object
    place = Place(name: path)
  }

  /// The reader of a value that must be an object.
  package init(_ value: JSONValue, path: String) throws(FieldError) {
    try self.init(value, Place(name: path))
  }

  private init(_ value: JSONValue, _ place: Place) throws(FieldError) {
    guard case .object(let object) = value else {
      throw FieldError(path: Self.path(to: place), expected: .object, found: value.glimpse)
    }
    (self.object, self.place) = (object, place)
  }

  package var path: String { Self.path(to: place) }

  private static func path(to place: Place) -> String {
    let path = place.above.isEmpty ? place.name : place.above + "." + place.name
    return place.index.map { path + "[\($0)]" } ?? path
  }

  package func fail(_ name: String, _ expected: Expectation) -> FieldError {
    FieldError(path: path(of: name), expected: expected, found: object[name]?.glimpse)
  }

  package func path(of name: String) -> String { path.isEmpty ? name : path + "." + name }

  /// The value under a name; nil when it is absent or null.
  package func value(_ name: String) -> JSONValue? {
    guard let value = object[name] else { return nil }
    if case .null = value { return nil }
    return value
  }

  package func has(_ name: String) -> Bool { object[name] != nil }

  package func optionalText(_ name: String, mostBytes: Int = 1_024) throws(FieldError) -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, text.utf8.count <= mostBytes else {
      throw fail(name, .text(mostBytes: mostBytes))
    }
    return text
  }

  package func text(_ name: String, mostBytes: Int = 1_024) throws(FieldError) -> String {
    guard let text = try optionalText(name, mostBytes: mostBytes), !text.isEmpty else {
      throw fail(name, .text(mostBytes: mostBytes))
    }
    return text
  }

  package func optionalIdentifier<Subject>(_ name: String) throws(FieldError) -> Identifier<Subject>? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value else { throw fail(name, .identifier) }
    do { return try Identifier<Subject>(text) } catch { throw fail(name, .identifier) }
  }

  package func identifier<Subject>(_ name: String) throws(FieldError) -> Identifier<Subject> {
    guard let identifier: Identifier<Subject> = try optionalIdentifier(name) else {
      throw fail(name, .identifier)
    }
    return identifier
  }

  package func optionalBool(_ name: String) throws(FieldError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard case .bool(let bool) = value else { throw fail(name, .boolean) }
    return bool
  }

  package func optionalDecimal(_ name: String) throws(FieldError) -> ExactDecimal? {
    guard let value = value(name) else { return nil }
    let text: String
    switch value {
    case .number(let number): text = number.text
    case .string(let string): text = string
    default: throw fail(name, .plainDecimal)
    }
    do { return try ExactDecimal(text) } catch { throw fail(name, .plainDecimal) }
  }

  package func decimal(_ name: String) throws(FieldError) -> ExactDecimal {
    guard let decimal = try optionalDecimal(name) else { throw fail(name, .plainDecimal) }
    return decimal
  }

  package func optionalMoney(_ name: String, _ currency: Currency) throws(FieldError) -> Money? {
    guard let decimal = try optionalDecimal(name) else { return nil }
    do { return try Money(decimal, currency: currency) } catch {
      throw fail(name, .money(fractionDigits: currency.minorDigits))
    }
  }

  package func money(_ name: String, _ currency: Currency) throws(FieldError) -> Money {
    guard let money = try optionalMoney(name, currency) else {
      throw fail(name, .money(fractionDigits: currency.minorDigits))
    }
    return money
  }

  package func optionalInteger(
    _ name: String, least: Int64 = 0, most: Int64 = countLimit
  ) throws(FieldError) -> Int64? {
    guard let value = value(name) else { return nil }
    guard case .number(let number) = value, let integer = number.integer, (least...most).contains(integer)
    else {
      throw fail(name, .wholeNumber(least: least, most: most))
    }
    return integer
  }

  package func integer(_ name: String, least: Int64 = 0, most: Int64 = countLimit) throws(FieldError) -> Int64
  {
    guard let integer = try optionalInteger(name, least: least, most: most) else {
      throw fail(name, .wholeNumber(least: least, most: most))
    }
    return integer
  }

  package func optionalTimestamp(_ name: String) throws(FieldError) -> Timestamp? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, let instant = Timestamp(text) else { throw fail(name, .timestamp) }
    return instant
  }

  package func timestamp(_ name: String) throws(FieldError) -> Timestamp {
    guard let instant = try optionalTimestamp(name) else { throw fail(name, .timestamp) }
    return instant
  }

  package func optionalDate(_ name: String) throws(FieldError) -> CalendarDate? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, let date = CalendarDate(text),
      storedYears.contains(date.components.year)
    else { throw fail(name, .date) }
    return date
  }

  package func date(_ name: String) throws(FieldError) -> CalendarDate {
    guard let date = try optionalDate(name) else { throw fail(name, .date) }
    return date
  }

  package func optionalCurrency(_ name: String) throws(FieldError) -> Currency? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, let currency = Currency(code: text) else {
      throw fail(name, .currency)
    }
    return currency
  }

  package func currency(_ name: String) throws(FieldError) -> Currency {
    guard let currency = try optionalCurrency(name) else { throw fail(name, .currency) }
    return currency
  }

  package func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _: Choice.Type
  ) throws(FieldError) -> Choice? where Choice.RawValue == String {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value,
      let choice = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) })
    else { throw fail(name, .oneOf(Choice.allCases.map(\.rawValue))) }
    return choice
  }

  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws(FieldError) -> Choice where Choice.RawValue == String {
    guard let choice = try optionalChoice(name, type) else {
      throw fail(name, .oneOf(Choice.allCases.map(\.rawValue)))
    }
    return choice
  }

  package func optionalObject(_ name: String) throws(FieldError) -> FieldReader? {
    guard let value = value(name) else { return nil }
    return try FieldReader(value, Place(above: path, name: name))
  }

  package func object(_ name: String) throws(FieldError) -> FieldReader {
    guard let reader = try optionalObject(name) else { throw fail(name, .object) }
    return reader
  }

  /// The values of a list; none when the field is absent.
  package func values(_ name: String, most: Int = 1_000) throws(FieldError) -> [JSONValue] {
    guard let value = value(name) else { return [] }
    guard case .array(let values) = value, values.count <= most else { throw fail(name, .list(most: most)) }
    return values
  }

  /// The objects of a list, each with a path that carries its index.
  package func objects(_ name: String, most: Int = 1_000) throws(FieldError) -> [FieldReader] {
    let values = try values(name, most: most)
    if values.isEmpty { return [] }
    let path = path
    var readers: [FieldReader] = []
    readers.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      readers.append(try FieldReader(value, Place(above: path, name: name, index: index)))
    }
    return readers
  }

  package func texts(_ name: String, most: Int = 100, mostBytes: Int = 256) throws(FieldError) -> [String] {
    var texts: [String] = []
    for value in try values(name, most: most) {
      guard case .string(let text) = value, text.utf8.count <= mostBytes else {
        throw fail(name, .text(mostBytes: mostBytes))
      }
      texts.append(text)
    }
    return texts
  }
}

/// The years of days and months that are accepted: those whose instants a `Timestamp` can hold.
let storedYears = 1_970...2_261

/// The largest count of messages or bytes in one field: what a JSON number holds exactly (RFC 7493).
package let countLimit: Int64 = 9_007_199_254_740_991

extension JSONValue {
  /// A short sight of the value for an error: its kind, or its text cut at 40 scalars; never a card's number.
  package var glimpse: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): FolioStore.glimpse(of: number.text)
    case .string(let text): "\"" + FolioStore.glimpse(of: text) + "\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// The first 40 scalars of a text, or three dots where it holds what looks like a card's number.
func glimpse(of text: String) -> String {
  CardDataScan.holdsCardNumber(text) ? "…" : String(text.unicodeScalars.prefix(40))
}
