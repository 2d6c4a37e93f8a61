import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import Foundation
import Testing

@Suite struct InboxTests {
  private let listener: Listener

  init() throws { listener = try Listener() }

  private func outcomes(_ bodies: (id: String, body: String)...) throws -> [Acceptance.Outcome] {
    try listener.take(bodies).map(\.outcome)
  }

  @Test func `an event is kept, applied, and its body let go of`() throws {
    let accepted = try listener.take(("m1", Bodies.customer))
    #expect(accepted.map(\.id) == ["m1"])
    #expect(accepted.map(\.outcome) == [.kept(.pending)])
    #expect(try listener.inbox.pending(limit: 9).map(\.id) == ["m1"])
    #expect(try listener.apply() == [.applied])
    #expect(try listener.statement("cus_a")?.customer.name == "Name of cus_a")
    #expect(try listener.inbox.pending(limit: 9).isEmpty)
    #expect(try listener.inbox.reader.gauges().counts.values.allSatisfy { $0 == 0 })
    #expect(try listener.take(("m1", Bodies.customer)).map(\.outcome) == [.repeated(.applied)])
  }

  @Test func `the same id and data is a repetition, in whatever envelope and spelling`() throws {
    let other =
      #"{"data":{"currency":"usd","name":"Name of cus_a"},"attempt":2,"type":"billing.customer.updated","customer_id":"cus_a"}"#
    #expect(
      try outcomes(("m1", Bodies.customer), ("m1", Bodies.customer), ("m1", other))
        == [.kept(.pending), .repeated(.pending), .repeated(.pending)])
    #expect(try listener.apply() == [.applied])
  }

  @Test func `other data under the same id is a conflict that lies aside, and the first stays`() throws {
    let other = EventLines.customer("cus_a", currency: "eur")
    let stranger = EventLines.customer("cus_b").replacing("Name of cus_b", with: "Name of cus_a")
    #expect(
      try outcomes(("m1", Bodies.customer), ("m1", other), ("m1", other), ("m1", stranger))
        == [.kept(.pending), .conflict, .conflict, .conflict])
    #expect(try listener.apply() == [.applied])
    #expect(try listener.take(("m1", other)).map(\.outcome) == [.conflict])
    let conflicts = try listener.entries(.conflict)
    #expect(conflicts.map(\.id) == ["m1", "m1"])
    #expect(conflicts.compactMap(\.customerID?.text) == ["cus_a", "cus_b"])
    #expect(try listener.inbox.reader.gauges().counts[.conflict] == 2)
    #expect(try listener.statement("cus_a")?.customer.currency.code == "USD")
    #expect(try listener.statement("cus_b") == nil)
  }

  @Test func `of one identity only so many others are kept`() throws {
    _ = try outcomes(("m1", Bodies.customer))
    for index in 0..<20 {
      let other = EventLines.customer("cus_a", more: #","purchase_order":"\#(index)""#)
      #expect(try outcomes(("m1", other)) == [.conflict])
    }
    #expect(try listener.entries(.conflict).count == 8)
  }

  @Test func `an id that the store has from elsewhere with other data is a conflict when it is applied`()
    throws
  {
    let file = try listener.folder.write(EventLines.customer("cus_a", currency: "eur"), to: "facts")
    let id = "e_cus_a_2023-06-01"
    try importFile(file)
    #expect(try listener.take((id, Bodies.customer)).map(\.outcome) == [.kept(.pending)])
    #expect(try listener.apply() == [.conflict])
    #expect(try listener.entries(.conflict).map(\.id) == [id])
    #expect(try listener.take((id, Bodies.customer)).map(\.outcome) == [.repeated(.conflict)])
  }

  private func importFile(_ file: String) throws {
    let currency = try #require(Currency(code: "USD"))
    let options = ImportOptions(source: "billing", customer: nil, currency: currency)
    let report = try FileImporter(store: listener.store(), options: options, receivedAt: now).importFile(file)
    #expect(report.isKept)
  }

  @Test func `a signed but invalid event is kept as refused, with its field`() throws {
    let bad = Bodies.customer.replacing("usd", with: "zzz")
    let accepted = try listener.take(("m1", bad))
    #expect(accepted.map(\.outcome) == [.kept(.refused)])
    #expect(
      accepted.first?.reason == FieldError(path: "data.currency", expected: .currency, found: #""zzz""#))
    #expect(accepted.first?.reason?.code == "currency")
    #expect(try listener.take(("m1", bad)).first?.reason == accepted.first?.reason)
    #expect(try listener.apply().isEmpty)
    #expect(try listener.entries(.refused).map(\.reason) == [accepted.first?.reason])
  }

  @Test func `what the store refuses can be replayed after a mend`() throws {
    try listener.take(("m1", Bodies.customer), ("m2", Bodies.invoice()), ("m3", Bodies.creditNote("100.01")))
    #expect(try listener.apply() == [.applied, .applied, .refused])
    #expect(try listener.entries(.refused).map(\.reason?.path) == ["data.amount"])
    #expect(try listener.inbox.replay(.ids(["m3"])).map(\.outcome) == [.queued])
    #expect(try listener.apply() == [.refused])

    // The same event of a source that had no right to say it is applied once it has.
    let scoped = try Listener(#"["cus_b"]"#)
    #expect(try scoped.take(("m1", Bodies.customer)).map(\.outcome) == [.kept(.refused)])
    #expect(try scoped.inbox.replay(.since(now)).map(\.outcome) == [.queued])
    #expect(try scoped.apply() == [.refused])
    scoped.secrets = try WebhookSecrets(customers: #"["cus_a"]"#)
    #expect(try scoped.inbox.replay(.since(now.adding(seconds: 1))).isEmpty)
    #expect(try scoped.inbox.replay(.since(now)).map(\.id) == ["m1"])
    #expect(try scoped.apply() == [.applied])
  }

  @Test func `a replay tells what cannot be tried again`() throws {
    try listener.take(
      ("m1", Bodies.customer), ("m2", "{"), ("m3", #"{"type":"billing.new","data":{}}"#),
      ("m4", Bodies.payment))
    let found = try listener.inbox.replay(.ids(["m1", "m2", "m3", "m5"]))
    #expect(found.map(\.outcome) == [.left(.pending), .nothingKept, .queued, .notFound])
    #expect(try listener.apply() == [.applied, .unknown, .waiting])
    #expect(
      try listener.inbox.replay(.ids(["m1", "m4"])).map(\.outcome) == [.left(.applied), .left(.waiting)])
  }

  @Test(arguments: [
    #"{"type":"billing.customer.updated","customer_id":"cus_a","data":{"name":"4242 4242 4242 4242","currency":"usd"}}"#,
    #"{"type":"billing.new","data":{"card":{"cvc":"123","name":"4242 4242 4242 4242"}}}"#,
    #"{"type":"4242 4242 4242 4242","data":{}}"#,
    #"{"type":"billing.customer.updated","note":["4242 4242 4242 4242"],"data":{}}"#,
    #"{"data":{"name":"4242 4242 4242 4242""#, #"["4242 4242 4242 4242"]"#,
  ])
  func `of card data, and of what cannot be searched for them, only id and reason are kept`(body: String)
    throws
  {
    let accepted = try listener.take(("m1", body))
    #expect(accepted.map(\.outcome) == [.kept(.refused)])
    #expect(accepted.first?.reason != nil)
    #expect(try listener.take(("m1", body)).map(\.outcome) == [.repeated(.refused)])
    #expect(try listener.rawBytes().range(of: Data("4242".utf8)) == nil)
    #expect(try listener.inbox.replay(.ids(["m1"])).map(\.outcome) == [.nothingKept])
    // Nothing of the first stands in the way of the sender's second try.
    #expect(try listener.take(("m1", Bodies.customer)).map(\.outcome) == [.kept(.pending)])
    #expect(try listener.apply() == [.applied])
  }

  @Test func `an unknown type is kept for a version that knows it`() throws {
    let body = #"{"type":"billing.quote.accepted","data":{"quote_id":"q"}}"#
    #expect(try outcomes(("m1", body), ("m1", body)) == [.kept(.unknown), .repeated(.unknown)])
    #expect(try listener.apply().isEmpty)
    #expect(try listener.entries(.unknown).map(\.type) == ["billing.quote.accepted"])
    #expect(try listener.rawBytes().range(of: Data("quote_id".utf8)) != nil)
  }

  @Test func `an event waits for its subject, whatever brings it`() throws {
    try listener.take(("m1", Bodies.payment), ("m2", Bodies.invoice()))
    #expect(try listener.apply() == [.waiting, .waiting])
    #expect(try listener.entries(.waiting).map(\.waitingFor) == ["invoice in_1", "customer cus_a"])
    #expect(try listener.inbox.settleWaiting(by: listener.reader()).isEmpty)

    try importFile(try listener.folder.write(Bodies.customer, to: "facts"))
    #expect(try listener.entries(.waiting).isEmpty)
    #expect(try listener.inbox.reader.gauges().counts[.waiting] == 2)
    #expect(try listener.inbox.settleWaiting(by: listener.reader()).map(\.state) == [.applied, .applied])
    #expect(try listener.inbox.reader.gauges().counts[.waiting] == nil)
    #expect(try listener.statement("cus_a")?.invoices.first?.amountPaid().minorUnits == 1_000)
  }

  @Test func `what waited and did not fit its subject is refused, and tried again by a replay`() throws {
    try listener.take(("m1", Bodies.customer), ("m2", Bodies.creditNote("100.01")))
    #expect(try listener.apply() == [.applied, .waiting])
    try listener.take(("m3", Bodies.invoice()))
    #expect(try listener.apply() == [.applied])
    #expect(try listener.entries(.refused).map(\.id) == ["m2"])
    let moved = try listener.inbox.settleWaiting(by: listener.reader())
    #expect(moved.map(\.state) == [.refused])
    #expect(moved.first?.reason?.path == "data.amount")
    #expect(try listener.inbox.replay(.ids(["m2"])).map(\.outcome) == [.queued])
    #expect(try listener.apply() == [.refused])
    #expect(try listener.entries(.refused).first?.reason?.expected == .amountWithinInvoice)
  }

  @Test func `a subject in the same batch is found`() throws {
    try listener.take(("m1", Bodies.payment), ("m2", Bodies.invoice()), ("m3", Bodies.customer))
    #expect(try listener.apply() == [.applied, .applied, .applied])
  }

  @Test(arguments: [1, 7, 100])
  func `a hundred times the same id has one effect`(batch: Int) throws {
    try listener.take(("c", Bodies.customer), ("i", Bodies.invoice()))
    var outcomes: [Acceptance.Outcome] = []
    for start in stride(from: 0, to: 100, by: batch) {
      let count = min(batch, 100 - start)
      outcomes += try listener.take(Array(repeating: (id: "m1", body: Bodies.payment), count: count))
        .map(\.outcome)
      if start % 3 == 0 { try listener.apply() }
    }
    try listener.apply()
    #expect(outcomes.filter { $0 == .kept(.pending) }.count == 1)
    #expect(
      outcomes.allSatisfy { [.kept(.pending), .repeated(.pending), .repeated(.applied)].contains($0) })
    #expect(try listener.statement("cus_a")?.invoices.first?.payments.count == 1)
  }

  @Test func `a customer in the path stands in for one that the body lacks, and contradicts no body`() throws
  {
    let body = Bodies.customer.replacing(#""customer_id":"cus_a","#, with: "")
    #expect(try listener.take(("m1", body), customer: "cus_p").map(\.outcome) == [.kept(.pending)])
    #expect(
      try listener.take(("m2", Bodies.customer), customer: "cus_p").first?.reason?.expected == .customerOfPath
    )
    #expect(try listener.apply() == [.applied])
    #expect(try listener.statement("cus_p") != nil)
    #expect(try listener.inbox.replay(.ids(["m2"])).map(\.outcome) == [.queued])
    #expect(try listener.apply() == [.refused])
  }

  @Test func `a source speaks only for its customers, and names them`() throws {
    let scoped = try Listener(#"["cus_a","cus_b"]"#)
    let reasons = try scoped.take(
      ("m1", EventLines.customer("cus_c")), ("m2", EventLines.plan()), ("m3", Bodies.payment),
      ("m4", EventLines.customer("cus_b"))
    ).map { $0.reason?.expected }
    #expect(reasons == [.customerOfSource, .typeOfOneCustomer, .customerNamed, nil])
    let single = try Listener(#"["cus_a"]"#)
    let unnamed = Bodies.customer.replacing(#""customer_id":"cus_a","#, with: "")
    try single.take(("m1", unnamed), ("m2", Bodies.payment))
    #expect(try single.apply() == [.applied, .waiting])
    #expect(try single.statement("cus_a") != nil)
    // The invoice turns out to be another customer's: the payment is not let through to it.
    let file = try single.folder.write(
      EventLines.customer("cus_z") + "\n" + Bodies.invoice(of: "cus_z"), to: "facts")
    let options = ImportOptions(source: "s", customer: nil, currency: try #require(Currency(code: "USD")))
    _ = try FileImporter(store: single.store(), options: options, receivedAt: now).importFile(file)
    #expect(try single.entries(.refused).map(\.id) == ["m2"])
    #expect(try single.statement("cus_z")?.invoices.first?.payments.isEmpty == true)
  }

  @Test func `a source that is gone from the secrets is refused until it is back`() throws {
    try listener.take(("m1", Bodies.customer))
    let secrets = listener.secrets
    listener.secrets = try WebhookSecrets.parse(
      WebhookSecrets.freshFile(source: "other", scheme: .stripe), path: "f")
    #expect(try listener.apply() == [.refused])
    listener.secrets = secrets
    _ = try listener.inbox.replay(.ids(["m1"]))
    #expect(try listener.apply() == [.applied])
  }

  @Test func `an id that is no identifier has one made from it in the store`() throws {
    try listener.take(("urn:message/1", Bodies.customer))
    #expect(try listener.apply() == [.applied])
    #expect(try listener.take(("urn:message/1", Bodies.customer)).map(\.outcome) == [.repeated(.applied)])
  }
}

@Suite struct InboxLimitTests {
  @Test func `a full inbox takes nothing new, still knows what it has, and has room after application`()
    throws
  {
    let listener = try Listener(limits: InboxLimits(pendingCount: 2))
    let events = ["cus_a", "cus_b", "cus_c"].map { (id: $0, body: EventLines.customer($0)) }
    #expect(try listener.take(events).map(\.outcome) == [.kept(.pending), .kept(.pending), .full])
    #expect(
      try listener.take(events).map(\.outcome) == [.repeated(.pending), .repeated(.pending), .full])
    #expect(try listener.apply() == [.applied, .applied])
    #expect(
      try listener.take(events).map(\.outcome) == [.repeated(.applied), .repeated(.applied), .kept(.pending)])
  }

  @Test func `bodies count, to the byte`() throws {
    let body = Bodies.customer
    let listener = try Listener(limits: InboxLimits(pendingBytes: 2 * body.utf8.count))
    #expect(
      try listener.take(("1", body), ("2", body), ("3", body)).map(\.outcome)
        == [.kept(.pending), .kept(.pending), .full])
  }

  @Test func `what lies aside has a limit of its own and keeps no good event out`() throws {
    let bad = Bodies.customer.replacing("usd", with: "zzz")
    let listener = try Listener(limits: InboxLimits(asideBytes: bad.utf8.count))
    #expect(
      try listener.take(("1", bad), ("2", bad), ("3", Bodies.customer), ("3", bad), ("4", "{")).map(\.outcome)
        == [.kept(.refused), .full, .kept(.pending), .full, .kept(.refused)])
  }

  @Test func `another process that replays is seen by the limits`() throws {
    let bad = Bodies.customer.replacing("usd", with: "zzz")
    let listener = try Listener(limits: InboxLimits(pendingCount: 1))
    try listener.take(("1", bad))
    let other = try Inbox(path: listener.folder.path("billing.db.inbox"))
    #expect(try other.replay(.ids(["1"])).map(\.outcome) == [.queued])
    #expect(try listener.take(("2", Bodies.customer)).map(\.outcome) == [.full])
    #expect(try listener.inbox.reader.gauges().oldestPending == now)
  }

  @Test func `a batch of large bodies is cut, and every delivery gets its turn`() throws {
    let listener = try Listener()
    let filler = String(repeating: " ", count: 3 << 20)
    for index in 0..<4 { try listener.take(("m\(index)", EventLines.customer("cus_\(index)") + filler)) }
    #expect(try listener.inbox.pending(limit: 100).count == 3)
    #expect(try listener.apply() == [.applied, .applied, .applied, .applied])
  }

  @Test func `the journal stays bounded`() throws {
    let listener = try Listener(limits: InboxLimits(journalFrames: 1_000))
    let filler = String(repeating: " ", count: 100_000)
    for index in 0..<200 {
      try listener.take(("m\(index)", EventLines.customer("cus_\(index)") + filler))
      if index % 20 == 0 { try listener.apply() }
    }
    let journal = listener.folder.path("billing.db.inbox-wal")
    let size = try FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int ?? 0
    #expect(size < 6 << 20)
  }
}
