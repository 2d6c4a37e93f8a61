"""A customer's months as they come to be: usage, price lists, charges, and who bears them."""

from fractions import Fraction
from functools import cached_property

from .allocation import charges_failed, department_costs, month_weights, partner_costs
from .calendar import HOUR, SECOND, instant, month_of, months_through, seconds_in, shared, span_of
from .exact import half_away, minor
from .plans import UnknownPlan, segments_of
from .rating import COUNTING, Line, charges_of, distribute
from .store import closed_span
from .usage import Counts, MonthUsage, counted, first_months, total


class Month:
    def __init__(self, account, month):
        customer = account.customer
        self.account = account
        self.month = month
        self.span = span_of(month)
        self.usage = MonthUsage(customer, month)
        try:
            self.segments, self.is_unrated = segments_of(customer, self.span), False
        except UnknownPlan:
            self.segments, self.is_unrated = [], True
        self.is_closed = self.span[1] <= account.as_of
        self.charges = self.rate(self.usage.counts, self.usage.hours)
        self.failed_count = charges_failed(self.segments)

    def rate(self, counts, hours, rest_in=None, active_partners=None):
        active = self.usage.active_partners if active_partners is None else active_partners
        return charges_of(self.month, self.account.currency, self.segments, counts, hours, active, rest_in)

    @cached_property
    def active_to_date(self):
        """Partners with a message in the hours that are complete, or as their source stated."""
        return self._active_before(self.account.complete) if self._beyond != Counts() else self.usage.active_partners

    def _active_before(self, through):
        stated = self.usage.stated or {}
        named = {row["partner_id"] for row in stated.get("partner_breakdown") or [] if row["message_count"]}
        read = {
            each.partner for each in self.usage.readings if each.messages and (each.hour + 1) * HOUR <= through}
        return max(len(named | read), stated.get("usage_summary", {}).get("active_partners", 0))

    @cached_property
    def costs(self):
        """What each partner costs; None where no plan rates the month."""
        if self.charges is None:
            return None
        return partner_costs(
            self.charges, month_weights(self.usage, self.segments), self.usage.active_partners)

    @cached_property
    def departments(self):
        if self.costs is None:
            return None
        return department_costs(self.account.customer, self.usage, self.costs, self.failed_count)

    def unplanned(self, counts, hours):
        return None if self.is_unrated else distribute(self.segments, counts, hours)[1].messages

    # The running month

    @cached_property
    def _beyond(self):
        """Readings of the running month whose hours are not over at the completion."""
        through = self.account.complete
        if through is None or self.month != month_of(self.account.as_of):
            return Counts()
        return total(counted(each) for each in self.usage.readings if each.hour >= through // HOUR)

    @cached_property
    def to_date(self):
        """(counts, hours, charges) without the readings whose hours are not over at the completion."""
        counts, hours, through = self.usage.counts, self.usage.hours, self.account.complete
        if self._beyond == Counts():
            return counts, hours, self.charges
        counts = counts.beyond(self._beyond)
        stated = (self.usage.stated or {}).get("usage_summary", {})
        counts = counts._replace(
            messages=max(counts.messages, stated.get("total_messages", 0)),
            bytes=max(counts.bytes, stated.get("total_payload_size", 0)))
        hours = [(hour, each) for hour, each in hours if (hour + 1) * HOUR <= through]
        return counts, hours, self.rate(counts, hours, active_partners=self._active_before(through))

    @cached_property
    def projection(self):
        """(messages, charges) at the end of the month by elapsed seconds; None before a day of data."""
        served = (self.segments[0].span[0], self.segments[-1].span[1]) if self.segments else self.span
        through = self.account.complete
        if through is None or through <= self.span[0]:
            return None
        through = min(through, self.span[1])
        elapsed, whole = min(through, served[1]) // SECOND - served[0] // SECOND, seconds_in(served)
        if elapsed < 86_400 and not 0 < elapsed == whole:
            return None
        counts, hours, charges = self.to_date
        outside = distribute(self.segments, counts, hours)[1] if self.segments else Counts()
        grown = Counts(*(half_away(Fraction(each * whole, elapsed)) for each in counts.beyond(outside)))
        counts = grown.plus(outside)
        rest = (through, served[1]) if through < served[1] else None
        return counts.messages, self.rate(counts, hours, rest, self.active_to_date) if self.charges else None

    # What was invoiced

    @cached_property
    def invoices(self):
        """Those over the month that are not void, in order of creation."""
        if not self.is_closed:
            return []
        return [each for each in self.account.customer.invoices if not each.is_void and shared(each.period, self.span)]

    @cached_property
    def invoiced(self):
        """(amount, messages) of the frozen lines that serve the month; None where they cannot be compared."""
        if not self.invoices or not all(each.document.get("lines") for each in self.invoices):
            return None
        lines = []
        for invoice in self.account.customer.invoices:
            for line in [] if invoice.is_void else invoice.document.get("lines") or []:
                span = served_by(line, invoice)
                if shared(span, self.span):
                    if shared(span, self.span) != span or line["kind"] == "not_itemised":
                        return None
                    if invoice.currency != self.account.currency:
                        return None
                    lines.append(line)
        if not lines:
            return None
        return (
            sum(minor(line["amount"], self.account.currency) for line in lines),
            sum(line.get("quantity") or 0 for line in lines if line["kind"] in COUNTING))

    @cached_property
    def late_line(self):
        """R(as it is now) − R(as invoiced); None where both agree or cannot be compared."""
        if self.invoiced is None or self.charges is None:
            return None
        amount, quantity = self.charges.total - self.invoiced[0], self.charges.quantity - self.invoiced[1]
        if not amount and not quantity:
            return None
        plan = self.charges.lines[0].plan if self.charges.lines else None
        return Line("late_usage", plan, self.span, quantity, None, amount)


def served_by(line, invoice):
    if line.get("service_start") is None:
        return invoice.period
    return closed_span(line["service_start"], line["service_end"])


class Account:
    def __init__(self, customer, as_of, complete):
        self.customer = customer
        self.currency = customer.currency
        self.as_of = as_of
        self.complete = complete
        self.first_seen = first_months(customer)
        self.months = [Month(self, month) for month in months_through(self._first_month(), month_of(as_of))]

    def _first_month(self):
        used = [month_of(each.hour * HOUR) for each in self.customer.readings] + list(self.customer.stated)
        begun = [
            month_of(each.starts) for each in self.customer.subscriptions
            if each.ends is None or each.starts < each.ends]
        return min(used + begun + self._dated() + [month_of(self.as_of)])

    def _dated(self):
        """The months in which documents, payments and credit notes are dated."""
        invoices = self.customer.invoices
        moments = [instant(each.document["created"]) for each in invoices]
        moments += [row["at"] for each in invoices for row in each.payments if row["at"] is not None]
        moments += [row["refunded_at"] for each in invoices for row in each.refunds]
        moments += [row["issued_at"] for each in invoices for row in each.notes]
        return [month_of(each) for each in moments]

    @property
    def current(self):
        return self.months[-1]

    def recorded_completion(self):
        """Through which instant the store says that usage is complete."""
        customer = self.customer
        if customer.watermark is not None:
            return customer.watermark
        ends = [(each.hour + 1) * HOUR for each in customer.readings]
        return max(ends + [span_of(month)[1] for month in customer.stated], default=None)
