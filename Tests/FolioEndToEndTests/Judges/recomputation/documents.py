"""Invoices and credit notes: what they sum to, and what a tax year makes of them."""

from fractions import Fraction

from .calendar import date_of, day_of, instant
from .exact import digits_of, half_away, minor, split


class Document:
    """An invoice in minor units, its sums made again from its frozen lines."""

    def __init__(self, invoice):
        self.invoice = invoice
        self.id = invoice.id
        self.currency = invoice.currency
        self.number = invoice.document["number"]
        self.created = instant(invoice.document["created"])
        self.lines = invoice.document.get("lines") or []
        self.subtotal = sum(self.units(line["amount"]) for line in self.lines) if self.lines else None
        self.stated_due = self.units(invoice.document["amount_due"])
        stated = invoice.document.get("taxes") or []
        self.includes_tax = bool(stated) and self.stated_due == self.subtotal and any(
            self.units(tax["amount"]) for tax in stated)
        self.taxes = [self._tax(tax, alone=len(stated) == 1) for tax in stated]
        self.tax = sum(tax["amount"] for tax in self.taxes)
        if self.subtotal is None:
            self.due = self.stated_due
        else:
            self.due = self.subtotal + (0 if self.includes_tax else self.tax)
        self.notes = self._effective_notes()
        self.paid = self._paid()
        self.credited = sum(note["amount"] for note in self.notes)
        self.refunded = sum(refund["amount"] for refund in invoice.refunds)

    def units(self, amount):
        return minor(amount, self.currency)

    def gross(self, line):
        """Quantity × unit price × share of the month, or what a discount takes off, rounded once."""
        unit = Fraction(10 ** digits_of(self.currency))
        if line.get("quantity") is not None and line.get("unit_price") is not None:
            share = line.get("proration") or {"seconds": 1, "of_seconds": 1}
            price = line["quantity"] * Fraction(line["unit_price"]) * unit
            return half_away(price * Fraction(share["seconds"], share["of_seconds"]))
        if line.get("rate") is not None and line.get("basis") is not None:
            return -half_away(Fraction(line["rate"]) * self.units(line["basis"]))
        return self.units(line["amount"] if line.get("gross") is None else line["gross"])

    def _tax(self, tax, alone):
        """The tax on the lines, rounded once; where several are stated, on what each says that it is on."""
        rate = Fraction(tax["rate"])
        if self.includes_tax:
            whole = self.subtotal if alone else self.units(tax["taxable"]) + self.units(tax["amount"])
            amount = half_away(whole * rate / (1 + rate))
            taxable = whole - amount
        else:
            taxable = self.subtotal if alone and self.lines else self.units(tax["taxable"])
            amount = half_away(taxable * rate)
        return {"category": tax["category"], "rate": rate, "taxable": taxable, "amount": amount}

    def _effective_notes(self):
        """Notes in order of issue as far as they fit into the invoice."""
        left, notes = self.stated_due, []
        for note in self.invoice.notes:
            if note["amount"] <= left:
                left -= note["amount"]
                notes.append(note)
        return notes

    def _paid(self):
        """Successful payments; a total that a source stated counts where it is more."""
        told = sum(row["amount"] for row in self.invoice.payments if row["outcome"] == "succeeded")
        stated = [row["amount"] for row in self.invoice.payments if row["outcome"] == "stated"]
        return max([told] + stated)

    @property
    def status(self):
        if self.invoice.is_void:
            return "void"
        if self.paid + self.credited >= self.due:
            return "paid"
        return "uncollectible" if "write_off" in self.invoice.closings else "open"

    @property
    def remaining(self):
        return 0 if self.invoice.closings else max(0, self.due - self.paid - self.credited)

    def is_overdue(self, as_of):
        return self.status == "open" and instant(self.invoice.document["due_date"]) < as_of

    # Tax years

    def tax_in(self, part):
        """The tax in a part of the amount due."""
        return half_away(Fraction(part * self.tax, self.due)) if self.due else 0

    @property
    def charges(self):
        return self.due - self.tax

    @property
    def base_fees(self):
        """Without the tax in them; None where only the total is known."""
        if self.subtotal is None:
            return None
        base = sum(self.units(line["amount"]) for line in self.lines if line["kind"] == "base_fee")
        if self.includes_tax and self.subtotal > 0:
            return half_away(Fraction(base * self.charges, self.subtotal))
        return base


class TaxEntry:
    """What a document adds to its year."""

    def __init__(self, kind, document, number, moment, charges, taxes):
        self.kind = kind
        self.document = document
        self.number = number
        self.date = date_of(day_of(moment))
        self.charges = charges
        self.taxes = taxes
        self.tax = sum(tax["amount"] for tax in taxes)

    @classmethod
    def of_invoice(cls, document):
        return cls("invoice", document, document.number, document.created, document.charges, document.taxes)

    @classmethod
    def of_note(cls, document, note, before):
        """Negative; `before` is what earlier notes credit.

        The tax in all that is credited is that part of the invoice's tax, rounded once; a note has what it adds.
        """
        tax = document.tax_in(before + note["amount"]) - document.tax_in(before)
        net = note["amount"] - tax
        amounts = split(tax, [max(0, each["amount"]) for each in document.taxes])
        taxables = split(net, [max(0, each["taxable"]) for each in document.taxes])
        taxes = [
            {**each, "amount": -amount, "taxable": -taxable}
            for each, amount, taxable in zip(document.taxes, amounts, taxables)]
        return cls("credit_note", document, note["number"], note["issued_at"], -net, taxes)


def tax_years(documents, currency):
    """{year: entries in order of dates}; void invoices and other currencies are in none."""
    entries = []
    for document in documents:
        if document.invoice.is_void or document.currency != currency:
            continue
        entries.append(TaxEntry.of_invoice(document))
        before = 0
        for note in document.notes:
            entries.append(TaxEntry.of_note(document, note, before))
            before += note["amount"]
    entries.sort(key=lambda entry: entry.date)
    years = {}
    for entry in entries:
        years.setdefault(entry.date.year, []).append(entry)
    return years


def summed_taxes(entries):
    """Tax lines by category and rate, in order of appearance."""
    sums = {}
    for tax in (tax for entry in entries for tax in entry.taxes):
        known = sums.setdefault((tax["category"], tax["rate"]), {**tax, "taxable": 0, "amount": 0})
        known["taxable"] += tax["taxable"]
        known["amount"] += tax["amount"]
    return list(sums.values())
