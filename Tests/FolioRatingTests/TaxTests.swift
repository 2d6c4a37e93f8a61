import FolioBilling
import FolioRating
import Testing

@Suite struct TaxTests {
  private func treatment(_ category: TaxCategory = .standard, _ rate: String) throws -> TaxTreatment {
    TaxTreatment(category: category, rate: try ExactDecimal(rate))
  }

  @Test func `tax is computed on the sum of the rounded lines, once`() throws {
    let line = try rate(basePlusUsage("0", "0.005"), messages: 1).lines[0]
    #expect(line.amount.decimalText == "0.01")
    let taxes = try TaxCalculation.taxes(
      on: Array(repeating: line, count: 5), treatment: treatment(.standard, "0.1"), currency: currency("USD"))
    #expect(taxes.map(\.amount.decimalText) == ["0.01"])
    #expect(taxes.map(\.taxable.decimalText) == ["0.05"])
  }

  @Test func `tax that prices contain is taken out of them`() throws {
    let taxes = try TaxCalculation.taxes(
      on: [TaxableAmount(dollars("119"), treatment: treatment(.standard, "0.19"))], pricesIncludeTax: true)
    #expect(taxes.map(\.amount.decimalText) == ["19.00"])
    #expect(taxes.map(\.taxable.decimalText) == ["100.00"])
  }

  @Test func `each category and rate is summed apart, and a rate by its value`() throws {
    let taxes = try TaxCalculation.taxes(on: [
      TaxableAmount(dollars("100"), treatment: treatment(.standard, "0.08")),
      TaxableAmount(dollars("50"), treatment: treatment(.reverseCharge, "0")),
      TaxableAmount(dollars("50"), treatment: treatment(.exempt, "0")),
      TaxableAmount(dollars("100"), treatment: treatment(.standard, "0.080")),
      TaxableAmount(dollars("100"), treatment: treatment(.reduced, "0.07")),
    ])
    #expect(taxes.map(\.treatment.category) == [.standard, .reverseCharge, .exempt, .reduced])
    #expect(taxes.map(\.amount.decimalText) == ["16.00", "0.00", "0.00", "7.00"])
  }

  @Test func `without a treatment there is no tax`() throws {
    #expect(try TaxCalculation.taxes(on: [], treatment: nil, currency: currency("USD")).isEmpty)
  }

  @Test(arguments: [(false, "454.68", "33.68", "421.00"), (true, "421.00", "31.19", "389.81")])
  func `an invoice is due with its tax`(includes: Bool, due: String, tax: String, taxable: String) throws {
    let terms = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("299"),
      messageRate: try price("0.05"),
      pricesIncludeTax: includes)
    let document = try InvoiceDrafting.makeDocument(
      rate(terms, messages: 8_420),
      InvoiceParticulars(
        number: "AS2-2024-001", created: month().period.end, tax: treatment(.standard, "0.08")))
    #expect(document.amountDue.decimalText == due)
    #expect(document.taxes.map(\.amount.decimalText) == [tax])
    #expect(document.taxes.map(\.taxable.decimalText) == [taxable])
    #expect(document.subtotal?.decimalText == "421.00")
    #expect(Reconciliation.faults(in: document) == [])
  }

  @Test func `plans with tax and without do not mix in one month`() throws {
    let inclusive = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("299"),
      pricesIncludeTax: true)
    let segments = [
      PlanSegment(
        period: BillingPeriod(start: try january(1), end: try january(9)),
        plan: try plan("a", basePlusUsage())),
      PlanSegment(
        period: BillingPeriod(start: try january(9), end: try january(32)), plan: try plan("b", inclusive)),
    ]
    #expect(throws: RatingError.taxBasisChange(plan: try PlanID("b"))) { try rate(segments) }
  }

  @Test func `a year with two rates has no rate`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let documents = try [("2024-01", "0.08"), ("2024-07", "0.09")].map { name, rate in
      try taxed(
        invoice("in_" + name, charges, treatment(.standard, rate), created: month(name).period.start))
    }
    let year = try TaxYear(2024, documents: documents, currency: currency("USD"))
    #expect(year.taxRate == nil)
    #expect(year.quarters.map(\.quarter) == [1, 3])
    #expect(year.taxes.map(\.amount.decimalText) == ["33.68", "37.89"])
    #expect(year.applicableTax.decimalText == "71.57")
    #expect(Reconciliation.faults(in: year) == [])
  }

  @Test func `a document counts in the year of its date, not in that of its service`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let december = try invoice(
      "in_1", charges, treatment(.standard, "0.08"), created: month("2025-01").period.start)
    let year = try TaxYear(2024, documents: [taxed(december)], currency: currency("USD"))
    #expect(year.documents.isEmpty && year.totalCharges.isZero && year.taxRate == nil)
  }

  @Test func `where a document has no tax the year has no one rate`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let (created, taxed) = (try month("2024-02").period.start, TaxedDocument.documents)
    let documents = try [treatment(.standard, "0.08"), nil].flatMap {
      try taxed(invoice("in_1", charges, $0, created: created))
    }
    let year = try TaxYear(2024, documents: documents, currency: currency("USD"))
    #expect(year.documents.count == 2 && year.taxes.count == 1 && year.taxRate == nil)
  }

  @Test func `a credit note takes off charges and tax in the proportion of its invoice, in its own quarter`()
    throws
  {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let note = CreditNote(
      id: try CreditNoteID("cn_1"), number: "CN-2024-001", amount: try dollars("100.00"),
      issuedAt: try month("2024-05").period.start)
    let invoice = try invoice(
      "in_1", charges, treatment(.standard, "0.19"), created: month("2024-02").period.start, notes: [note])
    let year = try TaxYear(
      2024, documents: TaxedDocument.documents(of: invoice).reversed(), currency: currency("USD"))
    // 421.00 + 79.99 = 500.99; of 100.00, 100 × 79.99 ÷ 500.99 = 15.966… is tax.
    #expect(year.documents.map(\.kind) == [.invoice, .creditNote])
    #expect(year.credited.decimalText == "84.03")
    #expect(year.totalCharges.decimalText == "336.97")
    #expect(year.applicableTax.decimalText == "64.02")
    #expect(year.quarters.map(\.charges.decimalText) == ["421.00", "-84.03"])
    #expect(year.quarters.map(\.tax.decimalText) == ["79.99", "-15.97"])
    #expect(year.taxRate?.text == "0.19")
    #expect(Reconciliation.faults(in: year) == [])
  }

  @Test func `notes over the whole invoice credit its whole tax, however they are cut`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    let cuts = ["166.99", "167.01", "0.01", "0.01", "166.97"]
    let notes = try cuts.enumerated().map { index, amount in
      CreditNote(
        id: try CreditNoteID("cn_\(index)"), number: "\(index)", amount: try dollars(amount),
        issuedAt: try month("2024-05").period.start)
    }
    let invoice = try invoice(
      "in_1", charges, treatment(.standard, "0.19"), created: month("2024-02").period.start, notes: notes)
    let year = try TaxYear(2024, documents: TaxedDocument.documents(of: invoice), currency: currency("USD"))
    #expect(year.documents.count == 6)
    #expect(year.totalCharges.isZero && year.applicableTax.isZero)
    #expect(try year.creditedTax().decimalText == "79.99")
  }

  @Test func `prices that contain tax count without it, and a total alone is not itemised`() throws {
    let inclusive = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("119"),
      messageRate: try price("0.0119"), pricesIncludeTax: true)
    let gross = try invoice(
      "in_1", rate(inclusive, messages: 20_000), treatment(.standard, "0.19"),
      created: month("2024-02").period.start)
    let document = try taxed(gross)
    #expect(document.baseFees.decimalText == "100.00" && document.usageCharges.decimalText == "100.00")
    let total = Invoice(
      id: try InvoiceID("in_2"),
      document: InvoiceDocument(
        number: "2", currency: try currency("USD"), amountDue: try dollars("421.00"),
        period: try month().period, created: try month().period.end, dueDate: try month().period.end),
      finalizedAt: try month().period.end)
    let year = try TaxYear(2024, documents: [document, taxed(total)], currency: currency("USD"))
    #expect(year.notItemised.decimalText == "421.00")
    #expect(year.totalCharges.decimalText == "621.00" && year.applicableTax.decimalText == "38.00")
    #expect(Reconciliation.faults(in: year) == [])
  }
}

/// What an invoice without credit notes adds to a year.
func taxed(_ invoice: Invoice) throws -> TaxedDocument {
  try #require(try TaxedDocument.documents(of: invoice).first)
}

/// An invoice over charges, taxed in one way.
func invoice(
  _ id: String, _ charges: Charges, _ treatment: TaxTreatment?, created: Timestamp, notes: [CreditNote] = []
) throws -> Invoice {
  let document = try InvoiceDrafting.makeDocument(
    charges, InvoiceParticulars(number: id, created: created, tax: treatment))
  return Invoice(id: try InvoiceID(id), document: document, finalizedAt: created, creditNotes: notes)
}
