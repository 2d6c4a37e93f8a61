import FolioBilling
import Templating

/// The kinds of scalar that print one way for people and another for machines.
enum LeafKind: UInt16 {
  /// Minor units; the detail is the currency.
  case money
  /// A difference of amounts in minor units, with its sign; the detail is the currency.
  case moneyChange
  /// A difference of whole numbers, with its sign.
  case countChange
  /// A whole number of messages, partners or days.
  case count
  /// A size in bytes.
  case bytes
  /// Per cent; the detail is the scale.
  case percent
  /// A fraction of one, printed for people as per cent; the detail is the scale.
  case rate
  /// Per cent without a fraction.
  case wholePercent
  /// A plain number with as many digits behind the point as the detail says.
  case decimal
  /// Per cent of change, without its sign, with one digit behind the point: the value is in tenths.
  case changePercent
  /// Days since 1970.
  case date
  /// Months since year 0.
  case month
  /// Nanoseconds since 1970, read as an instant.
  case instant
  /// Nanoseconds since 1970, of which people read the day.
  case dayOfInstant
  /// A coefficient in major units; the detail is the scale × 256 + the currency.
  case unitPrice
}

extension TemplateLeaf {
  init(_ kind: LeafKind, detail: Int = 0, _ value: Int64) {
    self.init(kind: kind.rawValue, detail: Int32(detail), value: value)
  }

  /// The kind; only leaves that this module made reach its printers.
  var portalKind: LeafKind {
    guard let kind = LeafKind(rawValue: kind) else { preconditionFailure("a leaf has a kind of this module") }
    return kind
  }

  /// The amount of a leaf of kind `money` or `moneyChange`.
  var money: Money { Money(minorUnits: value, currency: Currency(ordinal: Int(detail))) }

  /// The price of a leaf of kind `unitPrice`.
  var unitPrice: UnitPrice {
    UnitPrice(
      ExactDecimal(coefficient: value, scale: Int(detail) / 256),
      currency: Currency(ordinal: Int(detail) % 256))
  }

  /// The number of a leaf of kind `percent` or `rate`.
  var decimal: ExactDecimal { ExactDecimal(coefficient: value, scale: Int(detail)) }

  /// The instant of a leaf of kind `instant` or `dayOfInstant`.
  var instant: Timestamp { Timestamp(nanosecondsSinceEpoch: value) }
}
