import FolioAnalytics
import FolioBilling
import FolioRating

/// To which departments the partners of a month belong: each message to the one of its partner on its day.
struct MonthDepartments {
  private let lastDay: CalendarDate
  private let partners: PartnerDirectory
  private let chargesFailed: Bool
  private let days: [PartnerID: [PartnerDayUsage]]
  private let rows: [PartnerID: PartnerRow]

  init(
    _ usage: MonthUsage, _ summary: UsageSummary, _ partners: PartnerDirectory, chargesFailed: Bool
  ) {
    lastDay = usage.month.period.inclusiveEnd.date
    self.partners = partners
    self.chargesFailed = chargesFailed
    days = Dictionary(grouping: usage.partnerDays, by: \.partnerID)
    let changing = days
    rows = summary.partnerRows.reduce(into: [:]) { rows, row in
      if let id = row.partnerID, changing[id] != nil { rows[id] = row }
    }
  }

  /// A partner's departments in order of their names' bytes, none last, with the messages that go to each.
  ///
  /// What a source stated beyond the readings has no day and goes to the department of the month's last day.
  func shares(of id: PartnerID) -> [DepartmentShare] {
    let partner = partners[id]
    guard let days = days[id], let row = rows[id] else {
      return [DepartmentShare(department: partner.department(on: lastDay), messages: 0)]
    }
    var weights = Weights()
    for day in days { weights.add(day.counts, to: partner.department(on: day.date)) }
    let rest = UsageCounts(messages: row.messages, failed: row.failed ?? weights.total.failed)
    weights.add(rest.without(weights.total), to: partner.department(on: lastDay))
    return weights.shares(chargesFailed: chargesFailed)
  }

  /// Messages by department, told apart by bytes.
  private struct Weights {
    private var counts: [[UInt8]: (name: String?, counts: UsageCounts)] = [:]
    private(set) var total = UsageCounts()

    /// Sums of one partner's days, which the month's own sum has proved to fit 64 bits.
    mutating func add(_ part: UsageCounts, to department: String?) {
      guard part.messages > 0 else { return }
      let key: [UInt8] = if let department { [1] + Array(department.utf8) } else { [2] }
      let known = counts[key]?.counts ?? UsageCounts()
      counts[key] = (
        department,
        UsageCounts(messages: known.messages + part.messages, failed: known.failed + part.failed)
      )
      total = UsageCounts(messages: total.messages + part.messages, failed: total.failed + part.failed)
    }

    func shares(chargesFailed: Bool) -> [DepartmentShare] {
      counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, entry in
        let messages = entry.counts.messages
        return DepartmentShare(
          department: entry.name, messages: messages,
          charged: chargesFailed ? messages : messages - entry.counts.failed)
      }
    }
  }
}
