import FolioAccounts
import FolioBilling
import Testing

@Suite struct CustomReportTests {
  private func report(
    _ start: String, _ end: String, by groups: [String], _ metrics: [String] = ["message_count", "cost"],
    plans: [PlanVersion]? = nil
  ) throws -> CustomReport {
    let months = try ["2024-01", "2024-02", "2024-03"].map {
      try usage($0, [("prt_a", 7_000), ("prt_b", 1_000)])
    }
    let tag = DepartmentTag(from: try #require(CalendarDate("2024-02-01")), department: "Sales")
    let partners = [Partner(id: try PartnerID("prt_a"), name: "A", departments: [tag])]
    let facts = try facts(months, plans: plans, partners: partners, asOf: "2024-04-01T00:00:00Z")
    return try CustomReport(
      ReportDefinition(
        id: ReportID("rep_1"), reportType: "partner_utilization", start: #require(CalendarDate(start)),
        end: #require(CalendarDate(end)), groupBy: groups, includeMetrics: metrics), facts)
  }

  @Test func `the documentation's report has a row for each month and partner, which sum to the total`()
    throws
  {
    let report = try report(
      "2024-01-01", "2024-03-31", by: ["partner", "month"], ["message_count", "success_rate", "cost"])
    #expect(
      report.rows.map(\.key.month?.text) == [
        "2024-01", "2024-01", "2024-02", "2024-02", "2024-03", "2024-03",
      ])
    #expect(
      report.rows.map { $0.key.partner??.text } == ["prt_a", "prt_b", "prt_a", "prt_b", "prt_a", "prt_b"])
    #expect(
      report.rows.map(\.cost?.decimalText) == ["350.00", "50.00", "350.00", "50.00", "350.00", "50.00"])
    #expect(try report.total.cost == usd("1200.00"))
    #expect(report.total.messages == 24_000)
    #expect(report.rows.reduce(0) { $0 + $1.messages } == 24_000)
    #expect(report.notCovered.isEmpty && report.unavailable.isEmpty)
  }

  @Test func `a range that cuts a month covers whole months alone, and names the rest`() throws {
    let report = try report("2024-01-15", "2024-03-10", by: ["month"])
    #expect(report.months.map(\.text) == ["2024-02"])
    #expect(report.notCovered.map { $0.start.date.text } == ["2024-01-15", "2024-03-01"])
    #expect(report.notCovered.map { $0.inclusiveEnd.date.text } == ["2024-01-31", "2024-03-10"])
    #expect(report.total.messages == 8_000)
    let inside = try self.report("2024-02-03", "2024-02-20", by: ["month"])
    #expect(inside.months.isEmpty && inside.notCovered.count == 1)
  }

  @Test func `departments are sums of the partners that were in them, Unallocated last`() throws {
    let report = try report("2024-01-01", "2024-03-31", by: ["department"])
    #expect(report.rows.map { $0.key.department ?? "?" } == ["Sales", nil])
    #expect(report.rows.map(\.messages) == [14_000, 10_000])
    #expect(report.rows.map(\.cost?.decimalText) == ["700.00", "500.00"])
  }

  @Test func `what no rule computes is named, and the rest is there`() throws {
    let report = try report(
      "2024-01-01", "2024-03-31", by: ["region", "partner"], ["carbon", "message_count"])
    #expect(report.unavailable == ["region", "carbon"])
    #expect(report.groups == [.partner] && report.metrics == [.messageCount])
    #expect(report.rows.map(\.messages) == [21_000, 3_000])
  }

  @Test func `a grouping or a metric that is named twice is there once`() throws {
    let report = try report(
      "2024-01-01", "2024-03-31", by: ["partner", "month", "partner"], ["cost", "message_count", "cost"])
    #expect(report.groups == [.partner, .month] && report.metrics == [.cost, .messageCount])
  }

  @Test func `without a plan there are messages and no cost`() throws {
    let report = try report("2024-01-01", "2024-03-31", by: ["partner"], plans: [])
    #expect(report.total.cost == nil && report.total.messages == 24_000)
    #expect(report.rows.allSatisfy { $0.cost == nil })
  }
}
