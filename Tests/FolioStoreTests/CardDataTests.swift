import FolioBilling
import FolioStore
import FolioTestSupport
import Foundation
import JSON
import Testing

@Suite struct CardDataTests {
  private static let numbers = [
    "4242424242424242", "4111111111111111", "5555555555554444", "2223003122003222", "378282246310005",
    "371449635398431", "6011111111111117", "3566002020360505", "36227206271667",
  ]

  private func customer(_ members: String) -> String {
    eventText(
      .customerUpdated, "e", at: "2024-01-01T00:00:00Z", of: "cus_a", #"{"currency":"usd",\#(members)}"#)
  }

  @Test(arguments: numbers)
  func `a card's number is found in any spelling`(number: String) {
    let fours = stride(from: 0, to: number.count, by: 4).map { number.dropFirst($0).prefix(4) }
    for spelling in [
      number, fours.joined(separator: " "), fours.joined(separator: "-"), fours.joined(separator: "  "),
      fours.joined(separator: " - "), fours.joined(separator: "\u{2011}"), fours.joined(separator: "\u{A0}"),
      "card \(number), please", "no. 17 \(fours.joined(separator: " "))", "a\(number)b",
    ] {
      #expect(CardDataScan.holdsCardNumber(spelling), "\(spelling)")
    }
  }

  @Test(arguments: [
    "4242424242424241", "1234567890123456", "4012345000009", "0000000000000000", "4242,4242", "",
  ])
  func `other digits are no card's number`(text: String) {
    #expect(!CardDataScan.holdsCardNumber(text))
  }

  @Test(arguments: ["number", "cvc", "cvv", "pan", "track", "Number", "CVC"])
  func `a key that holds card data is refused whatever it holds`(key: String) throws {
    for value in ["null", "1", "\"1\"", "[]"] {
      #expect(try fault(customer(#""\#(key)":\#(value)"#))?.expected == .noCardData)
      #expect(try fault(customer(#""card":{"\#(key)":\#(value)}"#))?.expected == .noCardData)
    }
  }

  @Test func `an invoice's number is no card's, and a card in an invoice is one`() throws {
    let invoice = invoiceData("in_1")
    #expect(try fault(eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", invoice)) == nil)
    let with = invoice.dropLast() + #","card":{"number":"1"}}"#
    #expect(
      try fault(eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", String(with)))?.path == "data.card")
    let numbered = invoice.replacingOccurrences(of: "AS2-2024-001", with: "4242 4242 4242 4242")
    #expect(
      try fault(eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", numbered))?.expected == .noCardData)
  }

  @Test(arguments: [
    (#""name":"4242 4242 4242 4242""#, "data.name"),
    (#""address_lines":["x","5555-5555-5555-4444"]"#, "data.address_lines[1]"),
    (#""purchase_order":"378282246310005""#, "data.purchase_order"),
    (#""extra":4242424242424242"#, "data.extra"),
    (#""4242424242424242":1"#, "data"), (#""seen_at":"4242 4242 4242 4242""#, "data.seen_at"),
    (#""duns":"4242 4242 4242 4242""#, "data.duns"),
  ])
  func `a card's number is refused wherever it stands`(members: String, path: String) throws {
    #expect(try fault(customer(members)) == FieldError(path: path, expected: .noCardData, found: nil))
  }

  @Test(arguments: [
    #"{"type":"4242424242424242","data":{}}"#,
    #"{"type":"billing.customer.updated","customer_id":"4242 4242 4242 4242","data":{}}"#,
    #"{"type":"billing.customer.updated","customer_id":"c","timestamp":"4242424242424242","data":{"currency":"usd"}}"#,
    #"{"type":"billing.customer.updated","customer_id":"c","timestamp":4242424242424242,"data":{"currency":"usd"}}"#,
    #"{"type":"billing.customer.updated","customer_id":"c","data":{"currency":"4242424242424242"}}"#,
    #"{"type":"billing.customer.updated","customer_id":4242424242424242,"data":{"currency":"usd"}}"#,
  ])
  func `no error repeats a card's number`(text: String) throws {
    let error = try #require(try fault(text))
    #expect(!"\(error)".contains("4242"))
  }

  @Test func `identifiers, location numbers, byte counts and times are passed over`() throws {
    let usage = """
      {"readings":[{"partner_id":"4242424242424242","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":1,\
      "bytes":4242424242424242}],"gln":"4242424242424242","created_at":4242424242424242,"partners":["4242424242424242"]}
      """
    #expect(
      try fault(eventText(.usageRecorded, "4242-4242-4242-4242", at: nil, of: "5555555555554444", usage))
        == nil)
  }

  @Test func `ten thousand location numbers and millisecond timestamps are no card data`() throws {
    var generator = SeededGenerator(seed: 7)
    for index in 0..<10_000 {
      var digits = (0..<12).map { _ in Int.random(in: 0...9, using: &generator) }
      let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
      digits.append((10 - sum % 10) % 10)
      let gln = digits.map(String.init).joined()
      let milliseconds = 1_300_000_000_000 + Int.random(in: 0..<1_000_000_000_000, using: &generator)
      let text = customer(
        #""name":"GLN \#(gln)","purchase_order":"\#(milliseconds)","extra":\#(milliseconds)"#)
      if let fault = try fault(text) { Issue.record("\(index): \(fault)") }
    }
  }

  @Test func `after a refused import no byte of the number is on the disk`() throws {
    let store = try TemporaryStore()
    let good = customer(#""name":"Acme""#)
    let lines = [
      #""name":"pay 4242 4242 4242 4242""#, #""note":4242424242424242"#,
      #""card":{"number":"4242424242424242"}"#,
    ].map { customer($0).replacingOccurrences(of: #""id":"e""#, with: #""id":"x""#) }
    for keepsGoing in [false, true] {
      let report = try store.importText(([good] + lines).joined(separator: "\n"), keepsGoing: keepsGoing)
      #expect((report.refused, report.isKept) == (3, keepsGoing))
      #expect(!"\(report)".contains("4242"))
    }
    let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes\n"
    let rows = [
      "cus_a,4242 4242 4242 4242,x,inbound,1,1,1", "cus_a,p,4242424242424242,inbound,1,1,1",
      "cus_a,p,2024-01-15T11:00:00Z,4242424242424242,1,1,1",
    ]
    let report = try store.importText(header + rows.joined(separator: "\n"), keepsGoing: true)
    #expect(report.refused == 3)
    #expect(!"\(report)".contains("4242"))
    #expect(try store.rawBytes().range(of: Data("4242".utf8)) == nil)
    #expect(try store.rawBytes().range(of: Data("Acme".utf8)) != nil)
  }

  @Test func `only the last four digits of a card are taken`() throws {
    let method = { (last4: String) in
      eventText(
        .paymentMethodAdded, "m", at: nil, of: "cus_a",
        #"{"payment_method_id":"pm_1","type":"card","last4":"\#(last4)"}"#)
    }
    #expect(try fault(method("4242")) == nil)
    for last4 in ["42424", "424", "424x", "4242424242424242"] { #expect(try fault(method(last4)) != nil) }
  }
}
