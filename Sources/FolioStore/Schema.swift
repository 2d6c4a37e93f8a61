/// The tables of a billing store, as migrations in order.
enum Schema {
  /// "FOLI", SQLite's `application_id` of a billing store.
  static let applicationID: Int32 = 0x464F_4C49

  static let migrations = [tables + revisionTriggers + usageTriggers, documentNumbers]

  /// Finds the next number of a series, and a number again, without reading documents.
  private static let documentNumbers = """
    ALTER TABLE invoices ADD COLUMN number TEXT NOT NULL DEFAULT '';
    UPDATE invoices SET number = json_extract(document, '$.number');
    CREATE INDEX invoices_by_number ON invoices (number, created);
    CREATE INDEX credit_notes_by_number ON credit_notes (number, issued_at);

    """

  /// Tables whose rows belong to a customer: any change of a row raises that customer's revision.
  private static let customerTables = [
    "customers", "subscriptions", "subscription_changes", "subscription_cancellations", "payment_methods",
    "default_payment_methods", "partners", "partner_departments", "usage_readings", "usage_deltas",
    "usage_statements", "usage_watermarks", "usage_changes", "invoices", "invoice_closings", "payments",
    "refunds", "credit_notes", "budgets", "alerts", "alert_occurrences", "reports", "customer_notices",
  ]

  /// Tables that every portal shows.
  private static let siteTables = ["plan_versions", "site_notices"]

  private static var revisionTriggers: String {
    let forCustomers = customerTables.flatMap { table in
      [("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")].map { change, row in
        """
        CREATE TRIGGER \(table)_\(change)_raises_revision AFTER \(change) ON \(table) BEGIN
          INSERT INTO customer_revisions (customer_id, counter) VALUES (\(row).customer_id, 1)
            ON CONFLICT (customer_id) DO UPDATE SET counter = counter + 1;
        END;

        """
      }
    }
    let forSite = siteTables.flatMap { table in
      ["insert", "update", "delete"].map { change in
        """
        CREATE TRIGGER \(table)_\(change)_raises_revision AFTER \(change) ON \(table) BEGIN
          UPDATE site_revision SET counter = counter + 1;
        END;

        """
      }
    }
    return (forCustomers + forSite).joined()
  }

  /// Keeps the sums of months and days beside the readings, so that a build need not scan years of rows.
  private static let usageTriggers = ["insert", "update", "delete"].map { change in
    """
    CREATE TRIGGER usage_readings_\(change)_sums AFTER \(change) ON usage_readings BEGIN
    \(change == "insert" ? "" : sums(row: "OLD", sign: "-"))
    \(change == "delete" ? "" : sums(row: "NEW", sign: ""))
    END;

    """
  }.joined()

  private static func sums(row: String, sign: String) -> String {
    let added =
      "messages = messages + excluded.messages, failed = failed + excluded.failed, "
      + "bytes = bytes + excluded.bytes"
    let values = "\(sign)\(row).messages, \(sign)\(row).failed, \(sign)\(row).bytes"
    return """
        INSERT INTO usage_months (customer_id, month, partner_id, direction, messages, failed, bytes)
          VALUES (\(row).customer_id, \(row).month, \(row).partner_id, \(row).direction, \(values))
          ON CONFLICT (customer_id, month, partner_id, direction) DO UPDATE SET \(added);
        INSERT INTO usage_days (customer_id, day, direction, messages, failed, bytes)
          VALUES (\(row).customer_id, \(row).hour / 24, \(row).direction, \(values))
          ON CONFLICT (customer_id, day, direction) DO UPDATE SET \(added);
      """
  }

  /// Instants are nanoseconds since 1970, days and hours count from 1970, months from the year 0. Money is minor
  /// units, or the decimal as it came where only the customer's currency of today says what it is. `event_time` and `event_key` (id, then source) of a row are those of the event that wrote it.
  private static let tables = """
    CREATE TABLE events (
      event_no INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      event_id TEXT NOT NULL,
      type TEXT NOT NULL,
      time INTEGER,
      customer_id TEXT,
      data TEXT NOT NULL,
      readings BLOB,
      digest BLOB NOT NULL,
      state TEXT NOT NULL \(SchemaCheck.isOne(of: ["applied", "waiting", "refused"], "state")),
      waiting_for TEXT,
      reason TEXT,
      received_at INTEGER NOT NULL,
      origin TEXT NOT NULL,
      UNIQUE (source, event_id)
    ) STRICT;
    CREATE INDEX events_by_customer ON events (customer_id, time);
    CREATE INDEX events_waiting ON events (waiting_for) WHERE state = 'waiting';

    CREATE TABLE customer_revisions (
      customer_id TEXT PRIMARY KEY,
      counter INTEGER NOT NULL,
      hash BLOB NOT NULL DEFAULT (zeroblob(32))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE site_revision (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      counter INTEGER NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    INSERT INTO site_revision VALUES (1, 0, zeroblob(32));

    CREATE TABLE customers (
      customer_id TEXT PRIMARY KEY,
      name TEXT,
      currency TEXT NOT NULL,
      address_lines TEXT NOT NULL,
      country TEXT,
      tax_ids TEXT NOT NULL,
      tax_category TEXT,
      tax_rate TEXT,
      tax_reason TEXT,
      purchase_order TEXT,
      email TEXT,
      language TEXT,
      is_deleted INTEGER NOT NULL DEFAULT 0,
      deleted_at INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan_versions (
      plan_id TEXT NOT NULL,
      effective_at INTEGER NOT NULL,
      name TEXT NOT NULL,
      model TEXT NOT NULL,
      currency TEXT NOT NULL,
      base_fee INTEGER NOT NULL,
      base_fee_applies TEXT NOT NULL,
      message_rate TEXT,
      included_messages INTEGER NOT NULL,
      partner_fee TEXT,
      minimum_commitment INTEGER,
      maximum_commitment INTEGER,
      price_tiers TEXT NOT NULL,
      charges_failed_messages INTEGER NOT NULL,
      prices_include_tax INTEGER NOT NULL,
      is_offered INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (plan_id, effective_at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE subscriptions (
      customer_id TEXT NOT NULL,
      subscription_id TEXT NOT NULL,
      billing_cycle TEXT NOT NULL,
      trial_ends_at INTEGER,
      stated_status TEXT,
      stated_period_start INTEGER,
      stated_period_end INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, subscription_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE subscription_changes (
      customer_id TEXT NOT NULL,
      subscription_id TEXT NOT NULL,
      effective_at INTEGER NOT NULL,
      kind TEXT NOT NULL \(SchemaCheck.isOne(of: ["started", "seen", "changed"], "kind")),
      plan_id TEXT NOT NULL,
      prorates INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, subscription_id, effective_at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE subscription_cancellations (
      customer_id TEXT NOT NULL,
      subscription_id TEXT NOT NULL,
      canceled_at INTEGER,
      at_period_end INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, subscription_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE payment_methods (
      customer_id TEXT NOT NULL,
      payment_method_id TEXT NOT NULL,
      type TEXT NOT NULL,
      brand TEXT,
      last4 TEXT CHECK (last4 IS NULL OR last4 GLOB '[0-9][0-9][0-9][0-9]'),
      expiry_month INTEGER,
      expiry_year INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, payment_method_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE default_payment_methods (
      customer_id TEXT PRIMARY KEY,
      payment_method_id TEXT NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE partners (
      customer_id TEXT NOT NULL,
      partner_id TEXT NOT NULL,
      name TEXT,
      gln TEXT,
      known_since INTEGER,
      deleted_at INTEGER,
      is_deleted INTEGER NOT NULL DEFAULT 0,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, partner_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE partner_departments (
      customer_id TEXT NOT NULL,
      partner_id TEXT NOT NULL,
      from_day INTEGER NOT NULL,
      department TEXT,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, partner_id, from_day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_readings (
      customer_id TEXT NOT NULL,
      hour INTEGER NOT NULL,
      partner_id TEXT NOT NULL,
      direction INTEGER NOT NULL,
      size_class INTEGER NOT NULL,
      month INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_no INTEGER NOT NULL,
      PRIMARY KEY (customer_id, hour, partner_id, direction, size_class)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_deltas (
      customer_id TEXT NOT NULL,
      hour INTEGER NOT NULL,
      partner_id TEXT NOT NULL,
      direction INTEGER NOT NULL,
      size_class INTEGER NOT NULL,
      event_no INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (customer_id, hour, partner_id, direction, size_class, event_no)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_months (
      customer_id TEXT NOT NULL,
      month INTEGER NOT NULL,
      partner_id TEXT NOT NULL,
      direction INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (customer_id, month, partner_id, direction)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_days (
      customer_id TEXT NOT NULL,
      day INTEGER NOT NULL,
      direction INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (customer_id, day, direction)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_changes (
      customer_id TEXT NOT NULL,
      month INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      PRIMARY KEY (customer_id, month)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_statements (
      customer_id TEXT NOT NULL,
      month INTEGER NOT NULL,
      document TEXT NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, month)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_watermarks (
      customer_id TEXT PRIMARY KEY,
      complete_through INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invoices (
      invoice_id TEXT PRIMARY KEY,
      customer_id TEXT NOT NULL,
      currency TEXT NOT NULL,
      created INTEGER NOT NULL,
      document TEXT NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoices_by_customer ON invoices (customer_id, created, invoice_id);
    CREATE TABLE invoice_closings (
      invoice_id TEXT NOT NULL,
      kind TEXT NOT NULL \(SchemaCheck.isOne(of: ["void", "write_off"], "kind")),
      customer_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      reason TEXT,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (invoice_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE payments (
      customer_id TEXT NOT NULL,
      invoice_id TEXT NOT NULL,
      outcome TEXT NOT NULL \(SchemaCheck.isOne(of: ["succeeded", "failed", "stated"], "outcome")),
      natural_time INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      at INTEGER,
      method TEXT,
      failure_reason TEXT,
      retry_date INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, invoice_id, outcome, natural_time, amount)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE refunds (
      customer_id TEXT NOT NULL,
      refund_id TEXT NOT NULL,
      invoice_id TEXT NOT NULL,
      amount INTEGER NOT NULL,
      refunded_at INTEGER NOT NULL,
      reason TEXT,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, refund_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE credit_notes (
      customer_id TEXT NOT NULL,
      credit_note_id TEXT NOT NULL,
      invoice_id TEXT NOT NULL,
      number TEXT NOT NULL,
      amount INTEGER NOT NULL,
      issued_at INTEGER NOT NULL,
      reason TEXT,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, credit_note_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE budgets (
      customer_id TEXT NOT NULL,
      budget_id TEXT NOT NULL,
      name TEXT NOT NULL,
      amount TEXT NOT NULL,
      period TEXT NOT NULL,
      alert_thresholds TEXT NOT NULL,
      has_hard_limit INTEGER NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, budget_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alerts (
      customer_id TEXT NOT NULL,
      alert_id TEXT NOT NULL,
      type TEXT NOT NULL,
      threshold TEXT NOT NULL,
      notification_email TEXT,
      webhook_url TEXT,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, alert_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alert_occurrences (
      customer_id TEXT NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      type TEXT NOT NULL,
      subject TEXT NOT NULL,
      amount_limit TEXT NOT NULL,
      current_usage TEXT NOT NULL,
      threshold_percentage INTEGER,
      month INTEGER,
      period_remaining_days INTEGER,
      at INTEGER,
      PRIMARY KEY (customer_id, event_time, event_key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reports (
      customer_id TEXT NOT NULL,
      report_id TEXT NOT NULL,
      report_type TEXT NOT NULL,
      start_day INTEGER NOT NULL,
      end_day INTEGER NOT NULL,
      group_by TEXT NOT NULL,
      include_metrics TEXT NOT NULL,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, report_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE customer_notices (
      customer_id TEXT NOT NULL,
      notice_id TEXT NOT NULL,
      body TEXT NOT NULL,
      from_time INTEGER NOT NULL,
      until_time INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL,
      PRIMARY KEY (customer_id, notice_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE site_notices (
      notice_id TEXT PRIMARY KEY,
      body TEXT NOT NULL,
      from_time INTEGER NOT NULL,
      until_time INTEGER,
      event_time INTEGER NOT NULL,
      event_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
