import FolioBilling
import Templating

/// Lines of a charge for people: a name, the arithmetic as a sentence, the amount.
struct ChargeRows {
  let messages: MessageCatalog

  func rows(_ lines: [ChargeLine]) throws -> TemplateValue { .list(try lines.map(row)) }

  private func row(_ line: ChargeLine) throws -> TemplateValue {
    .fields([
      "label": .text(try line.label ?? messages.text("charges.kind.\(line.kind.rawValue)")),
      "plan": .text(line.planName),
      "arithmetic": try arithmetic(of: line),
      "coverage": try coverage(of: line),
      "period": line.proration == nil ? .null : .text(EnglishPrinter().days(line.servicePeriod)),
      "amount": .money(line.amount),
    ])
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
