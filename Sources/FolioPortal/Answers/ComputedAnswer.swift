import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import JSON
import Templating

/// The API's derived answers as the rules give them. What has no rule, or no fact, is left out.
struct ComputedAnswer {
  private let facts: AccountFacts

  init(_ facts: AccountFacts) { self.facts = facts }

  /// The same figures; `answer` says which month or year they are about.
  func value(of kind: AnswerKind, like answer: JSONValue) throws -> JSONValue? {
    let object: TemplateObject? =
      switch kind {
      case .billing, .usage, .invoices: nil
      case .currentUsage: try currentUsage(like: answer)
      case .allocation: try AllocationFeed(facts: facts, messages: nil).object()
      case .partnerAnalytics:
        try PartnersFeed(facts: facts, recent: facts.recentCosts(), messages: nil).object()
      case .optimization:
        try OptimizationFeed(
          facts: facts, comparison: PlanComparison(facts), recent: facts.recentCosts(), messages: nil
        ).object()
      case .taxSummary: try taxSummary(like: answer)
      }
    return try object.map { try JSONParser.parse(FeedWriter.bytes($0)) }
  }

  private var currency: Currency { facts.currency }

  // MARK: usage/current

  /// Of the month that the answer is about; nil when nothing is known of it.
  private func currentUsage(like answer: JSONValue) throws -> TemplateObject? {
    guard case .object(let object) = answer, case .object(let period)? = object["current_period"],
      case .string(let start)? = period["start"], let instant = Timestamp(start),
      let month = facts.months.first(where: { $0.month == instant.date.month })
    else { return nil }
    return try CurrentUsageFeed.object(facts, month: month)
  }

  // MARK: tax-summary

  private func taxSummary(like answer: JSONValue) throws -> TemplateObject? {
    guard case .object(let object) = answer, case .number(let number)? = object["tax_year"],
      let year = number.integer.flatMap({ Int(exactly: $0) })
    else { return nil }
    let years = try TaxYears(facts)
    guard let found = years.years.first(where: { $0.year == year }) else { return nil }
    return try TaxSummaryFeed(facts: facts, year: found, years: years).object()
  }
}
