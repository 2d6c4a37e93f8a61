/// Constraints of tables, as SQL.
enum SchemaCheck {
  /// Whether a column holds one of these words.
  ///
  /// Not `IN (…)`: of a list of three or more, SQLite 3.40 makes a table in memory anew for each row that is written,
  /// which took a third of the time of a small INSERT.
  static func isOne(of words: [String], _ column: String) -> String {
    "CHECK (" + words.map { "\(column) = '\($0)'" }.joined(separator: " OR ") + ")"
  }
}
