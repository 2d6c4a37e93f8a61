import FolioBilling
import FolioStore
import Hashing

/// Identifiers that follow from what they name, so that a run that is repeated names nothing twice.
enum InvoiceIdentity {
  /// `in_2024-01_` and 16 hexadecimal digits; `attempt` counts the void invoices of the month before it.
  static func id(of customer: CustomerID, in month: CalendarMonth, attempt: Int) -> InvoiceID {
    let name = "\(customer.text)\n\(month.text)\n\(attempt)"
    return identifier("in_\(month.text)_" + digits(of: name))
  }

  /// A credit note's, from its number, which is unique.
  static func creditNote(_ number: String) -> CreditNoteID { identifier("cn_" + digits(of: number)) }

  /// The id of the event that does something to an invoice; `detail` tells apart what may be done repeatedly.
  static func event(_ deed: String, _ invoice: InvoiceID, _ detail: String = "") -> EventID {
    makeEventID(deed, Array("\(invoice.text)\n\(detail)".utf8))
  }

  private static func digits(of name: String) -> String {
    Hexadecimal.encode(Array(SHA256.hash(Array(name.utf8)).prefix(8)))
  }

  private static func identifier<Subject>(_ text: String) -> Identifier<Subject> {
    do { return try Identifier(text) } catch { preconditionFailure("letters and digits make an identifier") }
  }
}
