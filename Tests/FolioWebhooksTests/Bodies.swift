import FolioTestSupport

/// Bodies that senders post, with the ids under which they post them.
enum Bodies {
  static let customer = EventLines.customer("cus_a")

  static let payment =
    #"{"type":"billing.payment_succeeded","data":{"invoice_id":"in_1","amount_paid":10.00,"paid_at":"2024-02-01T08:30:00Z"}}"#

  static func invoice(_ id: String = "in_1", of customer: String = "cus_a") -> String {
    EventLines.event(
      "invoice.finalized", "e_\(id)", at: "2024-02-01T00:00:00Z", of: customer,
      #""invoice_id":"\#(id)","number":"N-\#(id)","currency":"usd","amount_due":100.00,"#
        + #""period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-31T23:59:59Z","#
        + #""created":"2024-02-01T00:00:00Z","due_date":"2024-02-15T23:59:59Z""#)
  }

  static func creditNote(_ amount: String) -> String {
    #"{"type":"billing.credit_note.issued","data":{"credit_note_id":"cn_1","invoice_id":"in_1","number":"CN-1","amount":\#(amount),"issued_at":"2024-02-02T00:00:00Z"}}"#
  }

  /// A body of each customer event with its id, as an import would read them too.
  static func accounts() -> [(id: String, body: String)] {
    var lines = [EventLines.plan()]
    for customer in ["cus_a", "cus_b"] {
      lines += EventLines.january(customer)
      lines += [
        EventLines.partner(of: customer, "prt_a", named: "One"),
        EventLines.customer(customer, at: "2024-03-01T00:00:00Z", more: #","tax_id":"DE1""#),
        EventLines.usage(of: customer, 20, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-02T00:00:00Z"),
        invoice("in_\(customer)", of: customer),
        EventLines.event(
          "payment_succeeded", "e_paid_\(customer)", at: "2024-02-03T00:00:00Z", of: nil,
          #""invoice_id":"in_\#(customer)","amount_paid":40.00,"paid_at":"2024-02-03T00:00:00Z""#),
      ]
    }
    return lines.map { (id: id(of: $0), body: $0) }
  }

  private static func id(of line: String) -> String {
    let rest = line.split(separator: #""id":""#, maxSplits: 1).last ?? ""
    return String(rest.prefix { $0 != "\"" })
  }
}
