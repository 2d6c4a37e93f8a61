import Markup
import Testing

@Suite struct CSVWriterTests {
  private func text(_ write: (inout CSVWriter) -> Void) -> String {
    var writer = CSVWriter()
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `rows end with CR LF, and nothing stands between fields but a comma`() {
    let csv = text { writer in
      writer.text("partner")
      writer.text("cost")
      writer.endRow()
      writer.text("Åström")
      writer.number("-12.50")
      writer.empty()
      writer.endRow()
    }
    #expect(csv == "partner,cost\r\nÅström,-12.50,\r\n")
  }

  @Test(arguments: [
    ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("two\nlines", "\"two\nlines\""), ("", ""),
    ("plain text", "plain text"),
  ])
  func `a field is quoted where it has to be`(field: String, written: String) {
    #expect(text { $0.text(field) } == written)
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
  func `a text that would be a formula is none`(field: String) {
    #expect(text { $0.text(field) } == "\"'\(field)\"")
  }

  @Test func `a number keeps its minus sign`() {
    #expect(text { $0.number("-1") } == "-1")
    #expect(text { $0.number(-1_234, scale: 2) } == "-12.34")
  }

  @Test func `what needs no quotes goes in as it is written`() {
    let fields = text { writer in
      writer.plain { $0.append("2024-01") }
      writer.number(7)
    }
    #expect(fields == "2024-01,7")
  }
}
