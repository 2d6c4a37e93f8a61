import FolioBilling
import SQLite

/// Which events froze a customer's invoices: what such an event says is in the invoice, and need not be read again.
struct InvoiceDocuments {
  /// By the texts of the events' keys.
  private var invoices: [String: InvoiceID] = [:]

  init(of customer: CustomerID, _ connection: Connection) throws {
    try connection.statement("SELECT event_key, invoice_id FROM invoices WHERE customer_id = ?")
      .forEach([.text(customer.text)]) { row in
        invoices[try row.text(0)] = try storedIdentifier(row.text(1), "invoices.invoice_id")
      }
  }

  /// An event that froze an invoice, without its document.
  struct Finalization {
    let invoiceID: InvoiceID
    let eventID: EventID
    let source: String
    let key: EventKey
  }

  /// The event in a row that opens with `StoredEvent.columns`; nil where it is another one.
  func finalization(_ row: borrowing Row) throws -> Finalization? {
    guard row.isText(EventType.invoiceFinalized.rawValue, in: 2) else { return nil }
    let (source, id) = (try row.text(0), try row.text(1))
    let key = EventKey(time: try row.optionalInteger(3) ?? 0, text: id + " " + source)
    guard let invoice = invoices[key.text], key.time != 0 else { return nil }
    return Finalization(
      invoiceID: invoice, eventID: try storedIdentifier(id, "events.event_id"), source: source, key: key)
  }
}
