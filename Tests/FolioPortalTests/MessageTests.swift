import FolioPortal
import Testing

@Suite struct MessageTests {
  private func catalog(_ files: (String, String)...) throws -> MessageCatalog {
    try MessageCatalog(files: files.map { (name: $0.0, bytes: Array($0.1.utf8)) })
  }

  @Test(arguments: [
    (#"{"a": 1}"#, MessageError.notText(file: "f", key: "a")),
    (#"[]"#, .notText(file: "f", key: "")),
    (#"{"a": {"b": "x {y"}}"#, .malformedPlaceholder(file: "f", key: "a.b")),
    (#"{"a": "x {}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": "{b:loud}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": "}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": {"one": "x"}}"#, .missingOther(file: "f", key: "a")),
  ])
  func `a fault in the words names its file and key`(source: String, error: MessageError) {
    #expect(throws: error) { try catalog(("f", source)) }
  }

  @Test func `a message comes from one file only`() {
    #expect(throws: MessageError.duplicate(file: "g", key: "a.b")) {
      try catalog(("f", #"{"a": {"b": "x"}}"#), ("g", #"{"a": {"b": "y"}}"#))
    }
  }

  @Test func `a message that is missing stops the portal and is named`() throws {
    let files = try PortalFixture.messageFiles().filter { $0.name != "charges.json" }
    let portal = try Portal(
      statement: Samples.monthToDate(), settings: PortalFixture.settings,
      messages: MessageCatalog(files: files),
      library: PortalFixture.library())
    #expect(throws: MessageError.missing(key: "charges.kind.base_fee")) { try portal.files { _, _ in } }
  }

  @Test func `a placeholder that nobody fills is named`() throws {
    let files = try PortalFixture.messageFiles().map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
        .replacing("Data as of {as_of}.", with: "Data as of {when}.")
      return (name: file.name, bytes: Array(text.utf8))
    }
    let portal = try Portal(
      statement: Samples.monthToDate(), settings: PortalFixture.settings,
      messages: MessageCatalog(files: files),
      library: PortalFixture.library())
    #expect(throws: MessageError.missingPlaceholder(key: "page.as_of", placeholder: "when")) {
      try portal.files { _, _ in }
    }
  }

  @Test func `a message in the form for one count is not asked for another`() throws {
    #expect(try PortalFixture(Samples.imported()).text("invoices/index.html").contains("Nothing is due"))
    #expect(try PortalFixture(Samples.busy()).text("invoices/index.html").contains("2 invoices are open"))
    #expect(try PortalFixture(Samples.monthToDate()).text("usage/index.html").contains("One month of usage"))
  }
}
