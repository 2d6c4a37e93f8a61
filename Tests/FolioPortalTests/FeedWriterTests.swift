import FolioBilling
import Templating
import Testing

@testable import FolioPortal

@Suite struct FeedWriterTests {
  @Test func `a feed that writes itself has the bytes of its tree`() {
    let rows: [TemplateObject] = [
      [.name: .text("\"a\""), .messages: .null], [.name: .text("b"), .messages: .count(2)],
    ]
    let tree: TemplateObject = [
      .kind: .text("tree"), .lines: .list(rows.map { .object($0) }), .changes: .list([]),
    ]
    #expect(FeedWriter.bytes(Written()) == FeedWriter.bytes(tree))
  }

  @Test(arguments: [
    ("2024-01-31T23:59:59Z", "2024-01-31T23:59:59Z"), ("1970-01-01T00:00:09Z", "1970-01-01T00:00:09Z"),
    ("2024-02-29T00:00:00.5Z", "2024-02-29T00:00:00.5Z"),
  ])
  func `an instant is written as RFC 3339 has it`(source: String, text: String) throws {
    let instant = try #require(Timestamp(source))
    let feed: TemplateObject = [.time: .instant(instant), .date: .date(instant.date)]
    let written = String(decoding: FeedWriter.bytes(feed), as: UTF8.self)
    #expect(written == "{\n  \"time\": \"\(text)\",\n  \"date\": \"\(text.prefix(10))\"\n}\n")
  }
}

private struct Written: Feed {
  private let rows: [(name: String, count: Int64?)] = [("\"a\"", nil), ("b", 2)]

  func write(into writer: inout FeedWriter) {
    writer.object { writer in
      writer.member(.kind, plain: "tree")
      writer.list(.lines, rows) { row, writer in
        writer.member(.name, row.name)
        writer.member(.messages, .count(row.count))
      }
      writer.list(.changes, [Int64]()) { _, _ in }
    }
  }
}
