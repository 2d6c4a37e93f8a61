import FolioBilling
import JSON
import Templating

/// Writes a value tree as JSON for machines: amounts as exact decimals, instants as RFC 3339.
enum FeedWriter {
  /// The bytes of a feed: indented, ending with a line feed.
  ///
  /// - Complexity: O(n).
  static func bytes(_ object: TemplateObject) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    write(object, to: &writer)
    writer.endDocument()
    return writer.bytes
  }

  private static func write(_ object: TemplateObject, to writer: inout JSONWriter) {
    writer.beginObject()
    for field in object.fields {
      writer.key(field.name.text)
      write(field.value, to: &writer)
    }
    writer.endObject()
  }

  private static func write(_ value: TemplateValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .text(let text): writer.string(text)
    case .integer(let number): writer.integer(number)
    case .leaf(let leaf): write(leaf, to: &writer)
    case .list(let items):
      writer.beginArray()
      for item in items { write(item, to: &writer) }
      writer.endArray()
    case .object(let object): write(object, to: &writer)
    case .markup: preconditionFailure("markup is for pages")
    }
  }

  private static func write(_ leaf: TemplateLeaf, to writer: inout JSONWriter) {
    switch leaf.portalKind {
    case .money, .moneyChange:
      writer.decimal(digits: leaf.value, fractionDigits: leaf.money.currency.minorDigits)
    case .count, .countChange, .wholePercent, .bytes: writer.integer(leaf.value)
    case .percent, .rate: writer.decimal(leaf.decimal.trimmed.text)
    case .decimal, .changePercent:
      writer.decimal(digits: leaf.value, fractionDigits: leaf.portalKind == .decimal ? Int(leaf.detail) : 1)
    case .date: writer.string(CalendarDate(daysSinceEpoch: Int(leaf.value)).text)
    case .month: writer.string(CalendarMonth(ordinal: Int(leaf.value)).text)
    case .instant, .dayOfInstant: writer.string(leaf.instant.text)
    case .unitPrice: writer.decimal(leaf.unitPrice.decimalText)
    }
  }
}
