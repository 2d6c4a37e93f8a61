import FolioBilling
import Markup
import Templating

extension Figure {
  /// Where the figure's CSV lies for the page at a path: `exports/figures/usage/2024-01-days.csv`.
  func csvPath(onPageAt path: String) -> String {
    "exports/figures/" + path.dropLast(".html".utf8.count) + "-" + id + ".csv"
  }
}

extension FigureTable {
  /// The rows under the columns' keys, without the totals.
  ///
  /// - Complexity: O(n).
  var csv: [UInt8] {
    var writer = CSVWriter()
    for column in columns { if let key = column.key { writer.text(key) } }
    writer.endRow()
    for row in rows {
      for (column, value) in zip(columns, row.values) where column.key != nil { writer.write(value) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension CSVWriter {
  /// A field of a value as machines read it.
  fileprivate mutating func write(_ value: TemplateValue) {
    switch value {
    case .null: empty()
    case .bool(let value): text(value ? "true" : "false")
    case .text(let text): self.text(text)
    case .integer(let number): self.number(String(number))
    case .leaf(let leaf): write(leaf)
    case .markup, .list, .object: preconditionFailure("a cell is a scalar")
    }
  }

  private mutating func write(_ leaf: TemplateLeaf) {
    switch leaf.portalKind {
    case .money, .moneyChange: number(leaf.money.decimalText)
    case .count, .countChange, .wholePercent, .bytes: number(String(leaf.value))
    case .percent, .rate: number(leaf.decimal.trimmed.text)
    case .decimal, .changePercent:
      let scale = leaf.portalKind == .decimal ? Int(leaf.detail) : 1
      number(decimalText(coefficient: leaf.value, scale: scale))
    case .date: text(CalendarDate(daysSinceEpoch: Int(leaf.value)).text)
    case .month: text(CalendarMonth(ordinal: Int(leaf.value)).text)
    case .instant, .dayOfInstant: text(leaf.instant.text)
    case .unitPrice: number(leaf.unitPrice.decimalText)
    }
  }
}
