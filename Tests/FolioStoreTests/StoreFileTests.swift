import FolioBilling
import FolioStore
import FolioTestSupport
import Foundation
import SQLite
import Synchronization
import Testing

@Suite struct StoreFileTests {
  @Test func `a store of a newer schema is refused by writers and readers`() throws {
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    let newer = BillingStore.schemaVersion + 1
    try StoreDump.plant(store.path, "PRAGMA user_version = \(newer)")
    let before = try contents(store)
    let error = MigrationError.storeIsNewer(found: newer, supported: BillingStore.schemaVersion)
    #expect(throws: error) { _ = try store.open() }
    #expect(throws: error) { _ = try store.reader() }
    #expect(try contents(store) == before)
  }

  @Test func `a missing file is an error, unless it is to be made`() throws {
    let store = try TemporaryStore()
    let unread = #expect(throws: SQLiteError.self) { _ = try store.reader() }
    let unwritten = #expect(throws: SQLiteError.self) {
      _ = try BillingStore(path: store.path, isCreating: false)
    }
    #expect(unread?.isMissingFile == true)
    #expect(unwritten?.isMissingFile == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory).isEmpty)
    _ = try store.open()
    let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a file that is no store is refused and stays as it is`() throws {
    let store = try TemporaryStore()
    let text = Data(String(repeating: "no database ", count: 1_000).utf8)
    _ = try store.file("billing.db", text)
    #expect(throws: SQLiteError.self) { _ = try store.open() }
    #expect(throws: SQLiteError.self) { _ = try store.reader() }
    #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == text)
  }

  @Test func `a damaged store gives a typed error or the truth, and never stops the program`() throws {
    let store = try TemporaryStore()
    try store.apply(RichEvents.make())
    let sound = try Data(contentsOf: URL(fileURLWithPath: store.path))
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<300 {
      var damaged = sound
      for _ in 0..<8 {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      let copy = try TemporaryStore()
      _ = try copy.file("billing.db", damaged)
      do {
        for customer in RichEvents.customers { _ = try copy.statement(customer) }
        _ = try copy.statement("cus_a", asOf: "2024-02-03T00:00:00Z")
      } catch {
        refused += 1
        #expect(
          error is SQLiteError || error is StoredValueError || error is MigrationError || error is FieldError,
          "\(error)")
      }
    }
    #expect(refused > 20)
  }

  @Test func `a store cut in half is damaged`() throws {
    let store = try TemporaryStore()
    try store.apply(RichEvents.make())
    let sound = try Data(contentsOf: URL(fileURLWithPath: store.path))
    let copy = try TemporaryStore()
    _ = try copy.file("billing.db", sound.prefix(sound.count / 2 / 4_096 * 4_096))
    let error = #expect(throws: SQLiteError.self) { _ = try copy.statement("cus_a") }
    #expect(error?.isCorrupt == true)
  }

  @Test func `a full disk is an error, and the store is as it was`() throws {
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    let before = try StoreDump.lines(store.path)
    let connection = try Connection(path: store.path, mode: .readWrite)
    let pages = try connection.pragma("page_count")
    try connection.execute("PRAGMA max_page_count = \(pages)")
    let error = #expect(throws: SQLiteError.self) {
      try connection.exclusiveWrite {
        try connection.execute("UPDATE customers SET name = 'half'")
        try connection.savepoint {
          try connection.execute("UPDATE events SET data = CAST(zeroblob(1000000) AS TEXT)")
        }
      }
    }
    #expect(error?.isFull == true)
    #expect(try StoreDump.lines(store.path) == before)
    #expect(try store.apply([customerEvent("cus_b")]) == [.applied])
    #expect(try store.reader().integrity() == ["ok"])
  }

  @Test func `a transaction that throws leaves nothing`() throws {
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    let before = try StoreDump.lines(store.path)
    let events = try RichEvents.make()
    #expect(throws: NotAValue.self) {
      try store.open().write(receivedAt: now, origin: "") { log in
        for event in events { _ = try log.apply(event) }
        throw NotAValue(text: "stop")
      }
    }
    #expect(try StoreDump.lines(store.path) == before)
  }

  @Test func `a reader during a write sees the state before it`() throws {
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    let writer = try store.open()
    let reader = try store.reader()
    let customer = try CustomerID("cus_a")
    let before = try reader.revision(of: customer)
    try writer.write(receivedAt: now, origin: "") { log in
      _ = try log.apply(event(.partnerUpdated, "p", at: "2024-01-01T00:00:00Z", #"{"partner_id":"prt_1"}"#))
      #expect(try reader.statement(of: customer, asOf: now)?.partners.isEmpty == true)
      #expect(try reader.revision(of: customer) == before)
    }
    #expect(try reader.statement(of: customer, asOf: now)?.partners.count == 1)
    #expect(try reader.revision(of: customer) != before)
  }

  @Test func `a reader changes no file but the shared memory, and makes none`() throws {
    let store = try TemporaryStore()
    try store.apply(RichEvents.make())
    let before = try contents(store)
    let reader = try store.reader()
    for customer in try reader.customers(asOf: now) { _ = try reader.statement(of: customer, asOf: now) }
    _ = try reader.integrity()
    #expect(try contents(store) == before)
  }

  /// Every file of the store's directory but the shared memory.
  private func contents(_ store: TemporaryStore) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: store.directory)
      .filter { !$0.hasSuffix("-shm") }
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: store.directory + "/" + $0)))
      })
  }

  @Test func `two writers wait for each other`() throws {
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    let path = store.path
    let steps = Mutex<[String]>([])
    let (isInside, isWaiting) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let group = DispatchGroup()
    run(group) {
      try write("p1", to: path) {
        steps.withLock { $0.append("first begins") }
        isInside.signal()
        isWaiting.wait()
        steps.withLock { $0.append("first ends") }
      }
    }
    run(group) {
      isInside.wait()
      isWaiting.signal()
      try write("p2", to: path) { steps.withLock { $0.append("second begins") } }
    }
    group.wait()
    #expect(steps.withLock { $0 } == ["first begins", "first ends", "second begins"])
    #expect(try store.statement("cus_a")?.partners.map(\.id.text) == ["p1", "p2"])
  }

  private func run(_ group: DispatchGroup, _ body: @escaping @Sendable () throws -> Void) {
    DispatchQueue.global().async(group: group) {
      do { try body() } catch { Issue.record(error) }
    }
  }
}

/// Applies one event in a transaction of its own, after `body` has run inside it.
private func write(_ partner: String, to path: String, _ body: () -> Void) throws {
  let store = try BillingStore(path: path, isCreating: false)
  try store.write(receivedAt: now, origin: "") { log in
    body()
    _ = try log.apply(
      event(.partnerUpdated, partner, at: "2024-01-01T00:00:00Z", #"{"partner_id":"\#(partner)"}"#))
  }
}
