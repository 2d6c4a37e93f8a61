import FolioBilling
import Templating

/// Invoices as rows of a list: the feed's fields and the words for them.
struct InvoiceRows {
  private static let names = FieldNames(
    .anchor, .number, .href, .period, .dueDate, .statusLabel, .statusClass, .amountDue,
    .amountRemaining)

  let asOf: Timestamp
  let messages: MessageCatalog

  /// The rows as they stand on `page`, from which links go out.
  func rows(_ invoices: [Invoice], on page: String) throws -> TemplateValue {
    var anchors: Set<String> = []
    return .list(
      try invoices.map { invoice in
        let anchor = anchors.insert(invoice.anchor).inserted ? invoice.anchor : invoice.id.text
        let status = try InvoiceState(invoice, at: asOf)
        return Self.names.row(
          .text(anchor), .text(invoice.document.number),
          .text(PortalPaths.address(of: PortalPaths.invoice(invoice.id), from: page)),
          .text(messages.printer.days(invoice.document.period)), .day(of: invoice.document.dueDate),
          .text(try messages.text("invoices.status.\(status.rawValue)")), .text(status.styleClass),
          .money(invoice.document.amountDue), .money(try invoice.amountRemaining()))
      })
  }
}

extension Invoice {
  /// By which a row of the list is found: the number where it can be an anchor, else the id.
  var anchor: String {
    let isPlain = document.number.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isPlain && !document.number.isEmpty ? document.number : id.text
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
