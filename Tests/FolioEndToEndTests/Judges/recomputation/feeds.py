"""What each feed of a portal must say, as far as it is computed."""

from fractions import Fraction

from .allocation import by_departments
from .calendar import SECOND, day_of, date_of, month_text, text_of
from .comparison import Comparison
from .documents import Document, summed_taxes, tax_years
from .exact import major, split
from .recent import RecentCosts
from .usage import known_partners, success_rate


def both(name, units, currency):
    """An amount and its minor units."""
    return {name: major(units, currency), name + "_minor": units}


def shares(parts):
    """Per cents with two decimals that sum to 100; none where the whole is nothing."""
    if not any(part > 0 for part in parts) or any(part < 0 for part in parts):
        return [None] * len(parts)
    return [Fraction(share, 100) for share in split(10_000, parts)]


class Portal:
    """One customer's account and what its feeds must say."""

    def __init__(self, account):
        self.account = account
        self.currency = account.currency
        self.documents = [Document(invoice) for invoice in account.customer.invoices]

    def money(self, units):
        return major(units, self.currency)

    def expectations(self):
        """(file, topic, what it must say)."""
        for month in self.account.months:
            file = f"feeds/usage/{month_text(month.month)}.json"
            yield file, "usage", self.usage(month)
            yield file, "charges", {"charges": self.charges(month.charges)}
            yield file, "partners", self.partner_costs(month)
            yield file, "late usage", {"invoiced": self.invoiced(month)}
        yield "feeds/usage/current.json", "month to date", self.current()
        yield "feeds/usage/current.json", "late usage", {"late_usage": self.late_lines()}
        yield "feeds/allocation.json", "departments", self.allocation()
        yield "feeds/analytics/trends.json", "trends", self.trends()
        recent = RecentCosts(self.account) if self.account.complete is not None else None
        yield "feeds/analytics/partners.json", "90 days", self.recent(recent)
        yield "feeds/optimization.json", "plans", self.plans()
        yield "feeds/optimization.json", "patterns", self.patterns(recent)
        yield "feeds/invoices.json", "invoices", self.invoices()
        years = tax_years(self.documents, self.currency)
        for year, entries in years.items():
            yield f"feeds/tax-summary/{year}.json", "tax", self.tax_year(year, entries)

    # Usage of a month

    def usage(self, month):
        usage = month.usage
        return {
            "usage_summary": {
                "total_messages": usage.messages, "inbound_messages": usage.inbound,
                "outbound_messages": usage.outbound,
                "total_partners": known_partners(self.account.customer, usage, self.account.first_seen),
                "active_partners": usage.active_partners, "total_payload_size": usage.bytes,
                "average_message_size": whole_kib(usage.bytes, usage.messages), "failed_messages": usage.failed,
                "success_rate": success_rate(usage.messages, usage.failed),
            },
            "daily_usage": [
                {"date": row.key, "messages": row.messages, "payload_size": row.bytes,
                 "inbound_messages": row.inbound, "outbound_messages": row.outbound, "failed_messages": row.failed}
                for row in usage.days],
            "is_closed": month.is_closed,
            "unplanned_messages": month.unplanned(usage.counts, usage.hours),
        }

    def partner_costs(self, month):
        costs = {cost.partner: cost for cost in month.costs or []}
        rows = []
        for row in month.usage.partners:
            rate = success_rate(row.messages, row.failed) if row.failed is not None else row.stated_rate
            unnamed = row.key is None
            rows.append({
                "partner_id": row.key, "message_count": row.messages, "payload_size": row.bytes,
                "success_rate": None if unnamed else rate, "failed_messages": row.failed,
                "inbound_messages": row.inbound, "outbound_messages": row.outbound,
                "average_message_size": whole_kib(row.bytes, row.messages),
                **self.cost(costs.pop(row.key, None)),
            })
        if None in costs:
            rows.append({"partner_id": None, "message_count": 0, **self.cost(costs[None])})
        return {"partner_breakdown": rows, "reconciliation": self.reconciliation([month])}

    def cost(self, cost):
        units = (cost.cost, cost.message_charges, cost.fees) if cost else (None, None, None)
        return {
            **both("cost", units[0], self.currency), "message_charges": self.money(units[1]),
            "partner_fees": self.money(units[2])}

    def charges(self, charges):
        if charges is None:
            return None
        return {
            **both("total", charges.total, self.currency), "base_fees": self.money(charges.base),
            "usage_charges": self.money(charges.total - charges.base),
            "message_charges": self.money(charges.message_net), "partner_fees": self.money(charges.partner_fees),
            "other_charges": self.money(charges.other), "prices_include_tax": charges.includes_tax,
            "lines": self.lines(charges)}

    def lines(self, charges):
        return [line.published(self.currency) for line in charges.lines] if charges else None

    def reconciliation(self, months):
        charges = [month.charges for month in months if month.charges]
        if not charges:
            return None
        terms = {
            "gross_message_charges": "message_gross", "unused_base": "unused_base", "added_base": "added_base",
            "partner_fees": "partner_fees", "other_charges": "other"}
        sums = {name: sum(getattr(each, term) for each in charges) for name, term in terms.items()}
        total = sum(each.total for each in charges)
        return {
            **{name: self.money(units) for name, units in sums.items()}, "charges": self.money(total),
            "holds": sum(sums.values()) == total}

    # What was invoiced for a month

    def invoiced(self, month):
        if month.invoiced is None:
            return None
        amount, messages = month.invoiced
        difference = month.charges.total - amount if month.charges else None
        first = month.invoices[0]
        return {
            "invoice_id": first.id, "number": first.document["number"], **both("amount", amount, self.currency),
            **both("difference", difference, self.currency), "messages": messages}

    def late_lines(self):
        lines = [month.late_line for month in self.account.months]
        return [line.published(self.currency) for line in lines if line and line.amount]

    # The running month

    def current(self):
        month = self.account.current
        counts, hours, charges = month.to_date
        messages, projected = month.projection or (None, None)
        remaining = max(0, month.span[1] - max(month.span[0], self.account.as_of)) // (86_400 * SECOND)
        sums = (charges.total, charges.base, charges.total - charges.base) if charges else (None, None, None)
        return {
            "current_period": {
                "start": text_of(month.span[0]), "end": text_of(month.span[1]), "days_remaining": remaining},
            "usage_to_date": {
                "messages": counts.messages, **both("estimated_charges", sums[0], self.currency),
                **both("base_fee", sums[1], self.currency), **both("usage_charges", sums[2], self.currency),
                "active_partners": month.active_to_date},
            "projected_usage": {
                "estimated_monthly_messages": messages,
                **both("estimated_monthly_charges", projected.total if projected else None, self.currency)},
            "lines": self.lines(charges),
            "unplanned_messages": month.unplanned(counts, hours),
        }

    # Departments

    def allocation(self):
        months = self.account.months
        latest = next((month for month in reversed(months) if month.usage.messages), months[-1])
        years = sorted({month.month[0] for month in months})
        return {
            "departments": self.departments([latest]), "period": month_text(latest.month),
            "reconciliation": self.reconciliation([latest]),
            "months": [self.department_period(month_text(month.month), [month]) for month in months],
            "years": [
                self.department_period(year, [month for month in months if month.month[0] == year])
                for year in years],
        }

    def department_period(self, name, months):
        return {
            "period": name, "departments": self.departments(months), "reconciliation": self.reconciliation(months)}

    def departments(self, months):
        rated = [month.departments for month in months if month.departments is not None]
        if not rated:
            return []
        sums = by_departments(rated)
        names = sorted(sums, key=lambda name: (name is None, (name or "").encode()))
        percents = shares([sums[name].cost for name in names])
        return [
            {**({} if name is None else {"department": name}), "is_unallocated": name is None,
             "partners": sorted(sums[name].partners, key=str.encode), "message_count": sums[name].messages,
             **both("cost", sums[name].cost, self.currency), "share": percent,
             "message_charges": self.money(sums[name].message_charges), "partner_fees": self.money(sums[name].fees)}
            for name, percent in zip(names, percents)]

    # Analytics

    def trends(self):
        return {"data": [
            {"month": month_text(month.month), "message_volume": month.usage.messages,
             "payload_size": month.usage.bytes,
             "success_rate": success_rate(month.usage.messages, month.usage.failed),
             **both("cost", month.charges.total if month.charges else None, self.currency),
             "inbound_messages": month.usage.inbound, "outbound_messages": month.usage.outbound,
             "failed_messages": month.usage.failed, "active_partners": month.usage.active_partners,
             "is_closed": month.is_closed}
            for month in self.account.months[-12:]]}

    def recent(self, recent):
        if recent is None:
            return {
                "partner_metrics": [], "period_start": None, "period_end": None,
                "total_partners": self.partners_beside([])}
        money = self.money if recent.is_rated else lambda units: None
        rows = recent.partners()
        percents = zip(
            shares([row.counts.messages for row in rows]),
            shares([row.message_charges + row.fees for row in rows]))
        active = [row.partner for row in rows if row.partner is not None and row.counts.messages]
        return {
            "total_partners": self.partners_beside(active),
            "partner_metrics": [self.metrics(recent, row, *each) for row, each in zip(rows, percents)],
            "cost_breakdown": {
                "base_fees": money(recent.base), "message_charges": money(recent.gross - recent.covered),
                "partner_fees": money(recent.fees), "total": money(recent.total),
                "other_charges": money(recent.other), "gross_message_charges": money(recent.gross),
                "covered_by_base_fee": money(recent.covered),
                "total_minor": recent.total if recent.is_rated else None},
            "period_start": text_of(recent.span[0]), "period_end": text_of(recent.span[1]),
            "cut_month": recent.cut_month and month_text(recent.cut_month), "unplaced_messages": recent.unplaced,
        }

    def partners_beside(self, active):
        """The partners known now and those active in the 90 days."""
        return known_partners(
            self.account.customer, self.account.current.usage, self.account.first_seen, active)

    def metrics(self, recent, row, message_share, cost_share):
        counts = row.counts
        failed = counts.failed if row.knows_failures else None
        last, before, trend = recent.trend(row.partner)
        charges, cost = (row.message_charges, row.message_charges + row.fees) if recent.is_rated else (None, None)
        department = row.partner and self.account.customer.department(row.partner, day_of(self.account.as_of))
        return {
            "partner_id": row.partner, "message_count": counts.messages,
            "success_rate": success_rate(counts.messages, failed),
            "average_size": counts.bytes // counts.messages if counts.messages else None,
            **both("cost_contribution", charges, self.currency), "trend": trend, "payload_size": counts.bytes,
            "failed_messages": failed, "message_share": message_share,
            "partner_fees": self.money(row.fees) if recent.is_rated else None, **both("cost", cost, self.currency),
            "cost_share": cost_share, "messages_last_30_days": last, "messages_30_days_before": before,
            "department": department}

    # Plans

    def plans(self):
        comparison = Comparison(self.account)
        current = comparison.current_plan
        mean = None if comparison.current is None else comparison.monthly(comparison.current)
        cheaper = comparison.cheaper()
        return {
            "current_plan": current and current.name, **both("current_monthly_cost", mean, self.currency),
            "is_current_plan_cheapest": None if comparison.current is None else not cheaper,
            "recommendations": [
                {"type": "plan_change", "recommended_plan": plan.name, "recommended_plan_id": plan.id,
                 **both("estimated_savings", comparison.monthly(comparison.current - comparison.total((plan, rated))),
                        self.currency)}
                for plan, rated in cheaper],
            "months": [month_text(month.month) for month in comparison.months],
            "charged": self.money(comparison.charged) if comparison.months else None,
            "plans": [self.plan(comparison, *row) for row in comparison.rated],
            "plans_not_compared": sorted((plan.id for plan in comparison.left_out), key=str.encode),
        }

    def plan(self, comparison, plan, rated):
        total = comparison.total((plan, rated))
        return {
            "plan_id": plan.id, "name": plan.name, "model": plan.terms.model,
            "is_current": plan == comparison.current_plan, **both("total", total, self.currency),
            "monthly_cost": self.money(comparison.monthly(total)),
            "difference": None if comparison.current is None else self.money(total - comparison.current),
            "months": [
                {"month": month_text(month.month), "messages": month.usage.messages,
                 "active_partners": month.usage.active_partners, **both("total", charges.total, self.currency),
                 "lines": self.lines(charges)}
                for month, charges in zip(comparison.months, rated)]}

    def patterns(self, recent):
        unknown, *sizes = recent.sizes() if recent else [0, 0, 0, 0]
        percents = split(100, sizes) if any(sizes) else [None] * 3
        names = ("small", "medium", "large")
        busiest = [row for row in recent.partners() if row.partner and row.counts.messages] if recent else []
        busiest.sort(key=lambda row: (-row.counts.messages, row.partner.encode()))
        return {"usage_patterns": {
            "peak_hours": recent.peak_hours() if recent else [],
            "busiest_partners": [row.partner for row in busiest[:2]],
            "message_size_distribution": dict(zip(names, percents)),
            "messages_by_size": {**dict(zip(names, sizes)), "unknown": unknown},
        }}

    # Invoices and tax

    def invoices(self):
        newest = sorted(self.documents, key=lambda each: (-each.created, each.id.encode()))
        return {"data": [self.invoice(document) for document in newest]}

    def invoice(self, document):
        currency, frozen = document.currency, document.invoice.document
        return {
            "id": document.id, "number": document.number, "status": document.status,
            **both("amount_due", document.due, currency), **both("amount_paid", document.paid, currency),
            **both("amount_remaining", document.remaining, currency),
            **both("amount_credited", document.credited, currency),
            **both("amount_refunded", document.refunded, currency),
            "is_overdue": document.is_overdue(self.account.as_of),
            "subtotal": major(document.subtotal, currency),
            "lines": [self.frozen(line, document) for line in document.lines],
            "taxes": [
                {"category": tax["category"], "rate": tax["rate"], **both("taxable", tax["taxable"], currency),
                 **both("amount", tax["amount"], currency)}
                for tax in document.taxes],
            "currency": frozen["currency"].lower(),
        }

    @staticmethod
    def frozen(line, document):
        """A frozen line with its product made again."""
        gross, covered = document.gross(line), document.units(line.get("covered") or 0)
        return {
            "kind": line["kind"], "quantity": line.get("quantity"), **both("gross", gross, document.currency),
            **both("covered", covered, document.currency), **both("amount", gross - covered, document.currency)}

    def tax_year(self, year, entries):
        currency = self.currency
        invoices = [entry for entry in entries if entry.kind == "invoice"]
        known = [entry for entry in invoices if entry.document.base_fees is not None]
        base = sum(entry.document.base_fees for entry in known)
        taxes = summed_taxes(entries)
        notes = [entry for entry in entries if entry not in invoices]
        sums = {
            "total_charges": sum(entry.charges for entry in entries), "base_subscription": base,
            "usage_charges": sum(entry.charges for entry in known) - base,
            "applicable_tax": sum(entry.tax for entry in entries),
            "not_itemised": sum(entry.charges for entry in invoices if entry not in known),
            "credited_charges": -sum(entry.charges for entry in notes),
            "credited_tax": -sum(entry.tax for entry in notes)}
        breakdown = ("base_subscription", "usage_charges", "applicable_tax")
        return {
            "tax_year": year, **{name + "_minor": units for name, units in sums.items()},
            **{name: self.money(units) for name, units in sums.items() if name not in breakdown},
            "tax_breakdown": {
                **{name: self.money(sums[name]) for name in breakdown},
                "tax_rate": taxes[0]["rate"] if len(taxes) == 1 and all(entry.taxes for entry in entries) else None},
            "quarterly_summary": self.quarters(entries),
            "tax_lines": [
                {"category": tax["category"], "rate": tax["rate"], **both("taxable", tax["taxable"], currency),
                 **both("amount", tax["amount"], currency)}
                for tax in taxes],
            "documents": [
                {"kind": entry.kind, "number": entry.number, "date": entry.date, "invoice_id": entry.document.id,
                 **both("charges", entry.charges, currency), **both("tax", entry.tax, currency)}
                for entry in entries],
            "void_invoices": self.left_out(year, lambda document: document.invoice.is_void),
            "other_currency_invoices": self.left_out(
                year, lambda document: not document.invoice.is_void and document.currency != currency),
        }

    def quarters(self, entries):
        quarters = {}
        for entry in entries:
            quarters.setdefault((entry.date.month + 2) // 3, []).append(entry)
        return [
            {"quarter": f"Q{quarter}",
             **both("charges", sum(entry.charges for entry in quarters[quarter]), self.currency),
             **both("tax", sum(entry.tax for entry in quarters[quarter]), self.currency)}
            for quarter in sorted(quarters)]

    def left_out(self, year, belongs):
        return [
            document.number for document in self.documents
            if belongs(document) and date_of(day_of(document.created)).year == year]


def whole_kib(size, messages):
    """The mean size rounded down to whole KiB."""
    return size // messages // 1024 * 1024 if messages else None
