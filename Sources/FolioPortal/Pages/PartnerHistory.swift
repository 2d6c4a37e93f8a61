import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating

/// What one partner exchanged and cost in each of the last twelve months.
struct PartnerHistory {
  /// A month; without messages of the partner it has no row.
  struct Month {
    let facts: MonthFacts
    var row: PartnerRow?
    var cost: PartnerCost?
  }

  /// In order.
  let months: [Month]
}

/// The histories of all partners, taken apart once.
struct PartnerHistories {
  static let monthsLimit = 12

  private let months: [MonthFacts]
  private let rows: [[PartnerID: PartnerRow]]
  private let costs: [[PartnerID: PartnerCost]]

  /// - Complexity: O(m × p) for m months of p partners.
  init(_ facts: AccountFacts) {
    months = Array(facts.months.suffix(Self.monthsLimit))
    rows = months.map { month in
      month.summary.partnerRows.reduce(into: [:]) { rows, row in
        if let id = row.partnerID { rows[id] = row }
      }
    }
    costs = months.map { month in
      (month.allocation?.partners ?? []).reduce(into: [:]) { costs, cost in
        if let id = cost.partnerID { costs[id] = cost }
      }
    }
  }

  subscript(id: PartnerID) -> PartnerHistory {
    PartnerHistory(
      months: months.enumerated().map { index, facts in
        PartnerHistory.Month(facts: facts, row: rows[index][id], cost: costs[index][id])
      })
  }
}
