import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import SQLite
import Testing

@Suite struct InboxStoreTests {
  /// Every row of a store that does not depend on arrival, and the hashes of its revisions.
  private func lines(_ path: String) throws -> [String] {
    let connection = try Connection(path: path, mode: .readOnly)
    let tables = try connection.statement(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).rows { try $0.text(0) }
    return try tables.flatMap { table in
      let left: Set = ["received_at", "origin", "counter", "event_no"]
      let cells = try connection.statement("SELECT name FROM pragma_table_info('\(table)') ORDER BY cid")
        .rows { try $0.text(0) }.filter { !left.contains($0) }.map { "quote(\($0))" }
      return try connection.statement(
        "SELECT '\(table) ' || \(cells.joined(separator: " || ' ' || ")) AS line FROM \(table) ORDER BY line"
      ).rows { try $0.text(0) }
    }
  }

  private func imported(_ events: [(id: String, body: String)]) throws -> [String] {
    let listener = try Listener()
    let file = try listener.folder.write(events.map(\.body).joined(separator: "\n"), to: "facts")
    let options = ImportOptions(
      source: "billing", customer: nil, currency: try #require(Currency(code: "USD")))
    let report = try FileImporter(store: listener.store(), options: options, receivedAt: now).importFile(file)
    #expect(report.applied == events.count)
    return try lines(listener.storePath)
  }

  @Test func `any order and repetition of an event set gives the store that an import of it gives`() throws {
    let events = Bodies.accounts()
    let expected = try imported(events)
    for seed in UInt64(1)...12 {
      var generator = SeededGenerator(seed: seed)
      var order = events + (0..<10).map { _ in events[generator.below(events.count)] }
      order.shuffle(using: &generator)
      let listener = try Listener()
      while !order.isEmpty {
        let count = min(order.count, 1 + generator.below(9))
        try listener.take(Array(order.prefix(count)))
        order.removeFirst(count)
        if generator.below(2) == 0 { try listener.apply(limit: 1 + generator.below(5)) }
      }
      try listener.apply()
      _ = try listener.inbox.settleWaiting(by: listener.reader())
      #expect(try listener.entries(.pending, .waiting, .refused, .conflict).isEmpty, "seed \(seed)")
      #expect(try lines(listener.storePath).difference(from: expected).isEmpty, "seed \(seed)")
    }
  }

  @Test func `a crash between the store's commit and the inbox's mark applies nothing twice`() throws {
    let events = Bodies.accounts()
    let expected = try imported(events)
    let listener = try Listener()
    try listener.take(events)
    for _ in 0..<3 {
      // The store commits, and the process ends before the inbox knows.
      let pending = try listener.inbox.pending(limit: 100)
      let settled = try listener.store().apply(pending, receivedAt: now, decode: listener.secrets.verdict)
      #expect(settled.allSatisfy { $0.state == .applied })
      listener.inbox = try Inbox(path: listener.folder.path("billing.db.inbox"))
      #expect(try listener.inbox.pending(limit: 100).count == events.count)
    }
    #expect(try listener.apply().allSatisfy { $0 == .applied })
    #expect(try lines(listener.storePath).difference(from: expected).isEmpty)
    #expect(try listener.inbox.pending(limit: 100).isEmpty)
  }

  @Test func `a batch marks its own deliveries alone, whatever lies between them`() throws {
    let listener = try Listener(limits: InboxLimits(pendingCount: 4))
    let refused = #"{"type":"billing.customer.updated","customer_id":"cus_c","data":{"name":5}}"#
    let customers = ["cus_a", "cus_b", "cus_d", "cus_e"].map { (id: $0, body: EventLines.customer($0)) }
    try listener.take(Array(customers[..<2]) + [("refused", refused)] + customers[2...])
    let batch = try listener.inbox.pending(limit: 100)
    #expect(batch.map(\.id) == customers.map(\.id))
    let settled = try listener.store().apply(batch, receivedAt: now, decode: listener.secrets.verdict)
    // Somebody lets the refused one be tried again before the batch is marked.
    let other = try Inbox(path: listener.folder.path("billing.db.inbox"))
    #expect(try other.replay(.ids(["refused"])).map(\.outcome) == [.queued])
    try listener.inbox.settle(settled)
    #expect(try listener.inbox.pending(limit: 100).map(\.id) == ["refused"])
    // There is room for three beside it, and not for a fourth.
    let more = (0..<4).map { (id: "more\($0)", body: EventLines.customer("cus_f")) }
    #expect(try listener.take(more).map(\.outcome) == Array(repeating: .kept(.pending), count: 3) + [.full])
  }

  @Test func `a batch that is marked twice is counted once`() throws {
    let listener = try Listener(limits: InboxLimits(pendingCount: 3))
    let customers = ["cus_a", "cus_b", "cus_d"].map { (id: $0, body: EventLines.customer($0)) }
    try listener.take(customers)
    let batch = try listener.inbox.pending(limit: 100)
    let settled = try listener.store().apply(batch, receivedAt: now, decode: listener.secrets.verdict)
    try listener.inbox.settle(settled)
    try listener.inbox.settle(settled)
    let more = (0..<4).map { (id: "more\($0)", body: EventLines.customer("cus_f")) }
    #expect(try listener.take(more).map(\.outcome) == Array(repeating: .kept(.pending), count: 3) + [.full])
  }

  @Test func `a crash after an acknowledgement loses nothing`() throws {
    let listener = try Listener()
    try listener.take(Bodies.accounts())
    listener.inbox = try Inbox(path: listener.folder.path("billing.db.inbox"))
    #expect(try listener.apply().count == Bodies.accounts().count)
    #expect(try listener.statement("cus_b")?.invoices.first?.payments.count == 1)
  }

  @Test func `a damaged cell refuses the events of one customer and lets those of others pass`() throws {
    let listener = try Listener()
    try listener.take(("c", Bodies.customer), ("i", Bodies.invoice()))
    try listener.apply()
    let connection = try Connection(path: listener.storePath, mode: .readWrite)
    try connection.exclusiveWrite { try connection.execute("UPDATE invoices SET document = 'x'") }
    try listener.take(("n", Bodies.creditNote("1")), ("d", EventLines.customer("cus_d")))
    #expect(try listener.apply() == [.refused, .applied])
    let reason = try listener.entries(.refused).first?.reason
    #expect(reason?.expected == .intactCell)
  }

  @Test func `an inbox is no store, and a store no inbox`() throws {
    let listener = try Listener()
    _ = try listener.store()
    #expect(throws: MigrationError.self) { try Inbox(path: listener.storePath) }
    #expect(throws: MigrationError.self) {
      try BillingStore(path: listener.folder.path("billing.db.inbox"), isCreating: true)
    }
  }
}
