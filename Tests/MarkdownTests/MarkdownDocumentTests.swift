import Markdown
import Testing

@Suite("Markdown")
struct MarkdownDocumentTests {
  static func html(_ source: String, offset: Int = 0) throws -> String {
    let options = MarkdownOptions(origin: .foreignText, headingOffset: offset)
    return String(decoding: try MarkdownDocument.render(source, options: options), as: UTF8.self)
  }

  @Test(arguments: [
    ("", ""),
    ("Hello *you* & **me**", "<p>Hello <em>you</em> &amp; <strong>me</strong></p>\n"),
    ("~~gone~~", "<p><del>gone</del></p>\n"),
    ("www.example.com", "<p><a href=\"http://www.example.com\">www.example.com</a></p>\n"),
    (
      "https://example.com/a",
      "<p><a href=\"https://example.com/a\">https://example.com/a</a></p>\n"
    ),
    (
      "- [x] paid\n- [ ] open",
      "<ul>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> paid</li>\n"
        + "<li><input type=\"checkbox\" disabled=\"\" /> open</li>\n</ul>\n"
    ),
    (
      "| a | b |\n|--:|---|\n| 1 | 2 |",
      "<table>\n<thead>\n<tr>\n<th class=\"end\">a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        + "<td class=\"end\">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    ),
  ])
  func `speaks GitHub's dialect`(source: String, expected: String) throws {
    #expect(try Self.html(source) == expected)
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<div onclick=x>\n\n*a*\n\n</div>",
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))",
    "[a]( vbscript:x)", "[a](data:text/html,x)", "[a](file:///etc/passwd)", "![a](javascript:alert(1))",
    "<javascript:alert(1)>", "[a]\n\n[a]: javascript:alert(1)",
  ])
  func `drops raw HTML and dangerous links`(source: String) throws {
    let html = try Self.html(source)
    for dangerous in [
      "<script", "<div", "onerror", "onclick", "f=\"java", "f=\"vb", "f=\"data", "f=\"file", "src=\"j",
    ] {
      #expect(!html.lowercased().contains(dangerous), "\(html)")
    }
  }

  @Test func `escapes quotes in titles and addresses`() throws {
    #expect(
      try Self.html(#"[a](https://x/x"y '"><b>')"#)
        == "<p><a href=\"https://x/x%22y\" title=\"&quot;&gt;&lt;b&gt;\">a</a></p>\n")
  }

  @Test(arguments: [
    ("![a *b* c](https://evil.example/p.png)", "<p>a <em>b</em> c</p>\n"), ("![](x.png)", "<p></p>\n"),
    ("[a](javascript:alert(1))", "<p>a</p>\n"), ("[a](../plan/index.html)", "<p>a</p>\n"),
    ("[a](HTTPS://x.example)", "<p><a href=\"HTTPS://x.example\">a</a></p>\n"),
    ("[a](mailto:x@example.com)", "<p><a href=\"mailto:x@example.com\">a</a></p>\n"),
    ("[![a](p.png)](ftp://x)", "<p>a</p>\n"),
  ])
  func `leaves the words of images and of links that lead elsewhere than to the web and mail`(
    source: String, expected: String
  ) throws {
    let html = try MarkdownDocument.render(source, options: MarkdownOptions(origin: .foreignText))
    #expect(String(decoding: html, as: UTF8.self) == expected)
  }

  @Test func `the operator's own text may lead to pages beside it`() throws {
    let html = try MarkdownDocument.render(
      "[a](../plan/index.html) [b](javascript:x) [c](#d)", options: MarkdownOptions(origin: .operatorText))
    #expect(
      String(decoding: html, as: UTF8.self)
        == "<p><a href=\"../plan/index.html\">a</a> b <a href=\"#d\">c</a></p>\n")
  }

  @Test func `all headings can have one level`() throws {
    let html = try MarkdownDocument.render(
      "# a\n\n### b", options: MarkdownOptions(origin: .foreignText, headingLevel: 2))
    #expect(String(decoding: html, as: UTF8.self) == "<h2>a</h2>\n<h2>b</h2>\n")
  }

  @Test(arguments: [
    (0, "<h1>a</h1>\n<h5>b</h5>\n<h6>c</h6>\n"), (1, "<h2>a</h2>\n<h6>b</h6>\n<h6>c</h6>\n"),
    (5, "<h6>a</h6>\n<h6>b</h6>\n<h6>c</h6>\n"),
  ])
  func `moves headings down, no further than the sixth level`(offset: Int, expected: String) throws {
    #expect(try Self.html("# a\n##### b\n###### c", offset: offset) == expected)
  }

  @Test func `moves nested and underlined headings but not what only looks like one`() throws {
    #expect(
      try Self.html("> # a\n\nb\n===\n\n    # code", offset: 2)
        == "<blockquote>\n<h3>a</h3>\n</blockquote>\n<h3>b</h3>\n<pre><code># code\n</code></pre>\n")
  }

  @Test func `is rendered the same by many at once`() async throws {
    let source = "~~a~~ | www.example.com\n\n| a |\n|---|\n| ~~b~~ |\n"
    let expected = try Self.html(source)
    await withTaskGroup(of: String?.self) { group in
      for _ in 0..<200 { group.addTask { try? Self.html(source) } }
      for await html in group { #expect(html == expected) }
    }
  }
}

@Suite("Limits of Markdown")
struct MarkdownLimitTests {
  @Test func `foreign text may have 8,192 bytes`() throws {
    let options = MarkdownOptions(origin: .foreignText)
    let html = try MarkdownDocument.render([UInt8](repeating: 0x61, count: 8_192), options: options)
    #expect(html.count == 8_192 + "<p></p>\n".utf8.count)
  }

  @Test func `foreign text may not have 8,193 bytes`() {
    #expect(throws: MarkdownError.tooLong(bytes: 8_193, limit: 8_192)) {
      try MarkdownDocument.render(
        [UInt8](repeating: 0x61, count: 8_193), options: MarkdownOptions(origin: .foreignText))
    }
  }

  @Test func `bytes are counted, not characters`() {
    #expect(throws: MarkdownError.tooLong(bytes: 8_194, limit: 8_192)) {
      try MarkdownDocument.render(
        String(repeating: "é", count: 4_097), options: MarkdownOptions(origin: .foreignText))
    }
  }

  @Test func `the operator's text may be longer, up to its own limit`() throws {
    let options = MarkdownOptions(origin: .operatorText)
    #expect(
      try MarkdownDocument.render([UInt8](repeating: 0x61, count: 8_193), options: options).count > 8_193)
    let limit = MarkdownOrigin.operatorText.bytesLimit
    #expect(throws: MarkdownError.tooLong(bytes: limit + 1, limit: limit)) {
      try MarkdownDocument.render([UInt8](repeating: 0x61, count: limit + 1), options: options)
    }
  }

  @Test(arguments: ["- ", ">", "[", "![", "*a ", "`", "|", "~~", "[a](", "<", "&#0;", "1. ", "www."])
  func `hostile repetition up to the cap is rendered`(piece: String) throws {
    let source = String(repeating: piece, count: 8_192 / piece.utf8.count)
    let html = try MarkdownDocument.render(source, options: MarkdownOptions(origin: .foreignText))
    #expect(!html.isEmpty)
  }

  @Test(arguments: [[0x61, 0, 0x62], [0x61, 0xFF, 0x62], [0x61, 0xED, 0xA0, 0x80, 0x62]] as [[UInt8]])
  func `NUL and broken UTF-8 become U+FFFD`(source: [UInt8]) throws {
    let html = try MarkdownDocument.render(source, options: MarkdownOptions(origin: .foreignText))
    let text = try #require(String(validating: html, as: UTF8.self))
    #expect(text.hasPrefix("<p>a\u{FFFD}"))
    #expect(text.hasSuffix("b</p>\n"))
  }
}
