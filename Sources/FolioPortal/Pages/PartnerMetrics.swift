import FolioAccounts
import FolioBilling
import Templating

/// The rows of the partners' feed by partner.
struct PartnerMetrics {
  private var metrics: [PartnerID: (row: TemplateObject, cost: RecentPartnerCost)] = [:]

  init(_ feed: TemplateObject, _ recent: RecentCosts?) {
    guard let recent, case .list(let rows)? = feed[.partnerMetrics] else { return }
    for (row, cost) in zip(rows, recent.partners) {
      if case .object(let row) = row, let id = cost.partnerID { metrics[id] = (row, cost) }
    }
  }

  /// Nil where the partner had no message in the 90 days.
  subscript(id: PartnerID) -> (row: TemplateObject, cost: RecentPartnerCost)? { metrics[id] }
}
