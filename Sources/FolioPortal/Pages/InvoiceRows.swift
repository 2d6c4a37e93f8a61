import FolioBilling
import Templating

/// Invoices as rows of a list: the feed's fields and the words for them.
struct InvoiceRows {
  private static let names = FieldNames(
    "number", "href", "period", "due_date", "status_label", "status_class", "amount_due", "amount_remaining")

  let asOf: Timestamp
  let messages: MessageCatalog

  /// The rows as they stand on `page`, from which links go out.
  func rows(_ invoices: [Invoice], on page: String) throws -> TemplateValue {
    .list(
      try invoices.map { invoice in
        let status = try InvoiceState(invoice, at: asOf)
        return Self.names.row(
          .text(invoice.document.number),
          .text(PortalPaths.address(of: PortalPaths.invoice(invoice.id), from: page)),
          .text(messages.printer.days(invoice.document.period)), .day(of: invoice.document.dueDate),
          .text(try messages.text("invoices.status.\(status.rawValue)")), .text(status.styleClass),
          .money(invoice.document.amountDue), .money(try invoice.amountRemaining()))
      })
  }
}

/// An invoice's state as people read it: an open one may be overdue.
enum InvoiceState: String {
  case open
  case overdue
  case paid
  case void
  case uncollectible

  init(_ invoice: Invoice, at asOf: Timestamp) throws {
    switch try invoice.status() {
    case .open: self = try invoice.isOverdue(at: asOf) ? .overdue : .open
    case .paid: self = .paid
    case .void: self = .void
    case .uncollectible: self = .uncollectible
    }
  }

  /// The class that colours the word.
  var styleClass: String {
    switch self {
    case .open: "due"
    case .overdue: "bad"
    case .paid: "ok"
    case .void, .uncollectible: "quiet"
    }
  }
}
