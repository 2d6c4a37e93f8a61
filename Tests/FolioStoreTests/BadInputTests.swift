import FolioBilling
import FolioStore
import Foundation
import SQLite
import Testing

@Suite struct BadInputTests {
  @Test(arguments: ["1,5", "+5", "1e3", "NaN", "12abc", " 1", "٤٢", "--1", "1.", ".5", "0x10", ""])
  func `an amount that is no plain decimal is refused`(amount: String) throws {
    let text = eventText(
      .invoiceFinalized, "e", at: nil, of: "cus_a", invoiceData("in_1", amount: "\"\(amount)\""))
    #expect(try fault(text)?.path == "data.amount_due")
    #expect(try fault(text)?.expected == .plainDecimal)
  }

  @Test(arguments: [
    ("1.005", "usd", false), ("421.1", "usd", true), ("1.5", "jpy", false), ("1", "jpy", true),
    ("1.123", "bhd", true),
    ("1.1234", "bhd", false), ("1.1234", "clf", true), ("-1.00", "usd", false), ("1e2", "usd", false),
    ("92233720368547758.07", "usd", true), ("92233720368547758.08", "usd", false),
    ("9223372036854775807", "usd", false),
  ])
  func `an amount has no more digits than its currency`(amount: String, code: String, isValid: Bool) throws {
    let data = invoiceData("in_1", amount: amount, currency: code)
    #expect(try (fault(eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", data)) == nil) == isValid)
  }

  @Test(arguments: ["xau", "xxx", "xdr", "dollar", "", "us", "USDD", "\u{212A}rw"])
  func `a currency that is none is refused`(code: String) throws {
    let text = eventText(.customerUpdated, "e", at: nil, of: "cus_a", #"{"currency":"\#(code)"}"#)
    #expect(try fault(text) == FieldError(path: "data.currency", expected: .currency, found: "\"\(code)\""))
  }

  @Test(arguments: [
    "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "1969-12-31T23:59:59Z", "2262-01-01T00:00:00Z",
  ])
  func `an instant that is none is refused`(time: String) throws {
    let text = eventText(.customerUpdated, "e", at: time, of: "cus_a", #"{"currency":"usd"}"#)
    #expect(try fault(text) == FieldError(path: "timestamp", expected: .timestamp, found: "\"\(time)\""))
  }

  @Test(arguments: ["2024-02-30", "2024-1-01", "1969-12-31", "9999-12-31", "0001-01-01", "20240101"])
  func `a day that is none, or outside the range of instants, is refused`(day: String) throws {
    let data = #"{"report_id":"r","report_type":"x","date_range":{"start":"2024-01-01","end":"\#(day)"}}"#
    #expect(
      try fault(eventText(.reportDefined, "e", at: nil, of: "cus_a", data))?.path == "data.date_range.end")
    let partner = #"{"partner_id":"p","department":"D","department_from":"\#(day)"}"#
    #expect(try fault(eventText(.partnerUpdated, "e", at: nil, of: "cus_a", partner))?.expected == .date)
  }

  @Test(arguments: [
    "", "-a", "a b", "../a", "a/b", "é", "\u{212A}", "a\\u0000", String(repeating: "a", count: 65), "a.b",
  ])
  func `a bad identifier is refused`(id: String) throws {
    let data = #"{"currency":"usd"}"#
    #expect(try fault(eventText(.customerUpdated, "e", at: nil, of: id, data))?.path == "customer_id")
    #expect(try fault(eventText(.customerUpdated, id, at: nil, of: "cus_a", data))?.path == "id")
    let partner = eventText(.partnerUpdated, "e", at: nil, of: "cus_a", #"{"partner_id":"\#(id)"}"#)
    #expect(try fault(partner)?.path == "data.partner_id")
  }

  @Test(arguments: [
    ("en", true), ("zh-Hant-TW", true), ("../x", false), ("", false), ("en-", false), ("e/n", false),
  ])
  func `a language is a tag, for it becomes part of a path`(language: String, isValid: Bool) throws {
    let data = #"{"currency":"usd","language":"\#(language)"}"#
    #expect(try (fault(eventText(.customerUpdated, "e", at: nil, of: "cus_a", data)) == nil) == isValid)
  }

  @Test func `usage of the last hour that an instant can hold is kept and read again`() throws {
    let store = try TemporaryStore()
    let last = readingsData([reading("prt_1", "2261-12-31T23:00:00Z", 1)])
    try store.apply([event(.usageRecorded, "u", last), customerEvent()])
    let statement = try #require(
      try store.reader().statement(of: CustomerID("cus_a"), asOf: Timestamp(secondsSinceEpoch: 9_214_646_400))
    )
    #expect(statement.usageCompleteThrough == Timestamp(secondsSinceEpoch: 9_214_646_400))
  }

  @Test(arguments: [(1_024, true), (1_025, false)])
  func `a name has at most 1,024 bytes`(bytes: Int, isValid: Bool) throws {
    for name in [
      String(repeating: "a", count: bytes),
      String(repeating: "\u{301}", count: bytes / 2) + (bytes % 2 == 0 ? "" : "a"),
    ] {
      let customer = eventText(
        .customerUpdated, "e", at: nil, of: "cus_a", #"{"currency":"usd","name":"\#(name)"}"#)
      #expect(try (fault(customer) == nil) == isValid)
      let partner = eventText(
        .partnerUpdated, "e", at: nil, of: "cus_a", #"{"partner_id":"p","name":"\#(name)"}"#)
      #expect(try (fault(partner) == nil) == isValid)
      if isValid {
        let store = try TemporaryStore()
        try store.apply([received(customer), received(partner)])
        #expect(try store.statement("cus_a")?.customer.name == name)
      }
    }
  }

  @Test(arguments: [
    (#""lines":[{"kind":"base_fee","amount":90}],"subtotal":90"#, "data.amount_due"),
    (#""lines":[{"kind":"base_fee","amount":90}]"#, "data.subtotal"),
    (#""lines":[{"kind":"base_fee","amount":90}],"subtotal":91"#, "data.subtotal"),
    (#""subtotal":90"#, "data.amount_due"),
    (
      #""lines":[{"kind":"base_fee","amount":90,"gross":100,"covered":9}],"subtotal":90"#,
      "data.lines[0].amount"
    ),
    (#""lines":[{"kind":"gift","amount":90}],"subtotal":90"#, "data.lines[0].kind"),
    (
      #""taxes":[{"category":"standard","rate":2,"taxable":90,"amount":10}],"subtotal":90"#,
      "data.taxes[0].rate"
    ),
    (
      #""lines":[{"kind":"messages","amount":90000000000000000},{"kind":"messages","amount":90000000000000000}],"subtotal":90"#,
      "data.lines"
    ),
    (
      #""lines":[{"kind":"base_fee","amount":90}],"taxes":[{"category":"standard","rate":0.08,"taxable":90,"amount":10}],"subtotal":90"#,
      nil
    ),
    (
      #""lines":[{"kind":"messages","amount":100.00,"gross":150,"covered":50,"quantity":3000,"unit_price":0.05}],"subtotal":100"#,
      nil
    ),
  ])
  func `an invoice's sums hold`(members: String, path: String?) throws {
    let data = invoiceData("in_1").dropLast() + "," + members + "}"
    #expect(try fault(eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", String(data)))?.path == path)
  }

  @Test(arguments: [
    (#""model":"base_plus_usage""#, "data.message_rate"), (#""model":"per_partner""#, "data.partner_fee"),
    (#""model":"hybrid","message_rate":1"#, "data.partner_fee"), (#""model":"free""#, "data.model"),
    (#""model":"hybrid","message_rate":-1,"partner_fee":1"#, "data.message_rate"),
    (#""model":"base_plus_usage","message_rate":1,"base_fee":-1"#, "data.base_fee"),
    (
      #""model":"enterprise_custom","message_tiers":{"mode":"volume","tiers":[{"up_to":5,"unit_price":1}]}"#,
      "data.message_tiers.tiers"
    ),
    (
      #""model":"enterprise_custom","message_tiers":{"mode":"package","tiers":[{"unit_price":1}]}"#,
      "data.message_tiers.tiers"
    ),
  ])
  func `a plan that cannot be rated is refused`(members: String, path: String) throws {
    let data = #"{"plan_id":"p","name":"P","currency":"usd",\#(members)}"#
    #expect(try fault(eventText(.planDefined, "e", at: nil, of: nil, data))?.path == path)
  }

  @Test func `a budget alert with too many digits names its own field`() throws {
    let store = try TemporaryStore()
    let data = #"{"budget_name":"B","threshold_percentage":75,"current_usage":1,"budget_limit":1.005}"#
    let error = FieldError(path: "data.budget_limit", expected: .money(fractionDigits: 2), found: "1.005")
    #expect(
      try store.apply([customerEvent(), event(.budgetAlert, "b", data)]) == [.applied, .refused(error)])
  }

  @Test func `a planted name of ten thousand marks is cut`() throws {
    let store = try TemporaryStore()
    try store.apply([
      customerEvent(),
      event(.partnerUpdated, "p", at: "2024-01-01T00:00:00Z", #"{"partner_id":"prt_1","department":"D"}"#),
    ])
    let marks = String(repeating: "\u{301}", count: 10_000)
    try StoreDump.plant(
      store.path,
      "UPDATE customers SET name = '\(marks)'; UPDATE partners SET name = '\(marks)'; UPDATE partner_departments SET department = '\(marks)'"
    )
    let cut = Array(repeating: 0x301 as UInt32, count: 120) + [0x2026]
    let statement = try #require(try store.statement("cus_a"))
    #expect(statement.customer.name?.unicodeScalars.map(\.value) == cut)
    #expect(statement.partners.first?.name?.unicodeScalars.map(\.value) == cut)
    #expect(statement.partners.first?.departments.first?.department?.unicodeScalars.map(\.value) == cut)
  }
}
