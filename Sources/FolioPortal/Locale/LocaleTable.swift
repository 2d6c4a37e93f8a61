import FolioBilling

/// How a language writes numbers, amounts, dates and plurals: the file `locale.json` of its folder.
///
/// A table of our own, because published versions of ICU disagree with each other. A class, because every value of
/// every page is printed by one, and none is ever copied.
package final class LocaleTable: Sendable {
  /// The direction in which lines are read.
  package enum Direction: String, CaseIterable, Sendable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
  }

  /// The language's own name for itself.
  package let name: String
  package let direction: Direction
  /// Whether nothing that it prints has to be escaped.
  let isPlain: Bool
  let decimalSeparator: String
  let groupSeparator: String
  /// How many digits must stand before the first separator of thousands: 2 leaves `1234` whole.
  let minimumGroupingDigits: Int
  let minusSign: String
  /// Around amounts, by the ordinals of currencies.
  private let amounts: [LocaleFrame]
  let percent: LocaleFrame
  /// Around sizes in bytes, KiB and so on up to EiB.
  let sizes: [LocaleFrame]
  /// Of the day's number, the month's short name and the year.
  let date: LocalePattern
  let dayAndMonth: LocalePattern
  let monthAndYear: LocalePattern
  let time: LocalePattern
  let instant: LocalePattern
  /// Of a day's number and a whole date.
  let daysOfOneMonth: LocalePattern
  let days: LocalePattern
  let listSeparator: String
  let months: [String]
  let shortMonths: [String]
  /// From Monday.
  let weekdays: [String]
  let shortWeekdays: [String]
  /// With which day a week begins: 1 is Monday.
  let firstWeekday: Int
  let plurals: PluralRules

  /// Reads `locale.json`; every key must be there, and no other.
  ///
  /// - Throws: `MessageError.syntax`, `.notText`, `.malformedLocale`, `.unknownLocaleKey`.
  init(_ bytes: [UInt8], file: String) throws(MessageError) {
    var fields = try LocaleFields(bytes, file: file)
    name = try fields.text("name")
    let direction = Direction(rawValue: try fields.text("direction"))
    guard let direction else {
      throw fields.malformed("direction", .oneOf(Direction.allCases.map(\.rawValue)))
    }
    self.direction = direction
    isPlain = fields.isPlain
    decimalSeparator = try fields.text("decimal_separator")
    groupSeparator = try fields.text("group_separator")
    minimumGroupingDigits = try fields.number("minimum_grouping_digits", in: 1...3)
    minusSign = try fields.text("minus_sign")
    let money = try fields.pattern("money", ["amount", "symbol"])
    let moneyByCode = try fields.pattern("money_by_code", ["amount", "code"])
    let symbols = Self.symbols(try fields.texts(under: "currency_symbols"))
    amounts = Currency.all.map { currency in
      symbols[currency].map { money.around(second: $0) } ?? moneyByCode.around(second: currency.code)
    }
    percent = try fields.pattern("percent", ["number"]).around()
    let size = try fields.pattern("size", ["number", "unit"])
    sizes = try fields.texts("size_units", count: 7).map { size.around(second: $0) }
    date = try fields.pattern("date", ["day", "month", "year"])
    dayAndMonth = try fields.pattern("day_and_month", ["day", "month"])
    monthAndYear = try fields.pattern("month_and_year", ["month", "year"])
    time = try fields.pattern("time", ["hour", "minute"])
    instant = try fields.pattern("instant", ["date", "time"])
    daysOfOneMonth = try fields.pattern("days_of_one_month", ["first", "last"])
    days = try fields.pattern("days", ["first", "last"])
    listSeparator = try fields.text("list_separator")
    months = try fields.texts("months", count: 12)
    shortMonths = try fields.texts("short_months", count: 12)
    weekdays = try fields.texts("weekdays", count: 7)
    shortWeekdays = try fields.texts("short_weekdays", count: 7)
    firstWeekday = try fields.number("first_weekday", in: 1...7)
    let rules = try fields.texts(under: "plurals").map { (category: $0.0, rule: $0.1) }
    guard let plurals = PluralRules(rules) else { throw fields.malformed("plurals", .pluralRules) }
    self.plurals = plurals
    try fields.checkAllRead()
  }
}

extension LocaleTable {
  /// What stands around amounts of a currency.
  func frame(of currency: Currency) -> LocaleFrame { amounts[currency.ordinal] }

  /// The symbols by their currencies; what is no currency's code marks nothing.
  private static func symbols(_ byCode: [(String, String)]) -> [Currency: String] {
    var symbols: [Currency: String] = [:]
    for (code, symbol) in byCode {
      if let currency = Currency(code: code) { symbols[currency] = symbol }
    }
    return symbols
  }

  /// The name of a language's table among its files.
  package static let fileName = "locale.json"
}
