#!/usr/bin/env python3
"""Sends raw requests to a listener, whole and byte by byte, and looks what it answers.

    wire_requests.py --folio PATH --work DIR [--full] [--cases FILE] [--only CASE]

The cases are gunicorn's (`conformance/http/requests.json` beside the checkout, else --cases), and attempts of this
judge's own to smuggle a second request: a signed event inside of what must not be read as a request. An answer is of
the kind 4xx (never 410), 501 or 505; only two whole requests may have two of them; the answers are the same
however the bytes were cut (--full: at 20 random places, too); the smuggled event is never in the inbox; and a good
request is acknowledged afterwards. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import base64
import collections
import json
import os
import pathlib
import random
import shutil
import sys

sys.dont_write_bytecode = True

from delivery import outcome, wire
from delivery.listener import Listener
from delivery.senders import Mail
from delivery.signing import Source
from publication.program import CHECKOUT, Folio, Skip, Verdict, arguments, check_needs, judge, workplace
from publication.shop import START, open_shop, rename

CASES = "conformance/http/requests.json"
RANDOM_CUTS = 20
ANSWER_SECONDS = 20
# Valid cases that are two requests on one connection.
PIPELINED = {"valid/018", "valid/022", "valid/023"}


def cases_file(options):
    """The shared cases: as named, or beside the checkout."""
    shared = pathlib.Path(os.environ.get("FOLIO_SHARED", CHECKOUT.parent / "shared"))
    return pathlib.Path(options.cases) if options.cases else shared / CASES


# Attempts to smuggle

def attempts(hidden):
    """Requests that two servers might cut differently, each with a hidden one inside; by name."""
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(hidden), hidden)
    post = f"POST {wire.PATH} HTTP/1.1\r\nHost: localhost\r\n".encode()
    body = b"Content-Length: %d\r\n\r\n%b" % (len(hidden), hidden)
    bodies = {
        "hidden in a body": post + body, "hidden in the body of a GET": b"GET / HTTP/1.1\r\nHost: a\r\n" + body,
        "hidden in chunks": post + b"Transfer-Encoding: chunked\r\n\r\n" + chunks}
    doubtful = {name: post + fields + b"\r\n" + (chunks if chunked else b"") + hidden for name, fields, chunked in (
        ("both lengths", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", True),
        ("both lengths, turned", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", True),
        ("a length of nothing and chunks", b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", True),
        ("two lengths", b"Content-Length: 0\r\nContent-Length: 5\r\n", False),
        ("two equal lengths", b"Content-Length: 0\r\nContent-Length: 0\r\n", False),
        ("a list of lengths", b"Content-Length: 0, 0\r\n", False),
        ("a signed length", b"Content-Length: +0\r\n", False),
        ("a length in hexadecimal", b"Content-Length: 0x0\r\n", False),
        ("a length with a space", b"Content-Length: 0 0\r\n", False),
        ("no length", b"Content-Length: \r\n", False),
        ("a length of too many digits", b"Content-Length: 18446744073709551616\r\n", False),
        ("a space before the colon", b"Content-Length : 0\r\n", False),
        ("a folded line", b"X: a\r\n Content-Length: 0\r\n", False),
        ("a folded coding", b"Transfer-Encoding:\r\n chunked\r\n", True),
        ("a coding that is none", b"Transfer-Encoding: xchunked\r\n", True),
        ("chunked with a vertical tab", b"Transfer-Encoding: \x0bchunked\r\n", True),
        ("chunked twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", True),
        ("chunked, then another", b"Transfer-Encoding: chunked, identity\r\n", True),
        ("an empty element", b"Transfer-Encoding: ,chunked\r\n", True),
        ("a name with a high byte", b"Content-Length\x85: 0\r\n", False),
        ("a bare line feed", b"X: a\nContent-Length: 0\r\n", False),
        ("a bare carriage return", b"X: a\rContent-Length: 0\r\n", False),
        ("a zero byte", b"X: a\x00\r\nContent-Length: 0\r\n", False),
        ("two hosts", b"Host: localhost\r\nContent-Length: 0\r\n", False))}
    return bodies | doubtful | chunk_attempts(post, hidden)


def chunk_attempts(post, hidden):
    """Chunks whose sizes or ends could be read in two ways."""
    start = post + b"Transfer-Encoding: chunked\r\n\r\n"
    return {f"a chunk {name}": start + chunk + b"0\r\n\r\n" + hidden for name, chunk in (
        ("with a size beyond 64 bits", b"10000000000000005\r\nhello\r\n"), ("with a signed size", b"+5\r\nhello\r\n"),
        ("with a negative size", b"-5\r\nhello\r\n"), ("with 0x", b"0x5\r\nhello\r\n"), ("with _", b"0_5\r\nhello\r\n"),
        ("with a space before its size", b" 5\r\nhello\r\n"), ("with a space after it", b"5 \r\nhello\r\n"),
        ("that ends with a line feed", b"5\nhello\n"), ("without an end", b"5\r\nhello"),
        ("that is too long", b"5\r\nhelloworld\r\n"), ("with a line feed in its extension", b"5;a=\n\r\nhello\r\n"),
        ("with a carriage return in its extension", b"5;a=\r;b\r\nhello\r\n"))}


# Cuts

def ways(chance, is_full, length):
    """How a request may be cut: at which places."""
    cuts = {"whole": [], "byte by byte": list(range(1, length))}
    for number in range(RANDOM_CUTS if is_full else 0):
        cuts[f"cut {number}"] = sorted(chance.sample(range(1, length), min(length - 1, chance.randrange(1, 6))))
    return cuts


def answers(address, raw, cuts):
    """The statuses of all answers to a request that is sent in pieces and then ended."""
    connection, statuses = wire.Connection(address, seconds=ANSWER_SECONDS), []
    try:
        for start, end in zip([0, *cuts], [*cuts, len(raw)]):
            connection.send(raw[start:end])
    except wire.Lost:
        # Refused before its end; the answer is there to be read.
        pass
    connection.end_sending()
    try:
        while True:
            answer = connection.answer()
            statuses += [answer.status] if answer.status >= 200 else []
    except wire.Lost as reason:
        timed_out = "timed out" in str(reason)
    connection.close()
    return statuses + (["no end"] if timed_out else [])


def fault(statuses, answers_limit):
    """What is wrong with the answers to something that is no good request; None where nothing is."""
    if not statuses:
        return "is not answered"
    good = {*range(400, 500), 501, 505} - {410}
    if wrong := [each for each in statuses if each not in good]:
        return f"is answered with {wrong}"
    return f"has {len(statuses)} answers: {statuses}" if len(statuses) > answers_limit else None


class Wire:
    """A listener, and what is sent to it."""

    def __init__(self, listener, mail, verdict, chance, is_full):
        self.listener, self.mail, self.verdict, self.chance, self.is_full = listener, mail, verdict, chance, is_full
        self.statuses, self.sent = collections.Counter(), 0

    def judge(self, name, raw, answers_limit):
        found = {}
        for way, cuts in ways(self.chance, self.is_full, len(raw)).items():
            found[way] = answers(self.listener.address, raw, cuts)
            self.sent += 1
            self.statuses.update(found[way])
            if words := fault(found[way], answers_limit):
                self.fail(name, f"{way}: {words}")
        if len({str(each) for each in found.values()}) > 1:
            self.fail(name, f"the answers depend on how it was cut: {found}")

    def fail(self, name, words):
        self.verdict.fail(f"{name}: {words}", "--only", name)

    def hidden(self):
        """A signed event that must never arrive, as a request."""
        one = rename("cus_01", 0, "Smuggled", START)
        body = json.dumps(one).encode()
        return one["id"], wire.request(self.mail.source.headers(one["id"], body), body)

    def is_alive(self, number):
        """Whether a good request is acknowledged."""
        one = rename("cus_01", 0, f"Good {number}", START)
        self.mail.add([one])
        try:
            return self.mail.note(one["id"], wire.Connection(self.listener.address).ask(self.mail.request(one["id"])))
        except wire.Lost:
            return False


def main():
    parser = arguments(__doc__)
    parser.add_argument("--cases", metavar="FILE", help=f"{CASES}, where it is not beside the checkout")
    parser.add_argument("--only", metavar="CASE", help="one case, by its name")
    options = parser.parse_args()

    def needs_cases():
        if not cases_file(options).exists():
            raise Skip(f"{cases_file(options)} is not there")

    check_needs(options, needs_cases)
    folio, verdict, chance = Folio(options.folio), Verdict(options), random.Random(options.seed)
    folder = workplace(options, "wire_requests")
    shop = open_shop(folder / "shop", folio, count=1)
    mail = Mail(Source(folio, folder), chance)
    with Listener(folio, shop, folder / "web", mail.source, folder / "log") as listener:
        requests = Wire(listener, mail, verdict, chance, options.full)
        names = judge_all(requests, cases_file(options), options.only)
        status = listener.terminate()
    if status != 0:
        verdict.fail(f"after SIGTERM the listener ends with {status}: {listener.last_words()}")
    if not verdict.failures:
        shutil.rmtree(folder)
    statuses = ", ".join(f"{status} {count}" for status, count in sorted(requests.statuses.items(), key=str))
    return verdict.end(
        f"{requests.sent} raw requests of {names} cases, answered alike however they were cut ({statuses})")


def judge_all(requests, file, only):
    """Every case, and what must be so after them."""
    cases = [(case["name"], base64.b64decode(case["raw_base64"]), 1 + (case["name"] in PIPELINED))
             for case in json.loads(file.read_text())["cases"]]
    smuggled, request = requests.hidden()
    cases += [(name, raw, 1) for name, raw in attempts(request).items()]
    for name, raw, answers_limit in cases:
        if only in (None, name) and not requests.verdict.is_enough:
            requests.judge(name, raw, answers_limit)
            if not requests.is_alive(name):
                requests.fail(name, f"no good request is acknowledged after it: {requests.listener.last_words()}")
            check_smuggled(requests, smuggled, name)
    return len(cases)


def check_smuggled(requests, smuggled, name):
    kept = outcome.rows(
        outcome.inbox(requests.listener.shop), "SELECT count(*) FROM deliveries WHERE delivery_id = ?", smuggled)
    if kept[0][0]:
        requests.fail(name, "the request that was hidden in it was executed")


if __name__ == "__main__":
    judge(main)
