import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// A year's charges and taxes with the documents behind them.
struct TaxPage {
  let year: TaxYear
  let feed: TemplateObject
  let years: TaxYears
  let facts: AccountFacts
  let messages: MessageCatalog

  private var path: String { PortalPaths.tax(year.year) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/tax", section: .tax,
      heading: try messages.text("tax.heading_of", ["year": .integer(Int64(year.year))]), lead: try lead(),
      asOf: lastChanged, usage: .irrelevant, feed: feed, feedPath: PortalPaths.taxFeed(year.year),
      content: try content())
  }

  private func lead() throws -> TemplateValue {
    let isOver = year.year < facts.statement.asOf.date.month.year
    return try messages.sentence(
      isOver ? "tax.lead.over" : "tax.lead.running",
      [
        "charges": .money(year.totalCharges), "tax": .money(year.applicableTax),
        "year": .integer(Int64(year.year)),
      ])
  }

  /// The newest event of the year's documents once the year is over, in whichever year it came; then only they can
  /// change the page. A void counts for the years of the invoice's credit notes, too, which are void with it.
  private var lastChanged: Timestamp {
    guard year.year < facts.statement.asOf.date.month.year else { return facts.statement.asOf }
    return facts.invoices.compactMap(lastChange).reduce(yearEnd) { max($0, $1) }
  }

  /// When what the year has of an invoice last changed; nil where it has nothing of it.
  private func lastChange(of invoice: Invoice) -> Timestamp? {
    let own = isOfYear(invoice.document.created) ? [invoice.finalizedAt] : []
    let notes = invoice.creditNotes.filter { isOfYear($0.issuedAt) }.map(\.changedAt)
    return (own + notes).max().map { max($0, invoice.void?.changedAt ?? $0) }
  }

  private func isOfYear(_ instant: Timestamp) -> Bool { instant.date.month.year == year.year }

  private var yearEnd: Timestamp {
    CalendarMonth(ordinal: (year.year + 1) * 12).period.start.adding(seconds: -1)
  }

  private func content() throws -> TemplateObject {
    [
      .figures: .list(try figures()),
      .parts: .list(try parts()),
      .quarters: .list(try year.quarters.map { try quarter($0) }),
      .taxLines: .list(try year.taxes.map(taxLine)),
      .documents: .list(try year.documents.map(document)),
      .notes: .list(try notes()),
      .taxHref: .text(PortalPaths.address(of: PortalPaths.tax, from: path)),
    ]
  }

  private func figures() throws -> [TemplateValue] {
    [
      KeyFigure.make(
        try messages.text("tax.figures.charges"), .money(year.totalCharges),
        note: try messages.sentence("tax_basis.excluded")),
      KeyFigure.make(
        try messages.text("tax.figures.tax"), .money(year.applicableTax),
        note: try year.taxRate.map { try messages.sentence("tax.figures.rate", ["rate": .rate($0)]) }
          ?? messages.sentence(year.taxes.isEmpty ? "tax.figures.no_tax" : "tax.figures.rates")),
      KeyFigure.make(
        try messages.text("tax.figures.total"), .money(try year.totalCharges.adding(year.applicableTax)),
        note: try messages.sentence("tax_basis.included")),
      KeyFigure.make(
        try messages.text("tax.figures.documents"), .count(Int64(year.documents.count)),
        note: try messages.sentence("tax.figures.by_date")),
    ]
  }

  /// What the charges are made of; what is nothing is left out unless every year has it.
  private func parts() throws -> [TemplateValue] {
    let terms: [(String, Money, isAlways: Bool)] = [
      ("base_subscription", year.baseSubscription, true), ("usage_charges", year.usageCharges, true),
      ("not_itemised", year.notItemised, false), ("credited", try year.credited.negated(), false),
    ]
    return try terms.filter { $0.isAlways || !$0.1.isZero }.map { term in
      .fields([.label: .text(try messages.text("tax.parts.\(term.0)")), .amount: .money(term.1)])
    }
  }

  private func quarter(_ quarter: TaxQuarter) throws -> TemplateValue {
    .fields([
      .quarter: .text(try messages.text("tax.quarters.names.q\(quarter.quarter)")),
      .charges: .money(quarter.charges), .tax: .money(quarter.tax),
    ])
  }

  private func taxLine(_ line: TaxLine) throws -> TemplateValue {
    .fields([
      .category: .text(try messages.text("invoices.tax.\(line.treatment.category.rawValue)")),
      .rate: .rate(line.treatment.rate), .reason: .longText(line.treatment.reason),
      .taxable: .money(line.taxable), .amount: .money(line.amount),
    ])
  }

  private static let documentFields = FieldNames(.kind, .number, .href, .date, .charges, .tax, .total)

  private func document(_ document: TaxedDocument) throws -> TemplateValue {
    let (charges, tax) = (try document.charges(), try document.tax())
    return Self.documentFields.row(
      .text(try messages.text("tax.kind.\(document.kind.rawValue)")), .text(document.number),
      .text(PortalPaths.address(of: PortalPaths.invoice(document.invoiceID), from: path)),
      .date(document.date), .money(charges), .money(tax), .money(try charges.adding(tax)))
  }

  /// What is in no sum, and why.
  private func notes() throws -> [TemplateValue] {
    let numbersOfYear = { (invoices: [Invoice]) in
      invoices.filter { isOfYear($0.document.created) }.map(\.document.number)
    }
    let voidNotes = years.voidNotes.filter { isOfYear($0.issuedAt) }.map(\.number)
    return try [
      ("void", numbersOfYear(years.void)), ("void_notes", voidNotes),
      ("other_currency", numbersOfYear(years.otherCurrency)),
    ].compactMap { key, numbers in
      guard !numbers.isEmpty else { return nil }
      return try messages.sentence(
        "tax.notes.\(key)", ["numbers": .text(numbers.joined(separator: messages.locale.listSeparator))])
    }
  }
}

/// The years with their sums, the newest first.
struct TaxIndexPage {
  let years: TaxYears
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.tax, template: "pages/tax-index", section: .tax,
      heading: try messages.text("tax.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: .irrelevant, feed: TemplateObject(), feedPath: PortalPaths.feedsIndex,
      content: [.years: .list(years.years.reversed().map(row))])
  }

  private func lead() throws -> TemplateValue {
    guard let latest = years.years.last else { return try messages.sentence("tax.lead.none") }
    let isOver = latest.year < facts.statement.asOf.date.month.year
    return try messages.sentence(
      isOver ? "tax.lead.last" : "tax.lead.latest",
      ["tax": .money(latest.applicableTax), "year": .integer(Int64(latest.year))])
  }

  private func row(_ year: TaxYear) -> TemplateValue {
    .fields([
      .year: .integer(Int64(year.year)),
      .href: .text(PortalPaths.address(of: PortalPaths.tax(year.year), from: PortalPaths.tax)),
      .charges: .money(year.totalCharges), .tax: .money(year.applicableTax),
      .documents: .count(Int64(year.documents.count)),
    ])
  }
}
