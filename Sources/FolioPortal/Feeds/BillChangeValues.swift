import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Why a month's charges differ from those of the month before, as feeds have it: steps that sum to the difference.
enum BillChangeValues {
  private static let stepFields = FieldNames(.step, .amount, .amountMinor)
  private static let partnerFields = FieldNames(
    .partnerId, .messagesBefore, .messagesAfter, .change, .changeMinor, .volume, .partnerFees,
    .price)

  /// - Throws: `ArithmeticOverflow`.
  static func object(_ bridge: BillBridge) throws -> TemplateValue {
    .fields([
      .from: .month(bridge.from), .chargesBefore: .money(bridge.before),
      .chargesBeforeMinor: .minor(bridge.before), .chargesAfter: .money(bridge.after),
      .chargesAfterMinor: .minor(bridge.after), .change: .money(try bridge.change()),
      .changeMinor: .minor(try bridge.change()),
      .steps: .list(
        bridge.steps.map { stepFields.row(.text($0.cause.rawValue), .money($0.amount), .minor($0.amount)) }),
      .priceReasons: .list(bridge.priceReasons.map { .text($0.rawValue) }),
      .partners: .list(try PartnerChange.all(of: bridge).map(partner)),
      .invoices: bridge.invoices.map(invoices) ?? .null,
    ])
  }

  private static func invoices(_ bridge: InvoiceBridge) -> TemplateValue {
    .fields([
      .from: .text(bridge.from.id.text), .to: .text(bridge.to.id.text), .charges: .money(bridge.charges),
      .otherMonths: .money(bridge.otherMonths), .beyondCharges: .money(bridge.beyondCharges),
      .tax: .money(bridge.tax),
    ])
  }

  private static func partner(_ line: PartnerChange) -> TemplateValue {
    partnerFields.row(
      .text(line.id?.text), .count(line.messagesBefore), .count(line.messagesAfter), .money(line.change),
      .minor(line.change), .money(line.volume), .money(line.partnerFees), .money(line.price))
  }
}

/// What a partner of either month cost more or less in the later one; the parts are null where it is in one of them only.
struct PartnerChange {
  let id: PartnerID?
  let messagesBefore: Int64
  let messagesAfter: Int64
  let volume: Money?
  let partnerFees: Money?
  let price: Money?
  let change: Money

  /// All of them, by how much their costs differ; equals in the order of the bridge.
  ///
  /// - Throws: `ArithmeticOverflow`.
  static func all(of bridge: BillBridge) throws -> [PartnerChange] {
    let all =
      bridge.partners.map(PartnerChange.init) + bridge.partnersIn.map(PartnerChange.init(new:))
      + (try bridge.partnersOut.map(PartnerChange.init(gone:)))
    return all.enumerated().sorted { left, right in
      let (first, second) = (
        left.element.change.minorUnits.magnitude, right.element.change.minorUnits.magnitude
      )
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
  }

  private init(_ effect: PartnerEffect) {
    id = effect.partnerID
    (messagesBefore, messagesAfter) = (effect.messagesBefore, effect.messagesAfter)
    (volume, partnerFees, price) = (effect.volume, effect.partnerFees, effect.price)
    change = effect.change
  }

  private init(new partner: PartnerCost) {
    (id, messagesBefore, messagesAfter) = (partner.partnerID, 0, partner.messages)
    (volume, partnerFees, price, change) = (nil, nil, nil, partner.cost)
  }

  private init(gone partner: PartnerCost) throws {
    (id, messagesBefore, messagesAfter) = (partner.partnerID, partner.messages, 0)
    (volume, partnerFees, price, change) = (nil, nil, nil, try partner.cost.negated())
  }
}
