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
    TemplateObject([
      "tax_year": .integer(Int64(year.year)),
      "total_charges": .money(year.totalCharges),
      "tax_breakdown": .fields([
        "base_subscription": .money(year.baseSubscription),
        "usage_charges": .money(year.usageCharges),
        "applicable_tax": .money(year.applicableTax),
        "tax_rate": .rate(year.taxRate),
      ]),
      "quarterly_summary": .list(year.quarters.map(Self.quarter)),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "not_itemised": .money(year.notItemised),
      "credited_charges": .money(year.credited),
      "credited_tax": .money(try year.creditedTax()),
      "total_charges_minor": .minor(year.totalCharges),
      "base_subscription_minor": .minor(year.baseSubscription),
      "usage_charges_minor": .minor(year.usageCharges),
      "applicable_tax_minor": .minor(year.applicableTax),
      "not_itemised_minor": .minor(year.notItemised),
      "credited_charges_minor": .minor(year.credited),
      "credited_tax_minor": .minor(try year.creditedTax()),
      "tax_lines": .list(year.taxes.map(Self.tax)),
      "documents": .list(try year.documents.map(Self.document)),
      "void_invoices": .list(numbers(of: years.void)),
      "other_currency_invoices": .list(numbers(of: years.otherCurrency)),
    ])
  }

  private static let quarterFields = FieldNames("quarter", "charges", "tax", "charges_minor", "tax_minor")

  private static func quarter(_ quarter: TaxQuarter) -> TemplateValue {
    quarterFields.row(
      .text("Q\(quarter.quarter)"), .money(quarter.charges), .money(quarter.tax), .minor(quarter.charges),
      .minor(quarter.tax))
  }

  private static let taxFields = FieldNames(
    "category", "rate", "reason", "taxable", "amount", "taxable_minor", "amount_minor")

  private static func tax(_ line: TaxLine) -> TemplateValue {
    taxFields.row(
      .text(line.treatment.category.rawValue), .rate(line.treatment.rate), .text(line.treatment.reason),
      .money(line.taxable),
      .money(line.amount), .minor(line.taxable), .minor(line.amount))
  }

  private static let documentFields = FieldNames(
    "kind", "number", "date", "invoice_id", "charges", "tax", "charges_minor", "tax_minor")

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
