import Charting
import FolioBilling
package import Markup
package import Templating

/// Prints scalars as a language writes them: `$1,234.50`, `16 Jan 2024`, `14:00 UTC`, `99.93 %`, `2.0 GiB`.
package struct LocalePrinter: TemplateLeafPrinter {
  let table: LocaleTable

  package init(_ table: LocaleTable) { self.table = table }

  package func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    buffer.append(text(leaf))
  }

  /// Harmless to those who read it, and cut at 120 scalars.
  package func printable(_ text: String) -> String { DisplayText.neutralised(text) }

  func text(_ leaf: TemplateLeaf) -> String {
    switch leaf.portalKind {
    case .money: money(leaf.money)
    case .moneyChange: (leaf.value > 0 ? "+" : "") + money(leaf.money)
    case .count: grouped(leaf.value)
    case .countChange: (leaf.value > 0 ? "+" : "") + grouped(leaf.value)
    case .bytes: size(leaf.value)
    case .percent: percent(leaf.decimal)
    case .rate: rate(leaf.decimal)
    case .wholePercent: wholePercent(leaf.value)
    case .decimal: decimal(leaf.value, scale: Int(leaf.detail))
    case .changePercent: table.percent.filled(decimal(leaf.value, scale: 1))
    case .date: date(CalendarDate(daysSinceEpoch: Int(leaf.value)))
    case .month: month(CalendarMonth(ordinal: Int(leaf.value)))
    case .instant: instant(leaf.instant)
    case .dayOfInstant: date(leaf.instant.date)
    case .unitPrice: amount(leaf.unitPrice.decimalText, leaf.unitPrice.currency)
    }
  }

  // MARK: Amounts

  /// With all of the currency's digits.
  func money(_ money: Money) -> String { amount(money.decimalText, money.currency) }

  /// What an axis of amounts up to a maximum writes at a value: without the fraction where its steps need none.
  func axis(of currency: Currency, covering maximum: Int64) -> (Int64) -> String {
    let unit = powerOfTen(currency.minorDigits)
    let isWhole = AxisTicks(covering: maximum).step % unit == 0
    return { value in
      isWhole
        ? amount(String(value / unit), currency) : money(Money(minorUnits: value, currency: currency))
    }
  }

  private func amount(_ decimal: String, _ currency: Currency) -> String {
    let isNegative = decimal.utf8.first == UInt8(ascii: "-")
    let digits = grouped(decimal: isNegative ? String(decimal.dropFirst()) : decimal)
    let amount =
      if let symbol = table.currencySymbols[currency.code] {
        table.money.filled(digits, symbol)
      } else {
        table.moneyByCode.filled(digits, currency.code)
      }
    return isNegative ? table.minusSign + amount : amount
  }

  // MARK: Numbers

  func grouped(_ number: Int64) -> String { grouped(decimal: String(number)) }

  /// A number of tenths on an axis, without a fraction of nothing.
  func tenths(_ number: Int64) -> String {
    number % 10 == 0 ? grouped(number / 10) : decimal(number, scale: 1)
  }

  private func decimal(_ coefficient: Int64, scale: Int) -> String {
    grouped(decimal: decimalText(coefficient: coefficient, scale: scale))
  }

  /// A plain decimal of machines with the language's separators and minus.
  private func grouped(decimal: String) -> String {
    var output: [UInt8] = []
    let bytes = Array(decimal.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let isGrouped = point - first >= 3 + table.minimumGroupingDigits
    for index in first..<bytes.count {
      if isGrouped, index > first, index < point, (point - index) % 3 == 0 {
        output += table.groupSeparator.utf8
      }
      if index == point { output += table.decimalSeparator.utf8 } else { output.append(bytes[index]) }
    }
    return (isNegative ? table.minusSign : "") + String(decoding: output, as: UTF8.self)
  }

  /// Two digits behind the point at least, so that a column has one precision.
  private func percent(_ number: ExactDecimal) -> String {
    table.percent.filled(grouped(decimal: paddedFraction(number.trimmed, to: 2)))
  }

  /// A fraction of one as per cent: 0.08 is 8 %.
  private func rate(_ number: ExactDecimal) -> String {
    let rate = number.trimmed
    if rate.scale >= 2 {
      return table.percent.filled(
        grouped(decimal: decimalText(coefficient: rate.coefficient, scale: rate.scale - 2)))
    }
    let percent = Int128(rate.coefficient) * (rate.scale == 1 ? 10 : 100)
    return table.percent.filled(grouped(decimal: String(percent)))
  }

  /// Per cent without a fraction: `75 %`.
  func wholePercent(_ number: Int64) -> String { table.percent.filled(grouped(number)) }

  private func paddedFraction(_ number: ExactDecimal, to scale: Int) -> String {
    if number.scale >= scale { return number.text }
    let point = number.scale == 0 ? "." : ""
    return number.text + point + String(repeating: "0", count: scale - number.scale)
  }

  /// In the largest binary unit that leaves a whole part, one digit behind the point, rounded half up.
  private func size(_ bytes: Int64) -> String {
    guard bytes >= 1_024 else { return table.size.filled(String(bytes), table.sizeUnits[0]) }
    var (unit, scale) = (1, Int128(1_024))
    while unit + 1 < table.sizeUnits.count, Int128(bytes) >= scale * 1_024 {
      (unit, scale) = (unit + 1, scale * 1_024)
    }
    let tenths = (Int128(bytes) * 10 + scale / 2) / scale
    return table.size.filled(grouped(decimal: "\(tenths / 10).\(tenths % 10)"), table.sizeUnits[unit])
  }

  // MARK: Days and times

  func date(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    return table.date.filled(String(day), table.shortMonths[month - 1], String(year))
  }

  /// `1 Jan`, where the year is said elsewhere.
  func dayAndMonth(_ date: CalendarDate) -> String {
    let (_, month, day) = date.components
    return table.dayAndMonth.filled(String(day), table.shortMonths[month - 1])
  }

  func month(_ month: CalendarMonth) -> String {
    table.monthAndYear.filled(table.months[month.month - 1], String(month.year))
  }

  func shortMonth(_ month: CalendarMonth) -> String { table.shortMonths[month.month - 1] }

  /// The days of a period, the last one included: `1–31 Jan 2024`, `15 Jan – 14 Feb 2024`.
  func days(_ period: BillingPeriod) -> String {
    let (first, last) = (period.start.date, period.inclusiveEnd.date)
    if first == last { return date(first) }
    if first.month == last.month {
      return table.daysOfOneMonth.filled(String(first.components.day), date(last))
    }
    let isOneYear = first.components.year == last.components.year
    return table.days.filled(isOneYear ? dayAndMonth(first) : date(first), date(last))
  }

  private func instant(_ instant: Timestamp) -> String {
    table.instant.filled(date(instant.date), time(of: instant))
  }

  private func time(of instant: Timestamp) -> String {
    let minutes = (instant.secondsSinceEpoch - instant.date.start.secondsSinceEpoch) / 60
    return table.time.filled(twoDigits(minutes / 60), twoDigits(minutes % 60))
  }

  private func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension LocalePrinter {
  /// As `text`, for a sentence that no markup can be in, such as a chart's label: on a page that is read from the right
  /// in an isolate of Unicode (UAX #9), which keeps its order.
  func textInSentence(_ leaf: TemplateLeaf) -> String {
    let text = text(leaf)
    guard table.direction == .rightToLeft else { return text }
    switch leaf.portalKind {
    case .count, .date, .month, .dayOfInstant, .instant: return text
    case .money, .moneyChange, .countChange, .unitPrice, .bytes, .percent, .wholePercent, .rate, .decimal,
      .changePercent:
      return "\u{2066}" + text + "\u{2069}"
    }
  }

  /// As `print`, escaped. On a page that is read from the right, what has signs and Latin letters beside digits keeps
  /// their order: `1,234.50 US$`, `14:00 UTC`.
  package func printMarkup(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    guard table.direction == .rightToLeft else {
      return buffer.append(text(leaf), escaping: .htmlText)
    }
    switch leaf.portalKind {
    case .money, .moneyChange, .countChange, .unitPrice, .bytes, .percent, .wholePercent, .rate,
      .decimal, .changePercent:
      isolate(text(leaf), into: &buffer)
    case .count where leaf.value < 0: isolate(text(leaf), into: &buffer)
    case .instant: printInstant(leaf.instant, into: &buffer)
    case .count, .date, .month, .dayOfInstant: buffer.append(text(leaf), escaping: .htmlText)
    }
  }

  private func isolate(_ text: String, into buffer: inout ByteBuffer) {
    buffer.append("<bdi dir=\"ltr\">")
    buffer.append(text, escaping: .htmlText)
    buffer.append("</bdi>")
  }

  private func printInstant(_ instant: Timestamp, into buffer: inout ByteBuffer) {
    var time = ByteBuffer()
    isolate(self.time(of: instant), into: &time)
    let escaped = { (text: String) in
      var buffer = ByteBuffer()
      buffer.append(text, escaping: .htmlText)
      return String(decoding: buffer.bytes, as: UTF8.self)
    }
    buffer.append(
      table.instant.filled(escaped(date(instant.date)), String(decoding: time.bytes, as: UTF8.self)))
  }
}
