import FolioBilling
package import Markup
package import Templating

/// Prints scalars in English: `$1,234.50`, `16 Jan 2024`, `14:00 UTC`, `99.93 %`, `2.0 GiB`.
///
/// The tables are our own, because published versions of ICU disagree.
package struct EnglishPrinter: TemplateLeafPrinter {
  package init() {}

  package func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    buffer.append(text(leaf))
  }

  /// Harmless to those who read it, and cut at 120 scalars.
  package func printable(_ text: String) -> String { DisplayText.neutralised(text) }

  func text(_ leaf: TemplateLeaf) -> String {
    switch leaf.portalKind {
    case .money: money(leaf.money)
    case .count: grouped(leaf.value)
    case .bytes: size(leaf.value)
    case .percent: percent(leaf.decimal)
    case .rate: rate(leaf.decimal)
    case .date: date(CalendarDate(daysSinceEpoch: Int(leaf.value)))
    case .month: month(CalendarMonth(ordinal: Int(leaf.value)))
    case .instant: instant(leaf.instant)
    case .dayOfInstant: date(leaf.instant.date)
    case .unitPrice: amount(leaf.unitPrice.decimalText, leaf.unitPrice.currency)
    }
  }

  /// With all of the currency's digits.
  func money(_ money: Money) -> String { amount(money.decimalText, money.currency) }

  /// An amount on an axis: without the fraction where the axis needs none.
  func axisMoney(_ money: Money, step: Int64) -> String {
    let unit = powerOfTen(money.currency.minorDigits)
    return step % unit == 0
      ? amount(String(money.minorUnits / unit), money.currency) : self.money(money)
  }

  func date(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    return "\(day) \(Self.shortMonths[month - 1]) \(year)"
  }

  /// `1 Jan`, where the year is said elsewhere.
  func dayAndMonth(_ date: CalendarDate) -> String {
    let (_, month, day) = date.components
    return "\(day) \(Self.shortMonths[month - 1])"
  }

  func month(_ month: CalendarMonth) -> String { "\(Self.months[month.month - 1]) \(month.year)" }

  func shortMonth(_ month: CalendarMonth) -> String { Self.shortMonths[month.month - 1] }

  /// The days of a period, the last one included: `1–31 Jan 2024`, `15 Jan – 14 Feb 2024`.
  func days(_ period: BillingPeriod) -> String {
    let (first, last) = (period.start.date, period.inclusiveEnd.date)
    if first == last { return date(first) }
    if first.month == last.month { return "\(first.components.day)–\(date(last))" }
    let start = first.components.year == last.components.year ? dayAndMonth(first) : date(first)
    return "\(start) – \(date(last))"
  }

  private func instant(_ instant: Timestamp) -> String {
    let minutes = (instant.secondsSinceEpoch - instant.date.start.secondsSinceEpoch) / 60
    return "\(date(instant.date)) \(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))\u{A0}UTC"
  }

  private func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }

  /// Two digits behind the point at least, so that a column has one precision.
  private func percent(_ number: ExactDecimal) -> String {
    grouped(decimal: paddedFraction(number.trimmed, to: 2)) + "\u{A0}%"
  }

  /// A fraction of one as per cent: 0.08 is 8 %.
  private func rate(_ number: ExactDecimal) -> String {
    let rate = number.trimmed
    if rate.scale >= 2 {
      return grouped(decimal: decimalText(coefficient: rate.coefficient, scale: rate.scale - 2)) + "\u{A0}%"
    }
    let percent = Int128(rate.coefficient) * (rate.scale == 1 ? 10 : 100)
    return grouped(decimal: String(percent)) + "\u{A0}%"
  }

  private func paddedFraction(_ number: ExactDecimal, to scale: Int) -> String {
    if number.scale >= scale { return number.text }
    let point = number.scale == 0 ? "." : ""
    return number.text + point + String(repeating: "0", count: scale - number.scale)
  }

  /// In the largest binary unit that leaves a whole part, one digit behind the point, rounded half up.
  private func size(_ bytes: Int64) -> String {
    guard bytes >= 1_024 else { return "\(bytes)\u{A0}B" }
    var (unit, scale) = (0, Int128(1_024))
    while unit + 1 < Self.sizeUnits.count, Int128(bytes) >= scale * 1_024 {
      (unit, scale) = (unit + 1, scale * 1_024)
    }
    let tenths = (Int128(bytes) * 10 + scale / 2) / scale
    return "\(grouped(Int64(tenths / 10))).\(tenths % 10)\u{A0}\(Self.sizeUnits[unit])"
  }

  private func amount(_ decimal: String, _ currency: Currency) -> String {
    let isNegative = decimal.utf8.first == UInt8(ascii: "-")
    let digits = grouped(decimal: isNegative ? String(decimal.dropFirst()) : decimal)
    let symbol = Self.symbols[currency.code] ?? currency.code + "\u{A0}"
    return (isNegative ? "\u{2212}" : "") + symbol + digits
  }

  func grouped(_ number: Int64) -> String { grouped(decimal: String(number)) }

  /// A plain decimal with commas between thousands and a real minus.
  private func grouped(decimal: String) -> String {
    var output: [UInt8] = []
    let bytes = Array(decimal.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    for index in first..<bytes.count {
      if index > first, index < point, (point - index) % 3 == 0 { output.append(UInt8(ascii: ",")) }
      output.append(bytes[index])
    }
    return (isNegative ? "\u{2212}" : "") + String(decoding: output, as: UTF8.self)
  }

  private static let sizeUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
  private static let symbols = [
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "CAD": "CA$", "AUD": "A$",
    "NZD": "NZ$", "BRL": "R$", "MXN": "MX$", "CNY": "CN¥",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  private static let shortMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
