import FolioAccounts
import FolioBilling

/// The entries of a trail by their months, the newest first in each.
struct AuditMonths {
  /// From the first month with an entry: those with entries, and those of the account, in order.
  ///
  /// The account's months have no gap, so that what comes later adds no link to the page of a month that is over.
  let all: [CalendarMonth]
  /// Entries whose events nothing dates.
  let undated: [AuditEntry]
  /// The statement's time, or that of its newest entry where a plan of the site changed after it.
  let asOf: Timestamp
  /// All entries, the newest first, those without a date last.
  let entries: [AuditEntry]
  private let dated: [CalendarMonth: [AuditEntry]]
  /// On which page of its month a change stands, by its anchor, where that is not the first one.
  private let furtherPages: [String: Int]

  /// The first pages of months.
  private let paths: [CalendarMonth: String]

  /// How many changes a page of a month holds. The first ones of a month stand on its first page, so that what comes
  /// later moves no anchor.
  private static let changesLimit = FigureTable.rowsLimit

  init(_ facts: AccountFacts) {
    let newestFirst = facts.statement.audit.reversed()
    undated = newestFirst.filter { $0.time == nil }
    dated = Dictionary(
      grouping: newestFirst.filter { $0.time != nil }, by: { $0.time?.date.month ?? facts.current.month })
    furtherPages = (Array(dated.values) + [undated]).reduce(into: [:]) { pages, entries in
      for (number, page) in Self.pages(of: entries).enumerated().dropFirst() {
        for entry in page { pages[entry.anchor] = number }
      }
    }
    let first = dated.keys.min() ?? facts.current.month
    let account = dated.isEmpty ? [] : facts.months.map(\.month).filter { first <= $0 }
    all = Set(dated.keys).union(account).sorted()
    paths = all.reduce(into: [:]) { $0[$1] = PortalPaths.audit($1) }
    let dated = dated
    entries = all.reversed().flatMap { dated[$0] ?? [] } + undated
    asOf = newestFirst.compactMap(\.time).reduce(facts.statement.asOf) { max($0, $1) }
  }

  /// The entries of a month, or those without one.
  subscript(month: CalendarMonth?) -> [AuditEntry] { month.map { dated[$0] ?? [] } ?? undated }

  /// The time of a month's newest entry; without one its end, of the running month the statement's time.
  func lastChange(in month: CalendarMonth?) -> Timestamp {
    guard let month else { return asOf }
    return self[month].first?.time ?? min(month.period.end, asOf)
  }

  /// The page on which an entry stands.
  func page(of entry: AuditEntry) -> String {
    let (month, page) = (entry.time?.date.month, furtherPages[entry.anchor] ?? 0)
    if page == 0, let month, let path = paths[month] { return path }
    return PortalPaths.audit(month, page: page)
  }

  /// The changes of each page of a month, the newest first in each; one page at least.
  func pages(of month: CalendarMonth?) -> [[AuditEntry]] { Self.pages(of: self[month]) }

  private static func pages(of entries: [AuditEntry]) -> [[AuditEntry]] {
    let oldestFirst = Array(entries.filter { !$0.isDay }.reversed())
    let starts = stride(from: 0, to: max(1, oldestFirst.count), by: changesLimit)
    return starts.map { oldestFirst[$0..<min(oldestFirst.count, $0 + changesLimit)].reversed() }
  }
}

/// What an entry concerns, as the list of months counts it.
enum AuditGroup: String, CaseIterable {
  case account
  case invoices
  case settings
  /// Usage that came late, was corrected or was stated by its totals.
  case usage
  /// Days of usage that was reported in time.
  case days

  fileprivate var place: Int {
    switch self {
    case .account: 0
    case .invoices: 1
    case .settings: 2
    case .usage: 3
    case .days: 4
    }
  }

  init(_ entry: AuditEntry) {
    switch entry.type {
    case _ where entry.isDay: self = .days
    case .customerUpdated, .customerDeleted, .planDefined, .subscriptionCreated, .subscriptionUpdated,
      .subscriptionCanceled, .paymentMethodAdded, .paymentMethodDefaultChanged, .partnerUpdated,
      .partnerDeleted:
      self = .account
    case .invoiceFinalized, .invoiceVoided, .invoiceWrittenOff, .creditNoteIssued, .paymentSucceeded,
      .paymentFailed, .paymentRefunded:
      self = .invoices
    case .budgetSet, .budgetAlert, .alertSet, .usageThresholdReached, .reportDefined, .noticePosted:
      self = .settings
    case .usageRecorded, .usageStated, .usageWatermark: self = .usage
    }
  }
}

/// How many entries concern each group.
struct AuditCounts {
  /// By the groups' places among all.
  private var counts = AuditGroup.allCases.map { _ in Int64(0) }

  mutating func add(_ entry: AuditEntry) { counts[AuditGroup(entry).place] += 1 }

  subscript(group: AuditGroup) -> Int64 { counts[group.place] }
}

extension AuditEntry {
  /// Whether the entry stands for a day of usage reports.
  var isDay: Bool { eventID == nil }
}

extension [AuditEntry] {
  /// How many concern each group.
  var counts: AuditCounts {
    var counts = AuditCounts()
    for entry in self { counts.add(entry) }
    return counts
  }
}
