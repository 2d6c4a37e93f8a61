import FolioBilling
import FolioStore

/// What happens to an invoice after it was finalised.
struct DemoDeed {
  let invoice: InvoiceID
  let at: Timestamp
  let kind: Kind

  enum Kind {
    /// A payment or whatever else needs no number of ours.
    case event(ReceivedEvent)
    case creditNote(ExactDecimal, reason: String)
    /// The month is invoiced anew at the same instant.
    case voiding(CustomerID, CalendarMonth, reason: String)
  }
}
