import FolioTestSupport
import Foundation
import JSON
import Testing

@Suite struct InvoicingCommandTests {
  @Test func `a month is previewed, finalised once and built`() throws {
    let shop = try InvoicingShop(EventLines.january("cus_a") + EventLines.january("cus_b"))
    let preview = try folio(
      "invoice", "preview", "--store", shop.store, "--period", "2024-01", "--issued-at",
      "2024-02-01T00:10:00Z")
    #expect(preview.status == 0, "\(preview.words)")
    #expect(preview.output.hasPrefix("CUSTOMER  NAME"))
    #expect(
      preview.output.contains("cus_a     Name of cus_a             —      421.00       —  0.00  421.00  USD"))
    let first = try shop.finalize()
    #expect(first.status == 0, "\(first.words)")
    #expect(
      first.output == """
        CUSTOMER  NUMBER        AMOUNT  CURRENCY  DUE
        cus_a     AS2-2024-001  421.00  USD       2024-02-15
        cus_b     AS2-2024-002  421.00  USD       2024-02-15

        """)
    let second = try shop.finalize()
    #expect(second.status == 0 && second.words.contains("0 invoices issued, 2 issued before"))
    #expect(second.output.split(separator: "\n").count == 1)
    let site = try shop.build(asOf: "2024-02-02T00:00:00Z")
    let page = try #require(site["cus_a/invoices/\(shop.invoiceIDs()[0]).html"])
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.contains("Seller Ltd") && text.contains("Net 14") && text.contains("Partners behind"))
  }

  @Test func `the report as JSON has amounts as decimals and as minor units`() throws {
    let shop = try InvoicingShop(EventLines.january("cus_a"))
    let run = try shop.finalize("2024-01", at: "2024-02-01T00:10:00Z", "--json")
    guard case .object(let report) = try JSONParser.parse(Array(run.output.utf8)),
      case .array(let invoices)? = report["invoices"], case .object(let invoice)? = invoices.first
    else { return #expect(Bool(false), "\(run.output)") }
    #expect(
      report.members.map(\.name) == [
        "period", "is_complete", "issued", "already_invoiced", "held", "without_plan", "invoices",
        "not_issued", "corrections_without_plan",
      ])
    #expect(invoice["number"] == .string("AS2-2024-001"))
    #expect(
      run.output.contains(#""amount_due": 421.00"#) && run.output.contains(#""amount_due_minor": 42100"#))
  }

  @Test func `exit statuses say what happened`() throws {
    let shop = try InvoicingShop(
      EventLines.january("cus_a") + [
        EventLines.customer("cus_b"), EventLines.subscription(of: "cus_b"),
        EventLines.usage(of: "cus_b", 10, in: "2024-01-15T11:00:00Z"),
      ])
    let early = try shop.finalize("2024-02")
    #expect(early.status == 1 && early.words.contains("2024-02 is not over at 2024-02-01T00:10:00Z"))
    let flagged = try shop.finalize("2024-01", at: "2024-02-01T00:10:00Z", "--dry-run")
    #expect(flagged.status == 2 && flagged.words.contains("cus_b: Usage has been received through"))
    #expect(try InvoicingShop.invoices(in: shop.store).isEmpty)
    let held = try shop.finalize()
    #expect(held.status == 3 && held.words.contains("1 invoice issued, 0 issued before, 1 held"))
    let rest = try shop.finalize("2024-01", at: "2024-02-01T00:10:00Z", "--allow-incomplete")
    #expect(rest.status == 0 && rest.output.contains("cus_b     AS2-2024-002  299.00"))
    let unknown = try shop.finalize("2024-01", at: "2024-02-01T00:10:00Z", "--customer", "cus_x")
    #expect(unknown.status == 1 && unknown.words.contains("knows no customer 'cus_x'"))
    let ahead = try shop.finalize("2024-01", at: "2200-01-01T00:00:00Z")
    #expect(ahead.status == 1 && ahead.words.contains("is yet to come"))
    let month = try shop.finalize("2024-1")
    #expect(month.status == 64 && month.words.contains("--period must be a month such as 2024-01"))
    _ = try shop.folder.write("{}", to: "portal.json")
    let seller = try shop.finalize()
    #expect(seller.status == 1 && seller.words.contains("No seller is configured"))
  }

  @Test func `an invoice is voided, credited and paid by commands that may be repeated`() throws {
    let shop = try InvoicingShop(EventLines.january("cus_a") + EventLines.january("cus_b"))
    _ = try shop.finalize()
    let ids = try shop.invoiceIDs()
    for words in ["Voided AS2-2024-001", "is void already"] {
      let run = try folio(
        "invoice", "void", ids[0], "--store", shop.store, "--at", "2024-02-02T00:00:00Z", "--reason", "Twice")
      #expect(run.status == 0 && run.words.contains(words), "\(run.words)")
    }
    let credit = [
      "credit-note", "issue", "--store", shop.store, "--invoice", ids[1], "--amount", "21", "--id", "cn_1",
    ]
    for words in ["Credited 21.00 USD", "is there already"] {
      let run = try folio(credit + ["--at", "2024-02-03T00:00:00Z"])
      #expect(run.status == 0 && run.output == "CN-2024-001\n" && run.words.contains(words), "\(run.words)")
    }
    let above = try folio(
      "credit-note", "issue", "--store", shop.store, "--invoice", ids[1], "--amount", "400.01", "--at",
      "2024-02-04T00:00:00Z")
    #expect(above.status == 1 && above.words.contains("400.01 USD is more than the 400.00 USD"))
    let pay = [
      "payment", "record", "--store", shop.store, "--invoice", ids[1], "--paid-at", "2024-02-05T00:00:00Z",
    ]
    for (amount, status, words) in [
      ("400.01", Int32(1), "still due"), ("400.001", 1, "3 digits behind the point"),
      ("4e2", 64, "must be an amount"), ("400.00", 0, "Recorded"), ("400.00", 0, "nothing changed"),
    ] {
      let run = try folio(pay + ["--amount", amount])
      #expect(run.status == status && run.words.contains(words), "\(amount): \(run.words)")
    }
    let paid = try folio("invoice", "void", ids[1], "--store", shop.store)
    #expect(paid.status == 1 && paid.words.contains("folio credit-note issue"))
    let again = try shop.finalize("2024-01", at: "2024-02-06T00:00:00Z")
    #expect(again.status == 3 && again.words.contains("'AS2-2024-001' is void"))
    let named = try shop.finalize("2024-01", at: "2024-02-06T00:00:00Z", "--customer", "cus_a")
    #expect(named.status == 0 && named.output.contains("AS2-2024-003"))
  }

  @Test func `what is issued keeps its bytes whatever is renamed, repriced or arrives late`() throws {
    let shop = try InvoicingShop(
      EventLines.january("cus_a") + [EventLines.partner(of: "cus_a", "prt_a", named: "Old & Sons")])
    _ = try shop.finalize()
    let id = try shop.invoiceIDs()[0]
    let before = try shop.build(asOf: "2024-02-02T00:00:00Z")
    try shop.configure(seller: "Another Ltd", terms: "Net 30")
    try shop.take([
      EventLines.partner(of: "cus_a", "prt_a", named: "New & Sons", at: "2024-02-02T10:00:00Z"),
      EventLines.plan(base: "777", rate: "0.9", recordedAt: "2024-02-03T00:00:00Z"),
      EventLines.plan("plan_b"),
      EventLines.planChange(of: "cus_a", to: "plan_b", at: "2024-02-03T12:00:00Z"),
      EventLines.usage(
        of: "cus_a", 9_000, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-04T00:00:00Z"),
      EventLines.watermark(of: "cus_a", through: "2024-03-01T00:00:00Z"),
    ])
    let february = try shop.finalize("2024-02", at: "2024-03-01T00:10:00Z")
    #expect(february.status == 0, "\(february.words)")
    _ = try folio(
      "credit-note", "issue", "--store", shop.store, "--invoice", try shop.invoiceIDs()[1], "--amount", "1",
      "--at", "2024-03-02T00:00:00Z")
    // Not overdue yet: the due date is an event of the invoice's own.
    let early = try shop.build(asOf: "2024-02-05T00:00:00Z")
    let page = "cus_a/invoices/\(id).html"
    #expect(early[page] != nil && early[page] == before[page])
    #expect(try object(of: id, early) == object(of: id, before))
    let late = try shop.build(asOf: "2024-03-05T00:00:00Z")
    #expect(String(decoding: late[page] ?? Data(), as: UTF8.self).contains("Old &amp; Sons"))
    #expect(!String(decoding: late[page] ?? Data(), as: UTF8.self).contains("Another Ltd"))
  }

  /// An invoice as the feed has it.
  private func object(of id: String, _ site: [String: Data]) throws -> [UInt8] {
    let feed = try JSONParser.parse(Array(try #require(site["cus_a/feeds/invoices.json"])))
    guard case .object(let root) = feed, case .array(let invoices)? = root["data"] else { return [] }
    let found = invoices.first {
      if case .object(let invoice) = $0 { invoice["id"] == .string(id) } else { false }
    }
    return try #require(found).canonicalBytes
  }

  @Test func `a store that a demo made stays one after its invoices are worked on`() throws {
    let folder = try TemporaryFolder()
    let demo = try folio("demo", folder.path("demo"), "--customers", "1")
    try #require(demo.status == 0, "\(demo.words)")
    let store = folder.path("demo/billing.db")
    let invoice = try #require(try InvoicingShop.invoiceIDs(in: store).last)
    let run = try folio(
      "payment", "record", "--store", store, "--invoice", invoice, "--amount", "1", "--paid-at",
      "2026-06-10T00:00:00Z", "--allow-overpayment")
    try #require(run.status == 0, "\(run.words)")
    let build = try folio("build", "--store", store, "--out", folder.path("demo/site"))
    #expect(build.status == 0, "\(build.words)")
  }
}
