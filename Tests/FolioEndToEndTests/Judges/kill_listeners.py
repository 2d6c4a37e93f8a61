#!/usr/bin/env python3
"""Kills listeners while senders post, and looks whether an acknowledged event is lost or taken twice.

    kill_listeners.py --folio PATH --work DIR [--full] [--kills N] [--only SESSION]

Senders post signed events over several connections: of several customers, some before what they are about, some again.
The listener is killed at the n-th system call of a group (strace), at a random time, or while `listen --once` works off
the inbox, and is started again on the same files; what was not acknowledged is sent again. A session has about 25 kills
and ends with SIGTERM, which must be answered with status 0. Then `listen --once` must leave every acknowledged event in
the store once, applied or waiting; events, revisions and the site must be what an import of the same events makes, byte
for byte, and `folio verify` must be content. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import collections
import random
import shutil
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True

from delivery import letters, outcome
from delivery.listener import Listener
from delivery.senders import Mail, deliver
from delivery.signing import Source
from publication import interruptions
from publication.program import CouldNotRun, Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import customers, open_shop

SHORT, FULL, KILLS_OF_SESSION = 20, 1_000, 25
ROUND_EVENTS, CONNECTIONS = 40, 4
# How long a listener that has all its mail may take to come to the call that kills it.
LAST_CALLS_SECONDS = 1.0
GROUPS = {
    "writes": "pwrite64,write,writev,pwritev,ftruncate",
    "syncs": "fsync,fdatasync,syncfs",
    "answers": "sendto,sendmsg",
    "turns": "?rename,?renameat,renameat2,?link,linkat,?unlink,unlinkat,?mkdir,mkdirat",
    "files": "?open,openat,close,read,pread64,recvfrom,accept4,?epoll_wait,epoll_pwait,mmap,fcntl",
}
# Of so many kills, in turn: where each is.
KINDS = ["writes", "syncs", "time", "writes", "turns", "answers", "syncs", "files", "writes", "once", "time", "answers"]


def beside(words):
    """strace as a grandchild, so that the process that was started is the listener itself."""
    return [words[0], "-D", *words[1:]]


def count_calls(listener, mail, folder):
    """How many of the calls of each group the threads of a listener make for the mail of one round."""
    totals = {}
    for group, calls in GROUPS.items():
        log = folder / "calls"
        listener.start(under=beside(interruptions.strace(calls, log=str(log))))
        listener.must_be_ready()
        mail.add_round()
        deliver(mail, listener.address, CONNECTIONS)
        listener.is_quiet()
        listener.terminate()
        lines = log.read_text().splitlines()
        counts = collections.Counter(line.split(None, 1)[0] for line in lines if "resumed>" not in line)
        totals[group] = sorted(counts.values())
        if not counts:
            raise CouldNotRun(f"a listener makes none of the calls {calls}")
    return totals


class Rounds(Mail):
    """Mail that comes in rounds of new events."""

    def __init__(self, source, chance):
        super().__init__(source, chance)
        self.number = 0

    def add_round(self):
        events, self.number = letters.mixture(self.chance, self.number, ROUND_EVENTS, customers(3))
        self.add(events)


class Session:
    """One store, inbox and site through many kills."""

    def __init__(self, folio, folder, number, verdict, chance, kills):
        self.number, self.folder, self.verdict, self.chance, self.kills = number, folder, verdict, chance, kills
        folder.mkdir(parents=True)
        shop = open_shop(folder / "shop", folio, count=3)
        shop.configure(as_of=shop.as_of)
        self.clean = shop.copy(folder / "clean")
        self.mail = Rounds(Source(folio, folder), chance)
        self.listener = Listener(folio, shop, folder / "web", self.mail.source, folder / "log")

    def fail(self, words):
        self.verdict.fail(f"session {self.number}: {words}", "--only", self.number)

    def run(self, totals, kills):
        """So many kills; a try that comes to no kill is none."""
        wanted, place = self.kills.total() + kills, self.chance.randrange(len(KINDS))
        while self.kills.total() < wanted and not self.verdict.is_enough:
            self.kill(KINDS[place % len(KINDS)], totals)
            place += 1
        self.end()
        if not self.verdict.failures:
            shutil.rmtree(self.folder)

    def kill(self, kind, totals):
        """One round of mail, and a kill in it."""
        if kind == "once":
            return self.kill_once(totals)
        self.mail.add_round()
        if kind == "time":
            return self.kill_at_a_time()
        number = 1 + self.chance.randrange(self.chance.choice(totals[kind]))
        self.listener.start(under=beside(interruptions.killed_at(GROUPS[kind], number)))
        if self.listener.is_ready():
            deliver(self.mail, self.listener.address, CONNECTIONS)
            self.wait_for_last_calls()
        self.end_round(kind if self.listener.process.poll() is not None else "after the mail", kind)

    def wait_for_last_calls(self):
        end = time.monotonic() + LAST_CALLS_SECONDS
        while self.listener.process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)

    def kill_at_a_time(self):
        self.listener.start()
        self.listener.must_be_ready()
        timer = threading.Timer(self.chance.random() * 0.25, self.listener.process.kill)
        timer.start()
        deliver(self.mail, self.listener.address, CONNECTIONS)
        timer.join()
        self.end_round("time", "time")

    def kill_once(self, totals):
        """A kill of the run that works off what earlier kills left."""
        kind = self.chance.choice(["writes", "syncs", "turns"])
        number = 1 + self.chance.randrange(totals[kind][-1])
        run = self.listener.drain(under=interruptions.killed_at(GROUPS[kind], number))
        if run.returncode == -signal.SIGKILL:
            self.kills["once"] += 1
        elif run.returncode != 0:
            self.fail(f"listen --once ends with {run.returncode}: {run.stderr.strip()[-500:]}")

    def end_round(self, counted_as, kind):
        """Counts a kill; an end of the listener's own is a failure, and so is what no sender should be answered."""
        self.listener.kill()
        status = self.listener.process.returncode
        self.kills[counted_as] += 1
        if status != -signal.SIGKILL:
            self.fail(f"{kind}: the listener ends by itself with {status}: {self.listener.last_words()}")
        for fault in self.mail.faults[:3]:
            self.fail(f"{kind}: {fault}")
        self.mail.faults.clear()

    def end(self):
        """SIGTERM among the mail, and then the reckoning."""
        self.mail.add_round()
        self.listener.start()
        self.listener.must_be_ready()
        timer = threading.Timer(self.chance.random() * 0.1, self.listener.process.send_signal, [signal.SIGTERM])
        timer.start()
        deliver(self.mail, self.listener.address, CONNECTIONS)
        timer.join()
        status = self.listener.terminate()
        if status != 0 or not self.listener.lines("stopped"):
            self.fail(f"after SIGTERM the listener ends with {status}: {self.listener.last_words()}")
        for fault in outcome.faults_after(self.listener, self.mail, self.clean, self.folder / "import")[:4]:
            self.fail(fault)


def measured(folio, folder):
    """The calls of one round, counted on a store of its own."""
    session = Session(folio, folder, "calls", None, random.Random(1), None)
    return count_calls(session.listener, session.mail, folder)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--kills", type=int, help=f"how many; {SHORT}, and with --full {FULL:,}")
    parser.add_argument("--only", type=int, metavar="SESSION", help="one session again")
    options = parser.parse_args()
    check_needs(options, interruptions.needs_strace)
    folio, verdict = Folio(options.folio), Verdict(options)
    folder = workplace(options, "kill_listeners")
    wanted = options.kills or (FULL if options.full else SHORT)
    totals, kills, sizes = measured(folio, folder / "calls"), collections.Counter(), collections.Counter()
    number = options.only or 0
    while kills.total() < wanted and not verdict.is_enough:
        session = Session(folio, folder / str(number), number, verdict, random.Random(options.seed + number), kills)
        session.run(totals, min(KILLS_OF_SESSION, wanted - kills.total()))
        sizes += collections.Counter(
            sessions=1, acknowledged=len(session.mail.acknowledged), repeated=session.mail.repeated)
        number += 1
        if options.only is not None:
            break
    if not verdict.failures:
        shutil.rmtree(folder)
    groups = ", ".join(f"{group} {count}" for group, count in sorted(kills.items()))
    return verdict.end(
        f"{kills.total()} kills of listeners ({groups}) in {sizes['sessions']} sessions; {sizes['acknowledged']:,} "
        f"acknowledged events are there once, {sizes['repeated']:,} were sent again after it")


if __name__ == "__main__":
    judge(main)
