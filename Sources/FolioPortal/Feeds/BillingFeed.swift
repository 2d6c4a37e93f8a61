import FolioAccounts
import FolioBilling
import Templating

/// `GET billing`: the subscription, its plan and how it is paid. Unknown is null, and no field is absent.
enum BillingFeed {
  static func object(_ facts: AccountFacts) -> TemplateObject {
    let statement = facts.statement
    let subscription = statement.subscription(at: statement.asOf)
    let plan = subscription.flatMap { statement.plan($0.planID(at: statement.asOf), at: statement.asOf) }
    return [
      .customerId: .text(statement.customer.id.text),
      .subscription: self.subscription(subscription, at: statement.asOf),
      .billingPlan: self.plan(plan),
      .paymentMethod: paymentMethod(statement.defaultPaymentMethod),
      .hasPaymentMethod: .bool(!statement.paymentMethods.isEmpty),
      .customerName: .text(statement.customer.name),
      .currency: .text(statement.customer.currency.lowercaseCode),
      .asOf: .instant(statement.asOf),
      .subscriptions: .list(statement.subscriptions.map { history(of: $0, at: statement.asOf) }),
      .paymentMethods: .list(statement.paymentMethods.map(paymentMethod)),
    ]
  }

  private static func subscription(_ subscription: Subscription?, at asOf: Timestamp) -> TemplateValue {
    let period = subscription.map { $0.currentPeriod(at: asOf) }
    return .fields([
      .id: .text(subscription?.id.text),
      .status: .text(subscription?.status(at: asOf)),
      .currentPeriodStart: .day(of: period?.start),
      .currentPeriodEnd: .day(of: period?.end),
      .trialEndsAt: .instant(subscription?.trialEndsAt),
      .cancelAtPeriodEnd: subscription.map { .bool($0.cancellation?.atPeriodEnd ?? false) } ?? .null,
      .planId: .text(subscription?.planID(at: asOf).text),
      .billingCycle: .text(subscription?.billingCycle),
      .startedAt: .instant(subscription?.startedAt),
      .canceledAt: .instant(subscription?.cancellation?.canceledAt),
      .endsAt: .instant(subscription?.endsAt),
    ])
  }

  private static func plan(_ plan: PlanVersion?) -> TemplateValue {
    let terms = plan?.terms
    return .fields([
      .name: .text(plan?.name),
      .model: .text(terms?.model.rawValue),
      .baseFee: .money(terms?.baseFee),
      .messageRate: .unitPrice(terms?.messageRate),
      .planId: .text(plan?.planID.text),
      .baseFeeMinor: .minor(terms?.baseFee),
      .baseFeeApplies: .text(terms?.baseFeeApplies.rawValue),
      .partnerFee: .unitPrice(terms?.partnerFee),
      .includedMessages: .count(terms?.includedMessages),
      .effectiveAt: .instant(plan?.effectiveAt),
      .minimumCommitment: .money(terms?.minimumCommitment),
      .maximumCommitment: .money(terms?.maximumCommitment),
      .chargesFailedMessages: terms.map { .bool($0.chargesFailedMessages) } ?? .null,
      .pricesIncludeTax: terms.map { .bool($0.pricesIncludeTax) } ?? .null,
      .messageTiers: tiers(terms?.messageTiers),
      .partnerFeeTiers: tiers(terms?.partnerFeeTiers),
      .discounts: .list((terms?.discounts ?? []).map(discount)),
    ])
  }

  private static func tiers(_ price: TieredPrice?) -> TemplateValue {
    guard let price else { return .null }
    return .fields([
      .mode: .text(price.mode.rawValue), .packageSize: .count(price.packageSize),
      .tiers: .list(
        price.tiers.map { tier in
          .fields([
            .upTo: .count(tier.upTo), .unitPrice: .unitPrice(tier.unitPrice),
            .flatFee: .money(tier.flatFee),
          ])
        }),
    ])
  }

  private static func discount(_ discount: Discount) -> TemplateValue {
    .fields([.name: .text(discount.name), .rate: .rate(discount.rate)])
  }

  /// A subscription with every plan that it was on, the earliest first.
  private static func history(of subscription: Subscription, at asOf: Timestamp) -> TemplateValue {
    .fields([
      .id: .text(subscription.id.text), .status: .text(subscription.status(at: asOf)),
      .startedAt: .instant(subscription.startedAt), .endsAt: .instant(subscription.endsAt),
      .trialEndsAt: .instant(subscription.trialEndsAt),
      .canceledAt: .instant(subscription.cancellation?.canceledAt),
      .changes: .list(
        subscription.changes.map { change in
          .fields([
            .planId: .text(change.planID.text), .effectiveAt: .instant(change.effectiveAt),
            .prorate: .bool(change.prorates), .takesEffectAt: .instant(change.takesEffectAt),
          ])
        }),
    ])
  }

  private static func paymentMethod(_ method: PaymentMethod?) -> TemplateValue {
    .fields([
      .type: .text(method?.type),
      .last4: .text(method?.last4),
      .expMonth: method?.expiryMonth.map { .integer(Int64($0)) } ?? .null,
      .expYear: method?.expiryYear.map { .integer(Int64($0)) } ?? .null,
      .id: .text(method?.id.text),
      .brand: .text(method?.brand),
    ])
  }
}
