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
    let months = try [("2024-01", "0.08"), ("2024-07", "0.09")].map { name, rate in
      TaxedMonth(
        month: try month(name), baseFees: try dollars("100"), usageCharges: try dollars("0"),
        taxes: try TaxCalculation.taxes(on: [
          TaxableAmount(dollars("100"), treatment: treatment(.standard, rate))
        ]))
    }
    let year = try TaxYear(2024, months: months, currency: currency("USD"))
    #expect(year.taxRate == nil)
    #expect(year.quarters.map(\.quarter) == [1, 3])
    #expect(year.taxes.map(\.amount.decimalText) == ["8.00", "9.00"])
    #expect(year.applicableTax.decimalText == "17.00")
  }
}
