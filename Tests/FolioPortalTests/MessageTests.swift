import FolioPortal
import Testing

@Suite struct MessageTests {
  private func catalog(_ files: (String, String)...) throws -> MessageCatalog {
    let locale = try PortalFixture.messageFiles().filter {
      $0.name == LocaleTable.fileName || $0.name == MessageCatalog.helpFileName
    }
    return try MessageCatalog(
      language: "en", files: files.map { (name: $0.0, bytes: Array($0.1.utf8)) } + locale)
  }

  @Test(arguments: [
    (#"{"a": 1}"#, MessageError.notText(file: "f", key: "a")),
    (#"[]"#, .notText(file: "f", key: "")),
    (#"{"a": {"b": "x {y"}}"#, .malformedPlaceholder(file: "f", key: "a.b")),
    (#"{"a": "x {}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": "{b:loud}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": "}"}"#, .malformedPlaceholder(file: "f", key: "a")),
    (#"{"a": {"one": "x"}}"#, .missingForm(file: "f", key: "a", form: "other")),
    (#"{"a": {"other": "x"}}"#, .missingForm(file: "f", key: "a", form: "one")),
    (
      #"{"a": {"one": "x", "few": "y", "other": "z"}}"#,
      .unknownForm(file: "f", key: "a", form: "few", known: ["one", "other"])
    ),
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
      languages: [MessageCatalog(language: "en", files: files)],
      library: PortalFixture.library())
    #expect(throws: MessageError.missing(language: "en", key: "charges.kind.base_fee", near: nil)) {
      try portal.files { _, _ in }
    }
  }

  @Test func `a placeholder that nobody fills is named`() throws {
    let files = try PortalFixture.messageFiles().map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
        .replacing("Data as of {as_of}.", with: "Data as of {when}.")
      return (name: file.name, bytes: Array(text.utf8))
    }
    let portal = try Portal(
      statement: Samples.monthToDate(), settings: PortalFixture.settings,
      languages: [MessageCatalog(language: "en", files: files)],
      library: PortalFixture.library())
    let place = try PortalFixture.place(of: "\"as_of\"", in: "common.json")
    #expect(
      throws: MessageError.missingPlaceholder(place, key: "page.as_of", placeholder: "when")
    ) {
      try portal.files { _, _ in }
    }
  }

  @Test func `a message taken out of its file is named with the place where it was`() throws {
    let files = try PortalFixture.messageFiles().map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
        .replacing(#""show_numbers": "Show the numbers""#, with: #""x": "y""#)
        .replacing(#""as_of": "Data as of {as_of}.","#, with: "")
      return (name: file.name, bytes: Array(text.utf8))
    }
    let portal = try Portal(
      statement: Samples.monthToDate(), settings: PortalFixture.settings,
      languages: [MessageCatalog(language: "en", files: files)], library: PortalFixture.library())
    let place = try PortalFixture.place(of: "\"page\"", in: "common.json")
    #expect(throws: MessageError.missing(language: "en", key: "page.as_of", near: place)) {
      try portal.files { _, _ in }
    }
  }

  @Test func `a message in the form for one count is not asked for another`() throws {
    #expect(try PortalFixture(Samples.imported()).text("invoices/index.html").contains("Nothing is due"))
    #expect(try PortalFixture(Samples.busy()).text("invoices/index.html").contains("2 invoices are open"))
    #expect(try PortalFixture(Samples.monthToDate()).text("usage/index.html").contains("One month of usage"))
  }

  @Test(arguments: [0, 1, 2, 3, 8, 500])
  func `a language of any size has each of its messages and no other`(count: Int) throws {
    let texts = (0..<count).map { #""k\#($0)": "text""# }
    let language = try catalog(("f", #"{"a": {\#(texts.joined(separator: ", "))}}"#))
    try language.checkCompleteness(against: language)
    for extra in ["k\(count)", "k", "K0", "\u{212A}0", "k0\u{301}"] {
      let more = (texts + [#""\#(extra)": "text""#]).joined(separator: ", ")
      let other = try catalog(("f", #"{"a": {\#(more)}}"#))
      let error = #expect(throws: MessageError.self) { try language.checkCompleteness(against: other) }
      guard case .untranslated(_, "a.\(extra)", _)? = error else {
        Issue.record("\(extra): \(String(describing: error))")
        continue
      }
    }
  }
}
