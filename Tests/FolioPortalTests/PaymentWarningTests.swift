import FolioBilling
import Testing

@Suite struct PaymentWarningTests {
  private func overview(_ payments: [Payment], asOf: String = "2024-02-10T12:00:00Z") throws -> String {
    let paid = try Samples.paidInvoice()
    let invoice = Invoice(
      id: paid.id, document: paid.document, finalizedAt: paid.finalizedAt, payments: payments)
    return try PortalFixture(
      Statement(
        customer: Samples.customer("Acme"), asOf: at(asOf), subscriptions: [Samples.subscription()],
        plans: [Samples.plan()], invoices: [invoice])
    ).text("index.html")
  }

  private func failed(
    _ at: String?, retry: String? = "2024-02-15T00:00:00Z", reason: String? = "insufficient_funds"
  )
    throws -> Payment
  {
    Payment(
      outcome: .failed, amount: try usd("421.00"), at: try at.map(FolioPortalTests.at), failureReason: reason,
      retryDate: try retry.map(FolioPortalTests.at))
  }

  private func succeeded(_ amount: String, _ at: String) throws -> Payment {
    Payment(outcome: .succeeded, amount: try usd(amount), at: try FolioPortalTests.at(at))
  }

  @Test func `a failed payment says amount, invoice, reason and the next attempt`() throws {
    let page = try overview([failed("2024-02-05T00:00:00Z")])
    #expect(
      page.contains(
        "The payment of <strong>$421.00</strong> for <a href=\"invoices/in_invoice_123.html\"><bdi>AS2-2024-001</bdi></a> failed: insufficient funds. The next attempt is on 15 Feb 2024."
      ), "\(page)")
  }

  @Test func `an attempt that is past or not known is not promised, and an unknown reason is the source's`()
    throws
  {
    let past = try overview([failed("2024-02-05T00:00:00Z", retry: "2024-02-09T00:00:00Z")])
    #expect(past.contains("failed: insufficient funds.</p>"))
    #expect(
      try overview([failed(nil, retry: nil, reason: "sunspots & <more>")]).contains(
        "sunspots &amp; &lt;more&gt;"))
    #expect(try overview([failed(nil, retry: nil, reason: nil)]).contains("</a> failed.</p>"))
  }

  @Test func `a later payment takes the warning away, an earlier one does not`() throws {
    let later = try overview([failed("2024-02-05T00:00:00Z"), succeeded("100.00", "2024-02-06T00:00:00Z")])
    #expect(!later.contains("The payment of"))
    let earlier = try overview([succeeded("100.00", "2024-02-02T00:00:00Z"), failed("2024-02-05T00:00:00Z")])
    #expect(earlier.contains("The payment of"))
    let settled = try overview([failed("2024-02-05T00:00:00Z"), succeeded("421.00", "2024-02-04T00:00:00Z")])
    #expect(!settled.contains("The payment of"))
  }

  @Test func `an invoice past its date is told with what is still due`() throws {
    let page = try overview([succeeded("21.00", "2024-02-06T00:00:00Z")], asOf: "2024-02-17T00:00:00Z")
    #expect(page.contains("<strong>$400.00</strong> of <a href=\"invoices/in_invoice_123.html\">"))
    #expect(page.contains("has been due since 15 Feb 2024."))
    #expect(try !overview([]).contains("has been due since"))
  }
}
