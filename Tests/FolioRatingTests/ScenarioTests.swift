import FolioBilling
import FolioRating
import Testing

/// The API's own numbers, S1 to S5 and S8.
@Suite struct ScenarioTests {
  @Test func `S1: 8,420 messages cost 421.00, of which 299.00 base and 122.00 usage`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    #expect(charges.total.decimalText == "421.00")
    #expect(charges.baseFees.decimalText == "299.00")
    #expect(charges.usageCharges.decimalText == "122.00")
    #expect(try rate(basePlusUsage(), messages: 16_840).total.decimalText == "842.00")
  }

  @Test func `S2: two departments cost 425.00 and 346.00, which is R on 15,420`() throws {
    let usage: [(String, Int64)] = [
      ("prt_customer_001", 3_920), ("prt_supplier_002", 3_500), ("prt_supplier_001", 5_000),
      ("prt_customer_002", 3_000),
    ]
    let charges = try rate(basePlusUsage(), messages: 15_420)
    let allocation = try Allocation(
      charges, over: usage.map { PartnerMessages(partnerID: try PartnerID($0.0), messages: $0.1) },
      activePartners: 4
    ) { $0.text.utf8.starts(with: "prt_supplier".utf8) ? "Procurement" : "Sales" }
    #expect(allocation.departments.map(\.department) == ["Procurement", "Sales", nil])
    #expect(allocation.departments.map(\.messages) == [8_500, 6_920, 0])
    #expect(allocation.departments.map(\.cost.decimalText) == ["425.00", "346.00", "0.00"])
    #expect(charges.total.decimalText == "771.00")
    #expect(allocation.departments[0].partnerIDs.map(\.text) == ["prt_supplier_001", "prt_supplier_002"])
    #expect(Reconciliation.faults(in: allocation) == [])
  }

  @Test func `S3: a year of 842.00 a month sums to 10,104.00 with 808.32 tax`() throws {
    let treatment = TaxTreatment(category: .standard, rate: try ExactDecimal("0.08"))
    let charges = try rate(basePlusUsage(), messages: 16_840)
    let documents = try (0..<14).map { offset in
      try taxed(
        invoice(
          "in_\(offset)", charges, treatment, created: month("2024-01").adding(months: offset).period.start))
    }
    let year = try TaxYear(2024, documents: documents, currency: currency("USD"))
    #expect(year.totalCharges.decimalText == "10104.00")
    #expect(year.baseSubscription.decimalText == "3588.00")
    #expect(year.usageCharges.decimalText == "6516.00")
    #expect(year.applicableTax.decimalText == "808.32")
    #expect(year.taxRate?.text == "0.08")
    #expect(year.quarters.map(\.quarter) == [1, 2, 3, 4])
    #expect(
      year.quarters.allSatisfy { $0.charges.decimalText == "2526.00" && $0.tax.decimalText == "202.08" })
    #expect(Reconciliation.faults(in: year) == [])
  }

  @Test func `S4: three months of a hybrid plan cost 3,372.00`() throws {
    let hybrid = PlanTerms(
      model: .hybrid, currency: try currency("USD"), baseFee: try dollars("299"),
      messageRate: try price("0.05"),
      partnerFee: try price("50"))
    let months = try [18_480, 19_000, 17_960].map { try rate(hybrid, messages: $0, activePartners: 4) }
    func sum(_ part: (Charges) -> Money) throws -> String {
      try Money.sum(of: months.map(part), in: currency("USD")).decimalText
    }
    #expect(try sum(\.baseFees) == "897.00")
    #expect(try sum(\.messageChargesNet) == "1875.00")
    #expect(try sum(\.partnerFees) == "600.00")
    #expect(try sum(\.otherCharges) == "0.00")
    #expect(try sum(\.total) == "3372.00")
  }

  @Test func `S5: a partner of 25,000 messages contributes 1,250.00, before the base is credited`() throws {
    let charges = try rate(basePlusUsage(), messages: 32_500)
    let usage = [
      PartnerMessages(partnerID: try PartnerID("prt_high_volume"), messages: 25_000),
      PartnerMessages(partnerID: try PartnerID("prt_other"), messages: 7_500),
    ]
    let allocation = try Allocation(charges, over: usage, activePartners: 2) { _ in nil }
    #expect(allocation.partners.map(\.cost.decimalText) == ["1250.00", "375.00"])
  }

  @Test func `S8: an invoice finalised on 1 February is AS2-2024-001, due at the end of the 15th`() throws {
    let created = try instant("2024-02-01T00:00:00Z")
    let number = InvoiceNumberFormat().number(year: created.date.components.year, sequence: 1)
    let document = try InvoiceDrafting.makeDocument(
      rate(basePlusUsage(), messages: 8_420),
      InvoiceParticulars(number: number, created: created, purchaseOrder: "PO-7"))
    #expect(document.number == "AS2-2024-001")
    #expect(document.dueDate.text == "2024-02-15T23:59:59Z")
    #expect(document.period.inclusiveEnd.text == "2024-01-31T23:59:59Z")
    #expect(document.amountDue.decimalText == "421.00")
    #expect(document.subtotal == document.amountDue && document.taxes.isEmpty)
    #expect(document.purchaseOrder == "PO-7")
    #expect(Reconciliation.faults(in: document) == [])
  }
}

@Suite struct InvoiceNumberTests {
  @Test(
    arguments: [(1, "AS2-2024-001"), (999, "AS2-2024-999"), (1_000, "AS2-2024-1000")] as [(Int64, String)])
  func `a long sequence is printed in full`(sequence: Int64, number: String) {
    #expect(InvoiceNumberFormat().number(year: 2024, sequence: sequence) == number)
  }

  @Test func `series, separator, width and year are configuration`() {
    let format = InvoiceNumberFormat(series: "CN", separator: "/", width: 5, includesYear: false)
    #expect(format.number(year: 2024, sequence: 7) == "CN/00007")
  }
}
