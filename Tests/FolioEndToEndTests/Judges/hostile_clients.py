#!/usr/bin/env python3
"""Treats a listener badly in many ways at once, and looks whether good senders and the store come through.

    hostile_clients.py --folio PATH --work DIR [--full] [--only PART]

Parts: `slow`: 500 clients that send heads byte by byte and 500 that send bodies so; `descriptors`: 200 connections on a
listener with `ulimit -n 64`, and a limit that is lowered to what is open; `crowded`: as many idle connections as the
listener takes; `full memory`, `full disk`: no room for store and inbox (root); `full site`: no room for portals; `held
store`: another process writes to the store for long; `same id`: 100 requests with one id at once; `orders`: a set of
events in many orders with repetitions; `soak`: 100,000 events with --full, fewer without, over connections that come
and go. Good requests must be answered within a second at the 99th percentile, the listener must not turn idly, a full
disk is 503 with Retry-After and the same event 202 when there is room, one id has one effect, what cannot be published
shows in the metrics, the site is that of an import byte for byte, memory, descriptors, journals and state stay within
bounds, and no log names a portal or a secret. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import contextlib
import errno
import os
import random
import resource
import shutil
import sqlite3
import sys
import threading
import time
from datetime import timedelta

sys.dont_write_bytecode = True

from delivery import letters, outcome, wire
from delivery.listener import Listener
from delivery.senders import Mail, deliver
from delivery.signing import Source
from delivery.slow_clients import SlowClients
from publication import disks, site
from publication.facts import Facts
from publication.fact_edits import FactEdits
from publication.program import CouldNotRun, Folio, Skip, Verdict, arguments, check_needs, judge, workplace
from publication.shop import START, customers, event, open_shop, rename, text

LATENCY_LIMIT_SECONDS = 1.0
SLOW_OF_EACH_KIND, SLOW_SECONDS, SLOW_MEMORY_LIMIT = 500, (6, 45), 64 << 20
IDLE_SECONDS, IDLE_PROCESSOR_LIMIT = 3, 0.5
CROWD, CROWD_DESCRIPTORS, CROWDED_DESCRIPTORS = 200, 64, 256
FAILING_SECONDS = 3
# More than fit into a journal that was as long before the disk was full.
SMALL_MEGABYTES, FILLING_EVENTS_LIMIT = 16, 5_000
HELD_SECONDS = 2
HELD_EVENTS, ORDERS, SAME_ID = (200, 3_000), (5, 25), 100
SOAK_EVENTS, SOAK_CONNECTIONS, ANOTHERS_EVENTS = (4_000, 100_000), 16, 200
# By how much the end of a soak may be above its middle (memory: above a new listener's): a factor, and so many bytes.
GROWTH_FACTOR, GROWTH_BYTES, GROWTH_DESCRIPTORS = 1.25, 16 << 20, 8
JOURNAL_BYTES_LIMIT = 64 << 20


class Stage:
    """A shop with a listener on it, a good sender, and what they must come to."""

    def __init__(self, folio, folder, verdict, chance, name, is_full):
        self.folio, self.folder, self.verdict, self.chance = folio, folder, verdict, chance
        self.name, self.is_full, self.facts = name, is_full, []
        folder.mkdir(parents=True)
        self.clean = open_shop(folder / "clean", folio, count=3)
        folio.must("init", folder / "keyed")
        shutil.copy(folder / "keyed" / "site.key", self.clean.folder)
        self.clean.configure(as_of=self.clean.as_of, site_key_file="site.key")
        shop = self.clean.copy(folder / "shop")
        self.mail = Mail(Source(folio, folder), chance)
        self.listener = Listener(folio, shop, folder / "web", self.mail.source, folder / "log")
        self.events = 0

    def choose(self, pair):
        """The short form's number or the long form's."""
        return pair[1] if self.is_full else pair[0]

    def fail(self, words):
        self.verdict.fail(f"{self.name}: {words}", "--only", self.name)

    def expect(self, is_so, words):
        if not is_so:
            self.fail(words)

    def add(self, count):
        events, self.events = letters.mixture(self.chance, self.events, count, customers(3))
        self.mail.add(events)

    def is_answered(self, seconds=10):
        """Whether one good event is acknowledged within the time, and how long it took."""
        [id] = self.fresh()
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            with contextlib.suppress(wire.Lost):
                connection = wire.Connection(self.listener.address, seconds=seconds)
                answer = connection.ask(self.mail.request(id))
                connection.close()
                if answer.status != 503:
                    return self.mail.note(id, answer)
            time.sleep(0.05)
        return False

    def fresh(self):
        """The id of a new event that is in no queue."""
        self.events += 1
        one = rename("cus_01", 0, f"Asked {self.events}", START + timedelta(seconds=self.events))
        self.mail.events[one["id"]] = one
        return [one["id"]]

    def reckon(self):
        """The end of a part: the listener ends in order, and all is there once."""
        status = self.listener.terminate()
        self.expect(status == 0, f"after SIGTERM the listener ends with {status}: {self.listener.last_words()}")
        left = [f"{len(self.mail.queue)} events could not be sent"] if self.mail.queue else []
        after = outcome.faults_after(self.listener, self.mail, self.clean, self.folder / "import")
        for fault in (left + self.mail.faults + self.revelations() + after)[:3]:
            self.fail(fault)

    def revelations(self):
        """Secrets in the log: keys, and the names of portals, which nobody can guess."""
        names, words = site.Site(self.listener.web).names, self.listener.log.read_text(errors="replace")
        faults = [f"the log names a portal: {line[:300]}" for line in words.splitlines() if any(
            name in line for name in names)]
        return faults[:1] + (["the log has a secret"] if self.mail.source.secret in words else [])


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def p99(times):
    return f"p99 of good requests {1_000 * percentile(times, 0.99):.0f} ms"


# Slow clients

def slow(stage):
    """Good requests among a thousand clients that hold their requests back."""
    listener, times = stage.listener, []
    with listener:
        stage.expect(stage.is_answered(), "no good request is answered before the slow ones come")
        idle = listener.memory()
        with SlowClients(listener.address, stage.mail, SLOW_OF_EACH_KIND) as clients:
            end = time.monotonic() + stage.choose(SLOW_SECONDS)
            while time.monotonic() < end:
                start = time.monotonic()
                stage.expect(stage.is_answered(), "a good request is not answered among slow ones")
                times.append(time.monotonic() - start)
                time.sleep(0.01)
            grown = listener.memory() - idle
        expect_low_latency(stage, times)
        stage.expect(grown < SLOW_MEMORY_LIMIT, f"{clients.most} slow clients cost {grown >> 20} MB")
        stage.expect(clients.most >= SLOW_OF_EACH_KIND, f"only {clients.most} slow clients were connected at once")
        for status in sorted(clients.statuses - {408, 503}):
            stage.fail(f"a slow client is answered with {status}")
        stage.reckon()
    stage.facts.append(
        f"{len(times)} good requests among {clients.most} slow ones ({max(0, grown) >> 10:,} KiB), {p99(times)}")


# Descriptors

def descriptors(stage):
    """More connections than descriptors: no idle turning, and good senders get through afterwards."""
    listener = stage.listener
    listener.start(under=["sh", "-c", f'ulimit -n {CROWD_DESCRIPTORS} && exec "$0" "$@"'])
    listener.must_be_ready()
    with listener_ends(listener):
        crowd(stage, "under ulimit -n 64")
        limit = listener.descriptors() + 1
        before = resource.prlimit(listener.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(listener.process.pid, resource.RLIMIT_NOFILE, (limit, before[1]))
        crowd(stage, f"with a limit lowered to {limit}")
        resource.prlimit(listener.process.pid, resource.RLIMIT_NOFILE, before)
        stage.expect(stage.is_answered(), "no good request is answered when there are descriptors again")
        stage.reckon()


@contextlib.contextmanager
def listener_ends(listener):
    try:
        yield
    finally:
        listener.kill()


def crowd(stage, when):
    """Many connections that say nothing, and then leave."""
    connections = connect(stage, CROWD)
    time.sleep(0.3)
    before = stage.listener.processor_seconds()
    time.sleep(IDLE_SECONDS)
    used = stage.listener.processor_seconds() - before
    stage.expect(used < IDLE_PROCESSOR_LIMIT, f"{when}: {used:.2f} s of a processor in {IDLE_SECONDS} idle seconds")
    stage.expect(stage.listener.process.poll() is None, f"{when}: the listener ends: {stage.listener.last_words()}")
    for connection in connections:
        connection.close()
    start = time.monotonic()
    stage.expect(stage.is_answered(), f"{when}: no good request is answered after the others have left")
    stage.facts.append(
        f"{len(connections)} connections {when}: {used:.2f} s of a processor in {IDLE_SECONDS} s, good again after "
        f"{1_000 * (time.monotonic() - start):.0f} ms")


def connect(stage, count):
    """So many connections, less those that the system does not take."""
    connections = []
    for _ in range(count):
        with contextlib.suppress(wire.Lost):
            connections.append(wire.Connection(stage.listener.address, seconds=1))
    return connections


# A full disk

def full_memory(stage):
    """Store and inbox on a file system in memory without room."""
    if os.geteuid() != 0:
        stage.facts.append("not root: no full disk")
        return
    disk = stage.folder / "small"
    with disks.Mount(disk, "-t", "tmpfs", "-o", f"size={SMALL_MEGABYTES}m", "tmpfs"):
        fill_again_and_again(stage, disk)


def full_disk(stage):
    """Store and inbox on an ext4 without room."""
    try:
        disks.needs_loop_devices()
        mount = disks.make_disk(stage.folder / "small.img", stage.folder / "small", SMALL_MEGABYTES)
    except Skip as reason:
        stage.facts.append(f"{reason}: no full ext4")
        return
    with mount as disk:
        fill_again_and_again(stage, disk)


def fill_again_and_again(stage, disk):
    """503, and 202 for the same event when there is room."""
    stage.listener.shop = stage.clean.copy(disk / "shop")
    refused, rounds = 0, stage.choose((2, 10))
    with stage.listener:
        for _ in range(rounds):
            refused += fill_and_free(stage, disk, room=stage.chance.randrange(64) << 10)
        stage.reckon()
    stage.facts.append(f"{refused} events were 503 in {rounds} times without room and 202 later")


def fill_and_free(stage, disk, room):
    stage.add(30)
    deliver(stage.mail, stage.listener.address)
    fill(disk, room)
    refused = refusals(stage)
    (disk / "ballast").unlink()
    for id in refused:
        stage.expect(
            is_accepted_later(stage, id), f"with room again {id} is not acknowledged: {stage.listener.last_words()}")
    return len(refused)


def fill(disk, room):
    """Fills a disk until so many bytes are left, of those that only root may use, too."""
    with open(disk / "ballast", "wb", buffering=0) as file:
        status = os.statvfs(disk)
        left = status.f_bfree * status.f_frsize - room
        try:
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 16)))
        except OSError as error:
            # What the file system itself needs of the room is not foreseen; then there is none left.
            if error.errno != errno.ENOSPC:
                raise


def refusals(stage):
    """Sends until three events were refused, and looks how."""
    refused, connection = [], wire.Connection(stage.listener.address)
    for _ in range(FILLING_EVENTS_LIMIT):
        [id] = stage.fresh()
        answer = connection.ask(stage.mail.request(id))
        if answer.status == 202:
            stage.mail.note(id, answer)
            continue
        refused.append(id)
        wait = answer.fields.get("retry-after", "")
        stage.expect(
            answer.status == 503 and wait.isdigit(),
            f"a full disk is answered with {answer.status}, Retry-After {wait!r}")
        if len(refused) == 3:
            connection.close()
            return refused
    raise CouldNotRun(f"{FILLING_EVENTS_LIMIT} events went into a disk without room")


def is_accepted_later(stage, id, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(wire.Lost):
            connection = wire.Connection(stage.listener.address)
            answer = connection.ask(stage.mail.request(id))
            connection.close()
            if answer.status == 202:
                return stage.mail.note(id, answer)
        time.sleep(0.1)
    return False


# A site that cannot be published

def full_site(stage):
    """No room for new portals: the old ones stay, the metrics say so, and room is enough to go on."""
    if os.geteuid() != 0:
        stage.facts.append("not root: no full site")
        return
    disk = stage.folder / "small"
    with disks.Mount(disk, "-t", "tmpfs", "-o", f"size={SMALL_MEGABYTES}m", "tmpfs"):
        stage.listener.web = disk / "web"
        with stage.listener as listener:
            listener.is_quiet()
            before = site.tree(listener.web)
            fill(disk, room=0)
            stage.add(40)
            deliver(stage.mail, listener.address)
            age = listener.age_after(FAILING_SECONDS)
            words = f"nothing could be published for {FAILING_SECONDS} s, the metrics say {age} s"
            stage.expect(age >= FAILING_SECONDS / 2, words)
            for fault in site.differences(site.tree(listener.web), before):
                stage.fail(f"while nothing can be published {fault}")
            published = len(listener.lines("published"))
            (disk / "ballast").unlink()
            stage.expect(
                publishes_more(listener, published), f"with room again nothing is published: {listener.last_words()}")
            stage.expect(listener.is_quiet(), "with room again it does not come to rest")
            stage.reckon()
    stage.facts.append(f"nothing to publish on for {FAILING_SECONDS} s, and all of it later")


def publishes_more(listener, before, seconds=30):
    """Whether more portals are published within the time than were before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if len(listener.lines("published")) > before:
            return True
        time.sleep(0.05)
    return False


def crowded(stage):
    """As many idle connections as the listener takes leave publication enough descriptors."""
    listener = stage.listener
    listener.start(under=["sh", "-c", f'ulimit -n {CROWDED_DESCRIPTORS} && exec "$0" "$@"'])
    listener.must_be_ready()
    with listener_ends(listener):
        listener.is_quiet()
        connections, published = connect(stage, 2 * CROWDED_DESCRIPTORS), len(listener.lines("published"))
        stage.expect(stage.is_answered(), "no good request is answered among idle connections")
        is_published = publishes_more(listener, published, seconds=10)
        stage.expect(is_published, f"among idle connections nothing is published: {listener.last_words()}")
        for connection in connections:
            connection.close()
        stage.reckon()
    stage.facts.append(f"published among {len(connections)} idle connections under ulimit -n {CROWDED_DESCRIPTORS}")


# A store that another process holds

def held_store(stage):
    """A long import does not keep senders waiting; what they sent is applied after it."""
    times, count = [], stage.choose(HELD_EVENTS)
    with stage.listener as listener, contextlib.closing(sqlite3.connect(listener.shop.store)) as holder:
        listener.is_quiet()
        holder.execute("BEGIN IMMEDIATE")
        stage.add(count)
        with probing(stage, times):
            deliver(stage.mail, listener.address)
            time.sleep(HELD_SECONDS)
        pending, kept = listener.metrics()["folio_inbox_pending"], len(stage.mail.acknowledged)
        stage.expect(pending == kept, f"{kept} events came while the store was held, {pending:.0f} are pending")
        holder.rollback()
        stage.expect(listener.is_quiet(), "what was acknowledged while the store was held is not applied after it")
        expect_low_latency(stage, times)
        stage.reckon()
    stage.facts.append(f"{kept} events while the store was held, {p99(times)}")


def expect_low_latency(stage, times):
    worst = percentile(times, 0.99)
    stage.expect(worst < LATENCY_LIMIT_SECONDS, f"the 99th percentile of good requests is {worst:.2f} s")


# One id, and many orders

def same_id(stage):
    """One event over a hundred connections, whose last bytes come at once."""
    one = event("usage.recorded", START, {"delta": True, "readings": [
        {"partner_id": "prt_0", "hour": text(START.replace(hour=5)), "direction": "inbound", "size_class": "small",
         "messages": 1_000, "failed": 0, "bytes": 1_000}]}, "cus_01")
    stage.mail.events[one["id"]] = one
    with stage.listener as listener:
        for _ in range(stage.choose((1, 10))):
            connections = [wire.Connection(listener.address) for _ in range(SAME_ID)]
            requests = [stage.mail.request(one["id"]) for _ in connections]
            for connection, request in zip(connections, requests):
                connection.send(request[:-1])
            for connection, request in zip(connections, requests):
                connection.send(request[-1:])
            for connection in connections:
                stage.mail.note(one["id"], connection.answer())
                connection.close()
        stage.reckon()
    kept = outcome.rows(listener.shop.store, "SELECT count(*) FROM events WHERE event_id = ?", one["id"])[0][0]
    stage.expect(kept == 1, f"the store has the event {kept} times")
    stage.facts.append(f"one id {SAME_ID} times at once, one effect")


def orders(stage):
    """The same events in other orders, with repetitions, over several connections."""
    events = list({each["id"]: each for each in varied_events(stage)}.values())
    wanted = outcome.Import(stage.clean, stage.folder / "import", events, stage.mail.source)
    tried = stage.choose(ORDERS)
    for number in range(tried):
        folder = stage.folder / f"order {number}"
        folder.mkdir()
        mail = Mail(stage.mail.source, stage.chance, repetition=4)
        stage.chance.shuffle(events)
        mail.add(events)
        listener = Listener(
            stage.folio, stage.clean.copy(folder / "shop"), folder / "web", mail.source, folder / "log")
        with listener:
            deliver(mail, listener.address)
            status = listener.terminate()
        stage.expect(status == 0, f"order {number}: SIGTERM ends with {status}: {listener.last_words()}")
        run = listener.drain()
        stage.expect(run.returncode == 0, f"order {number}: --once ends with {run.returncode}: {run.stderr[-500:]}")
        stage.expect(not mail.queue, f"order {number}: {len(mail.queue)} events could not be sent")
        faults = mail.faults + outcome.acknowledged_faults(listener.shop, mail) + wanted.faults(listener)
        for fault in faults[:3]:
            stage.fail(f"order {number}: {fault}")
        if not faults:
            shutil.rmtree(folder)
    stage.facts.append(f"{len(events)} events in {tried} orders, the site of an import each time")


def varied_events(stage):
    """Newcomers and changes, and what an invoice leads to; none that depends on what was there before."""
    events, stage.events = letters.mixture(stage.chance, 0, 80, customers(3))
    now = START.replace(month=3, day=9)
    for number in range(40):
        edits = FactEdits(stage.chance, Facts(stage.clean.store), now, number)
        for kind in ("invoice_finalized", "budget_set", "notice_posted", "payment_method_added", "report_defined"):
            if stage.chance.random() < 0.4:
                events += getattr(edits, kind)()
    for invoice in [each for each in events if each["type"] == "billing.invoice.finalized"]:
        events.append(event("payment_succeeded", now, {
            "invoice_id": invoice["data"]["invoice_id"], "amount_paid": invoice["data"]["amount_due"],
            "payment_method": "card_ending_4242", "paid_at": text(now)}))
    return events


# A long time

def soak(stage):
    """Very many events over connections that come and go; what the listener uses must not go on growing."""
    total, listener, mail, uses, times = stage.choose(SOAK_EVENTS), stage.listener, stage.mail, [], []
    mail.repetition = 50
    with listener:
        start = time.monotonic()
        for half in range(2):
            send_and_rest(stage, renames(half * total // 2, total // 2), times)
            uses.append(used(listener))
        rate = len(mail.acknowledged) / (time.monotonic() - start)
        expect_low_latency(stage, times)
        applied, kept = listener.metrics()['folio_events_applied_total{outcome="applied"}'], len(mail.acknowledged)
        stage.expect(applied == kept, f"{kept:,} events are acknowledged, {applied:,.0f} applied")
        stage.expect(listener.terminate() == 0, f"after SIGTERM it does not end in order: {listener.last_words()}")
    compare_uses(stage, {**uses[0], "bytes of memory": memory_of_another(stage, total)}, uses[1])
    stage.facts.append(
        f"{kept:,} events at {rate:,.0f} a second, {p99(times)}, "
        + ", ".join(f"{what} {before:,} then {uses[1][what]:,}" for what, before in uses[0].items()))


def send_and_rest(stage, events, times):
    """Sends events over connections that come and go, with others' times, and waits until all came to its end."""
    stage.mail.add(events)
    with probing(stage, times):
        deliver(stage.mail, stage.listener.address, SOAK_CONNECTIONS, requests_limit=400)
    stage.expect(stage.listener.is_quiet(), f"after {len(stage.mail.acknowledged):,} events it does not come to rest")


def memory_of_another(stage, total):
    """What a new listener uses for a little mail: the longer a portal's history, the more memory it wants."""
    with stage.listener:
        send_and_rest(stage, renames(total, ANOTHERS_EVENTS), [])
        memory = stage.listener.memory()
        stage.reckon()
    return memory


def compare_uses(stage, wanted, found):
    for what, amount in wanted.items():
        if "journal" in what:
            # A journal is emptied now and then: at two instants it may be of any length below its limit.
            limit = JOURNAL_BYTES_LIMIT
        else:
            limit = amount * GROWTH_FACTOR + (GROWTH_DESCRIPTORS if what == "descriptors" else GROWTH_BYTES)
        stage.expect(found[what] <= limit, f"{what} are {found[what]:,} after all events, more than {limit:,.0f}")


def renames(first, count):
    """Events without number: names that change."""
    ids = customers(3)
    for number in range(first, first + count):
        at = START + timedelta(days=10, seconds=number)
        yield rename(ids[number % 3], number % 2, f"Name {number}", at)


@contextlib.contextmanager
def probing(stage, times):
    """Asks now and then beside what goes on, and takes the times."""
    is_over = threading.Event()

    def probe():
        while not is_over.wait(0.05):
            start = time.monotonic()
            stage.is_answered()
            times.append(time.monotonic() - start)

    prober = threading.Thread(target=probe, daemon=True)
    prober.start()
    yield
    is_over.set()
    prober.join()


def used(listener):
    store = listener.shop.store
    state = listener.web.with_name(listener.web.name + ".state")
    return {
        "bytes of memory": listener.memory(), "descriptors": listener.descriptors(),
        "bytes of the store's journal": size(store.with_name(store.name + "-wal")),
        "bytes of the inbox's journal": size(store.with_name(store.name + ".inbox-wal")),
        "bytes of the state": sum(size(path) for path in state.rglob("*"))}


def size(path):
    """A file's size; nothing where it has just gone."""
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0


PARTS = {
    "same id": same_id, "orders": orders, "descriptors": descriptors, "full memory": full_memory,
    "full disk": full_disk, "full site": full_site, "crowded": crowded,
    "held store": held_store, "slow": slow, "soak": soak}


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=list(PARTS), metavar="PART", help=f"one of {', '.join(PARTS)}")
    options = parser.parse_args()
    check_needs(options)
    folio, verdict, facts = Folio(options.folio), Verdict(options), []
    folder = workplace(options, "hostile_clients")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for name, run in PARTS.items():
        if not verdict.is_enough and options.only in (None, name):
            chance = random.Random(options.seed)
            stage = Stage(folio, folder / name.replace(" ", "_"), verdict, chance, name, options.full)
            try:
                run(stage)
            except wire.Lost as reason:
                stage.fail(f"a good sender loses its connection: {reason}; {stage.listener.last_words()}")
            facts += stage.facts
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end("; ".join(facts))


if __name__ == "__main__":
    judge(main)
