import FolioBilling
import Testing

@Suite struct InvoiceTests {
  private func invoice(
    _ due: String = "421.00", payments: [Payment] = [], refunds: [Refund] = [],
    creditNotes: [CreditNote] = [],
    void: InvoiceClosing? = nil, writeOff: InvoiceClosing? = nil
  ) throws -> Invoice {
    let month = try #require(CalendarMonth("2024-01"))
    let document = InvoiceDocument(
      number: "AS2-2024-001", currency: try currency("USD"), amountDue: try dollars(due),
      period: month.period,
      created: month.period.end, dueDate: try instant("2024-02-15T23:59:59Z"))
    return Invoice(
      id: try InvoiceID("in_1"), document: document, finalizedAt: month.period.end, payments: payments,
      refunds: refunds, creditNotes: creditNotes, void: void, writeOff: writeOff)
  }

  private func payment(_ amount: String, _ outcome: Payment.Outcome = .succeeded, day: Int = 1) throws
    -> Payment
  {
    Payment(outcome: outcome, amount: try dollars(amount), at: try instant("2024-02-0\(day)T08:30:00Z"))
  }

  private func refund(_ amount: String) throws -> Refund {
    Refund(
      id: try RefundID("re_1"), amount: try dollars(amount), refundedAt: try instant("2024-02-09T00:00:00Z"))
  }

  private func creditNote(_ amount: String, isEffective: Bool = true) throws -> CreditNote {
    CreditNote(
      id: try CreditNoteID("cn_1"), number: "CN-2024-001", amount: try dollars(amount),
      issuedAt: try instant("2024-02-08T00:00:00Z"), isEffective: isEffective)
  }

  private func closing() throws -> InvoiceClosing { InvoiceClosing(at: try instant("2024-03-01T00:00:00Z")) }

  @Test func `an invoice without a payment is open`() throws {
    let invoice = try invoice()
    #expect(try invoice.status() == .open)
    #expect(try invoice.amountPaid() == dollars("0"))
    #expect(try invoice.amountRemaining() == dollars("421"))
    #expect(try invoice.paidAt() == nil)
    #expect(try !invoice.isOverdue(at: invoice.document.dueDate))
    #expect(try invoice.isOverdue(at: invoice.document.dueDate.adding(seconds: 1)))
  }

  @Test func `partial payments leave the rest, and the last one settles`() throws {
    let partial = try invoice(payments: [payment("200.00"), payment("100.00", day: 2)])
    #expect(try partial.status() == .open)
    #expect(try partial.amountRemaining() == dollars("121"))
    let settled = try invoice(payments: [payment("200"), payment("221", day: 5)])
    #expect(try settled.status() == .paid)
    #expect(try settled.amountRemaining().isZero)
    #expect(try settled.paidAt() == instant("2024-02-05T08:30:00Z"))
  }

  @Test(arguments: [false, true])
  func `a success beats a failure, whatever their order`(failureIsLast: Bool) throws {
    let attempts = [try payment("421", day: 1), try payment("421", .failed, day: failureIsLast ? 2 : 1)]
    let invoice = try invoice(payments: failureIsLast ? attempts : attempts.reversed())
    #expect(try invoice.status() == .paid)
    #expect(try invoice.amountPaid() == dollars("421"))
  }

  @Test func `a refund stands beside what was received and does not reopen the invoice`() throws {
    let invoice = try invoice(payments: [payment("421")], refunds: [refund("21.50")])
    #expect(try invoice.amountPaid() == dollars("421"))
    #expect(try invoice.amountRefunded() == dollars("21.50"))
    #expect(try invoice.amountRemaining().isZero)
    #expect(try invoice.status() == .paid)
  }

  @Test func `credit notes lower what remains, and only effective ones count`() throws {
    let credited = try invoice(creditNotes: [creditNote("21"), creditNote("500", isEffective: false)])
    #expect(try credited.amountCredited() == dollars("21"))
    #expect(try credited.amountRemaining() == dollars("400"))
    let settled = try invoice(payments: [payment("400")], creditNotes: [creditNote("21")])
    #expect(try settled.status() == .paid)
  }

  @Test func `an overpayment leaves nothing negative`() throws {
    #expect(try invoice(payments: [payment("500")]).amountRemaining().isZero)
  }

  @Test func `a void invoice stays void, a written off one can still be paid`() throws {
    let void = try invoice(payments: [payment("421")], void: closing())
    #expect(try void.status() == .void)
    #expect(try void.amountRemaining().isZero)
    #expect(try invoice(writeOff: closing()).status() == .uncollectible)
    #expect(try invoice(writeOff: closing()).amountRemaining().isZero)
    #expect(try invoice(payments: [payment("421")], writeOff: closing()).status() == .paid)
  }
}

@Suite struct SubscriptionTests {
  @Test(
    arguments: [
      (true, "2024-01-10T00:00:00Z", "2024-01-10T00:00:00Z"),
      (false, "2024-01-10T00:00:00Z", "2024-02-01T00:00:00Z"),
      (false, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
    ])
  func `a change without proration waits for the next month`(prorates: Bool, at: String, from: String) throws
  {
    let change = SubscriptionChange(
      effectiveAt: try instant(at), planID: try PlanID("pro"), prorates: prorates)
    #expect(try change.takesEffectAt == instant(from))
  }

  @Test func `a cancellation at period end lasts to the end of its month`() throws {
    let subscription = Subscription(
      id: try SubscriptionID("sub_1"), startedAt: try instant("2024-01-01T00:00:00Z"),
      changes: [
        SubscriptionChange(effectiveAt: try instant("2024-01-01T00:00:00Z"), planID: try PlanID("pro"))
      ],
      cancellation: SubscriptionCancellation(
        canceledAt: try instant("2024-03-05T10:00:00Z"), atPeriodEnd: true))
    #expect(try subscription.endsAt == instant("2024-04-01T00:00:00Z"))
    #expect(try subscription.status(at: instant("2024-03-31T23:59:59Z")) == "active")
    #expect(try subscription.status(at: instant("2024-04-01T00:00:00Z")) == "canceled")
  }
}
