import FolioBilling
import Markup
import Templating

extension Figure {
  /// Where the figure's CSV lies for the page at a path: `exports/figures/usage/2024-01-days.csv`.
  func csvPath(onPageAt path: String) -> String {
    "exports/figures/" + PortalPaths.stem(of: path) + "-" + id + ".csv"
  }
}

extension FigureTable {
  /// Lends the rows under the columns' keys, without the totals, to `body`.
  ///
  /// - Complexity: O(n).
  func csv(_ body: (Span<UInt8>) throws -> Void) rethrows {
    let exported = columns.indices.filter { columns[$0].key != nil }
    var writer = CSVWriter(capacity: (rows.count + 1) * (exported.count + 1) * 8)
    for index in exported { writer.text(columns[index].key ?? "") }
    writer.endRow()
    for row in rows {
      for index in exported { writer.write(row.values[index]) }
      writer.endRow()
    }
    try writer.withSpan(body)
  }
}

extension CSVWriter {
  /// A field of a value as machines read it.
  fileprivate mutating func write(_ value: TemplateValue) {
    switch value {
    case .null: empty()
    case .bool(let value): text(value ? "true" : "false")
    case .text(let text): self.text(text)
    case .integer(let number): self.number(number)
    case .leaf(let leaf): write(leaf)
    case .markup, .list, .table, .object: preconditionFailure("a cell is a scalar")
    }
  }

  private mutating func write(_ leaf: TemplateLeaf) {
    switch leaf.portalKind {
    case .money, .moneyChange: number(leaf.value, scale: leaf.money.currency.minorDigits)
    case .count, .countChange, .wholePercent, .bytes: number(leaf.value)
    case .percent, .rate: number(leaf.decimal.trimmed.coefficient, scale: leaf.decimal.trimmed.scale)
    case .decimal: number(leaf.value, scale: Int(leaf.detail))
    case .changePercent: number(leaf.value, scale: 1)
    case .date: plain { $0.append(machine: CalendarDate(daysSinceEpoch: Int(leaf.value))) }
    case .month: plain { $0.append(machine: CalendarMonth(ordinal: Int(leaf.value))) }
    case .instant, .dayOfInstant: plain { $0.append(machine: leaf.instant) }
    case .unitPrice: number(leaf.unitPrice.digits.coefficient, scale: leaf.unitPrice.digits.scale)
    }
  }
}
