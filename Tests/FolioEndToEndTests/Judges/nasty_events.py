#!/usr/bin/env python3
"""Prints the events of a store that holds what a demo lacks, as a file that `folio import` reads.

    nasty_events.py SEED
    nasty_events.py SEED STORE TIME

Each customer is named by what is nasty about it; the seed chooses quantities, instants and price lists. With a store
the events are what comes afterwards, at a time: usage of months that are invoiced, and what becomes of the invoices.
"""

import json
import random
import sqlite3
import sys
from datetime import datetime, timedelta

FIRST, LAST = datetime(2024, 1, 1), datetime(2024, 6, 18, 12)


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Events:
    """Events in order of making; their ids count up."""

    def __init__(self, *seed):
        self.random = random.Random(" ".join(seed))
        self.prefix = "evt_" + "_".join(seed).replace(":", "")
        self.count = 0

    def add(self, type, at, data, customer=None):
        self.count += 1
        id = f"{self.prefix}_{self.count:06}"
        event = {"id": id, "type": f"billing.{type}", "timestamp": text(at), "data": data}
        print(json.dumps(event | ({"customer_id": customer} if customer else {})))

    def moment(self, after=FIRST, before=LAST):
        return after + timedelta(seconds=self.random.randrange(int((before - after).total_seconds())))

    def amount(self, digits, most):
        """A decimal text with so many digits at most."""
        return f"{self.random.randrange(10**digits * most) / 10**digits:.{digits}f}"


# Price lists

DIGITS = {"usd": 2, "jpy": 0, "kwd": 3}


def tiers(events, currency, prices=4):
    mode = events.random.choice(["graduated", "volume", "package"])
    if mode == "package":
        return {"mode": mode, "package_size": events.random.choice([7, 100]), "tiers": [{
            "unit_price": events.amount(prices, 3), "flat_fee": events.amount(DIGITS[currency], 30)}]}
    first = events.random.randrange(1, 900)
    return {"mode": mode, "tiers": [
        {"up_to": first, "unit_price": events.amount(prices, 1), "flat_fee": events.amount(DIGITS[currency], 20)},
        {"up_to": first + events.random.randrange(1, 900), "unit_price": events.amount(prices, 1)},
        {"unit_price": events.amount(prices, 1), "flat_fee": events.amount(DIGITS[currency], 50)}]}


def plan(events, id, currency, model, at=FIRST - timedelta(days=90), **more):
    chance = events.random.random
    amount = lambda most: events.amount(DIGITS[currency], most)
    data = {
        "plan_id": id, "name": f"Plan {id}", "model": model, "currency": currency, "effective_at": text(at),
        "base_fee": amount(300), "charges_failed_messages": chance() < 0.6, "offered": chance() < 0.8}
    if chance() < 0.3:
        data["base_fee_applies"] = "added"
    if model in ("base_plus_usage", "hybrid"):
        data["message_rate"] = events.amount(5, 1)
    if model in ("per_partner", "hybrid"):
        data["partner_fee"] = events.amount(3, 40)
    if model == "enterprise_custom":
        data["message_tiers"] = tiers(events, currency)
        if chance() < 0.5:
            data["partner_fee_tiers"] = {"mode": "graduated", "tiers": [
                {"up_to": 2, "unit_price": events.amount(2, 20)},
                {"unit_price": events.amount(2, 20), "flat_fee": amount(9)}]}
        if chance() < 0.5:
            data["included_messages"] = events.random.randrange(1_000)
        if chance() < 0.5:
            data["minimum_commitment"] = amount(400)
            data["maximum_commitment"] = str(400 + events.random.randrange(900))
        if chance() < 0.5:
            data["discounts"] = [{"name": "A", "rate": "0.0333"}, {"name": "B", "rate": "0.5"}]
    events.add("plan.defined", at, data | more)


MODELS = ["base_plus_usage", "per_partner", "hybrid", "enterprise_custom", "enterprise_custom"]


def plans(events):
    """Five price lists a currency, one of which changes its terms in the middle of March."""
    for currency in DIGITS:
        for place, model in enumerate(MODELS):
            plan(events, f"plan_{currency}_{place}", currency, model)
        plan(events, f"plan_{currency}_3", currency, "enterprise_custom", at=datetime(2024, 3, 14, 9, 26, 53))
        plan(events, f"plan_{currency}_taxed", currency, "hybrid", prices_include_tax=True)


# Customers

def customer(events, id, currency, tax=None):
    events.add("customer.updated", FIRST - timedelta(days=80), {
        "name": id.replace("_", " "), "currency": currency, "tax": tax}, id)


def subscription(events, id, plan, starts=FIRST, number=1, **more):
    events.add("subscription.created", starts, {
        "subscription_id": f"sub_{number}", "plan_id": plan, "started_at": text(starts), **more}, id)


def change(events, id, plan, at, prorate=True):
    events.add("subscription.updated", at, {
        "subscription_id": "sub_1", "plan_id": plan, "effective_at": text(at), "prorate": prorate}, id)


def partners(events, id, count=5):
    """Partners that wander from department to department."""
    for number in range(count):
        for month in range(1, 6):
            events.add("partner.updated", FIRST - timedelta(days=40 - month), {
                "partner_id": f"prt_{number}", "name": f"Partner {number}",
                "department": events.random.choice(["Sales", "Procurement", "Ärger", None]),
                "department_from": f"2024-{month:02}-{events.random.randrange(1, 29):02}"}, id)


def usage(events, id, hours=260, after=FIRST, before=LAST, delta=False, most=40, at=LAST):
    readings = []
    for _ in range(hours):
        hour = events.moment(after, before).replace(minute=0, second=0)
        messages = events.random.randrange(most)
        readings.append({
            "partner_id": f"prt_{events.random.randrange(6)}", "hour": text(hour), "messages": messages,
            "direction": events.random.choice(["inbound", "outbound"]),
            "failed": events.random.randrange(messages + 1) if events.random.random() < 0.3 else 0,
            "bytes": messages * events.random.randrange(2_000_000),
            **events.random.choice([{}, {"size_class": "small"}, {"size_class": "medium"}, {"size_class": "large"}])})
    slots = {(each["partner_id"], each["hour"], each["direction"], each.get("size_class")): each for each in readings}
    events.add("usage.recorded", at, {"readings": list(slots.values()), **({"delta": True} if delta else {})}, id)


def watermark(events, id, at=LAST):
    events.add("usage.watermark", at, {"complete_through": text(at)}, id)


# What is nasty

def prices_change_within_months(events, currency):
    id = f"cus_changes_{currency}"
    customer(events, id, currency)
    subscription(
        events, id, f"plan_{currency}_3", starts=events.moment(FIRST, datetime(2024, 1, 20)),
        trial_ends_at=text(events.moment(datetime(2024, 1, 21), datetime(2024, 2, 10))))
    for _ in range(4):
        plan, at = f"plan_{currency}_{events.random.randrange(5)}", events.moment(datetime(2024, 2, 10))
        change(events, id, plan, at, prorate=events.random.random() < 0.7)
    partners(events, id)
    usage(events, id)
    usage(events, id, hours=40, delta=True)
    watermark(events, id, events.moment(datetime(2024, 6, 3), LAST))


def subscription_ends_and_begins_again(events, currency):
    id = f"cus_gap_{currency}"
    customer(events, id, currency)
    subscription(events, id, f"plan_{currency}_4", starts=datetime(2024, 1, 9, 3, 4, 5))
    end = events.moment(datetime(2024, 2, 2), datetime(2024, 2, 27))
    events.add("subscription.canceled", end, {
        "subscription_id": "sub_1", "canceled_at": text(end), "cancel_at_period_end": False}, id)
    subscription(
        events, id, f"plan_{currency}_{events.random.randrange(5)}", starts=events.moment(
            datetime(2024, 3, 1), datetime(2024, 4, 3)), number=2)
    partners(events, id)
    usage(events, id)
    watermark(events, id)


def usage_is_only_stated(events, currency):
    id = f"cus_stated_{currency}"
    customer(events, id, currency)
    subscription(events, id, f"plan_{currency}_2", starts=datetime(2024, 1, 1))
    change(events, id, f"plan_{currency}_4", events.moment(datetime(2024, 4, 2), datetime(2024, 4, 28)))
    partners(events, id)
    for month in range(1, 6):
        inbound, outbound = events.random.randrange(3_000), events.random.randrange(3_000)
        end = (datetime(2024, month + 1, 1) - timedelta(seconds=1))
        events.add("usage.stated", end, {
            "period": {"start": f"2024-{month:02}-01T00:00:00Z", "end": text(end)},
            "usage_summary": {
                "total_messages": inbound + outbound, "inbound_messages": inbound, "outbound_messages": outbound,
                "total_partners": 9, "active_partners": events.random.randrange(1, 9),
                "total_payload_size": 9_000_000_000, "average_message_size": 1},
            "partner_breakdown": [
                {"partner_id": "prt_1", "message_count": inbound // 3, "payload_size": 12345, "success_rate": 99.9},
                {"partner_id": "prt_new", "message_count": outbound // 5, "payload_size": 0}],
            "daily_usage": [{"date": f"2024-{month:02}-04", "messages": inbound // 2, "payload_size": 77}]}, id)
    usage(events, id, hours=120, most=9)
    watermark(events, id)


def tax_is_in_the_prices(events, currency):
    id = f"cus_taxed_{currency}"
    customer(events, id, currency, {"category": "standard", "rate": "0.1"})
    subscription(events, id, f"plan_{currency}_taxed")
    partners(events, id)
    usage(events, id)
    watermark(events, id)


def plan_is_unknown(events, currency):
    id = f"cus_unknown_{currency}"
    customer(events, id, currency)
    partners(events, id)
    usage(events, id, hours=30)


# What comes after invoices

def afterwards(events, store, at):
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    for (id,) in database.execute("SELECT customer_id FROM customers ORDER BY customer_id").fetchall():
        usage(events, id, hours=25, before=datetime(2024, 6, 1), at=at)
        usage(events, id, hours=5, before=datetime(2024, 6, 1), at=at + timedelta(seconds=1), delta=True)
    for row in database.execute("SELECT invoice_id, document FROM invoices ORDER BY invoice_id").fetchall():
        document = json.loads(row[1], parse_float=str)
        due, digits = str(document["amount_due"]), DIGITS[document["currency"]]
        if float(due):
            later = at + timedelta(minutes=events.random.randrange(1, 50))
            fate(events, row[0], int(due.replace(".", "")), digits, later)


def fate(events, invoice, due, digits, at):
    """One of the things that become of an invoice; some are for the second time, and more than there is to pay."""
    money = lambda units: f"{units / 10**digits:.{digits}f}"
    part = events.random.randrange(1, due + 1)
    pay = lambda units, seconds=0: events.add(
        "payment_succeeded", at + timedelta(seconds=seconds), {"invoice_id": invoice, "amount_paid": money(units)})
    match events.random.randrange(7):
        case 0:
            pay(due)
            events.add("payment_refunded", at, {
                "refund_id": f"rf_{invoice}_{events.prefix}", "invoice_id": invoice, "amount": money(part)})
        case 1:
            pay(part)
            pay(part, 7)
        case 2:
            events.add("payment_failed", at, {"invoice_id": invoice, "amount": money(due)})
        case 3:
            for number in range(3):
                events.add("credit_note.issued", at + timedelta(seconds=number), {
                    "credit_note_id": f"cn_{invoice}_{events.prefix}_{number}", "invoice_id": invoice,
                    "number": f"CN-{events.count}-{events.prefix}", "amount": money(part)})
        case 4:
            events.add("invoice.voided", at, {"invoice_id": invoice})
        case 5:
            pay(part)
            events.add("invoice.written_off", at, {"invoice_id": invoice})


def main():
    seed, *rest = sys.argv[1:]
    if rest:
        store, time = rest
        afterwards(Events(seed, time), store, datetime.fromisoformat(time.removesuffix("Z")))
        return
    events = Events(seed)
    plans(events)
    for currency in DIGITS:
        for nasty in (
            prices_change_within_months, subscription_ends_and_begins_again, usage_is_only_stated,
            tax_is_in_the_prices, plan_is_unknown):
            nasty(events, currency)


if __name__ == "__main__":
    main()
