import FolioBilling
import Templating

/// What a plan says about money, as rows of a name and a sentence.
struct PlanTermsRows {
  private static let names = FieldNames(.label, .text)

  let terms: PlanTerms
  let messages: MessageCatalog

  func rows() throws -> [TemplateValue] {
    try [row("model", sentence("model.\(terms.model.rawValue)"))] + baseFee() + messageRows() + partnerRows()
      + commitments() + discounts() + [row("failed", failedMessages), row("tax", taxBasis)]
  }

  private func row(_ key: String, _ text: TemplateValue) throws -> TemplateValue {
    Self.names.row(.text(try messages.text("plan.terms.label.\(key)")), text)
  }

  private func sentence(
    _ key: String, count: Int64? = nil, _ values: KeyValuePairs<String, TemplateValue> = [:]
  ) throws -> TemplateValue {
    try messages.sentence("plan.terms.\(key)", count: count, values)
  }

  private func baseFee() throws -> [TemplateValue] {
    if terms.baseFee.isZero { return [] }
    let hasMessagePrice =
      terms.model != .perPartner && (terms.messageRate != nil || terms.messageTiers != nil)
    let key = hasMessagePrice ? terms.baseFeeApplies.rawValue : "alone"
    return [try row("base_fee", sentence("base_fee.\(key)", ["fee": .money(terms.baseFee)]))]
  }

  // MARK: Messages

  private func messageRows() throws -> [TemplateValue] {
    if terms.model == .perPartner { return [try row("messages", sentence("unlimited"))] }
    var rows: [TemplateValue] = []
    if terms.includedMessages > 0 {
      rows.append(
        try row(
          "included",
          sentence(
            "included", count: terms.includedMessages, ["messages": .count(terms.includedMessages)])))
    }
    if let tiers = terms.messageTiers { return try rows + tierRows(tiers, "messages") }
    if let rate = terms.messageRate {
      rows.append(try row("messages", sentence("rate", ["rate": .unitPrice(rate)])))
    }
    return rows
  }

  // MARK: Partners

  private func partnerRows() throws -> [TemplateValue] {
    if terms.model == .basePlusUsage { return [] }
    if let tiers = terms.partnerFeeTiers { return try tierRows(tiers, "partners") }
    guard let fee = terms.partnerFee else { return [] }
    return [try row("partners", sentence("partner_fee", ["fee": .unitPrice(fee)]))]
  }

  // MARK: Tiers

  /// How the tiers count, then one row a tier.
  private func tierRows(_ price: TieredPrice, _ subject: String) throws -> [TemplateValue] {
    let size = price.packageSize ?? 0
    let head = try row(
      subject,
      price.mode == .package
        ? sentence("tiers.package", count: size, ["size": .count(size)])
        : sentence("tiers.\(price.mode.rawValue)"))
    var (rows, start): ([TemplateValue], Int64) = ([head], 1)
    for tier in price.tiers {
      rows.append(try tierRow(tier, from: start, isPackage: price.mode == .package))
      start = (tier.upTo ?? 0) + 1
    }
    return rows
  }

  private func tierRow(_ tier: PriceTier, from start: Int64, isPackage: Bool) throws -> TemplateValue {
    let key = isPackage ? "a_package" : tier.upTo == nil ? "open" : "closed"
    let values: KeyValuePairs<String, TemplateValue> = [
      "from": .count(start), "to": .count(tier.upTo), "price": .unitPrice(tier.unitPrice),
      "fee": .money(tier.flatFee),
    ]
    return Self.names.row(
      .text(try messages.text("plan.terms.tiers.label.\(key)", values)),
      try sentence(tier.flatFee == nil ? "tiers.price" : "tiers.price_with_fee", values))
  }

  // MARK: Commitments, discounts, tax

  private func commitments() throws -> [TemplateValue] {
    try [("minimum", terms.minimumCommitment), ("maximum", terms.maximumCommitment)].compactMap {
      key, amount in
      try amount.map { try row(key, sentence("commitment", ["amount": .money($0)])) }
    }
  }

  private func discounts() throws -> [TemplateValue] {
    try terms.discounts.map { discount in
      try row("discount", sentence("discount", ["name": .text(discount.name), "rate": .rate(discount.rate)]))
    }
  }

  private var failedMessages: TemplateValue {
    get throws { try sentence(terms.chargesFailedMessages ? "failed.charged" : "failed.free") }
  }

  private var taxBasis: TemplateValue {
    get throws { try sentence(terms.pricesIncludeTax ? "tax.included" : "tax.excluded") }
  }
}
