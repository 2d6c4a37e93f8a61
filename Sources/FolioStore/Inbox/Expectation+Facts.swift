import JSON

extension Expectation {
  /// The expectation as a list of facts: its name, then what it carries.
  var facts: [JSONValue] {
    if let plain = Self.plain.first(where: { $0.expectation == self }) { return [.string(plain.name)] }
    return switch self {
    case .list(let most): Self.facts("list", most)
    case .text(let most): Self.facts("text", most)
    case .money(let digits): Self.facts("money", digits)
    case .markdownBytes(let most): Self.facts("markdown_bytes", most)
    case .pixels(let most): Self.facts("pixels", most)
    case .noConflict(let line): Self.facts("no_conflict", line)
    case .json(let line, let column): Self.facts("json", line, column)
    case .wholeNumber(let least, let most):
      [.string("whole_number"), .number(JSONNumber(least)), .number(JSONNumber(most))]
    case .oneOf(let values): [.string("one_of")] + values.map { .string($0) }
    case .priceForModel(let model): [.string("price_for_model"), .string(model)]
    case .sum(let parts): [.string("sum"), .string(parts)]
    default: preconditionFailure("an expectation is plain or carries something")
    }
  }

  /// Reads back what `facts` gives; nil for anything else.
  init?(facts: [JSONValue]) {
    guard case .string(let name)? = facts.first else { return nil }
    if let plain = Self.plain.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      self = plain.expectation
      return
    }
    let texts = facts.dropFirst().compactMap { if case .string(let text) = $0 { text } else { nil } }
    let numbers = facts.dropFirst().compactMap {
      if case .number(let number) = $0 { number.integer } else { nil }
    }
    guard let found = Self.carrying(texts, named: name) ?? Self.carrying(numbers, named: name) else {
      return nil
    }
    self = found
  }

  private static func facts(_ name: String, _ numbers: Int...) -> [JSONValue] {
    [.string(name)] + numbers.map { .number(JSONNumber(Int64($0))) }
  }

  private static func carrying(_ texts: [String], named name: String) -> Expectation? {
    switch (name, texts.count) {
    case ("one_of", _): .oneOf(texts)
    case ("price_for_model", 1): .priceForModel(texts[0])
    case ("sum", 1): .sum(of: texts[0])
    default: nil
    }
  }

  private static func carrying(_ numbers: [Int64], named name: String) -> Expectation? {
    switch (name, numbers.count) {
    case ("list", 1): .list(most: Int(numbers[0]))
    case ("text", 1): .text(mostBytes: Int(numbers[0]))
    case ("money", 1): .money(fractionDigits: Int(numbers[0]))
    case ("markdown_bytes", 1): .markdownBytes(most: Int(numbers[0]))
    case ("pixels", 1): .pixels(most: Int(numbers[0]))
    case ("no_conflict", 1): .noConflict(otherLine: Int(numbers[0]))
    case ("json", 2): .json(line: Int(numbers[0]), column: Int(numbers[1]))
    case ("whole_number", 2): .wholeNumber(least: numbers[0], most: numbers[1])
    default: nil
    }
  }

  /// The expectations that carry nothing, and their names.
  static let plain: [(name: String, expectation: Expectation)] = [
    ("object", .object), ("boolean", .boolean), ("identifier", .identifier), ("plain_decimal", .plainDecimal),
    ("positive", .positive), ("timestamp", .timestamp), ("whole_hour", .wholeHour), ("date", .date),
    ("calendar_month", .calendarMonth), ("currency", .currency), ("country", .country),
    ("no_card_data", .noCardData), ("amount_within_invoice", .amountWithinInvoice),
    ("period_in_order", .periodInOrder), ("whole_month", .wholeMonth),
    ("invoice_of_customer", .invoiceOfCustomer), ("customer_named", .customerNamed),
    ("tiers_in_order", .tiersInOrder), ("known_shape", .knownShape), ("sum_within_64_bits", .sumWithin64Bits),
    ("failed_within_messages", .failedWithinMessages), ("language_tags", .languageTags), ("color", .color),
    ("font_families", .fontFamilies), ("column", .column), ("customer_of_path", .customerOfPath),
    ("customer_of_source", .customerOfSource), ("type_of_one_customer", .typeOfOneCustomer),
    ("configured_source", .configuredSource), ("intact_cell", .intactCell),
    ("fitting_subject", .fittingSubject),
  ]
}

extension FieldError {
  /// The error as JSON: `{"field", "expected", "found"}`, of which the program makes a sentence when it is listed.
  var storedText: String {
    var members: [(name: String, value: JSONValue)] = [
      // A name of the sender's may be of any length.
      ("field", .string(String(String.UnicodeScalarView(path.unicodeScalars.prefix(120))))),
      ("expected", .array(expected.facts)),
    ]
    if let found { members.append(("found", .string(found))) }
    return encoded(.object(JSONObject(members)))
  }

  /// Reads an error back.
  init(stored text: String, column: String) throws {
    let fields = try storedFields(column, text)
    do throws(FieldError) {
      guard let expected = Expectation(facts: try fields.values("expected")) else {
        throw fields.fail("expected", .knownShape)
      }
      self.init(
        path: try fields.optionalText("field") ?? "", expected: expected,
        found: try fields.optionalText("found"))
    } catch {
      throw StoredValueError(column: column)
    }
  }

  /// The name of what was expected, such as `plain_decimal`, for answers to machines.
  package var code: String {
    if case .string(let name)? = expected.facts.first { name } else { "" }
  }
}
