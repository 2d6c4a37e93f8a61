/// A partner's share of an invoice's charges, by the name that it had.
package struct InvoicedPartner: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let partnerID: PartnerID?
  /// Nil where only the id was known.
  package let name: String?
  package let messages: Int64
  /// Before the base fee covers anything.
  package let messageCharges: Money
  package let partnerFees: Money

  package init(
    partnerID: PartnerID?, name: String?, messages: Int64, messageCharges: Money, partnerFees: Money
  ) {
    self.partnerID = partnerID
    self.name = name
    self.messages = messages
    self.messageCharges = messageCharges
    self.partnerFees = partnerFees
  }

  /// Both.
  package func cost() throws(ArithmeticOverflow) -> Money { try messageCharges.adding(partnerFees) }
}

/// The rule of a plan that made an invoice's lines, as it was.
package struct InvoicedPlan: Hashable, Sendable {
  package let planID: PlanID
  package let name: String
  package let model: BillingModel
  package let baseFeeApplies: BaseFeeApplication

  package init(planID: PlanID, name: String, model: BillingModel, baseFeeApplies: BaseFeeApplication) {
    self.planID = planID
    self.name = name
    self.model = model
    self.baseFeeApplies = baseFeeApplies
  }
}

/// A sum that the partners' shares do not give.
package enum PartnerShareFault: Hashable, Sendable {
  /// Message charges, against the gross amounts of the message lines of the invoice's own period.
  case messageCharges
  /// Partner fees, against the lines of fees of the invoice's own period.
  case partnerFees
}

extension InvoiceDocument {
  /// Which of the partners' shares do not add up to the lines; none where no partners are listed.
  package func partnerShareFaults() throws(ArithmeticOverflow) -> [PartnerShareFault] {
    if partners.isEmpty { return [] }
    let own = lines.filter { period.intersection($0.servicePeriod) == $0.servicePeriod }
    let messages = own.lazy.filter { $0.kind.family == .messages }.map(\.gross)
    let fees = own.lazy.filter { $0.kind.family == .partners }.map(\.amount)
    let messagesAgree =
      try Money.sum(of: messages, in: currency)
      == Money.sum(of: partners.lazy.map(\.messageCharges), in: currency)
    let feesAgree =
      try Money.sum(of: fees, in: currency) == Money.sum(of: partners.lazy.map(\.partnerFees), in: currency)
    return (messagesAgree ? [] : [.messageCharges]) + (feesAgree ? [] : [.partnerFees])
  }

  /// What is charged before tax, whether or not the prices contain it.
  package func amountBeforeTax() throws(ArithmeticOverflow) -> Money {
    try amountDue.subtracting(Money.sum(of: taxes.lazy.map(\.amount), in: currency))
  }
}
