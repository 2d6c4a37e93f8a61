import FolioBilling
import FolioPortal
import JSON
import Testing

@Suite(.enabled(if: SharedData.isPresent, "…/shared/spec is not beside the checkout"))
struct AnswerTests {
  @Test(arguments: [
    ("billing", AnswerKind.billing), ("usage", .usage), ("invoices", .invoices),
    ("usage-current", .currentUsage),
    ("allocation", .allocation), ("analytics-partners", .partnerAnalytics), ("optimization", .optimization),
    ("tax-summary", .taxSummary),
  ])
  func `an answer is known by its shape`(name: String, kind: AnswerKind) throws {
    #expect(AnswerKind.recognise(try SharedData.response(name)) == kind)
  }

  @Test(arguments: ["event-payment-failed", "event-budget-alert"])
  func `an event is no answer`(name: String) throws {
    #expect(AnswerKind.recognise(try SharedData.response(name)) == nil)
    #expect(throws: AnswerError.unrecognised) {
      try AnswerComparison.differences(answer: try SharedData.response(name), statement: nil)
    }
  }

  private func paths(_ name: String, _ statement: Statement?) throws -> [String] {
    try AnswerComparison.differences(answer: try SharedData.response(name), statement: statement).map {
      "\($0.path): \($0.stated) ≠ \($0.computed ?? "?")"
    }
  }

  @Test func `the answer of scenario S1 differs in nothing`() throws {
    #expect(try paths("usage-current", Samples.monthToDate()) == [])
  }

  @Test func `a fact differs from nothing`() throws { #expect(try paths("usage", nil) == []) }

  @Test func `without facts nothing is confirmed`() throws {
    #expect(try paths("usage-current", nil).count == 9)
  }

  @Test func `differences stand in the order of the answer`() throws {
    #expect(
      try paths("usage-current", Samples.imported()) == [
        "current_period.days_remaining: 15 ≠ 0", "usage_to_date.messages: 8420 ≠ 15420",
        "usage_to_date.estimated_charges: 421.00 ≠ 771.00", "usage_to_date.usage_charges: 122.00 ≠ 472.00",
        "projected_usage.estimated_monthly_messages: 16840 ≠ ?",
        "projected_usage.estimated_monthly_charges: 842.00 ≠ ?",
      ])
  }

  @Test func `scenario S2 confirms the allocation`() throws {
    let ids = ["prt_supplier_001", "prt_supplier_002", "prt_customer_001", "prt_customer_002"]
    let partners = try ids.enumerated().map { index, id in
      let tag = DepartmentTag(from: try day("2024-01-01"), department: index < 2 ? "Procurement" : "Sales")
      return Partner(id: try PartnerID(id), name: nil, departments: [tag])
    }
    let messages: [Int64] = [5_000, 3_500, 6_000, 920]
    let rows = try zip(ids, messages).map {
      PartnerUsage(partnerID: try PartnerID($0), inbound: UsageCounts(messages: $1), outbound: UsageCounts())
    }
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-01-31T00:00:00Z"),
      subscriptions: [try Samples.subscription()], plans: [try Samples.plan()], partners: partners,
      usage: [MonthUsage(month: try month("2024-01"), partners: rows.sorted { $0.partnerID < $1.partnerID })])
    #expect(try paths("allocation", statement) == [])
  }

  @Test func `figures without a rule are listed without a computed one`() throws {
    let differences = try paths("optimization", Samples.imported())
    #expect(differences.contains("recommendations[0].estimated_savings: 180.00 ≠ ?"))
    #expect(differences.contains("current_plan: Enterprise Base + Usage ≠ Enterprise Plan"))
  }

  @Test func `scenario S3 confirms the tax year`() throws {
    #expect(try paths("tax-summary", TaxPageTests.year()) == [])
  }
}
