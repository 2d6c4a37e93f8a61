"""The ids that a store knows, read from its tables, for events that are about something real."""

import json
import sqlite3

DIGITS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}


class Facts:
    """What is in a store at one time."""

    def __init__(self, store):
        self.database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)

    def rows(self, query, *values):
        return self.database.execute(query, values).fetchall()

    def column(self, query, *values):
        return [row[0] for row in self.rows(query, *values)]

    def customers(self):
        return self.column("SELECT customer_id FROM customers WHERE NOT is_deleted ORDER BY customer_id")

    def currency(self, customer):
        return self.column("SELECT currency FROM customers WHERE customer_id = ?", customer)[0]

    def partners(self, customer):
        return self.column(
            "SELECT partner_id FROM partners WHERE customer_id = ? AND NOT is_deleted ORDER BY 1", customer)

    def subscriptions(self, customer):
        return self.column("SELECT subscription_id FROM subscriptions WHERE customer_id = ? ORDER BY 1", customer)

    def methods(self, customer):
        return self.column("SELECT payment_method_id FROM payment_methods WHERE customer_id = ? ORDER BY 1", customer)

    def budgets(self, customer):
        return self.rows("SELECT budget_id, name FROM budgets WHERE customer_id = ? ORDER BY 1", customer)

    def reports(self, customer):
        return self.column("SELECT report_id FROM reports WHERE customer_id = ? ORDER BY 1", customer)

    def invoices(self, customer):
        """Ids and what was due, as the document writes it."""
        rows = self.rows(
            "SELECT invoice_id, document FROM invoices WHERE customer_id = ? ORDER BY created, 1", customer)
        return [(id, json.loads(document, parse_float=str, parse_int=str)["amount_due"]) for id, document in rows]

    def plans(self, currency):
        return self.rows("SELECT plan_id, name FROM plan_versions WHERE currency = ? ORDER BY 1", currency)

    def contains_tax(self, plan):
        """Whether a plan's prices contain tax; those of an unknown plan do not."""
        return 1 in self.column("SELECT prices_include_tax FROM plan_versions WHERE plan_id = ?", plan)

    def digits(self, currency):
        return DIGITS.get(currency.upper(), 2)
