/// The tables of an inbox, as migrations in order.
enum InboxSchema {
  /// "FOLW", SQLite's `application_id` of an inbox.
  static let applicationID: Int32 = 0x464F_4C57

  static let migrations = [deliveries]

  /// An identity stays for ever, so that a repetition is known; a body stays until its event is in the store.
  ///
  /// A digest without bytes means that nothing of the body may be kept: it held card data, or could not be searched
  /// for them.
  private static let deliveries = """
    CREATE TABLE deliveries (
      delivery_no INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      delivery_id TEXT NOT NULL,
      customer_id TEXT,
      received_at INTEGER NOT NULL,
      type TEXT,
      digest BLOB NOT NULL,
      state TEXT NOT NULL
        \(SchemaCheck.isOne(of: ["pending", "applied", "waiting", "conflict", "refused", "unknown"], "state")),
      body BLOB,
      waiting_for TEXT,
      reason TEXT,
      UNIQUE (source, delivery_id)
    ) STRICT;
    CREATE INDEX deliveries_open ON deliveries (state, delivery_no) WHERE state <> 'applied';
    CREATE TABLE conflicts (
      conflict_no INTEGER PRIMARY KEY,
      delivery_no INTEGER NOT NULL REFERENCES deliveries (delivery_no),
      received_at INTEGER NOT NULL,
      customer_id TEXT NOT NULL,
      type TEXT,
      digest BLOB NOT NULL,
      body BLOB,
      UNIQUE (delivery_no, digest, customer_id)
    ) STRICT;

    """
}
