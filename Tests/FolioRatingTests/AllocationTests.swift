import FolioBilling
import FolioRating
import FolioTestSupport
import Testing

@Suite struct AllocationTests {
  private func messages(_ id: String?, _ count: Int64) throws -> PartnerMessages {
    PartnerMessages(partnerID: try id.map { try PartnerID($0) }, messages: count)
  }

  private func hybrid(_ base: String = "299", _ rate: String = "0.0517", fee: String = "33.33") throws
    -> PlanTerms
  {
    PlanTerms(
      model: .hybrid, currency: try currency("USD"), baseFee: try dollars(base), messageRate: try price(rate),
      partnerFee: try price(fee))
  }

  @Test func `what was not itemised is last and unallocated`() throws {
    let charges = try rate(hybrid("0", "0.05", fee: "10"), messages: 15_420, activePartners: 11)
    let allocation = try Allocation(
      charges, over: [messages(nil, 6_920), messages("prt_1", 8_500)], activePartners: 11
    ) { _ in "Sales" }
    #expect(allocation.partners.map(\.partnerID?.text) == ["prt_1", nil])
    #expect(allocation.partners.map(\.messageCharges.decimalText) == ["425.00", "346.00"])
    #expect(allocation.partners.map(\.partnerFees.decimalText) == ["10.00", "100.00"])
    #expect(allocation.departments.map(\.department) == ["Sales", nil])
    #expect(allocation.departments.map(\.cost.decimalText) == ["435.00", "446.00"])
  }

  @Test func `ties go to the lower identifier, whatever the order of the input`() throws {
    let charges = try rate(hybrid("0", "0.0033", fee: "0.01"), messages: 3, activePartners: 3)
    #expect(charges.messageChargesGross.decimalText == "0.01")
    let usage = [try messages("c", 1), try messages("a", 1), try messages("b", 1)]
    let allocation = try Allocation(charges, over: usage, activePartners: 3) { _ in nil }
    #expect(allocation.partners.map(\.messageCharges.minorUnits) == [1, 0, 0])
    #expect(try Allocation(charges, over: usage.reversed(), activePartners: 3) { _ in nil } == allocation)
  }

  @Test func `messages without a price carry no charges, and fees stay with active partners`() throws {
    let charges = try rate(hybrid("0", "0.05", fee: "10"), messages: 300, activePartners: 2)
    let usage = try [("a", 1_000, 200), ("b", 900, 100)].map { id, messages, charged in
      PartnerMessages(partnerID: try PartnerID(id), messages: Int64(messages), charged: Int64(charged))
    }
    let allocation = try Allocation(charges, over: usage, activePartners: 2) { _ in nil }
    #expect(allocation.partners.map(\.messageCharges.decimalText) == ["10.00", "5.00"])
    #expect(allocation.partners.map(\.partnerFees.decimalText) == ["10.00", "10.00"])
    #expect(allocation.partners.map(\.messages) == [1_000, 900])
    #expect(Reconciliation.faults(in: allocation) == [])
  }

  @Test func `failed messages are charged unless no plan of the month charges them`() throws {
    let free = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("0"),
      messageRate: try price("0.05"), chargesFailedMessages: false)
    func segment(_ terms: PlanTerms, isTrial: Bool = false) throws -> PlanSegment {
      PlanSegment(period: try month().period, plan: try plan("p", terms), isTrial: isTrial)
    }
    #expect(try !PlanSegment.chargeFailedMessages([segment(free)]))
    #expect(try PlanSegment.chargeFailedMessages([segment(free), segment(basePlusUsage())]))
    #expect(try !PlanSegment.chargeFailedMessages([segment(basePlusUsage(), isTrial: true), segment(free)]))
    #expect(try PlanSegment.chargeFailedMessages([segment(free, isTrial: true)]))
  }

  @Test func `names of departments are told apart by their bytes`() throws {
    let charges = try rate(basePlusUsage(), messages: 20)
    let usage = [try messages("a", 10), try messages("b", 10)]
    let allocation = try Allocation(charges, over: usage, activePartners: 2) {
      $0.text == "a" ? "Caf\u{E9}" : "Cafe\u{301}"
    }
    #expect(allocation.departments.count == 3)
    #expect(allocation.departments[0].partnerIDs.map(\.text) == ["b"])
  }

  @Test func `the identity names the unused part of the base`() throws {
    let charges = try rate(basePlusUsage(), messages: 1_000)
    let allocation = try Allocation(charges, over: [messages("a", 1_000)], activePartners: 1) { _ in nil }
    #expect(allocation.identity.grossMessageCharges.decimalText == "50.00")
    #expect(allocation.identity.unusedBase.decimalText == "249.00")
    #expect(allocation.identity.charges.decimalText == "299.00")
    #expect(allocation.identity.holds)
    let wrong = ReconcilingIdentity(
      grossMessageCharges: try dollars("50"), unusedBase: try dollars("249.01"), addedBase: try dollars("0"),
      partnerFees: try dollars("0"), other: try dollars("0"), charges: try dollars("299"))
    #expect(!wrong.holds)
  }

  @Test func `partners, departments and the identity agree for any usage`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let usage = try (0..<Int.random(in: 0...9, using: &random)).map {
        try messages($0 == 3 ? nil : "prt_\($0)", Int64.random(in: 0...9_999, using: &random))
      }
      let total = usage.reduce(0) { $0 + $1.messages }
      let active = Int64(usage.count { $0.messages > 0 }) + Int64.random(in: 0...2, using: &random)
      let terms = try Bool.random(using: &random) ? hybrid() : hybrid("12.34", "0.00071")
      let charges = try rate(terms, messages: total, activePartners: active)
      let allocation = try Allocation(charges, over: usage, activePartners: active) {
        $0.text.utf8.last.map { $0 % 2 == 0 } == true ? "Even" : nil
      }
      #expect(Reconciliation.faults(in: allocation) == [])
      #expect(allocation.departments.reduce(0) { $0 + $1.messages } == total)
      #expect(allocation.departments.last?.department == nil)
    }
  }
}

@Suite struct ReconciliationTests {
  @Test func `a line that is not its product is found`() throws {
    let period = try month().period
    let lines = [
      ChargeLine(
        kind: .messages, planName: nil, servicePeriod: period, quantity: 10, unitPrice: try price("0.05"),
        gross: try dollars("0.51"), amount: try dollars("0.50"))
    ]
    let charges = try Charges(
      month: month(), currency: currency("USD"), lines: lines, creditedBase: .zero(currency("USD")))
    #expect(Reconciliation.faults(in: charges) == [.lineProduct(0), .lineAmount(0), .coverage])
  }

  @Test func `an invoice whose lines and tax are not the amount due is found`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let document = InvoiceDocument(
      number: "1", currency: charges.currency, amountDue: try dollars("421.01"), period: charges.period,
      created: charges.period.end, dueDate: charges.period.end, lines: charges.lines,
      subtotal: try dollars("421.01"))
    #expect(Reconciliation.faults(in: document) == [.linesToTotal, .linesAndTaxToInvoice])
  }
}
