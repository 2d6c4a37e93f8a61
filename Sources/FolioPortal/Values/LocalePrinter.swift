import Charting
import FolioBilling
package import Markup
package import Templating

/// Prints scalars as a language writes them: `$1,234.50`, `16 Jan 2024`, `14:00 UTC`, `99.93 %`, `2.0 GiB`.
///
/// A page has hundreds of them, so each goes digit by digit into the page; a `String` is made for charts alone.
package struct LocalePrinter: TemplateLeafPrinter {
  let table: LocaleTable

  package init(_ table: LocaleTable) { self.table = table }

  package func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    switch leaf.portalKind {
    case .money: append(leaf.money, into: &buffer)
    case .moneyChange:
      if leaf.value > 0 { buffer.append(UInt8(ascii: "+")) }
      append(leaf.money, into: &buffer)
    case .count: append(leaf.value, into: &buffer)
    case .countChange:
      if leaf.value > 0 { buffer.append(UInt8(ascii: "+")) }
      append(leaf.value, into: &buffer)
    case .bytes: append(size: leaf.value, into: &buffer)
    case .percent: append(percent: leaf.decimal.trimmed, into: &buffer)
    case .rate: append(rate: leaf.decimal.trimmed, into: &buffer)
    case .wholePercent: append(percent: leaf.value, scale: 0, into: &buffer)
    case .decimal: append(leaf.value, scale: Int(leaf.detail), into: &buffer)
    case .changePercent: append(percent: leaf.value, scale: 1, into: &buffer)
    case .date: append(CalendarDate(daysSinceEpoch: Int(leaf.value)), into: &buffer)
    case .month: append(CalendarMonth(ordinal: Int(leaf.value)), into: &buffer)
    case .instant: append(leaf.instant, into: &buffer)
    case .dayOfInstant: append(leaf.instant.date, into: &buffer)
    case .unitPrice: append(leaf.unitPrice, into: &buffer)
    }
  }

  /// Harmless to those who read it, and cut at 120 scalars.
  package func print(_ text: String, isEscaped: Bool, into buffer: inout ByteBuffer) {
    if isEscaped {
      buffer.append(displayed: text, escaping: .htmlText)
    } else {
      buffer.append(DisplayText.neutralised(text))
    }
  }

  // MARK: Texts

  func text(_ leaf: TemplateLeaf) -> String { text { self.print(leaf, into: &$0) } }

  /// With all of the currency's digits.
  func money(_ money: Money) -> String { text { append(money, into: &$0) } }

  /// What an axis of amounts up to a maximum writes at a value: without the fraction where its steps need none.
  func axis(of currency: Currency, covering maximum: Int64) -> (Int64) -> String {
    let unit = powerOfTen(currency.minorDigits)
    let isWhole = AxisTicks(covering: maximum).step % unit == 0
    return { value in
      text {
        append(
          amount: isWhole ? value / unit : value, scale: isWhole ? 0 : currency.minorDigits, currency,
          into: &$0)
      }
    }
  }

  func grouped(_ number: Int64) -> String { text { append(number, into: &$0) } }

  /// A number of tenths on an axis, without a fraction of nothing.
  func tenths(_ number: Int64) -> String {
    number % 10 == 0 ? grouped(number / 10) : text { append(number, scale: 1, into: &$0) }
  }

  /// Per cent without a fraction: `75 %`.
  func wholePercent(_ number: Int64) -> String { text { append(percent: number, scale: 0, into: &$0) } }

  func date(_ date: CalendarDate) -> String { text { append(date, into: &$0) } }

  /// `1 Jan`, where the year is said elsewhere.
  func dayAndMonth(_ date: CalendarDate) -> String { text { append(dayAndMonth: date, into: &$0) } }

  func month(_ month: CalendarMonth) -> String { text { append(month, into: &$0) } }

  func shortMonth(_ month: CalendarMonth) -> String { table.shortMonths[month.month - 1] }

  /// The days of a period, the last one included: `1–31 Jan 2024`, `15 Jan – 14 Feb 2024`.
  func days(_ period: BillingPeriod) -> String {
    let (first, last) = (period.start.date, period.inclusiveEnd.date)
    if first == last { return date(first) }
    let isOneMonth = first.month == last.month
    let isOneYear = first.components.year == last.components.year
    return text { buffer in
      (isOneMonth ? table.daysOfOneMonth : table.days).append(into: &buffer) { place, buffer in
        if place == 1 {
          append(last, into: &buffer)
        } else if isOneMonth {
          buffer.append(decimal: Int64(first.components.day))
        } else if isOneYear {
          append(dayAndMonth: first, into: &buffer)
        } else {
          append(first, into: &buffer)
        }
      }
    }
  }

  private func text(_ append: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer(capacity: 32)
    append(&buffer)
    return buffer.text
  }
}
