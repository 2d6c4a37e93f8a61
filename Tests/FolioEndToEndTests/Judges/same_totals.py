"""Says where one total of a site stands as two numbers: on two feeds, or on a feed and a page.

    same_totals.py SITE

Prints a line for each disagreement (portal, the two places, the two values), then how many were compared, by topic.
Exit status: 0 all agree, 1 some do not, 2 a topic had nothing to compare.
"""

import collections
import csv
import hashlib
import html
import json
import pathlib
import re
import sys
from decimal import Decimal

SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "aud": "A$"}
TOPICS = [
    "months", "messages", "partners", "departments", "years", "to date", "budgets", "invoices", "invoiced", "tax",
    "reports", "plans", "90 days", "printed", "index", "figures",
]


def printed(amount, currency):
    """An amount as an English page prints it."""
    digits = -amount.as_tuple().exponent
    symbol = SYMBOLS.get(currency, currency.upper() + "\u00a0")
    return ("\u2212" if amount < 0 else "") + symbol + f"{abs(amount):,.{max(0, digits)}f}"


class Portal:
    def __init__(self, folder, report):
        self.folder, self.report = folder, report
        self.feeds = {}
        for file in sorted((folder / "feeds").glob("**/*.json")):
            text = file.read_text(encoding="utf-8")
            self.feeds[str(file.relative_to(folder / "feeds"))[:-5]] = json.loads(text, parse_float=Decimal)
        self.name = self.feeds["billing"]["customer_id"]
        self.currency = self.feeds["billing"]["currency"]
        # Amounts are looked for as English writes them.
        self.pages = folder / "en" if (folder / "en").is_dir() else folder
        self.texts = {}

    def same(self, topic, one, two, left, right):
        self.report.count[topic] += 1
        if left != right:
            self.report.say(f"{self.name}: {topic}: {one} has {left}, {two} has {right}")

    def text(self, path):
        """The words of a page and of the further pages of its tables, without their markup."""
        if path not in self.texts:
            stem = path[:-5]
            further = stem[:-5] + "pages" if stem.endswith("index") else stem
            files = [self.pages / path] + sorted((self.pages / further).glob("*.html"))
            page = " ".join(file.read_text(encoding="utf-8") for file in files)
            page = re.sub(r"(?s)<head>.*?</head>|<title>.*?</title>|<desc.*?</desc>", " ", page)
            self.texts[path] = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split(" "))
        return self.texts[path]

    def figure(self, path):
        """The rows of a figure's CSV; none where the page has no such figure."""
        file = self.folder / "exports/figures" / path
        if not file.exists():
            return []
        with file.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def on_page(self, path, what, amount, currency=None):
        self.report.count["printed"] += 1
        figure = printed(Decimal(amount), currency or self.currency)
        if not re.search(r"(?<![\d,.\u2212])" + re.escape(figure) + r"(?![\d]|[.,]\d)", self.text(path)):
            self.report.say(f"{self.name}: printed: {what} is {figure}, which {path} does not say")

    def months(self):
        return {k[6:]: v for k, v in self.feeds.items() if re.fullmatch(r"usage/\d{4}-\d\d", k)}


def total(rows, field):
    return sum((Decimal(row[field]) for row in rows), Decimal(0))


def check_months(p):
    allocation = {m["period"]: m for m in p.feeds["allocation"]["months"]}
    latest = p.feeds["allocation"]
    p.same("departments", "allocation", "its month", latest["departments"], allocation[latest["period"]]["departments"])
    trends = {m["month"]: m for m in p.feeds["analytics/trends"]["data"]}
    for month, usage in p.months().items():
        here, charges = f"usage/{month}", usage["charges"]
        monthly = p.feeds[f"reports/monthly/{month}"]
        annual = next(m for m in p.feeds[f"reports/annual/{month[:4]}"]["months"] if m["month"] == month)
        summary = usage["usage_summary"]
        others = [("reports/monthly", monthly["usage"]["total_messages"]), ("reports/annual", annual["total_messages"])]
        others += [("analytics/trends", trends[month]["message_volume"])] if month in trends else []
        others += [("its partners", total(usage["partner_breakdown"], "message_count"))]
        others += [("its days", total(usage["daily_usage"], "messages"))]
        for place, count in others:
            p.same("messages", here, place, summary["total_messages"], count)
        p.same("months", here, "allocation", usage["reconciliation"], allocation[month]["reconciliation"])
        if charges is None:
            continue
        cost = charges["total"]
        p.same("months", here, "reports/monthly", cost, monthly["charges"]["total"])
        p.same("months", here, "reports/annual", cost, annual["charges"])
        if month in trends:
            p.same("months", here, "analytics/trends", cost, trends[month]["cost"])
        p.same("months", here, "its lines", Decimal(cost), total(charges["lines"], "amount"))
        gross = Decimal(usage["reconciliation"]["gross_message_charges"]) + usage["reconciliation"]["partner_fees"]
        p.same("partners", here, "its partners", gross, total(usage["partner_breakdown"], "cost"))
        p.same("departments", here, "allocation", gross, total(allocation[month]["departments"], "cost"))
        p.same("departments", "reports/monthly", "allocation", monthly["departments"], allocation[month]["departments"])
        p.on_page(f"usage/{month}.html", "the month's charges", cost)
        p.on_page("usage/index.html", f"the charges of {month}", cost)
        p.on_page(f"departments/{month}.html", "the month's charges", cost)
        p.on_page("departments/index.html", f"the charges of {month}", cost)
        p.on_page(f"reports/monthly/{month}.html", "the month's charges", cost)
        p.on_page(f"reports/annual/{month[:4]}.html", f"the charges of {month}", cost)
        for row in allocation[month]["departments"]:
            p.on_page(f"departments/{month}.html", f"the cost of {row['department']}", row["cost"])


def check_years(p):
    months = p.feeds["allocation"]["months"]
    for year in p.feeds["allocation"]["years"]:
        own = [m for m in months if m["period"].startswith(f"{year['period']}-") and m["reconciliation"]]
        if not own:
            continue
        for field in ("charges", "gross_message_charges", "unused_base", "partner_fees", "other_charges"):
            both = Decimal(year["reconciliation"][field]), sum(Decimal(m["reconciliation"][field]) for m in own)
            p.same("years", f"allocation {year['period']} {field}", "its months", *both)
        for row in year["departments"]:
            parts = [d for m in own for d in m["departments"] if d["department"] == row["department"]]
            p.same("years", f"{row['department']} in {year['period']}", "its months", Decimal(row["cost"]), total(parts, "cost"))
        report = p.feeds[f"reports/annual/{year['period']}"]
        p.same("years", "reports/annual", "allocation", Decimal(report["totals"]["charges"]), Decimal(year["reconciliation"]["charges"]))
        for field in ("charges", "invoiced", "received", "total_messages"):
            rows = [m for m in report["months"] if m[field] is not None]
            p.same("years", f"reports/annual {field}", "its months", Decimal(report["totals"][field]), total(rows, field))
            if field != "total_messages":
                p.on_page(f"reports/annual/{year['period']}.html", f"the year's {field}", report["totals"][field])


def check_to_date(p):
    current, overview = p.feeds["usage/current"], "index.html"
    spent = current["usage_to_date"]["estimated_charges"]
    month = current["current_period"]["start"][:7]
    if spent is not None:
        p.same("to date", "usage/current", "its lines", Decimal(spent), total(current["lines"], "amount"))
        p.on_page(overview, "month to date", spent)
        for budget in p.feeds["budgets"]["budgets"]:
            p.on_page("budgets/index.html", f"what is spent of {budget['budget_id']}", budget["spent"])
            closed = [u for m, u in p.months().items() if budget["period_start"][:7] <= m < month and u["charges"]]
            both = Decimal(budget["spent"]), Decimal(spent) + sum(Decimal(u["charges"]["total"]) for u in closed)
            p.same("budgets", f"budgets {budget['budget_id']}", "to date and its closed months", *both)
        if current["usage_to_date"]["messages"] == p.months()[month]["usage_summary"]["total_messages"]:
            p.same("to date", "usage/current", f"usage/{month}", spent, p.months()[month]["charges"]["total"])
    projected = current["projected_usage"]["estimated_monthly_charges"]
    if projected is not None and spent is not None:
        p.on_page(overview, "the projection", projected)
    late = total(current["late_usage"], "amount")
    differences = [u["invoiced"]["difference"] for u in p.months().values() if u["invoiced"]]
    p.same("to date", "late usage of usage/current", "the months", late, sum(map(Decimal, (d for d in differences if d))))


def check_invoices(p):
    invoices = p.feeds["invoices"]["data"]
    for invoice in invoices:
        page, currency = f"invoices/{invoice['id']}.html", invoice["currency"]
        for place in (page, "invoices/index.html"):
            p.on_page(place, f"the amount of {invoice['number']}", invoice["amount_due"], currency)
            p.on_page(place, f"what is due of {invoice['number']}", invoice["amount_remaining"], currency)
        if invoice["subtotal"] is not None:
            p.same("invoices", invoice["number"], "its lines", Decimal(invoice["subtotal"]), total(invoice["lines"], "amount"))
            tax = total(invoice["taxes"], "amount")
            due = {Decimal(invoice["subtotal"]) + tax, Decimal(invoice["subtotal"])}
            p.same("invoices", invoice["number"], "lines and tax", True, Decimal(invoice["amount_due"]) in due)
        paid = total([x for x in invoice["payments"] if x["outcome"] == "succeeded"], "amount")
        p.same("invoices", invoice["number"], "its payments", Decimal(invoice["amount_paid"]), paid)
    remaining = [i for i in invoices if i["status"] == "open" and i["currency"] == p.currency]
    if remaining:
        for page in ("index.html", "invoices/index.html"):
            p.on_page(page, "what is due of open invoices", total(remaining, "amount_remaining"))
    for month, usage in p.months().items():
        if not usage["invoiced"]:
            continue
        lines = [
            line for i in invoices if i["status"] != "void" for line in i["lines"]
            if line["service_period_start"][:7] == month
        ]
        p.same("invoiced", f"usage/{month}", "the lines of invoices", Decimal(usage["invoiced"]["amount"]), total(lines, "amount"))


def check_tax(p):
    invoices = [i for i in p.feeds["invoices"]["data"] if i["status"] != "void" and i["currency"] == p.currency]
    years = {k[-4:]: v for k, v in p.feeds.items() if k.startswith("tax-summary/")}
    documents = [d for year in years.values() for d in year["documents"]]
    for invoice in invoices:
        own = [d for d in documents if d["kind"] == "invoice" and d["invoice_id"] == invoice["id"]]
        p.same("tax", invoice["number"], "its tax document", [Decimal(invoice["amount_due"])], [Decimal(d["charges"]) + d["tax"] for d in own])
        notes = [d for d in documents if d["kind"] == "credit_note" and d["invoice_id"] == invoice["id"]]
        both = Decimal(invoice["amount_credited"]), -sum((Decimal(d["charges"]) + d["tax"] for d in notes), Decimal(0))
        p.same("tax", f"credit notes of {invoice['number']}", "tax documents", *both)
    for year, feed in years.items():
        p.same("tax", f"tax {year}", "its documents", Decimal(feed["total_charges"]), total(feed["documents"], "charges"))
        p.same("tax", f"tax {year}", "its quarters", Decimal(feed["total_charges"]), total(feed["quarterly_summary"], "charges"))
        tax = Decimal(feed["tax_breakdown"]["applicable_tax"])
        p.same("tax", f"tax {year}", "the tax of its documents", tax, total(feed["documents"], "tax"))
        p.same("tax", f"tax {year}", "the tax of its quarters", tax, total(feed["quarterly_summary"], "tax"))
        p.same("tax", f"tax {year}", "its tax lines", tax, total(feed["tax_lines"], "amount"))
        for page in (f"tax/{year}.html", "tax/index.html"):
            p.on_page(page, "the year's charges", feed["total_charges"])
            p.on_page(page, "the year's tax", tax)
        months = [v for k, v in p.feeds.items() if k.startswith(f"reports/monthly/{year}-")]
        invoiced = [d for d in feed["documents"] if d["kind"] == "invoice" and any(m["month"] == int(d["date"][5:7]) for m in months)]
        both = total(months, "invoiced"), total(invoiced, "charges") + total(invoiced, "tax")
        p.same("reports", f"reports of {year}", f"tax {year}", *both)


def check_plans(p):
    feed = p.feeds["optimization"]
    for plan in feed["plans"]:
        p.same("plans", plan["plan_id"], "its months", Decimal(plan["total"]), total(plan["months"], "total"))
        for month in plan["months"]:
            p.same("plans", f"{plan['plan_id']} {month['month']}", "its lines", Decimal(month["total"]), total(month["lines"], "amount"))
            p.on_page("savings/index.html", f"{plan['plan_id']} in {month['month']}", month["total"])
        p.on_page("savings/index.html", f"the total of {plan['plan_id']}", plan["total"])
    if feed["charged"] is not None:
        months = [p.months()[m]["charges"] for m in feed["months"]]
        p.same("plans", "what was charged", "the months", Decimal(feed["charged"]), total(months, "total"))


def check_ninety_days(p):
    feed, costs = p.feeds["analytics/partners"], p.feeds["analytics/partners"]["cost_breakdown"]
    if costs["total"] is None:
        return
    rows = feed["partner_metrics"]
    p.same("90 days", "gross message charges", "the partners", Decimal(costs["gross_message_charges"]), total(rows, "cost_contribution"))
    p.same("90 days", "partner fees", "the partners", Decimal(costs["partner_fees"]), total(rows, "partner_fees"))
    parts = Decimal(costs["base_fees"]) + costs["message_charges"] + costs["partner_fees"] + costs["other_charges"]
    p.same("90 days", "the total", "its parts", Decimal(costs["total"]), parts)
    net = Decimal(costs["gross_message_charges"]) - costs["covered_by_base_fee"]
    p.same("90 days", "message charges", "gross less covered", Decimal(costs["message_charges"]), net)
    p.on_page("partners/index.html", "the charges of the 90 days", costs["total"])
    for row in rows:
        p.on_page("partners/index.html", f"the cost of {row['partner_id']}", row["cost"])
        if row["partner_id"]:
            p.on_page(f"partners/{row['partner_id']}.html", "the partner's cost", row["cost"])


def column(rows, name):
    return sum((Decimal(row[name]) for row in rows if row[name] != ""), Decimal(0))


def check_month_figures(p, month, feed):
    """The series of a month's figures against its feed: what the chart, the table and the CSV come from."""
    summary, partners = feed["usage_summary"], feed["partner_breakdown"]
    days, shown = p.figure(f"usage/{month}-days.csv"), p.figure(f"usage/{month}-partners.csv")
    if days:
        p.same("figures", f"days of {month}", "the feed", column(days, "messages"), summary["total_messages"])
        p.same("figures", f"payload of {month}", "the feed", column(days, "payload_bytes"), summary["total_payload_size"])
    p.same("figures", f"partners of {month}", "the feed", len(shown), len(partners))
    p.same("figures", f"messages of partners of {month}", "the feed", column(shown, "messages"),
           total(partners, "message_count"))
    p.same("figures", f"cost of partners of {month}", "the feed", column(shown, "cost"),
           sum((Decimal(row["cost"] or 0) for row in partners), Decimal(0)))


def check_change(p, month, feed):
    change, steps = feed["bill_change"], p.figure(f"usage/{month}-change.csv")
    if not change:
        p.same("figures", f"change of {month}", "the feed", steps, [])
        return
    amounts = [Decimal(row["amount"]) for row in steps]
    p.same("figures", f"{month} less the month before", "its steps", Decimal(change["change"]),
           total(change["steps"], "amount"))
    p.same("figures", f"the first row and the steps of {month}", "the last row", sum(amounts[:-1]), amounts[-1])
    p.same("figures", f"charges of {month}", "the last row", Decimal(feed["charges"]["total"]) if feed["charges"] else 0,
           amounts[-1])
    if change["invoices"]:
        steps = [Decimal(row["amount"]) for row in p.figure(f"usage/{month}-changeinvoices.csv")]
        issued = {invoice["id"]: Decimal(invoice["amount_due"]) for invoice in p.feeds["invoices"]["data"]}
        two = issued[change["invoices"]["from"]], issued[change["invoices"]["to"]]
        p.same("figures", f"the invoices of {month}", "their steps", two, (steps[0], sum(steps[:-1])))
    partners = p.figure(f"usage/{month}-changepartners.csv")
    p.same("figures", f"change by partner of {month}", "the feed", column(partners, "change"),
           total(change["partners"], "change"))


def check_figures(p):
    for month, feed in p.months().items():
        check_month_figures(p, month, feed)
        check_change(p, month, feed)
    metrics, shown = p.feeds["analytics/partners"]["partner_metrics"], p.figure("partners/index-partners.csv")
    p.same("figures", "partners of 90 days", "the feed", column(shown, "messages"), total(metrics, "message_count"))
    trends, volume = p.feeds["analytics/trends"]["data"], p.figure("usage/index-volume.csv")
    if volume:
        p.same("figures", "messages of twelve months", "the feed", column(volume, "messages"),
               total(trends, "message_volume"))
    current, cost = p.feeds["usage/current"]["usage_to_date"], p.figure("index-cost.csv")
    if cost:
        p.same("figures", "the last day's cost", "month to date", Decimal(cost[-1]["charges_to_date"]),
               Decimal(current["estimated_charges"]))
    for row in p.figure("index-costs.csv"):
        feed = p.feeds[f"usage/{row['month']}"]
        if feed["is_closed"]:
            charges = str(feed["charges"]["total"]) if feed["charges"] else ""
            p.same("figures", f"the cost of {row['month']}", "its feed", row["charges"], charges)


def check_index(p):
    listed = {f["path"]: f for f in p.feeds["index"]["feeds"]}
    files = {str(f.relative_to(p.folder)) for f in (p.folder / "feeds").glob("**/*.json")} - {"feeds/index.json"}
    p.same("index", "feeds/index.json", "the folder", sorted(listed), sorted(files))
    for path in files & set(listed):
        content = (p.folder / path).read_bytes()
        both = (listed[path]["bytes"], listed[path]["sha256"]), (len(content), hashlib.sha256(content).hexdigest())
        p.same("index", "feeds/index.json", path, *both)


class Report:
    def __init__(self):
        self.count, self.faults = collections.Counter(), 0

    def say(self, line):
        self.faults += 1
        if self.faults <= 100:
            print(line)


def main(site):
    report = Report()
    portals = [f.parent.parent for f in sorted(pathlib.Path(site).glob("*/feeds/billing.json"))]
    for folder in portals:
        portal = Portal(folder, report)
        for check in (
            check_months, check_years, check_to_date, check_invoices, check_tax, check_plans, check_ninety_days,
            check_index, check_figures,
        ):
            check(portal)
    counts = ", ".join(f"{topic} {report.count[topic]}" for topic in TOPICS)
    print(f"{report.faults} disagreements in {sum(report.count.values())} comparisons of {len(portals)} portals: {counts}")
    if report.faults:
        return 1
    return 0 if all(report.count[topic] for topic in TOPICS) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
