"""The 90 days that end with the last whole hour of complete usage."""

from collections import Counter, defaultdict
from typing import NamedTuple

from .allocation import Cost, by_segment, partner_costs
from .calendar import DAY, HOUR, month_of, seconds_in, shared
from .exact import split
from .usage import Counts, counted


class Part(NamedTuple):
    """One partner in one month; `knows_failures` is False where messages are only stated."""

    partner: str | None
    counts: Counts
    knows_failures: bool
    message_charges: int
    fees: int


class RecentCosts:
    """Sums in minor units; `parts` are those of all months."""

    def __init__(self, account):
        self.account = account
        end = account.complete
        if end // 10**9 < account.as_of // 10**9 - 90 * 86_400:
            end = account.as_of
        end = end // HOUR * HOUR
        self.span = (end - 90 * DAY, end)
        self.readings = [
            each for each in account.customer.readings if self.span[0] <= each.hour * HOUR < self.span[1]]
        self.base = self.gross = self.covered = self.fees = self.other = self.unplaced = 0
        self.is_rated, self.cut_month, self.parts = False, None, []
        for month in account.months:
            self._add(month)
        self.total = self.base + self.gross - self.covered + self.fees + self.other

    def _add(self, month):
        overlap = shared(self.span, month.span)
        if overlap is None:
            return
        from_start = overlap[0] == month.span[0]
        if overlap == month.span or from_start and month.is_closed:
            self._take(month.charges, self._whole(month))
        elif from_start:
            self._take(month.to_date[2], self._running(month))
        else:
            self._cut(month, overlap)

    def _take(self, charges, parts):
        self.parts += parts
        if charges:
            self.is_rated = True
            self.base += charges.base
            self.gross += charges.message_gross
            self.covered += charges.covered
            self.fees += charges.partner_fees
            self.other += charges.other

    def _inside(self, month):
        """What each partner exchanged in the part of a month that lies in the 90 days."""
        counts = defaultdict(Counts)
        for each in self.readings:
            if month_of(each.hour * HOUR) == month.month and counted(each) != Counts():
                counts[each.partner] = counts[each.partner].plus(counted(each))
        return counts

    @staticmethod
    def _whole(month):
        costs = {cost.partner: cost for cost in month.costs or []}
        rows = {row.key: row for row in month.usage.partners}
        for partner in rows.keys() | costs.keys():
            row, cost = rows.get(partner), costs.get(partner, Cost(partner, 0, 0, 0))
            counts = Counts(row.messages, row.failed or 0, row.bytes) if row else Counts()
            known = row is None or row.failed is not None or not row.messages
            yield Part(partner, counts, known, cost.message_charges, cost.fees)

    def _running(self, month):
        """To date; what a source stated has no hours and stays whole."""
        read, readings = self._inside(month), defaultdict(list)
        for each in self.readings:
            if month_of(each.hour * HOUR) == month.month:
                readings[each.partner].append(each)
        stated = {
            row["partner_id"]: Counts(row["message_count"], 0, row["payload_size"])
            for row in (month.usage.stated or {}).get("partner_breakdown") or []}
        counts = {
            partner: Counts(
                max(stated.get(partner, Counts()).messages, read.get(partner, Counts()).messages),
                read.get(partner, Counts()).failed,
                max(stated.get(partner, Counts()).bytes, read.get(partner, Counts()).bytes))
            for partner in read.keys() | stated.keys()}
        rest = max(0, month.to_date[0].messages - sum(each.messages for each in counts.values()))
        rest_bytes = max(0, month.to_date[0].bytes - sum(each.bytes for each in counts.values()))
        if rest or rest_bytes:
            counts[None] = Counts(rest, 0, rest_bytes)
        weights = [
            (partner, each.messages, by_segment(month.segments, each.messages, each.failed, readings[partner]))
            for partner, each in counts.items()]
        charges = month.to_date[2]
        costs = partner_costs(charges, weights, month.active_to_date) if charges else []
        costs = {cost.partner: cost for cost in costs}
        for partner in counts.keys() | costs.keys():
            cost = costs.get(partner, Cost(partner, 0, 0, 0))
            each = counts.get(partner, Counts())
            known = each.messages == read.get(partner, Counts()).messages
            yield Part(partner, each, known, cost.message_charges, cost.fees)

    def _cut(self, month, overlap):
        """Of the month in which the 90 days begin: messages by messages, everything else by seconds."""
        self.cut_month = self.cut_month or month.month
        seconds = [seconds_in(overlap), seconds_in(month.span) - seconds_in(overlap)]
        costs = {cost.partner: cost for cost in month.costs or []}
        inside, parts = self._inside(month), []
        for row in month.usage.partners:
            counts = inside.get(row.key, Counts())
            cost = costs.pop(row.key, Cost(row.key, 0, 0, 0))
            failed = (0, 0) if month.failed_count else (counts.failed, row.failed or 0)
            within = counts.messages - failed[0]
            weights = [within, max(0, row.messages - failed[1] - within)]
            charge = split(cost.message_charges, weights)[0] if any(weights) else 0
            parts.append(Part(row.key, counts, True, charge, split(cost.fees, seconds)[0]))
        for cost in costs.values():
            parts.append(Part(
                cost.partner, Counts(), True, split(cost.message_charges, seconds)[0], split(cost.fees, seconds)[0]))
        self.parts += parts
        self.unplaced += max(0, month.usage.messages - month.usage.read.messages)
        if month.charges:
            self.is_rated = True
            gross = sum(part.message_charges for part in parts)
            self.gross += gross
            self.fees += sum(part.fees for part in parts)
            self.base += split(month.charges.base, seconds)[0]
            self.other += split(month.charges.other, seconds)[0]
            if month.charges.message_gross:
                outside = max(0, month.charges.message_gross - gross)
                self.covered += split(month.charges.covered, [max(0, gross), outside])[0]

    # Rows

    def partners(self):
        """(partner, counts, knows failures, message charges, fees) by cost, messages and id; the unnamed one last."""
        sums = {}
        for part in self.parts:
            known = sums.get(part.partner)
            sums[part.partner] = part if known is None else Part(
                part.partner, known.counts.plus(part.counts), known.knows_failures and part.knows_failures,
                known.message_charges + part.message_charges, known.fees + part.fees)
        rows = [row for row in sums.values() if row.counts.messages or row.message_charges + row.fees]
        return sorted(rows, key=lambda row: (
            row.partner is None, -(row.message_charges + row.fees), -row.counts.messages,
            (row.partner or "").encode()))

    def trend(self, partner):
        """(messages of the last 30 days, of the 30 before, the word for it); Nones where there are no readings."""
        if not any(each.partner == partner and counted(each) != Counts() for each in self.readings):
            return None, None, None
        recent, before = (self._messages(partner, days) for days in (30, 60))
        before -= recent
        if before == 0:
            return recent, before, "new" if recent else "stable"
        word = "increasing" if recent * 10 > before * 11 else "decreasing" if recent * 10 < before * 9 else "stable"
        return recent, before, word

    def _messages(self, partner, days):
        since = self.span[1] - days * DAY
        return sum(
            each.messages for each in self.readings if each.partner == partner and each.hour * HOUR >= since)

    # Patterns

    def peak_hours(self):
        """The two busiest windows of two hours that do not overlap."""
        hours = Counter()
        for each in self.readings:
            hours[each.hour % 24] += each.messages
        windows = {start: hours[start] + hours[(start + 1) % 24] for start in range(24)}
        order = sorted((start for start in windows if windows[start]), key=lambda start: (-windows[start], start))
        apart = [start for start in order if order[0] != start and (start - order[0]) % 24 not in (1, 23)]
        return ["%02d:00-%02d:00" % (start, (start + 2) % 24) for start in order[:1] + apart[:1]]

    def sizes(self):
        """Messages of unknown size, small, medium and large ones."""
        sizes = Counter()
        for each in self.readings:
            sizes[each.size] += each.messages
        return [sizes[each] for each in range(4)]
