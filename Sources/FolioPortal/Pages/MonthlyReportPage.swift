import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// A month on one sheet: what was exchanged, charged, invoiced and received.
struct MonthlyReportPage {
  let month: MonthFacts
  let statement: MonthStatement
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var path: String { PortalPaths.monthlyReport(month.month) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/report-monthly", section: .reports,
      heading: try messages.text("reports.monthly.heading", ["month": .month(month.month)]),
      lead: try lead(), asOf: lastChanged, usage: UsageFreshness(month.completeThrough), feed: feed,
      feedPath: PortalPaths.monthlyReportFeed(month.month), content: try content())
  }

  private var lastChanged: Timestamp {
    guard month.isClosed, let changed = statement.changedAt else { return month.lastChanged }
    return max(month.lastChanged, changed)
  }

  private func lead() throws -> TemplateValue {
    try messages.sentence(
      month.charges == nil ? "reports.monthly.lead.unrated" : "reports.monthly.lead.rated",
      count: month.summary.totalMessages,
      [
        "messages": .count(month.summary.totalMessages), "charges": .money(month.charges?.total),
        "invoiced": .money(statement.invoiced), "received": .money(statement.received),
      ])
  }

  private func content() throws -> TemplateObject {
    let words = ChargeWords(month: month, path: path, messages: messages)
    return [
      .figures: .list(try figures(words)),
      .chargeParts: .list(try parts()),
      .invoicedFor: .list(try words.invoiced()),
      .invoices: .list(
        statement.invoices.map { entry($0, $0.document.number, $0.document.created, $0.document.amountDue) }),
      .payments: .list(
        statement.payments.map {
          entry($0.invoice, $0.invoice.document.number, $0.payment.at, $0.payment.amount)
        }),
      .refunds: .list(
        statement.refunds.map {
          entry($0.invoice, $0.invoice.document.number, $0.refund.refundedAt, $0.refund.amount)
        }),
      .hasRefunds: .bool(!statement.refunds.isEmpty),
      .creditNotes: .list(
        statement.creditNotes.map { entry($0.invoice, $0.note.number, $0.note.issuedAt, $0.note.amount) }),
      .usageHref: .text(PortalPaths.address(of: PortalPaths.usage(month.month), from: path)),
      .departmentsHref: .text(PortalPaths.address(of: PortalPaths.departments(month.month), from: path)),
      .reportsHref: .text(PortalPaths.address(of: PortalPaths.reports, from: path)),
    ]
  }

  private func figures(_ words: ChargeWords) throws -> [TemplateValue] {
    [
      KeyFigure.make(try messages.text("usage.figures.messages"), .count(month.summary.totalMessages)),
      KeyFigure.make(
        try messages.text("usage.figures.charges"), .money(month.charges?.total),
        note: month.charges == nil ? try words.unratedNote() : try words.taxBasis(of: month.charges)),
      KeyFigure.make(
        try messages.text("reports.figures.invoiced"), .money(statement.invoiced),
        note: try messages.sentence("reports.figures.by_date")),
      KeyFigure.make(
        try messages.text("reports.figures.received"), .money(statement.received),
        note: statement.refunds.isEmpty
          ? try messages.sentence("reports.figures.by_date")
          : try messages.sentence("reports.figures.refunded", ["refunded": .money(statement.refunded)])),
    ]
  }

  /// Parts of the charges, those that are nothing left out but for base fees and messages.
  private func parts() throws -> [TemplateValue] {
    guard let charges = month.charges else { return [] }
    let terms: [(String, Money, isAlways: Bool)] = [
      ("base_fees", charges.baseFees, true), ("message_charges", charges.messageChargesNet, true),
      ("partner_fees", charges.partnerFees, false), ("other_charges", charges.otherCharges, false),
    ]
    return try terms.filter { $0.isAlways || !$0.1.isZero }.map { term in
      .fields([.label: .text(try messages.text("reports.parts.\(term.0)")), .amount: .money(term.1)])
    }
  }

  private static let names = FieldNames(.number, .href, .at, .amount)

  private func entry(_ invoice: Invoice, _ number: String, _ at: Timestamp?, _ amount: Money) -> TemplateValue
  {
    Self.names.row(
      .text(number), .text(PortalPaths.address(of: PortalPaths.invoice(invoice.id), from: path)),
      .day(of: at), .money(amount))
  }
}
