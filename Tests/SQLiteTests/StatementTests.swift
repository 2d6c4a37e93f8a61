import OperatingSystem
import SQLite
import Testing

struct StatementTests {
  private let connection: Connection

  init() throws {
    connection = try Connection.inMemory()
    try connection.execute("CREATE TABLE loose (value INTEGER)")
    try connection.execute("CREATE TABLE strict (a INTEGER, b TEXT NOT NULL, c BLOB) STRICT")
  }

  @Test(arguments: ["", "a", "a\0b", "\0", "é", "e\u{301}", "😀", "a\r\n"])
  func `text comes back byte for byte`(text: String) throws {
    let found = try connection.statement("SELECT ?").first([.text(text)]) { try $0.text(0) }
    #expect(found.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test(arguments: [[], [0], [UInt8](0...255)] as [[UInt8]])
  func `a blob comes back, and an empty one is not NULL`(bytes: [UInt8]) throws {
    #expect(try connection.statement("SELECT ?").first([.blob(bytes)]) { try $0.blob(0) } == bytes)
  }

  @Test(arguments: [0, -1, .min, .max] as [Int64])
  func `an integer comes back`(value: Int64) throws {
    #expect(try connection.statement("SELECT ?").first([.integer(value)]) { try $0.integer(0) } == value)
  }

  @Test func `a value of nil is NULL and NULL is nil`() throws {
    let statement = try connection.statement("SELECT ?, ?, ?, ?")
    let values: [SQLiteValue] = [
      nil, SQLiteValue(nil as Int64?), SQLiteValue(nil as String?), SQLiteValue(nil as [UInt8]?),
    ]
    let areNil = try statement.first(values) { row in
      [
        row.isNull(0), try row.optionalInteger(1) == nil, try row.optionalText(2) == nil,
        try row.optionalBlob(3) == nil,
      ]
    }
    #expect(areNil == [true, true, true, true])
    let wanted = SQLiteError.columnType(column: "?", wanted: .integer, found: .null)
    #expect(throws: wanted) { try statement.first(values) { try $0.integer(0) } }
  }

  @Test(
    arguments: [
      ("'abc'", .text), ("12.5", .real), ("x'00'", .blob), ("1e400", .real), ("NULL", .null),
    ] as [(String, SQLiteType)])
  func `a cell that is no integer in a column of integers is an error`(literal: String, found: SQLiteType)
    throws
  {
    try connection.execute("INSERT INTO loose VALUES (\(literal))")
    let statement = try connection.statement("SELECT value FROM loose")
    #expect(throws: SQLiteError.columnType(column: "value", wanted: .integer, found: found)) {
      try statement.rows { try $0.integer(0) }
    }
  }

  @Test func `a number is neither text nor blob`() throws {
    let statement = try connection.statement("SELECT 1 AS n")
    #expect(throws: SQLiteError.columnType(column: "n", wanted: .text, found: .integer)) {
      try statement.first { try $0.text(0) }
    }
    #expect(throws: SQLiteError.columnType(column: "n", wanted: .blob, found: .integer)) {
      try statement.first { try $0.optionalBlob(0) }
    }
  }

  @Test func `a cell is a text when its bytes are`() throws {
    let statement = try connection.statement("SELECT 'abc', '', 1, 'a' || char(0) || 'b', 'é'")
    let answers = try statement.first { row in
      [
        row.isText("abc", in: 0), row.isText("ab", in: 0), row.isText("abd", in: 0), row.isText("", in: 1),
        row.isText("a", in: 1), row.isText("1", in: 2), row.isText("a\0b", in: 3), row.isText("a\0c", in: 3),
        row.isText("é", in: 4), row.isText("e\u{301}", in: 4),
      ]
    }
    #expect(answers == [true, false, false, true, false, false, true, false, true, false])
  }

  @Test(arguments: ["ff", "61c3", "eda080", "c080"])
  func `text that is not UTF-8 is an error`(hexadecimal: String) throws {
    let statement = try connection.statement("SELECT CAST(x'\(hexadecimal)' AS TEXT) AS name")
    #expect(throws: SQLiteError.invalidText(column: "name")) { try statement.first { try $0.text(0) } }
  }

  @Test func `a refused row names the constraint and not the value`() throws {
    let error = #expect(throws: SQLiteError.self) {
      try connection.statement("INSERT INTO strict VALUES (?, ?, ?)").run("secret", "b", nil)
    }
    #expect(error?.isConstraint == true)
    let failure = try #require(error?.failure)
    #expect(failure.message == "cannot store TEXT value in INTEGER column strict.a")
    #expect(failure.extendedCode == 3_091 && failure.operation == .step)
    #expect(!"\(failure)".contains("secret"))
  }

  @Test func `a statement is usable after an error and forgets its values`() throws {
    let insert = try connection.statement("INSERT INTO strict VALUES (?, ?, ?)")
    #expect(throws: SQLiteError.self) { try insert.run(1, nil, nil) }
    try insert.run(2, "b", .blob([1]))
    try insert.run(3, "c", nil)
    let rows = try connection.statement("SELECT a, c FROM strict ORDER BY a").rows {
      (try $0.integer(0), try $0.optionalBlob(1))
    }
    #expect(rows.map(\.0) == [2, 3])
    #expect(rows.map(\.1) == [[1], nil])
  }

  @Test func `an error in the closure ends the run and comes out`() throws {
    struct Stop: Error {}
    let statement = try connection.statement("VALUES (1), (2), (3)")
    var seen: [Int64] = []
    #expect(throws: Stop.self) {
      try statement.forEach { row in
        seen.append(try row.integer(0))
        if seen.count == 2 { throw Stop() }
      }
    }
    #expect(seen == [1, 2])
    #expect(try statement.rows { try $0.integer(0) } == [1, 2, 3])
  }

  @Test func `rows end before the first that is not wanted, and the next run begins anew`() throws {
    let statement = try connection.statement("SELECT value FROM json_each(?)")
    for _ in 0..<2 {
      let found = try statement.rows([.text("[1, 2, 9, 3]")], while: { $0 < 5 }, map: { try $0.integer(0) })
      #expect(found == [1, 2])
    }
    let all = try statement.rows([.text("[1, 2]")], while: { $0 < 5 }, map: { try $0.integer(0) })
    #expect(all == [1, 2])
  }

  @Test func `the same SQL can run inside itself through the connection`() throws {
    let sql = "VALUES (1), (2)"
    var pairs: [[Int64]] = []
    try connection.statement(sql).forEach { outer in
      let first = try outer.integer(0)
      pairs += try connection.statement(sql).rows { [first, try $0.integer(0)] }
    }
    #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
  }

  @Test func `statements are kept by their bytes`() throws {
    let statement = try connection.statement("SELECT 'é'")
    #expect(try connection.statement("SELECT 'é'") === statement)
    let other = try connection.statement("SELECT 'e\u{301}'")
    #expect(try other.first { try $0.text(0).utf8.count } == 3)
  }

  @Test func `more statements than are kept still work`() throws {
    let values = try (0..<600).map { number in
      try connection.statement("SELECT \(number)").first { try $0.integer(0) }
    }
    #expect(values == (0..<600).map(Int64.init))
  }

  @Test(arguments: ["", " ;", "SELECT 1; SELECT 2", "SELEC"])
  func `what is not one statement is refused`(sql: String) throws {
    let error = #expect(throws: SQLiteError.self) { try connection.statement(sql) }
    #expect(error?.failure?.operation == .prepare && error?.failure?.sql == sql)
  }

  @Test func `a statement outlives its connection`() throws {
    let statement = try Connection.inMemory().statement("SELECT 1")
    #expect(try statement.first { try $0.integer(0) } == 1)
  }

  @Test func `a missing value is a mistake of the program`() async {
    await #expect(processExitsWith: .failure) {
      try Connection.inMemory().statement("SELECT ?").run()
    }
  }
}
