import FolioBilling
import Templating

/// What happened to a customer's subscriptions and to the prices of their plans, the newest first.
struct PlanHistory {
  private static let names = FieldNames(.at, .text, .note)

  let statement: Statement
  let messages: MessageCatalog

  private struct Entry {
    let at: Timestamp
    let text: TemplateValue
    var note = TemplateValue.null
  }

  func rows() throws -> [TemplateValue] {
    let entries = try statement.subscriptions.flatMap(entries) + priceChanges()
    return entries.enumerated().sorted { left, right in
      left.element.at == right.element.at ? left.offset > right.offset : left.element.at > right.element.at
    }.map { Self.names.row(.day(of: $0.element.at), $0.element.text, $0.element.note) }
  }

  private func entries(of subscription: Subscription) throws -> [Entry] {
    let started = try entry(
      subscription.changes[0].effectiveAt, "started", ["plan": name(subscription.changes[0].planID)])
    let trial = try subscription.trialEndsAt.map { try entry($0, "trial", [:]) }
    return try [started] + subscription.changes.dropFirst().map(change) + [trial].compactMap(\.self)
      + cancellation(of: subscription)
  }

  private func entry(
    _ at: Timestamp, _ key: String, _ values: KeyValuePairs<String, TemplateValue>,
    note: TemplateValue = .null
  ) throws -> Entry {
    Entry(at: at, text: try messages.sentence("plan.history.\(key)", values), note: note)
  }

  private func change(_ change: SubscriptionChange) throws -> Entry {
    let isLater = change.takesEffectAt != change.effectiveAt
    return try entry(
      change.effectiveAt, "changed", ["plan": name(change.planID)],
      note: messages.sentence(
        isLater ? "plan.history.from_next_month" : "plan.history.at_once",
        ["date": .day(of: change.takesEffectAt)]))
  }

  private func cancellation(of subscription: Subscription) throws -> [Entry] {
    guard let cancellation = subscription.cancellation else { return [] }
    return [
      try entry(
        cancellation.canceledAt, "canceled", [:],
        note: messages.sentence("plan.history.ends", ["date": .date(subscription.lastDay)]))
    ]
  }

  /// New terms of a plan while a subscription was on it.
  private func priceChanges() throws -> [Entry] {
    let firsts = Dictionary(grouping: statement.plans, by: \.planID).mapValues { $0.map(\.effectiveAt).min() }
    let changes = statement.plans.filter { version in
      firsts[version.planID] != version.effectiveAt && version.effectiveAt <= statement.asOf
        && isOn(version.planID, at: version.effectiveAt)
    }
    return try changes.map { try entry($0.effectiveAt, "prices", ["plan": .text($0.name)]) }
  }

  private func isOn(_ plan: PlanID, at instant: Timestamp) -> Bool {
    guard let subscription = statement.subscriptions.last(where: { $0.startedAt <= instant }) else {
      return false
    }
    let isOver = subscription.endsAt.map { $0 <= instant } ?? false
    return !isOver && subscription.planID(at: instant) == plan
  }

  private func name(_ id: PlanID) -> TemplateValue {
    .text(statement.plans.last { $0.planID == id }?.name ?? id.text)
  }
}
