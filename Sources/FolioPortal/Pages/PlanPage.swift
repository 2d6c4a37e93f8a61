import FolioAccounts
import FolioBilling
import Templating

/// The subscription with its history, the plan's prices in words, and how it is paid.
struct PlanPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var statement: Statement { facts.statement }

  func page() throws -> Page {
    let methods = PaymentMethodRows(statement: statement, messages: messages)
    return Page(
      path: PortalPaths.plan, template: "pages/plan", section: .plan,
      heading: try messages.text("plan.heading"), lead: try lead(), asOf: statement.asOf,
      usage: .irrelevant, warnings: try methods.warnings(), feed: feed, feedPath: PortalPaths.billingFeed,
      content: try content(methods))
  }

  private var subscription: Subscription? { statement.subscription(at: statement.asOf) }

  private var plan: PlanVersion? {
    subscription.flatMap { statement.plan($0.planID(at: statement.asOf), at: statement.asOf) }
  }

  private func lead() throws -> TemplateValue {
    guard let subscription else { return try messages.sentence("plan.lead.none") }
    let planID = subscription.planID(at: statement.asOf)
    let change = subscription.changes.last { $0.takesEffectAt <= statement.asOf } ?? subscription.changes[0]
    let values: KeyValuePairs<String, TemplateValue> = [
      "plan": .text(plan?.name ?? planID.text), "since": .day(of: change.takesEffectAt),
      "last_day": .date(subscription.lastDay), "trial": .day(of: subscription.trialEndsAt),
    ]
    return try messages.sentence("plan.lead.\(state(of: subscription))", values)
  }

  private func state(of subscription: Subscription) -> String {
    let asOf = statement.asOf
    if let end = subscription.endsAt { return end <= asOf ? "ended" : "ending" }
    if !subscription.hasStarted(by: asOf) { return "coming" }
    return subscription.trialEndsAt.map { asOf < $0 } ?? false ? "trial" : "active"
  }

  private func content(_ methods: PaymentMethodRows) throws -> TemplateObject {
    [
      .figures: .list(try figures()),
      .planName: .text(plan?.name),
      .noPlan: try messages.sentence(subscription == nil ? "plan.terms.unsubscribed" : "plan.terms.none"),
      .terms: .list(try plan.map { try PlanTermsRows(terms: $0.terms, messages: messages).rows() } ?? []),
      .history: .list(try PlanHistory(statement: statement, messages: messages).rows()),
      .methods: .list(try methods.rows()),
      .savingsHref: .text(PortalPaths.address(of: PortalPaths.savings, from: PortalPaths.plan)),
      .auditHref: .text(PortalPaths.address(of: PortalPaths.audit, from: PortalPaths.plan)),
    ]
  }

  /// A subscription that is to come has no state and no period yet.
  private func figures() throws -> [TemplateValue] {
    guard let subscription else { return [] }
    let fee = KeyFigure.make(
      try messages.text("plan.figures.base_fee"), .money(plan?.terms.baseFee),
      note: try messages.sentence("plan.figures.a_month"))
    guard subscription.hasStarted(by: statement.asOf) else {
      return [try start(of: subscription, "plan.figures.starts"), fee]
    }
    return [
      try status(of: subscription), fee,
      KeyFigure.make(
        try messages.text("plan.figures.period"),
        .text(messages.printer.days(subscription.currentPeriod(at: statement.asOf))),
        note: try messages.sentence("plan.figures.cycle")),
      try start(of: subscription, "plan.figures.started"),
    ]
  }

  private func status(of subscription: Subscription) throws -> TemplateValue {
    let status = subscription.status(at: statement.asOf)
    let key = "plan.status.\(status)"
    return KeyFigure.make(
      try messages.text("plan.figures.status"),
      .text(messages.contains(key) ? try messages.text(key) : status))
  }

  private func start(of subscription: Subscription, _ label: String) throws -> TemplateValue {
    KeyFigure.make(
      try messages.text(label), .day(of: subscription.startedAt), note: .text(subscription.id.text))
  }
}
