import FolioBilling
import Templating

/// The vocabulary of the value tree: what is not known is null.
extension TemplateValue {
  static func money(_ amount: Money?) -> Self {
    amount.map { .leaf(TemplateLeaf(.money, detail: $0.currency.ordinal, $0.minorUnits)) } ?? .null
  }

  /// A difference, printed for people with its sign.
  static func change(_ amount: Money?) -> Self {
    amount.map { .leaf(TemplateLeaf(.moneyChange, detail: $0.currency.ordinal, $0.minorUnits)) } ?? .null
  }

  /// A difference of numbers, printed for people with its sign.
  static func change(_ number: Int64) -> Self { .leaf(TemplateLeaf(.countChange, number)) }

  /// The amount as an integer of minor units, as feeds have it beside the decimal.
  static func minor(_ amount: Money?) -> Self { amount.map { .integer($0.minorUnits) } ?? .null }

  static func count(_ number: Int64?) -> Self { number.map { .leaf(TemplateLeaf(.count, $0)) } ?? .null }

  static func bytes(_ number: Int64?) -> Self { number.map { .leaf(TemplateLeaf(.bytes, $0)) } ?? .null }

  static func percent(_ number: ExactDecimal?) -> Self {
    number.map { .leaf(TemplateLeaf(.percent, detail: $0.scale, $0.coefficient)) } ?? .null
  }

  /// A number of `coefficient` ÷ 10^scale.
  static func decimal(_ coefficient: Int64, scale: Int) -> Self {
    .leaf(TemplateLeaf(.decimal, detail: scale, coefficient))
  }

  /// Per cent without a fraction.
  static func wholePercent(_ number: Int64?) -> Self {
    number.map { .leaf(TemplateLeaf(.wholePercent, $0)) } ?? .null
  }

  /// Tenths of a per cent by which something changed, printed without their sign.
  static func changePercent(tenths: Int64) -> Self { .leaf(TemplateLeaf(.changePercent, tenths)) }

  static func rate(_ number: ExactDecimal?) -> Self {
    number.map { .leaf(TemplateLeaf(.rate, detail: $0.scale, $0.coefficient)) } ?? .null
  }

  static func date(_ date: CalendarDate?) -> Self {
    date.map { .leaf(TemplateLeaf(.date, Int64($0.daysSinceEpoch))) } ?? .null
  }

  static func month(_ month: CalendarMonth?) -> Self {
    month.map { .leaf(TemplateLeaf(.month, Int64($0.ordinal))) } ?? .null
  }

  static func instant(_ instant: Timestamp?) -> Self {
    instant.map { .leaf(TemplateLeaf(.instant, $0.nanosecondsSinceEpoch)) } ?? .null
  }

  /// An instant of which people read the day.
  static func day(of instant: Timestamp?) -> Self {
    instant.map { .leaf(TemplateLeaf(.dayOfInstant, $0.nanosecondsSinceEpoch)) } ?? .null
  }

  static func unitPrice(_ price: UnitPrice?) -> Self {
    price.map {
      .leaf(
        TemplateLeaf(.unitPrice, detail: $0.amount.scale * 256 + $0.currency.ordinal, $0.amount.coefficient))
    } ?? .null
  }

  static func text(_ text: String?) -> Self { text.map { TemplateValue.text($0) } ?? .null }

  /// An object of fields in their order.
  static func fields(_ fields: TemplateObject) -> Self { .object(fields) }
}

/// The names of rows, looked up once for all of them.
struct FieldNames {
  private let names: [TemplateName]

  init(_ names: TemplateName...) { self.names = names }

  /// The names of both, one after another.
  static func + (first: FieldNames, second: FieldNames) -> FieldNames {
    FieldNames(names: first.names + second.names)
  }

  private init(names: [TemplateName]) { self.names = names }

  /// A row with one value for each name.
  func row(_ values: TemplateValue...) -> TemplateValue { .object(TemplateObject(names, values)) }

  /// The same as an object.
  func object(_ values: [TemplateValue]) -> TemplateObject { TemplateObject(names, values) }
}
