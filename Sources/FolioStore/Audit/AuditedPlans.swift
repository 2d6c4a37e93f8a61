import FolioBilling

/// What is known of a plan: its versions by the instant from which they hold.
struct AuditedPlan {
  private var versions: [Timestamp: PlanDefined] = [:]

  /// The version in force at an instant, else the first.
  func version(at instant: Timestamp) -> PlanDefined? {
    let started = versions.keys.filter { $0 <= instant }.max() ?? versions.keys.min()
    return started.flatMap { versions[$0] }
  }

  fileprivate mutating func add(_ version: PlanDefined, from instant: Timestamp) {
    versions[instant] = version
  }
}

extension PlanDefined {
  /// nil until a subscription has named the plan: until then its terms are no affair of the customer, and a plan
  /// that is taken up later must not change the page of an earlier month.
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let instant = try effectiveAt ?? storedInstant(key.time)
    let known = state.plans[planID]?.version(at: instant)
    state.plans[planID, default: AuditedPlan()].add(self, from: instant)
    guard state.namedPlans.contains(planID) else { return nil }
    return AuditDraft(
      .plan(planID), name: name, isFirst: known == nil, from: known?.auditData ?? AuditData(), to: auditData,
      details: AuditData([(.effectiveAt, .instant(instant))]))
  }

  private var auditData: AuditData {
    AuditData([(.name, .text(name)), (.isOffered, .flag(isOffered))]) + terms.auditData
  }
}

extension PlanTerms {
  fileprivate var auditData: AuditData {
    AuditData([
      (.model, .code(model.rawValue)), (.currency, .code(currency.code)), (.baseFee, .money(baseFee)),
      (.baseFeeApplies, .code(baseFeeApplies.rawValue)), (.messageRate, .unitPrice(messageRate)),
      (.messageTiers, .tiers(messageTiers)), (.includedMessages, .count(includedMessages)),
      (.partnerFee, .unitPrice(partnerFee)), (.partnerFeeTiers, .tiers(partnerFeeTiers)),
      (.minimumCommitment, .money(minimumCommitment)), (.maximumCommitment, .money(maximumCommitment)),
      (.discounts, .discounts(discounts)), (.chargesFailedMessages, .flag(chargesFailedMessages)),
      (.pricesIncludeTax, .flag(pricesIncludeTax)),
    ])
  }
}

/// What is known of a subscription.
struct AuditedSubscription {
  /// What its creation says beside the plan.
  fileprivate var data = AuditData()
  /// Which plan holds from when.
  fileprivate var plans: [Timestamp: PlanID] = [:]
  /// When it ends, and whether with its month; nil when it goes on.
  fileprivate var cancellation: (at: Timestamp, atPeriodEnd: Bool)?

  fileprivate func plan(at instant: Timestamp) -> PlanID? {
    plans.filter { $0.key <= instant }.max { $0.key < $1.key }?.value
  }
}

extension AuditState {
  /// A subscription as it stands for an instant, with the terms of the plan that holds then.
  private func data(of subscription: AuditedSubscription?, at instant: Timestamp) -> AuditData {
    guard let subscription else { return AuditData() }
    let plan = subscription.plan(at: instant)
    let cancellation = subscription.cancellation
    return AuditData([(.plan, plan.map { reference(to: $0, at: instant) })]) + subscription.data
      + AuditData([
        (.canceledAt, .instant(cancellation?.at)),
        (.cancelAtPeriodEnd, cancellation.map { .flag($0.atPeriodEnd) }),
      ]) + (plan.flatMap { plans[$0]?.version(at: instant) }?.terms.auditData ?? AuditData())
  }

  /// Changes a subscription and gives what that comes to for an instant.
  fileprivate mutating func change(
    _ id: SubscriptionID, at instant: Timestamp, naming plan: PlanID? = nil, details: AuditData = AuditData(),
    _ change: (inout AuditedSubscription) -> Void
  ) -> AuditDraft {
    let known = subscriptions[id]
    var subscription = known ?? AuditedSubscription()
    if let plan {
      subscription.plans[instant] = plan
      namedPlans.insert(plan)
    }
    change(&subscription)
    subscriptions[id] = subscription
    return AuditDraft(
      .subscription(id), isFirst: known == nil, from: data(of: known, at: instant),
      to: data(of: subscription, at: instant), details: details)
  }
}

extension SubscriptionCreated {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let stamped = try storedInstant(key.time)
    return state.change(
      subscriptionID, at: holdsFrom, naming: planID, details: AuditData([(.startedAt, .instant(startedAt))])
    ) { subscription in
      subscription.data = AuditData([
        (.billingCycle, .code(billingCycle)), (.status, .code(status)),
        (.trialEndsAt, .instant(trialEndsAt)), (.currentPeriodStart, .instant(statedPeriod?.start)),
        (.currentPeriodEnd, .instant(statedPeriod?.inclusiveEnd)),
      ])
      if cancelAtPeriodEnd {
        subscription.cancellation = (statedPeriod?.inclusiveEnd ?? max(holdsFrom, stamped), true)
      }
    }
  }
}

extension SubscriptionUpdated {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let details = AuditData([
      (.effectiveAt, .instant(effectiveAt)), (.prorate, planID.map { _ in .flag(prorates) }),
    ])
    return state.change(subscriptionID, at: effectiveAt, naming: planID, details: details) { subscription in
      guard let cancelsAtPeriodEnd else { return }
      subscription.cancellation = cancelsAtPeriodEnd ? (effectiveAt, true) : nil
    }
  }
}

extension SubscriptionCanceled {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    state.change(subscriptionID, at: canceledAt) { $0.cancellation = (canceledAt, atPeriodEnd) }
  }
}
