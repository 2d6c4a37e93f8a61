"""Every offered plan on the last closed months, for the very time in which a subscription was in force."""

from fractions import Fraction

from .exact import half_away
from .plans import Segment, subscription_at, version_at
from .rating import Unusable, charges_of


class Comparison:
    """`rated` holds (plan, charges by month), the cheapest first."""

    def __init__(self, account):
        self.account = account
        self.months = [month for month in account.months if month.is_closed and month.charges][-12:]
        self.charged = sum(month.charges.total for month in self.months)
        current = self.current_plan(account)
        terms = current.terms if current else self.months[-1].segments[-1].plan.terms if self.months else None
        self.rated, self.left_out, self.current = [], [], None
        for plan in self._candidates(current) if self.months else []:
            charges = self._rate(plan) if plan.terms.includes_tax == terms.includes_tax else None
            if charges is None:
                self.left_out.append(plan)
                continue
            self.rated.append((plan, charges))
            if plan == current:
                self.current = sum(each.total for each in charges)
        self.rated.sort(key=lambda row: (self.total(row), row[0].id.encode()))
        self.current_plan = current

    @staticmethod
    def total(row):
        return sum(each.total for each in row[1])

    @staticmethod
    def current_plan(account):
        subscription = subscription_at(account.customer, account.as_of)
        if subscription is None:
            return None
        return version_at(account.customer.plans, subscription.plan_at(account.as_of), account.as_of)

    def _candidates(self, current):
        in_effect = {}
        for plan in self.account.customer.plans:
            if plan.effective <= self.account.as_of:
                in_effect[plan.id] = plan
        offered = [
            plan for plan in in_effect.values() if plan.offered and plan.terms.currency == self.account.currency]
        offered.sort(key=lambda plan: plan.id.encode())
        return offered + ([current] if current and current not in offered else [])

    def _rate(self, plan):
        charges = []
        for month in self.months:
            segments = [Segment(segment.span, plan, False) for segment in month.segments]
            try:
                charges.append(charges_of(
                    month.month, self.account.currency, segments, month.usage.counts, month.usage.hours,
                    month.usage.active_partners))
            except Unusable:
                return None
        return charges

    def monthly(self, amount):
        return half_away(Fraction(amount, len(self.months)))

    def cheaper(self):
        return [] if self.current is None else [row for row in self.rated if self.total(row) < self.current]
