import FolioBilling
import FolioInvoicing
import FolioStore

/// Issues the demo's documents as `folio invoice` and `folio credit-note` do, at the instants of its story.
struct DemoInvoicing {
  let store: BillingStore
  let settings: InvoicingSettings

  /// Finalises a month for all customers.
  func finalize(_ month: CalendarMonth) throws -> [CustomerID: IssuedInvoice] {
    try finalize(month, at: month.period.end.adding(seconds: DemoCalendar.secondsToFinalization), [])
  }

  /// Does deeds in order of time, those of one instant in the order given: numbers of documents follow dates.
  func settle(_ deeds: [DemoDeed]) throws {
    let due = deeds.enumerated().filter { $0.element.at <= DemoCalendar.asOf }
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    var events: [ReceivedEvent] = []
    for deed in due {
      if case .event(let event) = deed.kind {
        events.append(event)
      } else {
        try store.take(events)
        events = []
        try issue(deed)
      }
    }
    try store.take(events)
  }

  private func issue(_ deed: DemoDeed) throws {
    let corrections = InvoiceCorrections(store: store, source: demoSource, receivedAt: deed.at)
    switch deed.kind {
    case .event: return
    case .creditNote(let amount, let reason):
      _ = try corrections.issueCreditNote(
        .init(invoice: deed.invoice, amount: amount, reason: reason, issueTime: .exactly(deed.at)), settings)
    case .voiding(let customer, let month, let reason):
      _ = try corrections.void(deed.invoice, at: deed.at, reason: reason)
      _ = try finalize(month, at: deed.at, [customer])
    }
  }

  private func finalize(
    _ month: CalendarMonth, at instant: Timestamp, _ customers: [CustomerID]
  ) throws -> [CustomerID: IssuedInvoice] {
    var (issued, held): ([CustomerID: IssuedInvoice], [InvoiceRemark]) = ([:], [])
    let request = FinalizationRequest(
      month: month, issueTime: .exactly(instant), receivedAt: instant, customers: customers)
    let finalizer = InvoiceFinalizer(store: store, settings: settings)
    try store.write(receivedAt: instant, origin: demoSource) { log in
      try finalizer.finalize(request, in: log) { customer, outcome in
        switch outcome {
        case .issued(let invoice): issued[customer] = invoice
        case .held(let remarks): held += remarks
        case .alreadyInvoiced, .noPlan: break
        }
      }
    }
    precondition(held.isEmpty, "nothing holds an invoice of the demo: \(held)")
    return issued
  }
}

extension BillingStore {
  /// Takes facts of the demo in one transaction.
  func take(_ events: [ReceivedEvent]) throws {
    if events.isEmpty { return }
    try write(receivedAt: DemoCalendar.asOf, origin: demoSource) { log in try log.take(events) }
  }
}

extension EventLog {
  /// Takes facts of the demo, all of which are well made.
  func take(_ events: [ReceivedEvent]) throws {
    for event in events {
      if case .refused(let error) = try apply(event) { throw error }
    }
  }
}
