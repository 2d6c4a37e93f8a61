"""What a month costs: rule R and its relatives, line by line."""

from collections import Counter, defaultdict
from fractions import Fraction
from typing import NamedTuple

from .calendar import HOUR, SECOND, seconds_in, shared, span_of, text_of
from .exact import digits_of, half_away, major, split
from .plans import joined
from .usage import Counts, total


class Unusable(Exception):
    """A price list that cannot rate the month."""


class Line(NamedTuple):
    kind: str
    plan: str
    span: tuple
    quantity: int | None
    price: Fraction | None
    gross: int
    covered: int = 0
    basis: int | None = None

    @property
    def amount(self):
        return self.gross - self.covered

    def published(self, currency):
        """As feeds have it."""
        amounts = {name: getattr(self, name) for name in ("gross", "covered", "amount", "basis")}
        return {
            "kind": self.kind, "plan": self.plan, "service_period_start": text_of(self.span[0]),
            "service_period_end": text_of(self.span[1] // SECOND * SECOND - SECOND), "quantity": self.quantity,
            "unit_price": self.price,
            **{name: major(units, currency) for name, units in amounts.items()},
            **{name + "_minor": units for name, units in amounts.items()},
        }


FAMILIES = {
    "base_fee": "base", "partner_fees": "partners",
    **dict.fromkeys(["messages", "included_messages", "trial_messages", "packages", "tier_flat_fee"], "messages"),
}
COUNTING = ("messages", "included_messages", "trial_messages", "late_usage")


class Charges:
    """The lines of a month and what they sum to, in minor units."""

    def __init__(self, lines, credited_base, includes_tax, groups=()):
        self.lines = lines
        self.groups = groups  # (places of segments, whether failed messages have a price, gross)
        self.includes_tax = includes_tax
        self.base = self._sum("base")
        self.message_net = self._sum("messages")
        self.message_gross = sum(line.gross for line in lines if FAMILIES.get(line.kind) == "messages")
        self.covered = self.message_gross - self.message_net
        self.partner_fees = self._sum("partners")
        self.other = self._sum(None)
        self.total = sum(line.amount for line in lines)
        self.unused_base = credited_base - self.covered
        self.added_base = self.base - credited_base

    def _sum(self, family):
        return sum(line.amount for line in self.lines if FAMILIES.get(line.kind) == family)

    @property
    def quantity(self):
        return sum(line.quantity for line in self.lines if line.kind in COUNTING)


def distribute(segments, whole, hours, rest_in=None):
    """Counts for each segment, and those of no segment.

    An hour belongs to the first segment that it touches. What `whole` has beyond the hours is spread by seconds,
    within `rest_in` where that is given.
    """
    counts, outside = [Counts() for _ in segments], Counts()
    for hour, each in hours:
        span = (hour * HOUR, (hour + 1) * HOUR)
        place = next((place for place, segment in enumerate(segments) if shared(segment.span, span)), None)
        if place is None:
            outside = outside.plus(each)
        else:
            counts[place] = counts[place].plus(each)
    rest = whole.beyond(total(each for _, each in hours))
    if not segments:
        return counts, outside.plus(rest)
    weights = [seconds_in(segment.span) for segment in segments]
    if rest_in:
        parts = [shared(segment.span, rest_in) for segment in segments]
        within = [seconds_in(part) if part else 0 for part in parts]
        weights = within if any(within) else weights
    delivered, failed = split(rest.messages - rest.failed, weights), split(rest.failed, weights)
    for place, size in enumerate(split(rest.bytes, weights)):
        part = Counts(delivered[place] + failed[place], failed[place], size)
        counts[place] = counts[place].plus(part)
    return counts, outside


def charges_of(month, currency, segments, whole, hours, active_partners, rest_in=None):
    """The charges of a month; None without a plan in force."""
    segments = joined(segments)
    if not segments:
        return None
    counts, _ = distribute(segments, whole, hours, rest_in)
    return _Month(month, currency, segments, counts, active_partners).charges()


class _Month:
    def __init__(self, month, currency, segments, counts, active_partners):
        self.length = seconds_in(span_of(month))
        self.currency = currency
        self.segments = segments
        self.counts = counts
        self.active_partners = active_partners
        self.unit = 10 ** digits_of(currency)
        self.lines = []
        self.groups = []
        self.charged = Counter()  # by segment
        for segment in segments:
            self._check(segment.plan.terms)

    def _check(self, terms):
        tiers = [each for each in (terms.tiers, terms.partner_tiers) if each]
        mixed = terms.includes_tax != self.segments[0].plan.terms.includes_tax
        if terms.currency != self.currency or mixed or not all(each.usable for each in tiers):
            raise Unusable

    def charges(self):
        paying = [place for place, segment in enumerate(self.segments) if not segment.is_trial]
        credited = sum(self._base_fee(place) for place in paying)
        self.uncovered = credited
        for place, segment in enumerate(self.segments):
            if segment.is_trial and message_terms(segment.plan.terms):
                self._add("trial_messages", [place], self.counts[place].messages, None, 0)
        for terms, places in self._groups(paying, message_terms):
            if terms:
                self._messages(places, *terms)
        for place in paying:
            self._partner_fees(place)
        for terms, places in self._groups(paying, lambda each: (each.minimum, each.maximum, each.discounts)):
            self._adjust(places, *terms)
        return Charges(self.lines, credited, self.segments[0].plan.terms.includes_tax, self.groups)

    def _groups(self, places, key):
        groups = defaultdict(list)
        for place in places:
            groups[key(self.segments[place].plan.terms)].append(place)
        return groups.items()

    def _share(self, places):
        return Fraction(sum(seconds_in(self.segments[place].span) for place in places), self.length)

    def _add(self, kind, places, quantity, price, gross, covered=0, basis=None):
        first, last = self.segments[places[0]], self.segments[places[-1]]
        span = (first.span[0], last.span[1])
        self.lines.append(Line(kind, first.plan.name, span, quantity, price, gross, covered, basis))

    def _base_fee(self, place):
        """Charges the fee; gives back what of it messages are credited against."""
        terms = self.segments[place].plan.terms
        if not terms.base_fee:
            return 0
        fee = half_away(terms.base_fee * self._share([place]))
        self._add("base_fee", [place], 1, Fraction(terms.base_fee, self.unit), fee)
        self.charged[place] += fee
        return fee if message_terms(terms) and terms.base_applies == "credited" else 0

    # Messages

    def _messages(self, places, rate, tiers, included, charges_failed, base_applies):
        quantities = [
            self.counts[place].messages - (0 if charges_failed else self.counts[place].failed) for place in places]
        quantity = sum(quantities)
        free = min(quantity, half_away(included * self._share(places)))
        if free > 0:
            self._add("included_messages", places, free, None, 0)
        before = len(self.lines)
        for kind, count, price, share in priced(quantity - free, rate, tiers, self.unit):
            gross = half_away(count * price * self.unit * (self._share(places) if share else 1))
            covered = max(0, min(self.uncovered, gross)) if base_applies == "credited" and price is not None else 0
            self.uncovered -= covered
            self._add(kind, places, count, price, gross, covered)
        if tiers and tiers.mode == "package":
            self.lines.insert(before, self.lines[before]._replace(
                kind="messages", quantity=quantity - free, price=None, gross=0, covered=0))
        self.groups.append((places, charges_failed, sum(line.gross for line in self.lines[before:])))
        net = sum(line.amount for line in self.lines[before:])
        for place, part in zip(places, split(net, quantities)):
            self.charged[place] += part

    # Partners

    def _partner_fees(self, place):
        terms = self.segments[place].plan.terms
        if terms.model == "base_plus_usage" or terms.partner_fee is None and terms.partner_tiers is None:
            return
        rate = None if terms.partner_tiers else terms.partner_fee
        for _, count, price, _ in priced(self.active_partners, rate, terms.partner_tiers, self.unit):
            fee = half_away(count * price * self.unit * self._share([place]))
            self._add("partner_fees", [place], count, price, fee)
            self.charged[place] += fee

    # Commitments and discounts

    def _adjust(self, places, minimum, maximum, discounts):
        total = sum(self.charged[place] for place in places)
        share = self._share(places)
        targets = []
        if minimum is not None:
            targets.append(("minimum_commitment", lambda sum: max(sum, half_away(minimum * share))))
        if maximum is not None:
            targets.append(("maximum_commitment", lambda sum: min(sum, half_away(maximum * share))))
        for _, rate in discounts:
            targets.append(("discount", lambda sum, rate=rate: sum - half_away(sum * rate)))
        for kind, target in targets:
            changed = target(total)
            if changed != total:
                self._add(kind, places, None, None, changed - total, basis=total)
            total = changed


def message_terms(terms):
    """What decides the price of messages; None where they are unlimited."""
    if terms.model == "per_partner" or terms.rate is None and terms.tiers is None:
        return None
    rate = None if terms.tiers else terms.rate
    return (rate, terms.tiers, terms.included, terms.charges_failed, terms.base_applies)


def priced(quantity, rate, tiers, unit):
    """(kind, count, price of one, whether prorated) for each step of a price."""
    if tiers is None:
        return [("messages", quantity, rate, False)]
    if tiers.mode == "package":
        reached = [(-(-quantity // tiers.package_size), *tiers.steps[0][1:])]
    elif tiers.mode == "volume":
        step = next(step for step in tiers.steps if step[0] is None or quantity <= step[0])
        reached = [(quantity, *step[1:])]
    else:
        reached = _graduated(quantity, tiers)
    kind = "packages" if tiers.mode == "package" else "messages"
    fees = [fee for _, _, fee in reached if fee is not None and quantity > 0]
    return [(kind, count, price, False) for count, price, _ in reached] + [
        ("tier_flat_fee", 1, Fraction(fee, unit), True) for fee in fees]


def _graduated(quantity, tiers):
    reached, below = [], 0
    for bound, price, fee in tiers.steps:
        if below < quantity or not reached:
            upto = quantity if bound is None else min(quantity, bound)
            reached.append((upto - below, price, fee))
            below = upto
    return reached
