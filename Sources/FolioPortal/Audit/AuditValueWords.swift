import FolioBilling
import Templating

/// Values of a trail for people.
struct AuditValueWords {
  let messages: MessageCatalog

  /// A detail of an entry; null where it has none.
  func value(of field: AuditField, in entry: AuditEntry) throws -> TemplateValue {
    try entry.details.first { $0.field == field }.map { try value($0.value, of: field) } ?? .null
  }

  /// A value; null where there is none.
  func value(_ value: AuditValue?, of field: AuditField) throws -> TemplateValue {
    switch value {
    case nil: .null
    case .text(let text)?:
      field == .paymentMethod ? try PaymentWords(messages: messages).method(text) : .text(text)
    case .code(let code)?:
      field == .failureReason ? try PaymentWords(messages: messages).failure(code) : try word(code)
    case .texts(let texts)?: .longText(texts.joined(separator: messages.locale.listSeparator))
    case .reference(let id, let name)?: .text(name ?? id)
    case .address(let url)?: .text(shownAddress(url))
    case .tiers(let price)?: try tiers(price)
    case .discounts(let discounts)?: try list(discounts.map(discount))
    case .percents(let percents)?: try list(percents.map(percent))
    case .percent(let number)?: try percent(number)
    case .flag(let flag)?: try messages.sentence(flag ? "audit.yes" : "audit.no")
    case .some(let value): scalar(value)
    }
  }

  /// Values that print themselves.
  private func scalar(_ value: AuditValue) -> TemplateValue {
    switch value {
    case .money(let money): .money(money)
    case .unitPrice(let price): .unitPrice(price)
    case .decimal(let decimal): .text(decimal.text)
    case .rate(let rate): .rate(rate)
    case .count(let count): .count(count)
    case .bytes(let bytes): .bytes(bytes)
    case .date(let date): .date(date)
    case .month(let month): .month(month)
    case .instant(let instant): .instant(instant)
    default: preconditionFailure("a value that needs words")
    }
  }

  /// A word of the API in ours; one that we do not know as its source wrote it.
  private func word(_ code: String) throws -> TemplateValue {
    let key = "audit.words.\(code)"
    return messages.contains(key) ? try messages.sentence(key) : .text(code)
  }

  private func percent(_ number: Int64) throws -> TemplateValue {
    try messages.sentence("audit.percent", ["number": .count(number)])
  }

  private func discount(_ discount: Discount) throws -> TemplateValue {
    try messages.sentence("audit.discount", ["name": .text(discount.name), "rate": .rate(discount.rate)])
  }

  // MARK: Tiers

  /// The mode, and then each tier with its range.
  private func tiers(_ price: TieredPrice) throws -> TemplateValue {
    var from: Int64 = 1
    var parts: [TemplateValue] = []
    for tier in price.tiers {
      parts.append(try self.tier(tier, from: from, packageSize: price.packageSize))
      from = (tier.upTo ?? from) + 1
    }
    return try messages.sentence(
      "audit.tiers.\(price.mode.rawValue)", ["tiers": try list(parts)])
  }

  private func tier(_ tier: PriceTier, from: Int64, packageSize: Int64?) throws -> TemplateValue {
    let key = packageSize != nil ? "package_price" : tier.upTo == nil ? "last" : "range"
    let range = try messages.sentence(
      "audit.tiers.\(key)",
      [
        "from": .count(from), "to": .count(tier.upTo), "price": .unitPrice(tier.unitPrice),
        "size": .count(packageSize),
      ])
    guard let fee = tier.flatFee, !fee.isZero else { return range }
    return try messages.sentence("audit.tiers.with_fee", ["tier": range, "fee": .money(fee)])
  }

  /// Parts one after another, as the language lists them.
  private func list(_ parts: [TemplateValue]) throws -> TemplateValue {
    guard var sum = parts.first else { return .null }
    for part in parts.dropFirst() {
      sum = try messages.sentence("audit.list", ["before": sum, "next": part])
    }
    return sum
  }
}
