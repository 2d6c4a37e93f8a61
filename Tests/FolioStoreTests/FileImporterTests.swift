import FolioBilling
import FolioStore
import Foundation
import JSON
import Testing

@Suite struct FileImporterTests {
  private let customer = eventText(
    .customerUpdated, "evt_c", at: "2024-01-01T00:00:00Z", of: "cus_a", #"{"name":"Acme","currency":"usd"}"#)
  private let partner = eventText(
    .partnerUpdated, "evt_p", at: "2024-01-01T00:00:00Z", of: "cus_a", #"{"partner_id":"prt_1","name":"One"}"#
  )
  private let bad = eventText(
    .partnerUpdated, "evt_b", at: "2024-02-30T00:00:00Z", of: "cus_a", #"{"partner_id":"prt_2"}"#)

  private func field(_ report: FileImportReport) throws -> FieldError {
    guard case .field(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no field") }
    return error
  }

  @Test(arguments: ["\n", "\r\n", "\n \n"])
  func `a line an event`(separator: String) throws {
    let store = try TemporaryStore()
    let report = try store.importText(customer + separator + partner + separator)
    #expect((report.applied, report.refused, report.isKept) == (2, 0, true))
    #expect(try store.importText(customer + separator + partner).repeated == 2)
  }

  @Test func `a bad line is named, and nothing of its file is kept`() throws {
    let store = try TemporaryStore()
    try store.open().write(receivedAt: now, origin: "") { _ in }
    let before = try StoreDump.lines(store.path)
    let report = try store.importText([customer, bad, partner].joined(separator: "\n"))
    #expect(report.problems.map(\.line) == [2])
    #expect(
      try field(report)
        == FieldError(path: "timestamp", expected: .timestamp, found: "\"2024-02-30T00:00:00Z\""))
    #expect((report.applied, report.refused, report.isKept) == (0, 1, false))
    #expect(try StoreDump.lines(store.path) == before)
  }

  @Test func `with keep-going the rest of a file is kept`() throws {
    let store = try TemporaryStore()
    let report = try store.importText(
      [customer, bad, "{", partner].joined(separator: "\n"), keepsGoing: true)
    #expect((report.applied, report.refused, report.isKept) == (2, 2, true))
    #expect(report.problems.map(\.line) == [2, 3])
    #expect(try store.statement("cus_a")?.partners.map(\.name) == ["One"])
  }

  @Test func `problems beyond the twentieth are counted, not listed`() throws {
    let store = try TemporaryStore()
    let report = try store.importText(Array(repeating: bad, count: 30).joined(separator: "\n"))
    #expect((report.refused, report.problems.count) == (30, FileImportReport.problemsLimit))
  }

  @Test func `a list of events, laid out over lines`() throws {
    let store = try TemporaryStore()
    #expect(try store.importText("[\n\(customer),\n\(partner)\n]\n").applied == 2)
    #expect(try store.importText("[\(customer),\(bad)]").isKept == false)
    #expect(try store.importText("[]").isKept)
  }

  @Test func `one event, laid out over lines`() throws {
    let store = try TemporaryStore()
    let text = customer.replacingOccurrences(of: ",", with: ",\n  ").replacingOccurrences(
      of: "{", with: "{\n")
    #expect(try store.importText(text).applied == 1)
  }

  @Test(arguments: ["", "\n", "hello", "\u{FEFF}{}", "42", "\u{0}"])
  func `what is no list of facts is refused`(text: String) throws {
    let store = try TemporaryStore()
    let report = try store.importText(text)
    #expect((report.refused, report.isKept) == (1, false))
  }

  @Test func `an event without a type names the field and the line`() throws {
    let store = try TemporaryStore()
    let report = try store.importText(#"{"id":"evt_1","data":{}}"# + "\n" + customer)
    #expect(try field(report).path == "type")
    #expect(report.problems.first?.line == 1)
  }

  @Test func `an unknown type is refused with the known ones`() throws {
    let store = try TemporaryStore()
    let error = try field(store.importText(#"{"type":"billing.unknown","data":{}}"#))
    #expect(error.expected == .oneOf(EventType.allCases.map(\.rawValue)))
  }

  @Test func `bytes that are no UTF-8 are refused with their line`() throws {
    let store = try TemporaryStore()
    let broken = Data((customer + "\n" + #"{"type":""#).utf8) + [0xFF, 0xFE] + Data("\"}\n".utf8)
    let report = try store.importFile(store.file("broken", broken))
    guard case .syntax(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no syntax") }
    #expect(error.reason == .invalidUTF8)
    #expect(report.problems.first?.line == 2)
    #expect(!report.isKept)
  }

  @Test(arguments: [false, true])
  func `a line of nine mebibytes is refused, and nothing of its file is kept`(keepsGoing: Bool) throws {
    let store = try TemporaryStore()
    let long = #"{"type":"\#(String(repeating: "x", count: 9 << 20))"}"#
    let report = try store.importText(
      [customer, long, partner].joined(separator: "\n"), keepsGoing: keepsGoing)
    guard case .lineTooLong(let limit)? = report.problems.first?.reason else {
      throw NotAValue(text: "no line")
    }
    #expect((report.problems.first?.line, limit) == (2, FileImporter.lineBytesLimit))
    #expect((report.applied, report.isKept) == (0, false))
    #expect(try store.statement("cus_a") == nil)
  }

  @Test func `what waits only for a later line of the same file does not wait`() throws {
    let store = try TemporaryStore()
    let report = try store.importText([partner, customer].joined(separator: "\n"))
    #expect(report.applied == 2)
    #expect(report.waiting.isEmpty)
    let alone = try TemporaryStore().importText(partner)
    #expect((alone.applied, alone.waiting, alone.isKept) == (0, ["customer cus_a": 1], true))
  }

  @Test func `what a later line of the same file makes invalid is refused with its own line`() throws {
    let store = try TemporaryStore()
    let payment = eventText(
      .paymentSucceeded, "evt_x", at: nil, of: nil,
      #"{"invoice_id":"in_1","amount_paid":1.005,"paid_at":"2024-02-01T08:30:00Z"}"#)
    let invoice = eventText(.invoiceFinalized, "evt_i", at: nil, of: "cus_a", invoiceData("in_1"))
    let text = [payment, invoice, customer].joined(separator: "\n")
    let report = try store.importText(text)
    #expect(try field(report).path == "data.amount_paid")
    #expect(report.problems.map(\.line) == [1])
    #expect(!report.isKept)
    let kept = try store.importText(text, keepsGoing: true)
    #expect((kept.applied, kept.refused, kept.isKept) == (2, 1, true))
  }

  @Test func `a file that is not there is an error`() throws {
    let store = try TemporaryStore()
    #expect(throws: (any Error).self) { try store.importFile(store.directory + "/nothing") }
  }
}
