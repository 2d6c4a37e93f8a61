import FolioBilling
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: ["cus_1", "_", "A-b_9", "9", String(repeating: "x", count: 64)])
  func `ASCII letters, digits, underscore and inner hyphens are taken`(text: String) throws {
    #expect(try CustomerID(text).text == text)
  }

  @Test(
    arguments: [
      ("", .empty), ("-a", .forbiddenByte(offset: 0)), ("cus_\u{212A}", .forbiddenByte(offset: 4)),
      ("a/b", .forbiddenByte(offset: 1)), ("a.b", .forbiddenByte(offset: 1)),
      ("a b", .forbiddenByte(offset: 1)),
      ("a\u{0}", .forbiddenByte(offset: 1)), ("a\u{301}", .forbiddenByte(offset: 1)),
      (String(repeating: "x", count: 65), .tooLong(bytes: 65, limit: 64)),
    ] as [(String, IdentifierError)])
  func `any other byte is refused`(text: String, reason: IdentifierError) {
    #expect(throws: reason) { try CustomerID(text) }
  }

  @Test func `the bytes decide the order`() throws {
    let texts = ["b", "a_1", "B", "a-1", "a", "_"]
    let sorted = try texts.map { try PartnerID($0) }.sorted().map(\.text)
    #expect(sorted == ["B", "_", "a", "a-1", "a_1", "b"])
  }
}
