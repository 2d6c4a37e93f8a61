import FolioBilling
import Templating

/// Lines of a charge for people: a name, the arithmetic as a sentence, the amount.
struct ChargeRows {
  private static let names = FieldNames("label", "plan", "arithmetic", "coverage", "period", "amount")

  let messages: MessageCatalog

  func rows(_ lines: [ChargeLine]) throws -> TemplateValue { .list(try lines.map(row)) }

  private func row(_ line: ChargeLine) throws -> TemplateValue {
    Self.names.row(
      .text(try line.label ?? messages.text("charges.kind.\(line.kind.rawValue)")), .text(line.planName),
      try arithmetic(of: line), try coverage(of: line),
      line.proration == nil ? .null : .text(EnglishPrinter().days(line.servicePeriod)),
      .money(line.amount))
  }

  private func arithmetic(of line: ChargeLine) throws -> TemplateValue {
    guard let quantity = line.quantity else { return .null }
    guard let unitPrice = line.unitPrice else {
      return try messages.sentence("charges.quantity", ["quantity": .count(quantity)])
    }
    guard let proration = line.proration else {
      return try messages.sentence(
        "charges.product",
        ["quantity": .count(quantity), "unit_price": .unitPrice(unitPrice), "gross": .money(line.gross)])
    }
    let day: Int64 = 86_400
    let isWholeDays = proration.seconds % day == 0 && proration.ofSeconds % day == 0
    let unit = isWholeDays ? day : 1
    return try messages.sentence(
      isWholeDays ? "charges.product_of_days" : "charges.product_of_seconds",
      [
        "quantity": .count(quantity), "unit_price": .unitPrice(unitPrice), "gross": .money(line.gross),
        "part": .count(proration.seconds / unit), "whole": .count(proration.ofSeconds / unit),
      ])
  }

  private func coverage(of line: ChargeLine) throws -> TemplateValue {
    if line.covered.isZero { return .null }
    return try messages.sentence("charges.covered", ["covered": .money(line.covered)])
  }
}
