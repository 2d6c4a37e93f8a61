import FolioBilling
import JSON
import SQLite

/// `billing.notice.posted`: a message to one customer, or to all when the event names none.
struct NoticePosted: BillingFact {
  let customerID: CustomerID?
  let noticeID: NoticeID
  let body: String
  /// nil takes the event's own time.
  let from: Timestamp?
  let until: Timestamp?

  init(_ fields: FieldReader, customerID: CustomerID?) throws(FieldError) {
    self.customerID = customerID
    noticeID = try fields.identifier("notice_id")
    guard let body = try fields.optionalText("body", mostBytes: noticeBytesLimit), !body.isEmpty else {
      throw fields.fail("body", .markdownBytes(most: noticeBytesLimit))
    }
    self.body = body
    from = try fields.optionalTimestamp("from")
    until = try fields.optionalTimestamp("until")
    if let from, let until, until <= from { throw fields.fail("until", .periodInOrder) }
  }

  var requires: [EventSubject] { customerID.map { [.customer($0)] } ?? [] }
  var factTime: Timestamp? { from }

  func write(_ writer: FactWriter) throws {
    let owner: [FactWriter.Column] = customerID.map { [("customer_id", .text($0.text))] } ?? []
    try writer.keepLatest(
      in: customerID == nil ? "site_notices" : "customer_notices",
      key: owner + [("notice_id", .text(noticeID.text))],
      [
        ("body", .text(body)),
        ("from_time", .integer(from?.nanosecondsSinceEpoch ?? writer.key.time)),
        ("until_time", .instant(until)),
      ])
  }
}

/// The longest notice, in bytes of Markdown.
package let noticeBytesLimit = 8_192

/// `billing.report.defined`: a custom report, with the API's fields.
struct ReportDefined: BillingFact {
  let customerID: CustomerID
  let report: ReportDefinition

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    let range = try fields.object("date_range")
    let (start, end) = (try range.date("start"), try range.date("end"))
    guard start <= end else { throw range.fail("end", .periodInOrder) }
    report = ReportDefinition(
      id: try fields.identifier("report_id"), reportType: try fields.text("report_type", mostBytes: 64),
      start: start, end: end, groupBy: try fields.texts("group_by", most: 5, mostBytes: 32),
      includeMetrics: try fields.texts("include_metrics", most: 20, mostBytes: 32))
  }

  var requires: [EventSubject] { [.customer(customerID)] }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "reports", key: [("customer_id", .text(customerID.text)), ("report_id", .text(report.id.text))],
      [
        ("report_type", .text(report.reportType)),
        ("start_day", .integer(Int64(report.start.daysSinceEpoch))),
        ("end_day", .integer(Int64(report.end.daysSinceEpoch))),
        ("group_by", .text(encodedTexts(report.groupBy))),
        ("include_metrics", .text(encodedTexts(report.includeMetrics))),
      ])
  }
}

extension NoticePosted {
  /// The notices that show at an instant, the site's and the customer's, in order of time.
  static func load(
    for customer: CustomerID, at instant: Timestamp, from connection: Connection
  ) throws -> [Notice] {
    try connection.statement(
      """
      SELECT notice_id, body, from_time, until_time FROM (
        SELECT notice_id, body, from_time, until_time, 0 AS scope FROM site_notices
        UNION ALL
        SELECT notice_id, body, from_time, until_time, 1 FROM customer_notices WHERE customer_id = ?1)
      WHERE from_time <= ?2 AND (until_time IS NULL OR until_time > ?2)
      ORDER BY from_time, notice_id, scope
      """
    ).rows([.text(customer.text), .instant(instant)]) { row in
      Notice(
        id: try storedIdentifier(row.text(0), "notices.notice_id"), body: try row.text(1),
        from: try storedInstant(row.integer(2)), until: try row.optionalInteger(3).map(storedInstant))
    }
  }
}

extension ReportDefined {
  static func load(of customer: CustomerID, from connection: Connection) throws -> [ReportDefinition] {
    try connection.statement(
      """
      SELECT report_id, report_type, start_day, end_day, group_by, include_metrics FROM reports
      WHERE customer_id = ? ORDER BY report_id
      """
    ).rows([.text(customer.text)]) { row in
      ReportDefinition(
        id: try storedIdentifier(row.text(0), "reports.report_id"), reportType: try row.text(1),
        start: try storedDay(row.integer(2)),
        end: try storedDay(row.integer(3)),
        groupBy: try storedFields("reports.group_by", row.text(4)).texts("list"),
        includeMetrics: try storedFields("reports.include_metrics", row.text(5)).texts("list"))
    }
  }
}
