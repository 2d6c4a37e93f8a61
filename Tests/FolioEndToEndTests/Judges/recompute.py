#!/usr/bin/env python3
"""Recomputes what a published site says from the billing store that it was built from.

    recompute.py STORE SITE [--may-be-empty TOPIC]...

Shares no code with Folio: it reads the store's facts with sqlite3, takes the as-of times from the feeds, computes in
integers and fractions, and prints a line for each figure that differs, then a summary. Exit status: 0 all agree,
1 something differs or a topic has nothing to compare, 2 it could not run.
"""

import argparse
import json
import pathlib
import re
import sqlite3
import sys
import traceback
from decimal import Decimal

sys.dont_write_bytecode = True

from recomputation.account import Account
from recomputation.calendar import instant
from recomputation.differences import ABSENT, Differences
from recomputation.feeds import Portal
from recomputation.store import Store

TOPICS = (
    "charges", "month to date", "usage", "partners", "departments", "90 days", "trends", "plans", "patterns",
    "invoices", "late usage", "numbers", "tax", "portals")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("store")
    arguments.add_argument("site")
    arguments.add_argument("--may-be-empty", action="append", default=[], choices=TOPICS, metavar="TOPIC")
    options = arguments.parse_args()
    try:
        differences, customers = check(Store(options.store), pathlib.Path(options.site))
    except (OSError, ValueError, KeyError, TypeError, IndexError, sqlite3.Error) as error:
        traceback.print_exc()
        print(f"recompute.py could not run: {error}", file=sys.stderr)
        return 2
    return report(differences, customers, set(TOPICS) - set(options.may_be_empty))


def check(store, site):
    differences = Differences()
    portals = {read(path)["customer_id"]: path.parent.parent for path in site.glob("*/feeds/billing.json")}
    for id in sorted(store.customers() | portals.keys()):
        differences.at(id, "feeds/billing.json")
        differences.compare("portals", id if id in portals else ABSENT, id)
    for id in sorted(portals):
        check_portal(store, id, portals[id], differences)
    check_numbers(store, differences)
    return differences, len(portals)


def check_portal(store, id, folder, differences):
    current = read(folder / "feeds/usage/current.json")
    as_of = instant(current["as_of"])
    account = Account(store.customer(id), as_of, current["usage_complete_through"] and instant(
        current["usage_complete_through"]))
    differences.at(id, "feeds/usage/current.json")
    check_completion(account, differences)
    expectations = list(Portal(account).expectations())
    for file, topic, expected in expectations:
        differences.at(id, file)
        published = read(folder / file) if (folder / file).exists() else None
        differences.compare(topic, published, expected)
    check_files(id, folder, {file for file, *_ in expectations}, differences)


def check_completion(account, differences):
    """Usage is complete as the store says, cut at the time of the build, which is never before the as-of time."""
    recorded, published = account.recorded_completion(), account.complete
    is_cut = None not in (recorded, published) and account.as_of <= published <= recorded
    if not is_cut:
        differences.compare("month to date", published, recorded, "$.usage_complete_through")


def check_files(id, folder, expected, differences):
    """No month and no tax year is published that has no place among the facts."""
    for pattern in ("feeds/usage/????-??.json", "feeds/tax-summary/*.json"):
        for path in sorted(folder.glob(pattern)):
            file = str(path.relative_to(folder))
            if file not in expected:
                differences.at(id, file)
                differences.compare("usage", "a file", None)


def check_numbers(store, differences):
    """Numbers of a series and year follow each other without a gap or a repetition."""
    series = {}
    for number, year in store.invoice_numbers():
        prefix, sequence = re.fullmatch(r"(.*?)(\d+)", number).groups() if number[-1:].isdigit() else (number, "1")
        series.setdefault((prefix, year), []).append(int(sequence))
    for (prefix, year), numbers in sorted(series.items()):
        numbers.sort()
        differences.at("all customers", "billing store")
        whole = list(range(numbers[0], numbers[0] + len(numbers)))
        differences.compare("numbers", numbers, whole, f"{prefix}… of {year}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_float=Decimal)


def report(differences, customers, required):
    for line in differences.lines:
        print(line)
    empty = sorted(topic for topic in required if not differences.figures[topic])
    for topic in empty:
        print(f"nothing to compare: {topic}")
    counts = ", ".join(f"{topic} {differences.figures[topic]}" for topic in TOPICS)
    figures = sum(differences.figures.values())
    print(f"{len(differences.lines)} differences in {figures} figures of {customers} customers: {counts}")
    return 1 if differences.lines or empty else 0


if __name__ == "__main__":
    sys.exit(main())
