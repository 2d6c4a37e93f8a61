import FolioBilling
import Templating

/// The plans and partners of an invoice as its feed has them, frozen with it.
enum InvoiceBreakdownValues {
  private static let planFields = FieldNames(.planId, .name, .model, .baseFeeApplies)

  static func plan(_ plan: InvoicedPlan) -> TemplateValue {
    planFields.row(
      .text(plan.planID.text), .text(plan.name), .text(plan.model.rawValue),
      .text(plan.baseFeeApplies.rawValue))
  }

  private static let partnerFields = FieldNames(
    .partnerId, .partnerName, .messageCount, .cost, .messageCharges, .partnerFees, .costMinor,
    .messageChargesMinor, .partnerFeesMinor)

  static func partner(_ partner: InvoicedPartner) throws(ArithmeticOverflow) -> TemplateValue {
    let cost = try partner.cost()
    return partnerFields.row(
      .text(partner.partnerID?.text), .text(partner.name), .count(partner.messages), .money(cost),
      .money(partner.messageCharges), .money(partner.partnerFees), .minor(cost),
      .minor(partner.messageCharges), .minor(partner.partnerFees))
  }
}
