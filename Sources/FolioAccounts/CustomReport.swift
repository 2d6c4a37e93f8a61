import FolioAnalytics
package import FolioBilling
import FolioRating

/// What a custom report groups by.
package enum ReportGroup: String, Sendable, CaseIterable {
  case partner
  case month
  case department
}

/// What a custom report counts.
package enum ReportMetric: String, Sendable, CaseIterable {
  case messageCount = "message_count"
  case payloadSize = "payload_size"
  case successRate = "success_rate"
  case averageSize = "average_size"
  case failedMessages = "failed_messages"
  case cost
}

/// A custom report, computed over the whole months of its range.
package struct CustomReport {
  package let definition: ReportDefinition
  /// In the order of the definition, each once; what is not known is in `unavailable`.
  package let groups: [ReportGroup]
  package let metrics: [ReportMetric]
  /// Groupings and metrics of the definition that no rule computes, as it spells them.
  package let unavailable: [String]
  /// The months that lie in the range as a whole, as far as the account has them.
  package let months: [CalendarMonth]
  /// Parts of the range that cut a month, and so are left out; in order.
  package let notCovered: [BillingPeriod]
  /// In order of months, then departments' bytes with none last, then partners.
  package let rows: [ReportRow]
  package let total: ReportRow

  /// - Throws: `ArithmeticOverflow`.
  package init(_ definition: ReportDefinition, _ facts: AccountFacts) throws {
    self.definition = definition
    groups = Self.distinct(definition.groupBy.compactMap(ReportGroup.init))
    metrics = Self.distinct(definition.includeMetrics.compactMap(ReportMetric.init))
    unavailable =
      definition.groupBy.filter { ReportGroup(rawValue: $0) == nil }
      + definition.includeMetrics.filter { ReportMetric(rawValue: $0) == nil }
    let covered = facts.months.filter { definition.covers($0.month) }
    months = covered.map(\.month)
    notCovered = definition.cutPeriods
    let units = try covered.flatMap { try ReportUnit.units(of: $0, currency: facts.currency) }
    rows = try ReportRow.rows(of: units, by: Set(groups), facts.currency)
    total = try ReportRow(ReportKey(), units, facts.currency)
  }

  private static func distinct<Part: Hashable>(_ parts: [Part]) -> [Part] {
    var seen: Set<Part> = []
    return parts.filter { seen.insert($0).inserted }
  }
}

/// Figures of one group; what its sources do not tell is nil.
package struct ReportRow: Hashable, Sendable {
  package let key: ReportKey
  package let messages: Int64
  package let bytes: Int64?
  package let failed: Int64?
  /// Before the base fee covers anything.
  package let cost: Money?
}

/// Which group a row is; nil for what the report does not group by.
package struct ReportKey: Hashable, Sendable {
  package var month: CalendarMonth?
  /// The inner nil is what the source did not itemise.
  package var partner: PartnerID??
  /// The inner nil is Unallocated.
  package var department: String??
}

/// A partner's part of a month in a department: what all groupings are sums of.
struct ReportUnit {
  let month: CalendarMonth
  let partner: PartnerID?
  let department: String?
  let messages: Int64
  /// Nil where a partner changed its department, so that nobody knows which part has them.
  let bytes: Int64?
  let failed: Int64?
  let cost: Money?

  static func units(of month: MonthFacts, currency: Currency) throws(ArithmeticOverflow) -> [ReportUnit] {
    let rows = Dictionary(month.summary.partnerRows.map { ($0.partnerID, $0) }) { first, _ in first }
    guard let allocation = month.allocation else {
      return month.summary.partnerRows.map { row in
        ReportUnit(
          month: month.month, partner: row.partnerID, department: nil, messages: row.messages,
          bytes: row.bytes, failed: row.failed, cost: nil)
      }
    }
    return allocation.parts.map { part in
      let row = rows[part.partner.partnerID]
      let isWhole = row.map { $0.messages == part.partner.messages } ?? true
      return ReportUnit(
        month: month.month, partner: part.partner.partnerID, department: part.department,
        messages: part.partner.messages, bytes: isWhole ? row?.bytes ?? 0 : nil,
        failed: isWhole ? row.map(\.failed) ?? 0 : nil, cost: part.partner.cost)
    }
  }

  func key(_ groups: Set<ReportGroup>) -> ReportKey {
    var key = ReportKey()
    if groups.contains(.month) { key.month = month }
    if groups.contains(.partner) { key.partner = .some(partner) }
    if groups.contains(.department) { key.department = .some(department) }
    return key
  }
}

extension ReportRow {
  static func rows(
    of units: [ReportUnit], by groups: Set<ReportGroup>, _ currency: Currency
  ) throws(ArithmeticOverflow) -> [ReportRow] {
    if groups.isEmpty { return [] }
    var rows: [ReportRow] = []
    for (key, units) in Dictionary(grouping: units, by: { $0.key(groups) }) {
      rows.append(try ReportRow(key, units, currency))
    }
    return rows.filter { $0.messages > 0 || !($0.cost?.isZero ?? true) }.sorted { $0.key < $1.key }
  }

  init(_ key: ReportKey, _ units: [ReportUnit], _ currency: Currency) throws(ArithmeticOverflow) {
    var counts = UsageCounts()
    for unit in units {
      counts = try counts.adding(
        UsageCounts(messages: unit.messages, failed: unit.failed ?? 0, bytes: unit.bytes ?? 0))
    }
    self.key = key
    messages = counts.messages
    bytes = units.allSatisfy { $0.bytes != nil } ? counts.bytes : nil
    failed = units.allSatisfy { $0.failed != nil } ? counts.failed : nil
    cost =
      units.allSatisfy { $0.cost != nil }
      ? try Money.sum(of: units.lazy.compactMap(\.cost), in: currency) : nil
  }
}

extension ReportKey: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    if left.month != right.month {
      return left.month.map { l in right.month.map { l < $0 } ?? true } ?? false
    }
    let (first, second) = (left.department ?? nil, right.department ?? nil)
    if !sameBytes(first, second) {
      return precedes(first.map { Array($0.utf8) }, second.map { Array($0.utf8) })
    }
    return precedes(
      (left.partner ?? nil).map { Array($0.text.utf8) }, (right.partner ?? nil).map { Array($0.text.utf8) })
  }

  /// Names are told apart by their bytes.
  package static func == (left: Self, right: Self) -> Bool {
    left.month == right.month && left.partner == right.partner
      && (left.department == nil) == (right.department == nil)
      && sameBytes(left.department ?? nil, right.department ?? nil)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(month)
    hasher.combine(partner)
    hasher.combine((department ?? nil).map { Array($0.utf8) })
  }

  private static func sameBytes(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.utf8.elementsEqual(right.utf8)
  }

  /// By bytes, nothing last.
  private static func precedes(_ left: [UInt8]?, _ right: [UInt8]?) -> Bool {
    guard let left, let right else { return left != nil && right == nil }
    return left.lexicographicallyPrecedes(right)
  }
}

extension ReportDefinition {
  /// Whether a month lies in the range as a whole.
  fileprivate func covers(_ month: CalendarMonth) -> Bool {
    start <= month.firstDay && month.period.inclusiveEnd.date <= end
  }

  /// The days of the range that belong to a month which it does not hold as a whole.
  fileprivate var cutPeriods: [BillingPeriod] {
    let edges = start.month == end.month ? [start.month] : [start.month, end.month]
    return edges.filter { !covers($0) }.compactMap { month in
      guard start <= end else { return nil }
      return month.period.intersection(
        BillingPeriod(start: start.start, end: end.adding(days: 1).start))
    }
  }
}
