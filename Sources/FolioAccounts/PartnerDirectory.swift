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

  package init(_ partners: [Partner], _ usage: [MonthUsage]) {
    self.partners = Dictionary(partners.map { ($0.id, $0) }) { first, _ in first }
    firstMonths = usage.reduce(into: [:]) { months, usage in
      for id in usage.partnerIDs { months[id] = min(months[id] ?? usage.month, usage.month) }
    }
    ids = Set(firstMonths.keys).union(self.partners.keys)
    doubles = Self.doubles(in: ids.sorted())
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

  /// A partner; one that nothing but usage names has no name.
  package subscript(id: PartnerID) -> Partner { partners[id] ?? Partner(id: id, name: nil) }

  /// How many partners there were by the end of a month, those of its usage included.
  ///
  /// A partner counts from when it was first heard of or first exchanged messages, and until it was deleted; one
  /// that nothing dates counts always. What became known later changes no earlier month.
  ///
  /// - Complexity: O(n).
  package func count(in usage: MonthUsage) -> Int64 {
    let seen = Set(usage.partnerIDs)
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
