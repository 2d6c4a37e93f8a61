package import FolioAnalytics
package import FolioBilling

/// The partners of a customer by identifier.
package struct PartnerDirectory {
  private let partners: [PartnerID: Partner]
  /// The first month in whose usage a partner is named.
  private let firstMonths: [PartnerID: CalendarMonth]
  /// Every partner that is known, or that usage names.
  private let ids: Set<PartnerID>
  /// Those whose identifiers differ from earlier ones in letter case alone: how many there are before.
  private let doubles: [PartnerID: Int]
  /// The name that a source stated with a partner's figures, in the latest month that has one.
  private let statedNames: [PartnerID: StatedName]
  private let changes: NameChanges

  private struct StatedName {
    let text: String
    let month: CalendarMonth
    /// When the usage that has the name last changed.
    let changedAt: Timestamp?
  }

  package init(
    _ partners: [Partner], _ usage: [MonthUsage], _ changes: NameChanges = NameChanges([])
  ) {
    self.changes = changes
    self.partners = Dictionary(partners.map { ($0.id, $0) }) { first, _ in first }
    firstMonths = usage.reduce(into: [:]) { months, usage in
      for id in usage.partnerIDs { months[id] = min(months[id] ?? usage.month, usage.month) }
    }
    ids = Set(firstMonths.keys).union(self.partners.keys)
    doubles = Self.doubles(in: ids.sorted())
    statedNames = usage.reduce(into: [:]) { names, usage in
      for partner in usage.stated?.partners ?? [] {
        guard let name = partner.name, names[partner.partnerID].map({ $0.month < usage.month }) ?? true
        else { continue }
        names[partner.partnerID] = StatedName(text: name, month: usage.month, changedAt: usage.changedAt)
      }
    }
  }

  private static func doubles(in ids: [PartnerID]) -> [PartnerID: Int] {
    var (doubles, seen): ([PartnerID: Int], [[UInt8]: Int]) = ([:], [:])
    for id in ids {
      let folded = id.text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
      if let before = seen[folded] { doubles[id] = before }
      seen[folded, default: 0] += 1
    }
    return doubles
  }

  /// How many partners come before this one whose identifiers differ from it in letter case alone.
  package func doubles(of id: PartnerID) -> Int { doubles[id] ?? 0 }

  /// What a partner is called on every page and in every feed; nil where nothing names it.
  ///
  /// Its own name, else the one that its source stated with the figures of `row`, else with those of another month.
  package func name(of id: PartnerID, in row: PartnerRow? = nil) -> String? {
    partners[id]?.name ?? row?.statedName ?? statedNames[id]?.text
  }

  /// The name, or the id where nothing names a partner.
  package func displayName(of id: PartnerID) -> String { name(of: id) ?? id.text }

  /// A partner's own facts; one that nothing but usage names has none.
  package subscript(id: PartnerID) -> Partner { partners[id] ?? Partner(id: id, name: nil) }

  /// When what the page of a month says of a partner beside `row` last changed; nil where nothing dates it.
  func lastChange(of id: PartnerID, in month: CalendarMonth, _ row: PartnerRow) -> Timestamp? {
    let partner = self[id]
    let latest = changes.latest(of: partner, in: month)
    let isNamed = partner.name != nil || row.statedName != nil
    guard !isNamed, let stated = statedNames[id]?.changedAt else { return latest }
    return max(latest ?? stated, stated)
  }

  /// How many partners there were by the end of a month, those of its usage included.
  ///
  /// A partner counts from when it was first heard of or first exchanged messages, and until it was deleted; one
  /// that nothing dates counts always. What became known later changes no earlier month. `others` count too.
  ///
  /// - Complexity: O(n).
  package func count(in usage: MonthUsage, or others: some Sequence<PartnerID> = []) -> Int64 {
    let seen = Set(usage.partnerIDs).union(others)
    return Int64(seen.count + ids.count { !seen.contains($0) && isKnown($0, by: usage.month) })
  }

  private func isKnown(_ id: PartnerID, by month: CalendarMonth) -> Bool {
    let (partner, end) = (self[id], month.period.end)
    if partner.isDeleted && partner.deletedAt.map({ $0 < end }) ?? true { return false }
    let (since, first) = (partner.knownSince, firstMonths[id])
    if since == nil && first == nil { return true }
    return since.map { $0 < end } ?? false || first.map { $0 <= month } ?? false
  }
}

extension MonthUsage {
  /// Partners that readings or stated totals name; some perhaps twice.
  fileprivate var partnerIDs: [PartnerID] {
    partners.map(\.partnerID) + (stated?.partners ?? []).map(\.partnerID)
  }
}
