import FolioAccounts
import FolioBilling
import FolioRating
import Testing

@Suite struct DepartmentTests {
  private func partner(_ id: String, _ tags: [(from: String, department: String?)]) throws -> Partner {
    Partner(
      id: try PartnerID(id), name: nil,
      departments: try tags.map {
        DepartmentTag(from: try #require(CalendarDate($0.from)), department: $0.department)
      })
  }

  /// A January of `prt_a`, by day, and of others.
  private func january(
    _ days: [(date: String, messages: Int64, failed: Int64)], others: [(String, Int64)] = []
  ) throws -> MonthUsage {
    let id = try PartnerID("prt_a")
    let partnerDays = try days.map { day in
      PartnerDayUsage(
        partnerID: id, date: try #require(CalendarDate(day.date)),
        counts: UsageCounts(messages: day.messages, failed: day.failed))
    }
    let total = UsageCounts(
      messages: days.reduce(0) { $0 + $1.messages }, failed: days.reduce(0) { $0 + $1.failed })
    let rows =
      try [PartnerUsage(partnerID: id, inbound: total, outbound: UsageCounts())]
      + others.map {
        PartnerUsage(
          partnerID: try PartnerID($0.0), inbound: UsageCounts(messages: $0.1), outbound: UsageCounts())
      }
    return MonthUsage(month: try month("2024-01"), partners: rows, partnerDays: partnerDays)
  }

  private func costs(_ usage: MonthUsage, _ partners: [Partner]) throws -> DepartmentCosts {
    let facts = try facts([usage], partners: partners, asOf: "2024-02-01T00:00:00Z")
    return try #require(try DepartmentCosts(facts.months.prefix(1), in: facts.currency))
  }

  @Test func `a message goes to the department that its partner had on its day`() throws {
    let tagged = try partner("prt_a", [("2023-01-01", "Sales"), ("2024-01-11", "Logistics")])
    let usage = try january([("2024-01-10", 600, 0), ("2024-01-11", 300, 0), ("2024-01-31", 100, 0)])
    let departments = try costs(usage, [tagged]).departments
    #expect(departments.map(\.department) == ["Logistics", "Sales", nil])
    #expect(departments.map(\.messages) == [400, 600, 0])
    #expect(departments.map(\.cost.decimalText) == ["20.00", "30.00", "0.00"])
    #expect(departments[0].partnerIDs == departments[1].partnerIDs)
  }

  @Test func `before its first tag and after its last a partner is unallocated`() throws {
    let tagged = try partner("prt_a", [("2024-01-05", "Sales"), ("2024-01-20", nil)])
    let usage = try january([("2024-01-04", 100, 0), ("2024-01-05", 200, 0), ("2024-01-20", 300, 0)])
    let departments = try costs(usage, [tagged]).departments
    #expect(departments.map(\.department) == ["Sales", nil])
    #expect(departments.map(\.messages) == [200, 400])
    #expect(departments.map(\.cost.decimalText) == ["10.00", "20.00"])
  }

  @Test func `messages of departments that no number can hold are an error`() throws {
    let most = Int64.max / 2 + 1
    let facts = try facts(
      [usage("2024-01", messages: most), usage("2024-02", messages: most)],
      plans: [plan(base: "0", rate: "0")], asOf: "2024-03-01T00:00:00Z")
    #expect(throws: ArithmeticOverflow.self) {
      try DepartmentCosts(facts.months, in: facts.currency)?.messages()
    }
  }

  @Test func `without readings by day the tag of the month's last day holds`() throws {
    let tagged = try partner("prt_a", [("2023-01-01", "Sales"), ("2024-01-11", "Logistics")])
    let month = try usage("2024-01", messages: 100)
    #expect(try costs(month, [tagged]).departments.map(\.department) == ["Logistics", nil])
  }

  @Test func `months add up to the year, to the cent`() throws {
    let tagged = try partner("prt_b", [("2024-02-01", "Sales")])
    let months = try ["2024-01", "2024-02", "2024-03"].map {
      try usage($0, [("prt_a", 7_001), ("prt_b", 333)])
    }
    let facts = try facts(months, partners: [tagged], asOf: "2024-04-01T00:00:00Z")
    let year = try #require(try DepartmentCosts(facts.months, in: facts.currency))
    #expect(year.identity.holds)
    #expect(year.departments.map(\.department) == ["Sales", nil])
    #expect(year.departments.map(\.messages) == [666, 21_336])
    #expect(year.departments[0].cost == (try usd("33.30")))
    // April has begun: its base fee is charged and belongs to nobody yet.
    #expect(year.identity.unusedBase == (try usd("299.00")))
    #expect(try year.cost() == year.identity.grossMessageCharges)
  }
}
