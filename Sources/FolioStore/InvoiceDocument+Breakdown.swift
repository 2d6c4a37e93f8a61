import FolioBilling

extension FieldReader {
  func invoicedPlans(_ name: String) throws(FieldError) -> [InvoicedPlan] {
    var plans: [InvoicedPlan] = []
    for plan in try objects(name, most: 100) {
      plans.append(
        InvoicedPlan(
          planID: try plan.identifier("plan_id"), name: try plan.text("name"),
          model: try plan.choice("model", BillingModel.self),
          baseFeeApplies: try plan.choice("base_fee_applies", BaseFeeApplication.self)))
    }
    return plans
  }

  func invoicedPartners(_ name: String, _ currency: Currency) throws(FieldError) -> [InvoicedPartner] {
    var partners: [InvoicedPartner] = []
    for partner in try objects(name, most: 10_000) {
      partners.append(
        InvoicedPartner(
          partnerID: try partner.optionalIdentifier("partner_id"),
          name: try partner.optionalText("name", mostBytes: nameBytesLimit),
          messages: try partner.integer("messages"),
          messageCharges: try partner.money("message_charges", currency),
          partnerFees: try partner.money("partner_fees", currency)))
    }
    return partners
  }
}

extension InvoiceDocument {
  /// Proves that the partners share just what the lines of the invoice's own period charge.
  func checkPartners(_ fields: FieldReader) throws(FieldError) {
    let faults: [PartnerShareFault]
    do throws(ArithmeticOverflow) { faults = try partnerShareFaults() } catch {
      throw fields.fail("partners", .sumWithin64Bits)
    }
    switch faults.first {
    case .messageCharges:
      throw fields.fail("partners", .sum(of: "lines[].gross of messages, in their message_charges"))
    case .partnerFees:
      throw fields.fail("partners", .sum(of: "lines[].amount of partner_fees, in their partner_fees"))
    case nil: return
    }
  }
}
