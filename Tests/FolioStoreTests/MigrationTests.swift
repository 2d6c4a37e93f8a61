import FolioBilling
import FolioStore
import SQLite
import Testing

@Suite struct MigrationTests {
  /// Takes a store back to the schema before invoices had a column for their number.
  private func makeOlder(_ store: TemporaryStore) throws {
    try StoreDump.plant(
      store.path,
      """
      DROP INDEX invoices_by_number; DROP INDEX credit_notes_by_number;
      ALTER TABLE invoices DROP COLUMN number; PRAGMA user_version = 1
      """)
  }

  @Test func `a store of the first schema learns the numbers of its invoices`() throws {
    let store = try TemporaryStore()
    try store.apply(RichEvents.make())
    let (tables, statements) = (
      try StoreDump.lines(store.path), try RichEvents.customers.map { try store.statement($0) }
    )
    try makeOlder(store)
    #expect(throws: MigrationError.storeIsOlder(found: 1, needed: BillingStore.schemaVersion)) {
      _ = try store.reader()
    }
    _ = try store.open()
    #expect(try StoreDump.lines(store.path) == tables)
    #expect(try RichEvents.customers.map { try store.statement($0) } == statements)
    #expect(try store.reader().integrity() == ["ok"])
  }
}
