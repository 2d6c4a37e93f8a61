import FolioBilling
import FolioPortal
import Foundation
import Markup
import Templating
import Testing

@Suite struct LanguageTests {
  private static let all = ["en", "de", "ar"]

  private func speaking(_ language: String?) throws -> Statement {
    let sample = try Samples.monthToDate()
    let customer = Customer(
      id: sample.customer.id, name: "Corporation Inc", currency: sample.customer.currency, language: language)
    return Statement(
      customer: customer, asOf: sample.asOf, usageCompleteThrough: sample.usageCompleteThrough,
      subscriptions: sample.subscriptions, plans: sample.plans, usage: sample.usage,
      invoices: sample.invoices)
  }

  @Test(
    arguments: [
      (nil, "en"), ("de", "de"), ("DE", "de"), ("de-CH", "de"), ("ar", "ar"), ("fr", "en"),
    ] as [(String?, String)])
  func `a portal opens in its customer's language`(wanted: String?, expected: String) throws {
    let portal = try PortalFixture(speaking(wanted), languages: Self.all)
    #expect(portal.text("index.html").contains("<html lang=\"\(expected)\""))
    for other in Self.all {
      #expect(portal.files.keys.contains("\(other)/index.html") == (other != expected))
    }
  }

  @Test func `each page is in each language, and feeds are written once`() throws {
    let portal = try PortalFixture(speaking("de"), languages: Self.all)
    let own = portal.pages.filter { !$0.hasPrefix("en/") && !$0.hasPrefix("ar/") }
    for page in own {
      #expect(portal.files.keys.contains("en/\(page)"))
      #expect(portal.files.keys.contains("ar/\(page)"))
    }
    #expect(portal.pages.count == own.count * 3)
    #expect(!portal.order.contains { $0.hasPrefix("en/feeds") || $0.hasPrefix("ar/feeds") })
    #expect(Set(portal.order).count == portal.order.count)
  }

  @Test func `pages of further languages lead to the shared feeds, assets, and the same page in the others`()
    throws
  {
    let portal = try PortalFixture(speaking("de"), languages: Self.all)
    let page = portal.text("ar/usage/2024-01.html")
    #expect(page.contains("href=\"../../feeds/usage/2024-01.json\""))
    #expect(page.contains("href=\"../../../assets/css/folio.css\""))
    #expect(page.contains("href=\"../../usage/2024-01.html\" lang=\"de\""))
    #expect(page.contains("href=\"../../en/usage/2024-01.html\" lang=\"en\""))
    #expect(
      page.contains(
        "href=\"../../ar/usage/2024-01.html\" lang=\"ar\" hreflang=\"ar\" dir=\"rtl\" aria-current"))
  }

  @Test func `numbers, dates and amounts are as the language writes them`() throws {
    let portal = try PortalFixture(speaking("de"), languages: Self.all)
    #expect(portal.text("index.html").contains("421,00\u{A0}$"))
    #expect(portal.text("usage/2024-01.html").contains("Januar 2024"))
    #expect(portal.text("ar/index.html").contains("<bdi dir=\"ltr\">421.00\u{A0}US$</bdi>"))
    #expect(portal.text("ar/index.html").contains("<bdi dir=\"ltr\">12:00\u{A0}UTC</bdi>"))
    #expect(portal.text("en/index.html").contains("$421.00"))
  }

  @Test(arguments: all) func `every shipped language has the messages of every other`(language: String) throws
  {
    for other in Self.all {
      try PortalFixture.messages(language).checkCompleteness(against: PortalFixture.messages(other))
    }
  }

  @Test func `a message that one language lacks is named with its place in the other`() throws {
    let files = try PortalFixture.messageFiles("de").map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
      return (
        name: file.name,
        bytes: Array(text.replacing(/"as_of": "[^"]*",/, with: "").utf8)
      )
    }
    let german = try MessageCatalog(language: "de", files: files)
    let place = try PortalFixture.place(of: "\"as_of\"", in: "common.json")
    #expect(throws: MessageError.untranslated(language: "de", key: "page.as_of", other: place)) {
      try german.checkCompleteness(against: PortalFixture.messages("en"))
    }
  }

  @Test func `a placeholder that no other language has is refused`() throws {
    let files = try PortalFixture.messageFiles("de").map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
      return (name: file.name, bytes: Array(text.replacing("{through}", with: "{bis}").utf8))
    }
    let german = try MessageCatalog(language: "de", files: files)
    #expect {
      try german.checkCompleteness(against: PortalFixture.messages("en"))
    } throws: { error in
      guard case MessageError.foreignPlaceholder(_, _, let placeholder, let known)? = error as? MessageError
      else {
        return false
      }
      return placeholder == "bis" && known.contains("through")
    }
  }

  @Test func `a language without its table of numbers is refused`() throws {
    let files = try PortalFixture.messageFiles("de").filter { $0.name != LocaleTable.fileName }
    #expect(throws: MessageError.missingFile(language: "de", name: "locale.json")) {
      try MessageCatalog(language: "de", files: files)
    }
  }

  @Test(arguments: [
    (
      #""money": "{symbol}{amount}""#, #""money": "{symbol}""#, "money",
      LocaleExpectation.pattern(["amount", "symbol"])
    ),
    (#""first_weekday": 1"#, #""first_weekday": 8"#, "first_weekday", .number(1...7)),
    (#""direction": "ltr""#, #""direction": "up""#, "direction", .oneOf(["ltr", "rtl"])),
    (#""one": "n = 1""#, #""one": "n is 1""#, "plurals", .pluralRules),
  ])
  func `a fault in the table names its key`(
    from: String, to: String, key: String, expected: LocaleExpectation
  ) throws {
    let files = try PortalFixture.messageFiles().map { file in
      (
        name: file.name,
        bytes: Array(String(decoding: file.bytes, as: UTF8.self).replacing(from, with: to).utf8)
      )
    }
    #expect(throws: MessageError.malformedLocale(file: "locale.json", key: key, expected: expected)) {
      try MessageCatalog(language: "en", files: files)
    }
  }

  @Test(arguments: ["'", "<", "&", "’"])
  func `what a table writes is escaped in markup`(separator: String) throws {
    let files = try PortalFixture.messageFiles().map { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
        .replacing(##""group_separator": ",""##, with: ##""group_separator": "\##(separator)""##)
      return (name: file.name, bytes: Array(text.utf8))
    }
    let printer = LocalePrinter(try MessageCatalog(language: "en", files: files).locale)
    let count = TemplateLeaf(kind: 3, value: 1_234_567)  // a whole number
    var text = ByteBuffer()
    var escaped = ByteBuffer()
    var markup = ByteBuffer()
    printer.print(count, into: &text)
    escaped.append(text.text, escaping: .htmlText)
    printer.printMarkup(count, into: &markup)
    #expect(text.text == "1\(separator)234\(separator)567")
    #expect(markup.text == escaped.text)
  }
}
