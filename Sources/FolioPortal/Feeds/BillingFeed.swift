import FolioAccounts
import FolioBilling
import Templating

/// `GET billing`: the subscription, its plan and how it is paid. Unknown is null, and no field is absent.
enum BillingFeed {
  static func object(_ facts: AccountFacts) -> TemplateObject {
    let statement = facts.statement
    let subscription = statement.subscription(at: statement.asOf)
    let plan = subscription.flatMap { statement.plan($0.planID(at: statement.asOf), at: statement.asOf) }
    return TemplateObject([
      "customer_id": .text(statement.customer.id.text),
      "subscription": self.subscription(subscription, at: statement.asOf),
      "billing_plan": self.plan(plan),
      "payment_method": paymentMethod(statement.defaultPaymentMethod),
      "has_payment_method": .bool(!statement.paymentMethods.isEmpty),
      "customer_name": .text(statement.customer.name),
      "currency": .text(statement.customer.currency.lowercaseCode),
      "as_of": .instant(statement.asOf),
      "subscriptions": .list(statement.subscriptions.map { history(of: $0, at: statement.asOf) }),
      "payment_methods": .list(statement.paymentMethods.map(paymentMethod)),
    ])
  }

  private static func subscription(_ subscription: Subscription?, at asOf: Timestamp) -> TemplateValue {
    let period = subscription.map { $0.currentPeriod(at: asOf) }
    return .fields([
      "id": .text(subscription?.id.text),
      "status": .text(subscription?.status(at: asOf)),
      "current_period_start": .day(of: period?.start),
      "current_period_end": .day(of: period?.end),
      "trial_ends_at": .instant(subscription?.trialEndsAt),
      "cancel_at_period_end": subscription.map { .bool($0.cancellation?.atPeriodEnd ?? false) } ?? .null,
      "plan_id": .text(subscription?.planID(at: asOf).text),
      "billing_cycle": .text(subscription?.billingCycle),
      "started_at": .instant(subscription?.startedAt),
      "canceled_at": .instant(subscription?.cancellation?.canceledAt),
      "ends_at": .instant(subscription?.endsAt),
    ])
  }

  private static func plan(_ plan: PlanVersion?) -> TemplateValue {
    let terms = plan?.terms
    return .fields([
      "name": .text(plan?.name),
      "model": .text(terms?.model.rawValue),
      "base_fee": .money(terms?.baseFee),
      "message_rate": .unitPrice(terms?.messageRate),
      "plan_id": .text(plan?.planID.text),
      "base_fee_minor": .minor(terms?.baseFee),
      "base_fee_applies": .text(terms?.baseFeeApplies.rawValue),
      "partner_fee": .unitPrice(terms?.partnerFee),
      "included_messages": .count(terms?.includedMessages),
      "effective_at": .instant(plan?.effectiveAt),
      "minimum_commitment": .money(terms?.minimumCommitment),
      "maximum_commitment": .money(terms?.maximumCommitment),
      "charges_failed_messages": terms.map { .bool($0.chargesFailedMessages) } ?? .null,
      "prices_include_tax": terms.map { .bool($0.pricesIncludeTax) } ?? .null,
      "message_tiers": tiers(terms?.messageTiers),
      "partner_fee_tiers": tiers(terms?.partnerFeeTiers),
      "discounts": .list((terms?.discounts ?? []).map(discount)),
    ])
  }

  private static func tiers(_ price: TieredPrice?) -> TemplateValue {
    guard let price else { return .null }
    return .fields([
      "mode": .text(price.mode.rawValue), "package_size": .count(price.packageSize),
      "tiers": .list(
        price.tiers.map { tier in
          .fields([
            "up_to": .count(tier.upTo), "unit_price": .unitPrice(tier.unitPrice),
            "flat_fee": .money(tier.flatFee),
          ])
        }),
    ])
  }

  private static func discount(_ discount: Discount) -> TemplateValue {
    .fields(["name": .text(discount.name), "rate": .rate(discount.rate)])
  }

  /// A subscription with every plan that it was on, the earliest first.
  private static func history(of subscription: Subscription, at asOf: Timestamp) -> TemplateValue {
    .fields([
      "id": .text(subscription.id.text), "status": .text(subscription.status(at: asOf)),
      "started_at": .instant(subscription.startedAt), "ends_at": .instant(subscription.endsAt),
      "trial_ends_at": .instant(subscription.trialEndsAt),
      "canceled_at": .instant(subscription.cancellation?.canceledAt),
      "changes": .list(
        subscription.changes.map { change in
          .fields([
            "plan_id": .text(change.planID.text), "effective_at": .instant(change.effectiveAt),
            "prorate": .bool(change.prorates), "takes_effect_at": .instant(change.takesEffectAt),
          ])
        }),
    ])
  }

  private static func paymentMethod(_ method: PaymentMethod?) -> TemplateValue {
    .fields([
      "type": .text(method?.type),
      "last4": .text(method?.last4),
      "exp_month": method?.expiryMonth.map { .integer(Int64($0)) } ?? .null,
      "exp_year": method?.expiryYear.map { .integer(Int64($0)) } ?? .null,
      "id": .text(method?.id.text),
      "brand": .text(method?.brand),
    ])
  }
}
