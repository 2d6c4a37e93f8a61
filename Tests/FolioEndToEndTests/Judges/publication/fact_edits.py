"""One edit of a store for every type of billing event, with real ids where the store has some."""

from datetime import timedelta

from .shop import event, text


class FactEdits:
    """Makes the events; chance chooses whom and what they are about."""

    def __init__(self, chance, facts, now, number):
        self.chance, self.facts, self.now, self.number = chance, facts, now, number
        self.customer = chance.choice(facts.customers())
        self.currency = facts.currency(self.customer)
        # One in six is yet to come, and shows when the view has moved there.
        self.at = now + timedelta(minutes=chance.randrange(1, 4_000)) if chance.random() < 1 / 6 else \
            now - timedelta(minutes=chance.randrange(1, 30_000))

    def about(self, type, data, at=None):
        return [event(type, at or self.at, data, self.customer)]

    def money(self, most=500):
        digits = self.facts.digits(self.currency)
        return f"{self.chance.randrange(1, most * 10**digits) / 10**digits:.{digits}f}"

    def word(self):
        return f"{self.chance.choice(['Nord', 'Süd', 'Öst & Co', 'شرق', '西', 'A<b>'])} {self.number}"

    def partner(self):
        return self.chance.choice(self.facts.partners(self.customer) or ["prt_none"])

    def invoice(self):
        """An invoice of the customer and a part of what was due; one that nobody issued where there is none."""
        known = [row for row in self.facts.invoices(self.customer) if float(row[1]) > 0]
        id, due = self.chance.choice(known[-3:] or [("in_unknown", "10")])
        digits = self.facts.digits(self.currency)
        units = round(float(due) * 10**digits)
        return id, f"{self.chance.randrange(1, units + 1) / 10**digits:.{digits}f}"

    def hour(self):
        hour = self.now - timedelta(hours=self.chance.randrange(1, 24 * self.chance.choice([1, 20, 100])))
        return hour.replace(minute=0, second=0)

    def reading(self):
        messages = self.chance.randrange(1, 3_000)
        return {
            "partner_id": self.partner(), "hour": text(self.hour()), "messages": messages,
            "direction": self.chance.choice(["inbound", "outbound"]), "failed": self.chance.randrange(messages),
            "size_class": self.chance.choice(["small", "medium", "large", "unknown"]), "bytes": messages * 700}

    # The types, by name

    def alert_set(self):
        return self.about("alert.set", {
            "alert_id": self.chance.choice(["alr_a", "alr_b"]), "type": "budget_threshold",
            "threshold": self.money(), "notification_email": "a@shop.example"})

    def budget_set(self):
        ids = [id for id, _ in self.facts.budgets(self.customer)] + ["bud_new"]
        return self.about("budget.set", {
            "budget_id": self.chance.choice(ids), "name": self.word(), "amount": self.money(9_000),
            "period": self.chance.choice(["monthly", "quarterly", "annual"]), "alert_thresholds": [50, 90]})

    def budget_alert(self):
        names = [name for _, name in self.facts.budgets(self.customer)] or ["None"]
        return self.about("budget_alert", {
            "budget_name": self.chance.choice(names), "threshold_percentage": self.chance.choice([50, 75, 90]),
            "current_usage": self.money(), "budget_limit": self.money(), "period_remaining_days": 9})

    def credit_note_issued(self):
        id, part = self.invoice()
        return self.about("credit_note.issued", {
            "credit_note_id": f"cn_{self.number}", "invoice_id": id, "number": f"CN-X-{self.number}",
            "amount": part, "reason": self.word()})

    def customer_deleted(self):
        return self.about("customer.deleted", {}, min(self.at, self.now))

    def customer_updated(self):
        return self.about("customer.updated", {
            "name": self.word(), "currency": self.currency, "country": self.chance.choice(["US", "DE", None]),
            "language": self.chance.choice(["en", "de", "ar", None]), "purchase_order": f"PO-{self.number}",
            "tax": {"category": "standard", "rate": self.chance.choice(["0.07", "0.19"])}})

    def invoice_finalized(self):
        month = self.now.replace(day=1, hour=0, minute=0, second=0)
        before = (month - timedelta(days=1)).replace(day=1)
        return self.about("invoice.finalized", {
            "invoice_id": f"in_x_{self.number}", "number": f"X-{self.number:04}", "currency": self.currency,
            "amount_due": self.money(), "period_start": text(before), "period_end": text(month - timedelta(seconds=1)),
            "created": text(self.at), "due_date": text(self.at + timedelta(days=14))})

    def invoice_voided(self):
        return self.about("invoice.voided", {"invoice_id": self.invoice()[0], "reason": self.word()})

    def invoice_written_off(self):
        return self.about("invoice.written_off", {"invoice_id": self.invoice()[0], "reason": self.word()})

    def notice_posted(self):
        """For one customer or for all; some have an end that the view moves past."""
        data = {
            "notice_id": self.chance.choice(["ntc_a", f"ntc_{self.number}"]), "body": f"**{self.word()}** is *open*.",
            **self.chance.choice([{}, {"until": text(self.now + timedelta(hours=self.chance.randrange(1, 60)))}])}
        return [event("notice.posted", self.at, data, self.chance.choice([self.customer, None]))]

    def partner_deleted(self):
        return self.about("partner.deleted", {"partner_id": self.partner()})

    def partner_updated(self):
        return self.about("partner.updated", {
            "partner_id": self.chance.choice([self.partner(), f"prt_new_{self.number}"]), "name": self.word(),
            "department": self.chance.choice(["Sales", "Einkauf", None]),
            "department_from": text(self.now - timedelta(days=self.chance.randrange(90)))[:10]})

    def payment_failed(self):
        id, part = self.invoice()
        return self.about("payment_failed", {
            "invoice_id": id, "amount": part, "payment_method": "card_ending_4242", "failure_reason": self.word(),
            "retry_date": text(self.at + timedelta(days=3))})

    def payment_method_added(self):
        return self.about("payment_method.added", {
            "payment_method_id": f"pm_{self.chance.randrange(3)}", "type": "card", "brand": "visa",
            "last4": f"{self.chance.randrange(10_000):04}", "exp_month": 7, "exp_year": 2027,
            "default": self.chance.random() < 0.5})

    def payment_method_default_changed(self):
        return self.about("payment_method.default_changed", {
            "payment_method_id": self.chance.choice(self.facts.methods(self.customer) or ["pm_none"])})

    def payment_refunded(self):
        id, part = self.invoice()
        return self.about("payment_refunded", {
            "refund_id": f"rf_{self.number}", "invoice_id": id, "amount": part, "reason": self.word()})

    def payment_succeeded(self):
        id, part = self.invoice()
        return self.about("payment_succeeded", {
            "invoice_id": id, "amount_paid": part, "payment_method": "card_ending_4242", "paid_at": text(self.at)})

    def plan_defined(self):
        """A known plan with a new name, and other terms from some day on; or a plan that nobody had."""
        return self.plan(self.chance.choice([self.known_plan(), self.unknown_plan()]))

    def plan_renamed(self):
        """A new name of a plan that portals show, where there is one; it has other terms, too."""
        return self.plan(self.known_plan())

    def known_plan(self):
        return self.chance.choice(self.facts.plans(self.currency) or [(self.unknown_plan(), "")])[0]

    def unknown_plan(self):
        return f"plan_x_{self.currency.lower()}"

    def plan(self, id):
        # A portal is refused whose plan changes within a month whether its prices contain tax.
        return [event("plan.defined", self.at, {
            "plan_id": id, "prices_include_tax": self.facts.contains_tax(id), "name": f"Plan {self.word()}",
            "effective_at": text(self.now - timedelta(days=self.chance.randrange(-2, 90))), "offered": True,
            "model": "hybrid", "currency": self.currency, "base_fee": self.money(), "message_rate": "0.015",
            "partner_fee": "2"})]

    def report_defined(self):
        start = self.now - timedelta(days=self.chance.randrange(30, 200))
        ids = self.facts.reports(self.customer) + ["rep_x"]
        return self.about("report.defined", {
            "report_id": self.chance.choice(ids), "report_type": "partner_utilization",
            "date_range": {"start": text(start.replace(day=1))[:10], "end": text(self.now)[:10]},
            "group_by": [self.chance.choice(["partner", "month", "department"])],
            "include_metrics": ["message_count", "cost"]})

    def subscription_canceled(self):
        return self.about("subscription.canceled", {
            "subscription_id": self.subscription(), "canceled_at": text(self.at),
            "cancel_at_period_end": self.chance.random() < 0.5})

    def subscription_created(self):
        plans = self.facts.plans(self.currency) or [("plan_x", "")]
        return self.about("subscription.created", {
            "subscription_id": f"sub_x_{self.number}", "plan_id": self.chance.choice(plans)[0],
            "started_at": text(self.at)})

    def subscription_updated(self):
        plans = self.facts.plans(self.currency) or [("plan_x", "")]
        return self.about("subscription.updated", {
            "subscription_id": self.subscription(), "plan_id": self.chance.choice(plans)[0],
            "effective_at": text(self.at), "prorate": self.chance.random() < 0.5})

    def subscription(self):
        return self.chance.choice(self.facts.subscriptions(self.customer) or ["sub_none"])

    def usage_recorded(self):
        readings = {}
        for _ in range(self.chance.randrange(1, 6)):
            each = self.reading()
            readings[each["partner_id"], each["hour"], each["direction"], each["size_class"]] = each
        return self.about("usage.recorded", {
            "readings": list(readings.values()), "delta": self.chance.random() < 0.4}, self.now)

    def usage_stated(self):
        month = (self.now.replace(day=1, hour=0, minute=0, second=0) - timedelta(days=40)).replace(day=1)
        end = (month + timedelta(days=32)).replace(day=1) - timedelta(seconds=1)
        inbound, outbound = self.chance.randrange(90_000), self.chance.randrange(90_000)
        return self.about("usage.stated", {
            "period": {"start": text(month), "end": text(end)},
            "usage_summary": {
                "total_messages": inbound + outbound, "inbound_messages": inbound, "outbound_messages": outbound,
                "total_partners": 9, "active_partners": 3, "total_payload_size": 9_000_000_000}})

    def usage_threshold_reached(self):
        return self.about("usage.threshold_reached", {
            "threshold_type": "monthly_budget", "threshold_value": self.money(), "current_usage": self.money(),
            "period": text(self.now)[:7]})

    def usage_watermark(self):
        return self.about("usage.watermark", {
            "complete_through": text(self.now - timedelta(hours=self.chance.randrange(30)))}, self.now)

    # More than one event

    def customer_comes(self):
        """A customer with what makes its portal more than empty."""
        self.customer = f"cus_new_{self.number}"
        plans = self.facts.plans(self.currency) or [("plan_x", "")]
        since = self.now - timedelta(days=self.chance.randrange(1, 80))
        events = self.about("customer.updated", {"name": self.word(), "currency": self.currency}, since)
        events += self.about("subscription.created", {
            "subscription_id": "sub_1", "plan_id": self.chance.choice(plans)[0], "started_at": text(since)}, since)
        events += self.about("partner.updated", {"partner_id": "prt_none", "name": self.word()}, since)
        return events + self.usage_recorded() + self.usage_watermark()
