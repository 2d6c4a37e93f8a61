#!/usr/bin/env python3
"""Prints the events of one customer, `cus_hostile`, as a file that `folio import` reads.

    hostile_customer.py >events.ndjson

The customer has what pages break on: three-decimal money, a leap day, 200 partners with names in many scripts and of
every length, names that try to be markup, a template, a formula or a link, an audit month of more than 150 changes,
and invoices that met every fate. The same bytes come out each time; facts end with those of the demo.
"""

import json
import random
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

CUSTOMER, CURRENCY, DIGITS = "cus_hostile", "KWD", 3
START, AS_OF = datetime(2024, 1, 15), datetime(2026, 6, 16, 12)
PARTNERS = 200
RENAMES = datetime(2025, 11, 3, 8)
TAX, DISCOUNT = Decimal("0.05"), Decimal("0.0333")
BASE_FEE, MESSAGE_RATE, PARTNER_FEE = 45_000, Decimal("12.5"), 750
CANNOT_BE_READ = ("Z" + "\u0301\u0302\u0303\u0308\u0327\u0328\u0330\u0331\u0336" * 6) * 5
COMPOUND = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_COMPOUND = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Verbrauchsgütervertriebsgesellschaft"
SCRIPT = "<script>alert(1)</script>"
HYBRID = f"Hybrid & \"Plus\" {SCRIPT}"
ORDER = "PO<1>&\"7\"-" + "X" * 60

chance = random.Random(CUSTOMER)


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def money(units):
    sign, units = ("-" if units < 0 else ""), abs(units)
    return f"{sign}{units // 10**DIGITS}.{units % 10**DIGITS:0{DIGITS}}"


def rounded(exact):
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


class Events:
    """Events in order of making; their ids count up."""

    count = 0

    @classmethod
    def add(cls, type, at, data, of_customer=True):
        cls.count += 1
        event = {"id": f"evt_hostile_{cls.count:06}", "type": f"billing.{type}", "timestamp": text(at), "data": data}
        print(json.dumps(event | ({"customer_id": CUSTOMER} if of_customer else {})))


# Names

NAMES = [
    "株式会社東京電子部品製造販売 {n}", "شركة النور للتجارة والمقاولات العامة {n}", "חברת הצפון לסחר בינלאומי בע״מ {n}",
    "บริษัทส่งออกข้าวหอมมะลิไทยจำกัดมหาชน {n}", "राष्ट्रीय व्यापार एवं परिवहन निगम {n}",
    "👩‍👩‍👧‍👦 Family 🏳️‍🌈 Trading 👨🏽‍🚀 {n}", "UnbrokenName" * 74 + "{n:012}", COMPOUND + " {n}",
    "<script>alert({n})</script>", "<img src=x onerror=alert({n})>", "{{{{mustache}}}} {n}", "javascript:alert({n})",
    "invoice\u202egnp.exe\u2066 {n}", CANNOT_BE_READ + " {n}", "=1+{n}", "@SUM(A{n})", "Acme Supply {n}",
    "ACME SUPPLY {n}", "O'Reilly \"Sons\" ‘{n}’", "Smith & Sons &amp; Co &lt;{n}&gt;", "深圳市华强北电子 Überlänge שלום {n}",
    LONG_COMPOUND + " & Co. KGaA {n}", "الشركة Latin Mixed 12.5 % (عربي) {n}", "</bdi></td><td onclick='x'>{n}",
    "../../{n}/etc/passwd", "\u200b\u2060{n}", "🧑‍🧑‍🧒" * 12 + " {n}", "a", "-{n} %",
]

DEPARTMENTS = [
    "Einkauf", "المشتريات والتوريد", "採購部", "<b>Sales</b> & \"Service\"", COMPOUND, "D" * 250, "{{mustache}}",
    "EINKAUF", "=HYPERLINK(1)", "🚚 Logistics\u202e 1", CANNOT_BE_READ[:100],
]


def name(number):
    """Names come again with a number, so that two differ in case only and two are the same."""
    return NAMES[number % len(NAMES)].format(n=number // len(NAMES) + 1)


def partner(number):
    return f"prt_h{number:03}"


# The account

def customer():
    Events.add("customer.updated", datetime(2023, 12, 20), {
        "name": f"{SCRIPT} \"Gulf\" & 'Sons' شركة {COMPOUND}", "currency": CURRENCY, "language": "en", "country": "KW",
        "address_lines": [f"\"Tower\" {SCRIPT}", "شارع الخليج العربي ١٢", LONG_COMPOUND],
        "tax_ids": [{"type": "kw_<vat>", "value": "KW\u202e-" + "9" * 12 + "<i>"}], "purchase_order": ORDER,
        "tax": {"category": "standard", "rate": str(TAX), "reason": f"{SCRIPT} Art. 1 & 2"},
        "email": "billing+<b>@hostile.example"})


def plans():
    defined = datetime(2023, 12, 1)
    tiers = lambda *steps: {"mode": "graduated", "tiers": [
        {"unit_price": price, **({"up_to": last} if last else {})} for last, price in steps]}
    Events.add("plan.defined", defined, {
        "plan_id": "plan_hostile_hybrid", "name": HYBRID, "model": "hybrid", "currency": CURRENCY,
        "base_fee": money(BASE_FEE), "message_rate": "0.0125", "partner_fee": "0.750",
        "partner_fee_tiers": tiers((50, "0.100"), (150, "0.050"), (None, "0.025")), "offered": True}, of_customer=False)
    Events.add("plan.defined", defined, {
        "plan_id": "plan_hostile_enterprise", "name": f"{LONG_COMPOUND} 企業 الخطة", "model": "enterprise_custom",
        "currency": CURRENCY, "base_fee": "120.000", "base_fee_applies": "added", "included_messages": 5000,
        "message_tiers": tiers((20_000, "0.01012"), (60_000, "0.0081"), (None, "0.00725")),
        "partner_fee_tiers": tiers((100, "0.500"), (None, "0.250")), "minimum_commitment": "300.000",
        "maximum_commitment": "2500.000", "charges_failed_messages": False,
        "discounts": [{"name": f"Rabatt <b>{COMPOUND}</b>", "rate": str(DISCOUNT)}]}, of_customer=False)


def subscription():
    Events.add("subscription.created", START, {
        "subscription_id": "sub_hostile", "plan_id": "plan_hostile_hybrid", "started_at": text(START)})
    change = datetime(2026, 4, 11, 9, 26, 53)
    Events.add("subscription.updated", change, {
        "subscription_id": "sub_hostile", "plan_id": "plan_hostile_enterprise", "effective_at": text(change)})


def partners():
    """Each begins with the next one's name; in one month most get their own."""
    for number in range(PARTNERS):
        tagged = {"department": DEPARTMENTS[number % 13], "department_from": "2024-01-15"} if number % 13 < 11 else {}
        gln = {"gln": f"95011015{number:05}"} if number % 4 == 0 else {}
        known_as = name(number + 1 if number < 150 else number)
        Events.add("partner.updated", START - timedelta(days=1), {
            "partner_id": partner(number), "name": known_as, **tagged, **gln})
    for number in range(150):
        Events.add("partner.updated", RENAMES + timedelta(hours=4 * number), {
            "partner_id": partner(number), "name": name(number)})
    for number in range(0, PARTNERS, 9):
        Events.add("partner.updated", datetime(2026, 5, 7, 10), {
            "partner_id": partner(number), "name": name(number), "department": DEPARTMENTS[number % 11],
            "department_from": "2026-05-07"})


def payment_methods():
    cards = [("card", "<b>visa</b>", "4242", 12, 2024), ("card", "🏦 بنك الخليج", "0007", 2, 2029)]
    for number, (type, brand, last4, month, year) in enumerate(cards):
        Events.add("payment_method.added", START + timedelta(days=number), {
            "payment_method_id": f"pm_hostile_{number}", "type": type, "brand": brand, "last4": last4,
            "exp_month": month, "exp_year": year, "default": number == 0})
    Events.add("payment_method.added", START + timedelta(days=3), {
        "payment_method_id": "pm_hostile_debit", "type": "<i>sepa_debit</i>"})
    Events.add("payment_method.default_changed", datetime(2025, 2, 2), {"payment_method_id": "pm_hostile_1"})


def budgets():
    set_at = datetime(2024, 1, 20)
    for number, (name, amount, period, hard) in enumerate([
            (f"Monat & {SCRIPT}", "900.000", "monthly", True), (f"ميزانية {COMPOUND}", "99999.999", "quarterly", False),
            ("N" * 900, "12.345", "annual", False), ("四半期予算 'Q' \"x\" 🧾", "4000.000", "quarterly", True)]):
        Events.add("budget.set", set_at, {
            "budget_id": f"bud_hostile_{number}", "name": name, "amount": amount, "period": period, "hard_limit": hard,
            "alert_thresholds": [1, 50, 75, 90, 100, 250]})
    Events.add("alert.set", set_at, {
        "alert_id": "alr_hostile", "type": "budget_threshold<b>", "threshold": "500.001",
        "notification_email": "\"<x>\"@hostile.example", "webhook_url": "https://hooks.example/?" + "q=<x>&" * 200})
    for month in (3, 4, 5, 6):
        for number, mark in enumerate((50, 75, 90, 100)):
            at = datetime(2026, month, 3 + 3 * number, 7)
            Events.add("budget_alert", at, {
                "budget_name": f"Monat & {SCRIPT}", "threshold_percentage": mark, "budget_limit": "900.000",
                "current_usage": money(9_000 * mark + 7), "period_remaining_days": 28 - at.day})
        Events.add("usage.threshold_reached", datetime(2026, month, 9, 1), {
            "threshold_type": "budget_threshold<b>", "threshold_value": "500.001", "current_usage": "500.013",
            "period": f"2026-{month:02}"})


def reports():
    for id, type, start, end, groups, metrics in [
            ("rep_hostile_partners", f"partner<b>{COMPOUND[:50]}", "2026-03-01", "2026-05-31", ["partner", "month"],
             ["message_count", "success_rate", "cost"]),
            ("rep_hostile_departments", "التكلفة حسب القسم", "2026-01-01", "2026-06-30", ["department"], ["cost"]),
            ("rep_hostile_odd", SCRIPT, "2024-02-10", "2024-03-20", ["<b>weekday</b>"], ["{{mustache}}", "cost"])]:
        Events.add("report.defined", datetime(2026, 6, 1), {
            "report_id": id, "report_type": type, "date_range": {"start": start, "end": end}, "group_by": groups,
            "include_metrics": metrics})


NOTICES = [
    f"# Heading *one*\n\n### Heading three\n\n- item {SCRIPT}\n- [link](javascript:alert(1))\n  1. deep\n\n> quoted\n",
    "| a | b |\n|---|--:|\n| " + "wide" * 60 + " | 1 |\n\n```\n" + "code " * 60 + "\n```\n\n"
    "![p](https://evil.example/p.png)",
    f"{COMPOUND} https://hostile.example/{'path' * 60} **شركة النور** {{{{mustache}}}} <img src=x onerror=alert(1)>",
]


def notices():
    for number, body in enumerate(NOTICES):
        Events.add("notice.posted", datetime(2026, 6, 10 + number), {
            "notice_id": f"ntc_hostile_{number}", "body": body})


# Usage

def reading(number, hour, direction):
    messages = 1 + chance.randrange(1 + 4_000 // (number + 20))
    failed = chance.randrange(messages + 1) if chance.random() < 0.08 else 0
    size, most = chance.choice([("small", 60_000), ("medium", 1_000_000), ("large", 9_000_000)])
    return {
        "partner_id": partner(number), "hour": text(hour), "direction": direction, "size_class": size,
        "messages": messages, "failed": failed, "bytes": messages * chance.randrange(1, most)}


def readings(day):
    """Two days in three a partner exchanges messages, in the hours that are its own; some partners never do."""
    for number in range(PARTNERS):
        if (number + day.toordinal()) % 3 and number % 17:
            for direction, slot in (("inbound", number % 11), ("outbound", 11 + number % 13)):
                hour = day + timedelta(hours=slot)
                if hour < AS_OF:
                    yield reading(number, hour, direction)


def usage_of_days(first, end):
    day = first
    while day < end:
        Events.add("usage.recorded", min(day + timedelta(days=1), AS_OF), {"readings": list(readings(day))})
        day += timedelta(days=1)


def usage():
    usage_of_days(datetime(2024, 2, 27), datetime(2024, 3, 2))
    usage_of_days(datetime(2026, 3, 1), AS_OF)
    Events.add("usage.recorded", datetime(2026, 5, 20, 9), {"readings": [{
        "partner_id": partner(1), "hour": "2026-03-05T03:00:00Z", "direction": "inbound", "messages": 777,
        "bytes": 7}]})
    Events.add("usage.watermark", AS_OF, {"complete_through": text(AS_OF)})


# Invoices

def months():
    month = datetime(2024, 2, 1)
    while month < datetime(2026, 6, 1):
        yield month, (month + timedelta(days=32)).replace(day=1)
        month = (month + timedelta(days=32)).replace(day=1)


def breakdown(month):
    """Messages of each partner of an invoice, and what they cost."""
    count = PARTNERS if (month.year, month.month) in ((2024, 2), (2026, 5)) else 3
    for number in range(count):
        messages = 2 * chance.randrange(1, 1 + 40_000 // (number + 10))
        yield {
            "partner_id": partner(number), "name": name(number), "messages": messages,
            "message_charges": money(rounded(messages * MESSAGE_RATE)), "partner_fees": money(PARTNER_FEE)}


def lines(rows):
    messages, fees = sum(row["messages"] for row in rows), PARTNER_FEE * len(rows)
    gross = rounded(messages * MESSAGE_RATE)
    covered = min(gross, BASE_FEE)
    basis = BASE_FEE + gross - covered + fees
    plan = {"plan_name": HYBRID}
    return basis, [
        plan | {"kind": "base_fee", "amount": money(BASE_FEE)},
        plan | {
            "kind": "messages", "quantity": messages, "unit_price": "0.0125", "gross": money(gross),
            "covered": money(covered), "amount": money(gross - covered)},
        plan | {"kind": "partner_fees", "quantity": len(rows), "unit_price": "0.750", "amount": money(fees)}]


def invoice(number, month, end):
    rows = list(breakdown(month))
    basis, charged = lines(rows)
    off = -rounded(DISCOUNT * basis)
    charged.append({
        "kind": "discount", "label": f"Rabatt <b>{COMPOUND}</b>", "rate": str(DISCOUNT), "basis": money(basis),
        "amount": money(off)})
    subtotal, tax = basis + off, rounded(TAX * (basis + off))
    id, total = f"in_hostile_{month:%Y_%m}", subtotal + tax
    Events.add("invoice.finalized", end + timedelta(minutes=10), {
        "invoice_id": id, "number": numbered(number), "currency": CURRENCY, "subtotal": money(subtotal),
        "amount_due": money(total), "period_start": text(month), "period_end": text(end - timedelta(seconds=1)),
        "created": text(end), "due_date": text(end + timedelta(days=14)), "purchase_order": ORDER,
        "payment_terms": f"Net 14 & {SCRIPT} {LONG_COMPOUND}",
        "seller": {
            "name": f"Seller & \"Sons\" {SCRIPT}", "address_lines": ["1 <b>Road</b>", "S" * 200], "country": "KW"},
        "buyer": {"name": f"{SCRIPT} \"Gulf\" & 'Sons' شركة", "address_lines": ["شارع الخليج", LONG_COMPOUND]},
        "lines": charged, "partners": rows, "taxes": [{
            "category": "standard", "rate": str(TAX), "reason": f"{SCRIPT} Art. 1 & 2", "taxable": money(subtotal),
            "amount": money(tax)}]})
    fate(number, id, total, end)


def numbered(number):
    odd = {3: f"<b>{number}</b>&\"'", 4: "٢٠٢٤/" + "٠" * 20, 5: "H-" + "0" * 62, 6: "H\u202e-6 株"}
    return odd.get(number, f"HOSTILE-{number:04}")


def fate(number, id, total, end):
    """What becomes of an invoice: most are paid, the last ones stay open, and the rest take turns."""
    at = end + timedelta(days=6, hours=number % 24)
    pay = lambda units, days=0: Events.add("payment_succeeded", at + timedelta(days=days), {
        "invoice_id": id, "amount_paid": money(units), "payment_method": "card_ending_4242"})
    fail = lambda day: Events.add("payment_failed", at + timedelta(days=day), {
        "invoice_id": id, "amount": money(total), "payment_method": "card_ending_4242",
        "failure_reason": f"insufficient_funds {SCRIPT} {'x' * 100}", "retry_date": text(at + timedelta(days=day + 3))})
    match number % 7 if number < 26 else 8 + number % 2:
        case 0:
            Events.add("invoice.voided", at, {"invoice_id": id, "reason": f"{SCRIPT} {LONG_COMPOUND}"})
        case 1:
            fail(0), fail(3), pay(total, 6)
        case 2:
            pay(total)
            credit(id, number, 1, total // 3, at)
            Events.add("payment_refunded", at + timedelta(days=9), {
                "refund_id": f"rf_hostile_{number}", "invoice_id": id, "amount": money(total // 3),
                "reason": f"{SCRIPT} & \"Erstattung\" {COMPOUND}"})
        case 3:
            pay(total // 2), pay(total - total // 2, 3)
        case 4:
            credit(id, number, 1, total // 4, at), credit(id, number, 2, 1, at), pay(total - total // 4 - 1, 2)
        case 5 if number > 12:
            pay(total // 9)
            Events.add("invoice.written_off", at + timedelta(days=90), {"invoice_id": id, "reason": "{{mustache}} 株"})
        case 8:
            fail(0), fail(3), credit(id, number, 1, 1, at)
        case 9:
            fail(0), pay(total // 10, 1)
        case _:
            pay(total)


def credit(id, number, count, units, at):
    Events.add("credit_note.issued", at + timedelta(hours=count), {
        "credit_note_id": f"cn_hostile_{number}_{count}", "invoice_id": id, "number": f"CN<{number}>&{count}",
        "amount": money(units), "reason": f"{SCRIPT} خصم {COMPOUND}"})


def main():
    for part in (
            customer, plans, subscription, partners, payment_methods, budgets, reports, notices, usage):
        part()
    for number, (month, end) in enumerate(months()):
        invoice(number, month, end)


if __name__ == "__main__":
    main()
