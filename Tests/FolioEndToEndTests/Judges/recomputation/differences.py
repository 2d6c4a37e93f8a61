"""What is published against what is recomputed, figure by figure."""

import datetime
import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction

ABSENT = object()


class Differences:
    """Counts figures by topic, and keeps a line for each that differs."""

    def __init__(self):
        self.lines = []
        self.figures = Counter()
        self.place = ("", "")

    def at(self, customer, file):
        self.place = (customer, file)

    def compare(self, topic, published, expected, path="$"):
        """Walks what is expected; fields of the feed that nobody expects are not looked at."""
        if isinstance(expected, dict):
            for name, value in expected.items():
                found = published.get(name, ABSENT) if isinstance(published, dict) else ABSENT
                self.compare(topic, found, value, f"{path}.{name}")
        elif isinstance(expected, list):
            if not isinstance(published, list) or len(published) != len(expected):
                found = len(published) if isinstance(published, list) else published
                self._differs(f"{path}.length", found, len(expected))
            for index, value in enumerate(expected):
                found = published[index] if isinstance(published, list) and index < len(published) else ABSENT
                self.compare(topic, found, value, f"{path}[{index}]")
        else:
            self.figures[topic] += expected is not None
            if not same(published, expected):
                self._differs(path, published, expected)

    def _differs(self, path, published, expected):
        customer, file = self.place
        self.lines.append(f"{customer} {file} {path}: published {shown(published)}, recomputed {shown(expected)}")


def is_number(value):
    return isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool)


def same(published, expected):
    if isinstance(expected, datetime.date):
        expected = expected.isoformat()
    if is_number(published) and is_number(expected):
        return Fraction(published) == Fraction(expected)
    return type(published) is type(expected) and published == expected


def shown(value):
    if value is ABSENT:
        return "nothing"
    if isinstance(value, Fraction):
        return str(Decimal(value.numerator) / value.denominator)
    if is_number(value) or isinstance(value, datetime.date):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)
