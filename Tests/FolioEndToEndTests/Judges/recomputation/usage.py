"""A month's usage: readings, and what a source stated beyond them."""

import datetime
from collections import Counter, defaultdict
from fractions import Fraction
from typing import NamedTuple

from .calendar import HOUR, date_of, month_of, span_of
from .exact import floored


class Counts(NamedTuple):
    messages: int = 0
    failed: int = 0
    bytes: int = 0

    def plus(self, other):
        return Counts(*(one + two for one, two in zip(self, other)))

    def beyond(self, other):
        """What is left without `other`, never below zero, and no more failed ones than messages."""
        messages = max(0, self.messages - other.messages)
        return Counts(messages, min(messages, max(0, self.failed - other.failed)), max(0, self.bytes - other.bytes))


def total(counts):
    result = Counts()
    for each in counts:
        result = result.plus(each)
    return result


def counted(reading):
    return Counts(reading.messages, reading.failed, reading.bytes)


def success_rate(messages, failed):
    """In per cent, rounded down, so that it is not 100 while one failed."""
    if not messages or failed is None:
        return None
    return floored(Fraction(messages - failed, messages) * 100, 2)


class Row(NamedTuple):
    """A partner's or a day's figures; `failed` is None where messages are stated that no reading itemises."""

    key: object
    messages: int
    failed: int | None
    bytes: int
    inbound: int | None
    outbound: int | None
    stated_rate: object = None


class MonthUsage:
    """The larger of stated and read, total by total; what no row explains is a row without a name."""

    def __init__(self, customer, month):
        start, end = span_of(month)
        self.month = month
        self.readings = [each for each in customer.readings if start <= each.hour * HOUR < end]
        self.stated = customer.stated.get(month)
        self.read = total(map(counted, self.readings))
        summary = (self.stated or {}).get("usage_summary", {})
        partners = self._rows(
            lambda each: each.partner,
            [(row["partner_id"], row["message_count"], row["payload_size"], row.get("success_rate"))
             for row in (self.stated or {}).get("partner_breakdown") or []])
        partners = [row for row in partners if row.messages or row.bytes or self._is_stated(row.key)]
        days = self._rows(
            lambda each: date_of(each.hour // 24),
            [(datetime.date.fromisoformat(row["date"]), row["messages"], row["payload_size"], None)
             for row in (self.stated or {}).get("daily_usage") or []])
        self.inbound = max(self._direction(False), summary.get("inbound_messages", 0))
        self.outbound = max(self._direction(True), summary.get("outbound_messages", 0))
        self.messages = max(
            self.read.messages, summary.get("total_messages", 0), sum(row.messages for row in partners),
            sum(row.messages for row in days), self.inbound + self.outbound)
        self.bytes = max(
            self.read.bytes, summary.get("total_payload_size", 0), sum(row.bytes for row in partners),
            sum(row.bytes for row in days))
        self.failed = self.read.failed if self.messages == self.read.messages else None
        self.counts = Counts(self.messages, self.read.failed, self.bytes)
        active = sum(row.messages > 0 for row in partners)
        self.active_partners = max(active, summary.get("active_partners", 0))
        self.partners = sorted(partners, key=lambda row: (-row.messages, row.key.encode())) + self._rest(partners)
        self.days = sorted(days, key=lambda row: row.key) + self._rest(days)

    def _is_stated(self, partner):
        return any(row["partner_id"] == partner for row in (self.stated or {}).get("partner_breakdown") or [])

    def _direction(self, outbound):
        return sum(each.messages for each in self.readings if each.outbound == outbound)

    def _rows(self, key, stated):
        read, directions = defaultdict(Counts), Counter()
        for each in self.readings:
            read[key(each)] = read[key(each)].plus(counted(each))
            directions[key(each), each.outbound] += each.messages
        stated = {name: rest for name, *rest in stated}
        rows = []
        for name in read.keys() | stated.keys():
            messages, size, rate = stated.get(name, (0, 0, None))
            messages, size = max(messages, read[name].messages), max(size, read[name].bytes)
            itemised = messages == read[name].messages
            rows.append(Row(
                name, messages, read[name].failed if itemised else None, size,
                directions[name, False] if itemised else None, directions[name, True] if itemised else None, rate))
        return rows

    def _rest(self, rows):
        messages = self.messages - sum(row.messages for row in rows)
        size = self.bytes - sum(row.bytes for row in rows)
        return [Row(None, messages, None if messages else 0, size, None, None)] if messages or size else []

    @property
    def hours(self):
        """Counts by hour, in order."""
        hours = defaultdict(Counts)
        for each in self.readings:
            hours[each.hour] = hours[each.hour].plus(counted(each))
        return sorted(hours.items())


def known_partners(customer, usage, first_seen, others=()):
    """How many partners there were by the end of a month, `others` included."""
    end = span_of(usage.month)[1]
    seen = {row.key for row in usage.partners if row.key is not None} | set(others)
    stated = (usage.stated or {}).get("usage_summary", {}).get("total_partners", 0)
    listed = {id for id, *_ in customer.partners} | set(first_seen)
    facts = {id: rest for id, *rest in customer.partners}
    count = 0
    for id in listed - seen:
        heard, deleted, is_deleted = facts.get(id, (None, None, False))
        if is_deleted and (deleted is None or deleted < end):
            continue
        first = first_seen.get(id)
        undated = heard is None and first is None
        count += undated or (heard is not None and heard < end) or (first is not None and first <= usage.month)
    return max(stated, len(seen) + count, usage.active_partners)


def first_months(customer):
    """The first month in which each partner is named with usage."""
    first = {}
    named = [(month_of(each.hour * HOUR), each.partner) for each in customer.readings if each.messages]
    for month, document in customer.stated.items():
        named += [(month, row["partner_id"]) for row in document.get("partner_breakdown") or []]
    for month, partner in named:
        first[partner] = min(first.get(partner, month), month)
    return first
