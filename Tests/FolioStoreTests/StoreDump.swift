import SQLite

/// What the tables say, without what depends on arrival.
enum StoreDump {
  private static let arrivalColumns: Set = ["received_at", "origin", "counter"]

  /// Every row of every table as one line, in an order that does not depend on arrival.
  static func lines(_ path: String) throws -> [String] {
    let connection = try Connection(path: path, mode: .readOnly)
    let tables = try connection.statement(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).rows { try $0.text(0) }
    return try tables.flatMap { try lines(of: $0, connection) }
  }

  private static func lines(of table: String, _ connection: Connection) throws -> [String] {
    let columns = try connection.statement("SELECT name FROM pragma_table_info('\(table)') ORDER BY cid")
      .rows { try $0.text(0) }
    let cells = columns.filter { !arrivalColumns.contains($0) }.compactMap { column -> String? in
      if column != "event_no" { return "quote(\(column))" }
      if table == "events" { return nil }
      return "coalesce((SELECT event_id || ' ' || source FROM events e WHERE e.event_no = t.event_no), '-')"
    }
    let line = cells.joined(separator: " || ' ' || ")
    return try connection.statement("SELECT '\(table) ' || \(line) AS line FROM \(table) t ORDER BY line")
      .rows { try $0.text(0) }
  }

  /// Runs a query whose rows are single texts.
  static func texts(_ path: String, _ sql: String) throws -> [String] {
    try Connection(path: path, mode: .readOnly).statement(sql).rows { try $0.text(0) }
  }

  /// Writes around the store's own write path.
  static func plant(_ path: String, _ sql: String) throws {
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.exclusiveWrite { try connection.execute(sql) }
  }
}
