"""Who bears a month's charges: partners, and the departments that they belong to day by day."""

from collections import defaultdict
from typing import NamedTuple

from .calendar import DAY, span_of
from .exact import split
from .plans import joined
from .rating import distribute, message_terms
from .usage import Counts, counted, total


class Cost(NamedTuple):
    partner: str | None
    messages: int
    message_charges: int
    fees: int

    @property
    def cost(self):
        return self.message_charges + self.fees


def charges_failed(segments):
    """Whether a failed message weighs: it does unless no plan of the month charges for it."""
    terms = [message_terms(segment.plan.terms) for segment in segments if not segment.is_trial]
    terms = [each for each in terms if each]
    return not terms or any(each[3] for each in terms)


def partner_costs(charges, weights, active_partners):
    """Message charges of each price by the messages that have it, fees in equal parts.

    `weights` are (partner, messages, messages by segment). What was not itemised has no name and comes first where a
    remainder is tied.
    """
    named = sorted((each for each in weights if each[0] is not None), key=lambda each: each[0].encode())
    unnamed = [each for each in weights if each[0] is None]
    active = sum(messages > 0 for _, messages, _ in named)
    rest = (None, sum(each[1] for each in unnamed), [total(place) for place in zip(*(each[2] for each in unnamed))])
    rows = [rest] + named
    shares = [0] * len(rows)
    for places, failed_count, gross in charges.groups:
        priced = [
            sum(counts[place].messages - (0 if failed_count else counts[place].failed) for place in places if counts)
            for _, _, counts in rows]
        shares = [share + part for share, part in zip(shares, split(gross, priced))]
    fees = split(
        charges.partner_fees,
        [max(0, active_partners - active)] + [int(messages > 0) for _, messages, _ in named])
    costs = [Cost(row[0], row[1], share, fee) for row, share, fee in zip(rows, shares, fees)]
    return costs[1:] + ([costs[0]] if costs[0].messages or costs[0].cost else [])


def by_segment(segments, messages, failed, readings):
    """A partner's messages for each segment of the month."""
    hours = defaultdict(Counts)
    for each in readings:
        hours[each.hour] = hours[each.hour].plus(counted(each))
    return distribute(joined(segments), Counts(messages, failed or 0, 0), sorted(hours.items()))[0]


def month_weights(usage, segments):
    readings = defaultdict(list)
    for each in usage.readings:
        readings[each.partner].append(each)
    return [
        (row.key, row.messages, by_segment(segments, row.messages, row.failed, readings[row.key]))
        for row in usage.partners]


class DepartmentCost(NamedTuple):
    partners: frozenset
    messages: int
    message_charges: int
    fees: int

    @property
    def cost(self):
        return self.message_charges + self.fees

    def plus(self, other):
        return DepartmentCost(
            self.partners | other.partners, self.messages + other.messages,
            self.message_charges + other.message_charges, self.fees + other.fees)


NOTHING = DepartmentCost(frozenset(), 0, 0, 0)


def department_costs(customer, usage, costs, failed_count):
    """What each department costs; None stands for no department and is always there."""
    departments = defaultdict(lambda: NOTHING)
    departments[None] = NOTHING
    rows = {row.key: row for row in usage.partners}
    for cost in costs:
        shares = _shares(customer, usage, rows.get(cost.partner), failed_count)
        if len(shares) <= 1:
            shares = {name: (cost.messages, 1) for name in shares or [None]}
        names = sorted(shares, key=lambda name: (name is None, (name or "").encode()))
        charges = split(cost.message_charges, [shares[name][1] for name in names])
        fees = split(cost.fees, [shares[name][0] for name in names])
        for name, charge, fee in zip(names, charges, fees):
            members = frozenset() if cost.partner is None else frozenset([cost.partner])
            departments[name] = departments[name].plus(DepartmentCost(members, shares[name][0], charge, fee))
    return departments


def _shares(customer, usage, row, failed_count):
    """{department: (messages, charged)} of one partner: each message by its day, a stated rest by the last day."""
    if row is None or row.key is None:
        return {}
    shares = defaultdict(lambda: [0, 0])
    read = 0
    for each in usage.readings:
        if each.partner == row.key and each.messages:
            share = shares[customer.department(row.key, each.hour // 24)]
            share[0] += each.messages
            share[1] += each.messages - (0 if failed_count else each.failed)
            read += each.messages
    if row.messages > read or not shares:
        last_day = (span_of(usage.month)[1] - 1) // DAY
        share = shares[customer.department(row.key, last_day)]
        share[0] += row.messages - read
        share[1] += row.messages - read
    return {name: tuple(share) for name, share in shares.items()}


def by_departments(months):
    """The sum of several months' departments."""
    sums = defaultdict(lambda: NOTHING)
    sums[None] = NOTHING
    for departments in months:
        for name, cost in departments.items():
            sums[name] = sums[name].plus(cost)
    return sums
