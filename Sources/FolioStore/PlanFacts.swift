import FolioBilling
import JSON
import SQLite

/// `billing.plan.defined`: what a plan says from an instant on.
struct PlanDefined: BillingFact {
  let planID: PlanID
  let name: String
  /// nil takes the event's own time.
  let effectiveAt: Timestamp?
  let terms: PlanTerms
  let isOffered: Bool
  private let tiers: String

  init(_ fields: FieldReader) throws(FieldError) {
    planID = try fields.identifier("plan_id")
    name = try fields.text("name", mostBytes: nameBytesLimit)
    effectiveAt = try fields.optionalTimestamp("effective_at")
    isOffered = try fields.optionalBool("offered") ?? true
    terms = try PlanTerms(fields, currency: fields.currency("currency"))
    tiers = fields.encodedPrices
  }

  var requires: [EventSubject] { [] }
  var introduces: [EventSubject] { [.plan(planID)] }
  var factTime: Timestamp? { effectiveAt }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "plan_versions",
      key: [
        ("plan_id", .text(planID.text)),
        ("effective_at", .integer(effectiveAt?.nanosecondsSinceEpoch ?? writer.key.time)),
      ],
      [
        ("name", .text(name)), ("model", .text(terms.model.rawValue)),
        ("currency", .text(terms.currency.code)),
        ("base_fee", .integer(terms.baseFee.minorUnits)),
        ("base_fee_applies", .text(terms.baseFeeApplies.rawValue)),
        ("message_rate", .optional(terms.messageRate?.amount.text)),
        ("included_messages", .integer(terms.includedMessages)),
        ("partner_fee", .optional(terms.partnerFee?.amount.text)),
        ("minimum_commitment", .optional(terms.minimumCommitment?.minorUnits)),
        ("maximum_commitment", .optional(terms.maximumCommitment?.minorUnits)),
        ("price_tiers", .text(tiers)), ("charges_failed_messages", .flag(terms.chargesFailedMessages)),
        ("prices_include_tax", .flag(terms.pricesIncludeTax)), ("is_offered", .flag(isOffered)),
      ])
  }
}

extension PlanTerms {
  /// Reads the terms of a plan.
  ///
  /// - Throws: `FieldError` for a price that the model needs and that is missing, or tiers out of order.
  init(_ fields: FieldReader, currency: Currency) throws(FieldError) {
    let model = try fields.choice("model", BillingModel.self)
    let messageTiers = try fields.tieredPrice("message_tiers", currency)
    let partnerFeeTiers = try fields.tieredPrice("partner_fee_tiers", currency)
    self.init(
      model: model, currency: currency,
      baseFee: try fields.optionalMoney("base_fee", currency) ?? .zero(currency),
      baseFeeApplies: try fields.optionalChoice("base_fee_applies", BaseFeeApplication.self) ?? .credited,
      messageRate: try fields.optionalPrice("message_rate", currency), messageTiers: messageTiers,
      includedMessages: try fields.optionalInteger("included_messages") ?? 0,
      partnerFee: try fields.optionalPrice("partner_fee", currency), partnerFeeTiers: partnerFeeTiers,
      minimumCommitment: try fields.optionalMoney("minimum_commitment", currency),
      maximumCommitment: try fields.optionalMoney("maximum_commitment", currency),
      discounts: try fields.discounts(),
      chargesFailedMessages: try fields.optionalBool("charges_failed_messages") ?? true,
      pricesIncludeTax: try fields.optionalBool("prices_include_tax") ?? false)
    try checkPrices(fields)
  }

  private func checkPrices(_ fields: FieldReader) throws(FieldError) {
    if baseFee.isNegative { throw fields.fail("base_fee", .money(fractionDigits: currency.minorDigits)) }
    let needsMessages = model == .basePlusUsage || model == .hybrid
    let needsPartners = model == .perPartner || model == .hybrid
    if needsMessages, messageRate == nil, messageTiers == nil {
      throw fields.fail("message_rate", .priceForModel(model.rawValue))
    }
    if needsPartners, partnerFee == nil, partnerFeeTiers == nil {
      throw fields.fail("partner_fee", .priceForModel(model.rawValue))
    }
  }
}

extension FieldReader {
  fileprivate func optionalPrice(_ name: String, _ currency: Currency) throws(FieldError) -> UnitPrice? {
    guard let amount = try optionalDecimal(name) else { return nil }
    guard amount.coefficient >= 0, amount.scale <= unitPriceFractionLimit else {
      throw fail(name, .plainDecimal)
    }
    return UnitPrice(amount, currency: currency)
  }

  fileprivate func tieredPrice(_ name: String, _ currency: Currency) throws(FieldError) -> TieredPrice? {
    guard let fields = try optionalObject(name) else { return nil }
    var tiers: [PriceTier] = []
    for tier in try fields.objects("tiers", most: 50) {
      guard let price = try tier.optionalPrice("unit_price", currency) else {
        throw tier.fail("unit_price", .plainDecimal)
      }
      tiers.append(
        PriceTier(
          upTo: try tier.optionalInteger("up_to", least: 1), unitPrice: price,
          flatFee: try tier.optionalMoney("flat_fee", currency)))
    }
    let mode = try fields.choice("mode", TierMode.self)
    let size = try fields.optionalInteger("package_size", least: 1)
    guard tiersAreInOrder(tiers), (mode == .package) == (size != nil), mode != .package || tiers.count == 1
    else {
      throw fields.fail("tiers", .tiersInOrder)
    }
    return TieredPrice(mode: mode, tiers: tiers, packageSize: size)
  }

  fileprivate func discounts() throws(FieldError) -> [Discount] {
    var discounts: [Discount] = []
    for fields in try objects("discounts", most: 10) {
      discounts.append(Discount(rate: try fields.rate("rate"), name: try fields.text("name")))
    }
    return discounts
  }

  /// Tiers and discounts as one JSON document, as the store keeps them.
  fileprivate var encodedPrices: String {
    let kept = ["message_tiers", "partner_fee_tiers", "discounts"].compactMap { name in
      value(name).map { (name, $0) }
    }
    return encoded(.object(JSONObject(kept)))
  }
}

/// The most fraction digits of a unit price.
private let unitPriceFractionLimit = 12

private func tiersAreInOrder(_ tiers: [PriceTier]) -> Bool {
  guard let last = tiers.last, last.upTo == nil else { return false }
  let bounds = tiers.dropLast().map(\.upTo)
  return !bounds.contains(nil) && zip(bounds, bounds.dropFirst()).allSatisfy { ($0 ?? 0) < ($1 ?? 0) }
}

extension PlanDefined {
  /// Every version of every plan, in order of plan and effect.
  static func load(from connection: Connection) throws -> [PlanVersion] {
    try connection.statement(
      """
      SELECT plan_id, effective_at, name, model, currency, base_fee, base_fee_applies, message_rate,
        included_messages, partner_fee, minimum_commitment, maximum_commitment, price_tiers,
        charges_failed_messages, prices_include_tax, is_offered, event_time
      FROM plan_versions ORDER BY plan_id, effective_at
      """
    ).rows([], map: planVersion)
  }

  private static func planVersion(_ row: borrowing Row) throws -> PlanVersion {
    let currency = try storedCurrency(row.text(4))
    let fields = try storedFields("plan_versions.price_tiers", row.text(12))
    let terms = PlanTerms(
      model: try storedChoice(row.text(3), "plan_versions.model"), currency: currency,
      baseFee: Money(minorUnits: try row.integer(5), currency: currency),
      baseFeeApplies: try storedChoice(row.text(6), "plan_versions.base_fee_applies"),
      messageRate: try price(row.optionalText(7), currency),
      messageTiers: try fields.tieredPrice("message_tiers", currency),
      includedMessages: try row.integer(8), partnerFee: try price(row.optionalText(9), currency),
      partnerFeeTiers: try fields.tieredPrice("partner_fee_tiers", currency),
      minimumCommitment: try row.optionalInteger(10).map { Money(minorUnits: $0, currency: currency) },
      maximumCommitment: try row.optionalInteger(11).map { Money(minorUnits: $0, currency: currency) },
      discounts: try fields.discounts(), chargesFailedMessages: try row.integer(13) != 0,
      pricesIncludeTax: try row.integer(14) != 0)
    return PlanVersion(
      planID: try storedIdentifier(row.text(0), "plan_versions.plan_id"), name: storedName(try row.text(2)),
      effectiveAt: try storedInstant(row.integer(1)), terms: terms, isOffered: try row.integer(15) != 0,
      recordedAt: try storedEventTime(row.integer(16)))
  }

  private static func price(_ text: String?, _ currency: Currency) throws -> UnitPrice? {
    try text.map { UnitPrice(try storedDecimal($0, "plan_versions.message_rate"), currency: currency) }
  }
}
