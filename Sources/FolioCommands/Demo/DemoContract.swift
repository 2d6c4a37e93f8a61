import FolioBilling
import FolioStore
import JSON

/// What a customer of the demo has subscribed to, and how that changed.
struct DemoContract {
  let plan: String
  /// Until when nothing is charged.
  var trialEnds: String?
  var change: (plan: String, effective: String, prorate: Bool)?
  /// When it was canceled, to the end of that month.
  var canceled: String?

  func events(of customer: DemoCustomer) throws(FieldError) -> [ReceivedEvent] {
    let id = ("subscription_id", text("sub_" + customer.id.text))
    var created: DemoMembers = [
      id, ("plan_id", text(plan)), ("started_at", text(customer.start.text)),
      ("billing_cycle", text("monthly")),
    ]
    if let trialEnds { created.append(("trial_ends_at", text(trialEnds))) }
    var events = [
      try customer.maker.make(.subscriptionCreated, "subscription", at: customer.start, created)
    ]
    if let change {
      events.append(
        try customer.maker.make(
          .subscriptionUpdated, "subscription_changed", at: DemoCalendar.instant(change.effective),
          [
            id, ("plan_id", text(change.plan)), ("effective_at", text(change.effective)),
            ("prorate", .bool(change.prorate)),
          ]))
    }
    if let canceled {
      events.append(
        try customer.maker.make(
          .subscriptionCanceled, "subscription_canceled", at: DemoCalendar.instant(canceled),
          [id, ("canceled_at", text(canceled)), ("cancel_at_period_end", .bool(true))]))
    }
    return events
  }
}
