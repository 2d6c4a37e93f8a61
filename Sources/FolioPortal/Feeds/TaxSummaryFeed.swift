import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// `GET tax-summary`: a year's charges and taxes by the dates of its invoices and credit notes.
struct TaxSummaryFeed {
  let facts: AccountFacts
  let year: TaxYear
  /// All years, for what is in no sum.
  let years: TaxYears

  func object() throws -> TemplateObject {
    [
      .taxYear: .integer(Int64(year.year)),
      .totalCharges: .money(year.totalCharges),
      .taxBreakdown: .fields([
        .baseSubscription: .money(year.baseSubscription),
        .usageCharges: .money(year.usageCharges),
        .applicableTax: .money(year.applicableTax),
        .taxRate: .rate(year.taxRate),
      ]),
      .quarterlySummary: .list(year.quarters.map(Self.quarter)),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .notItemised: .money(year.notItemised),
      .creditedCharges: .money(year.credited),
      .creditedTax: .money(try year.creditedTax()),
      .totalChargesMinor: .minor(year.totalCharges),
      .baseSubscriptionMinor: .minor(year.baseSubscription),
      .usageChargesMinor: .minor(year.usageCharges),
      .applicableTaxMinor: .minor(year.applicableTax),
      .notItemisedMinor: .minor(year.notItemised),
      .creditedChargesMinor: .minor(year.credited),
      .creditedTaxMinor: .minor(try year.creditedTax()),
      .taxLines: .list(year.taxes.map(Self.tax)),
      .documents: .list(try year.documents.map(Self.document)),
      .voidInvoices: .list(numbers(of: years.void)),
      .otherCurrencyInvoices: .list(numbers(of: years.otherCurrency)),
    ]
  }

  private static let quarterFields = FieldNames(.quarter, .charges, .tax, .chargesMinor, .taxMinor)

  private static func quarter(_ quarter: TaxQuarter) -> TemplateValue {
    quarterFields.row(
      .text("Q\(quarter.quarter)"), .money(quarter.charges), .money(quarter.tax), .minor(quarter.charges),
      .minor(quarter.tax))
  }

  private static let taxFields = FieldNames(
    .category, .rate, .reason, .taxable, .amount, .taxableMinor, .amountMinor)

  private static func tax(_ line: TaxLine) -> TemplateValue {
    taxFields.row(
      .text(line.treatment.category.rawValue), .rate(line.treatment.rate), .text(line.treatment.reason),
      .money(line.taxable),
      .money(line.amount), .minor(line.taxable), .minor(line.amount))
  }

  private static let documentFields = FieldNames(
    .kind, .number, .date, .invoiceId, .charges, .tax, .chargesMinor, .taxMinor)

  private static func document(_ document: TaxedDocument) throws -> TemplateValue {
    let (charges, tax) = (try document.charges(), try document.tax())
    return documentFields.row(
      .text(document.kind.rawValue), .text(document.number), .date(document.date),
      .text(document.invoiceID.text), .money(charges), .money(tax), .minor(charges), .minor(tax))
  }

  private func numbers(of invoices: [Invoice]) -> [TemplateValue] {
    invoices.filter { $0.document.created.date.month.year == year.year }.map { .text($0.document.number) }
  }
}
