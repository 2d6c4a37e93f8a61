"""A billing store as plain records, read from its tables of facts and none of its sums."""

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from .calendar import HOUR, SECOND, instant, month_named, month_of, month_start, following
from .exact import minor


@dataclass(frozen=True)
class Tiers:
    mode: str
    steps: tuple  # (last unit or None, price of one, flat fee or None)
    package_size: int | None

    @property
    def usable(self):
        bounds = [0] + [step[0] for step in self.steps[:-1]]
        ascending = all(low < high for low, high in zip(bounds, bounds[1:]))
        return bool(self.steps) and self.steps[-1][0] is None and ascending


@dataclass(frozen=True)
class Terms:
    model: str
    currency: str
    base_fee: int
    base_applies: str
    rate: Fraction | None
    tiers: Tiers | None
    included: int
    partner_fee: Fraction | None
    partner_tiers: Tiers | None
    minimum: int | None
    maximum: int | None
    discounts: tuple  # (name, rate)
    charges_failed: bool
    includes_tax: bool


@dataclass(frozen=True)
class Plan:
    id: str
    name: str
    effective: int
    terms: Terms
    offered: bool


@dataclass
class Subscription:
    id: str
    changes: list  # (instant, plan, instant from which its prices count)
    trial_ends: int | None
    ends: int | None

    @property
    def starts(self):
        return self.changes[0][0]

    def plan_at(self, moment):
        return next((plan for _, plan, counts in reversed(self.changes) if counts <= moment), self.changes[0][1])


@dataclass(frozen=True)
class Reading:
    hour: int  # since 1970
    partner: str
    outbound: bool
    size: int
    messages: int
    failed: int
    bytes: int


@dataclass
class Invoice:
    id: str
    document: dict
    currency: str
    payments: list = field(default_factory=list)
    refunds: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    closings: dict = field(default_factory=dict)

    @property
    def period(self):
        return closed_span(self.document["period_start"], self.document["period_end"])

    @property
    def is_void(self):
        return "void" in self.closings


@dataclass
class Customer:
    id: str
    currency: str
    subscriptions: list
    plans: list
    readings: list
    stated: dict  # month: the API's answer
    tags: dict  # partner: [(first day, department or None)]
    partners: list  # (id, heard of, deleted, is deleted)
    watermark: int | None
    invoices: list

    def department(self, partner, day):
        known = [name for first, name in self.tags.get(partner, []) if first <= day]
        return known[-1] if known else None


def closed_span(start, end):
    """A period whose end is written as its last second, or half-open within a day."""
    end = instant(end)
    return (instant(start), end + SECOND if end % (24 * HOUR) == 24 * HOUR - SECOND else end)


def decoded(text):
    return json.loads(text, parse_float=Decimal)


class Store:
    """Opens a store for reading; whoever writes it is not in its way."""

    def __init__(self, path):
        self.database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.database.row_factory = sqlite3.Row
        self.database.execute("BEGIN")
        self.plans = [self._plan(row) for row in self._rows("plan_versions ORDER BY plan_id, effective_at")]

    def _rows(self, rest, *values):
        return self.database.execute(f"SELECT * FROM {rest}", values).fetchall()

    def customers(self):
        """Those that are not deleted."""
        return {row["customer_id"] for row in self._rows("customers WHERE NOT is_deleted")}

    def invoice_numbers(self):
        """(number, year of issue) of every invoice of the store."""
        documents = [decoded(row["document"]) for row in self._rows("invoices")]
        return [(document["number"], month_of(instant(document["created"]))[0]) for document in documents]

    def customer(self, id):
        row = self._rows("customers WHERE customer_id = ?", id)[0]
        return Customer(
            id=id, currency=row["currency"], subscriptions=self._subscriptions(id), plans=self.plans,
            readings=[self._reading(row) for row in self._rows("usage_readings WHERE customer_id = ?", id)],
            stated=self._stated(id), tags=self._tags(id), partners=self._partners(id),
            watermark=next(
                (row["complete_through"] for row in self._rows("usage_watermarks WHERE customer_id = ?", id)), None),
            invoices=self._invoices(id))

    # Plans

    def _plan(self, row):
        prices = decoded(row["price_tiers"])
        currency = row["currency"]
        terms = Terms(
            model=row["model"], currency=currency, base_fee=row["base_fee"], base_applies=row["base_fee_applies"],
            rate=row["message_rate"] and Fraction(row["message_rate"]),
            tiers=self._tiers(prices.get("message_tiers"), currency), included=row["included_messages"],
            partner_fee=row["partner_fee"] and Fraction(row["partner_fee"]),
            partner_tiers=self._tiers(prices.get("partner_fee_tiers"), currency),
            minimum=row["minimum_commitment"], maximum=row["maximum_commitment"],
            discounts=tuple((each["name"], Fraction(each["rate"])) for each in prices.get("discounts") or []),
            charges_failed=bool(row["charges_failed_messages"]), includes_tax=bool(row["prices_include_tax"]))
        return Plan(row["plan_id"], row["name"], row["effective_at"], terms, bool(row["is_offered"]))

    def _tiers(self, tiers, currency):
        if tiers is None:
            return None
        steps = tuple(
            (step.get("up_to"), Fraction(step["unit_price"]),
             None if step.get("flat_fee") is None else minor(step["flat_fee"], currency))
            for step in tiers["tiers"])
        return Tiers(tiers["mode"], steps, tiers.get("package_size"))

    # Subscriptions

    def _subscriptions(self, customer):
        subscriptions = []
        for row in self._rows("subscriptions WHERE customer_id = ?", customer):
            changes = self._changes(customer, row["subscription_id"])
            subscriptions.append(Subscription(
                row["subscription_id"], changes, row["trial_ends_at"], self._end(customer, row["subscription_id"])))
        return sorted(subscriptions, key=lambda each: (each.starts, each.id.encode()))

    def _changes(self, customer, subscription):
        rows = self._rows(
            "subscription_changes WHERE customer_id = ? AND subscription_id = ? ORDER BY effective_at",
            customer, subscription)
        starts = [row for row in rows if row["kind"] == "started"]
        if starts:
            start = max(starts, key=lambda row: (row["event_time"], row["event_key"].encode()))
            rows = [start] + [
                row for row in rows if row["kind"] != "started" and row["effective_at"] > start["effective_at"]]
        return [(row["effective_at"], row["plan_id"], self._counts_from(row)) for row in rows]

    @staticmethod
    def _counts_from(row):
        """Without proration a change waits for the next month."""
        month = month_of(row["effective_at"])
        at_once = row["prorates"] or month_start(month) == row["effective_at"]
        return row["effective_at"] if at_once else month_start(following(month))

    def _end(self, customer, subscription):
        rows = self._rows(
            "subscription_cancellations WHERE customer_id = ? AND subscription_id = ? AND canceled_at IS NOT NULL",
            customer, subscription)
        for row in rows:
            at = row["canceled_at"]
            return month_start(following(month_of(at))) if row["at_period_end"] else at
        return None

    # Usage and partners

    @staticmethod
    def _reading(row):
        return Reading(
            row["hour"], row["partner_id"], row["direction"] == 1, row["size_class"], row["messages"],
            row["failed"], row["bytes"])

    def _stated(self, customer):
        rows = self._rows("usage_statements WHERE customer_id = ?", customer)
        documents = [decoded(row["document"]) for row in rows]
        return {month_named(document["period"]["start"][:7]): document for document in documents}

    def _tags(self, customer):
        tags = defaultdict(list)
        for row in self._rows("partner_departments WHERE customer_id = ? ORDER BY from_day", customer):
            tags[row["partner_id"]].append((row["from_day"], row["department"]))
        return tags

    def _partners(self, customer):
        return [
            (row["partner_id"], row["known_since"], row["deleted_at"], bool(row["is_deleted"]))
            for row in self._rows("partners WHERE customer_id = ?", customer)]

    # Invoices

    def _invoices(self, customer):
        invoices = {}
        for row in self._rows("invoices WHERE customer_id = ? ORDER BY created, invoice_id", customer):
            invoices[row["invoice_id"]] = Invoice(row["invoice_id"], decoded(row["document"]), row["currency"])
        for row in self._rows(
            "payments WHERE customer_id = ? ORDER BY invoice_id, natural_time, outcome, amount", customer):
            invoices[row["invoice_id"]].payments.append(row)
        for row in self._rows("refunds WHERE customer_id = ?", customer):
            invoices[row["invoice_id"]].refunds.append(row)
        for row in self._rows("credit_notes WHERE customer_id = ? ORDER BY issued_at, credit_note_id", customer):
            invoices[row["invoice_id"]].notes.append(row)
        for row in self._rows("invoice_closings WHERE customer_id = ?", customer):
            invoices[row["invoice_id"]].closings[row["kind"]] = row
        return list(invoices.values())
