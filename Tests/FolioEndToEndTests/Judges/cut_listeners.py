#!/usr/bin/env python3
"""Cuts the power right after an acknowledgement, and looks whether the event is on the disk.

    cut_listeners.py --folio PATH --work DIR [--full] [--cuts N] [--only SESSION]

Store, inbox and site lie on an ext4 in a file, which writes nothing that was not synced. Senders post signed events;
the one that gets a certain acknowledgement stops the listener there and then, and the file is copied: that is the cut.
On the mounted copy every portal must be whole as the state knows it; `listen --once` must then find every event that
was acknowledged before the cut once, applied or waiting, and the site must be what an import of the same events makes,
byte for byte. The listener goes on after the cut, to the next one. Wants root and loop devices. Exit status: 0 proved,
1 not, 2 the judge could not run, 77 skipped.
"""

import os
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
from publication import disks, records, site
from publication.program import CouldNotRun, Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import Shop, customers, open_shop

SHORT, FULL, CUTS_OF_SESSION = 6, 100, 10
DISK_MEGABYTES = 96
# How many events come before the next cut, at most.
APART, CONNECTIONS = 40, 4
# Long enough for what the listener had sent before it was stopped to reach its senders.
ANSWERS_SECONDS = 0.05


class Session:
    """One listener on a disk, and the cuts while it works."""

    def __init__(self, folio, folder, number, verdict, chance):
        self.folio, self.folder, self.number, self.verdict, self.chance = folio, folder, number, verdict, chance
        folder.mkdir(parents=True)
        self.clean = open_shop(folder / "clean", folio, count=3)
        self.clean.configure(as_of=self.clean.as_of)
        self.mail = Mail(Source(folio, folder), chance)
        self.count, self.events, self.stopped = 0, 0, threading.Event()

    def run(self, cuts):
        with disks.make_disk(self.folder / "disk.img", self.folder / "disk", DISK_MEGABYTES) as disk:
            shop = self.clean.copy(disk / "shop")
            self.folio.must(*shop.build(disk / "web"))
            disks.run("sync", "-f", disk)
            with Listener(self.folio, shop, disk / "web", self.mail.source, self.folder / "log") as listener:
                while self.count < cuts and not self.verdict.is_enough:
                    self.cut(listener)
        return self.count

    def cut(self, listener):
        """Mail up to an acknowledgement, the cut there, and what is found after it."""
        chosen = len(self.mail.acknowledged) + self.chance.randrange(1, APART)
        self.stopped.clear()
        self.mail.note_acknowledged = lambda count: self.stop(listener) if count == chosen else None
        events, self.events = letters.mixture(self.chance, self.events, APART + CONNECTIONS, customers(3))
        self.mail.add(events)
        senders = threading.Thread(target=deliver, args=(self.mail, listener.address, CONNECTIONS), daemon=True)
        senders.start()
        if not self.stopped.wait(60):
            raise CouldNotRun(f"the acknowledgement did not come: {listener.last_words()}")
        # What is acknowledged now was so before the listener stopped.
        time.sleep(ANSWERS_SECONDS)
        acknowledged = dict(self.mail.acknowledged)
        copy = self.folder / "cut.img"
        disks.cut(self.folder / "disk.img", copy)
        listener.process.send_signal(signal.SIGCONT)
        senders.join(60)
        self.count += 1
        self.judge_copy(copy, acknowledged)

    def stop(self, listener):
        os.kill(listener.process.pid, signal.SIGSTOP)
        self.stopped.set()

    def judge_copy(self, copy, acknowledged):
        """What a listener finds on the disk that the cut left."""
        with disks.Mount(self.folder / "copy", "-o", "loop", copy) as disk:
            shop = Shop(disk / "shop", self.folio, self.clean.as_of)
            found = Listener(self.folio, shop, disk / "web", self.mail.source, self.folder / "log of the copy")
            before = Mail(self.mail.source, self.chance)
            before.events, before.acknowledged = self.mail.events, acknowledged
            faults = list(site.Site(disk / "web").broken_links())[:2]
            faults += records.false_claims(self.folio, disk / "web", self.folder)[0]
            faults += outcome.faults_after(found, before, self.clean, self.folder / "import")
            for fault in (self.mail.faults + faults)[:3]:
                self.verdict.fail(f"session {self.number}, cut {self.count}: {fault}", "--only", self.number)
        self.mail.faults.clear()
        copy.unlink()


def main():
    parser = arguments(__doc__)
    parser.add_argument("--cuts", type=int, help=f"how many; {SHORT}, and with --full {FULL}")
    parser.add_argument("--only", type=int, metavar="SESSION", help="one session again")
    options = parser.parse_args()
    check_needs(options, disks.needs_loop_devices)
    folio, verdict = Folio(options.folio), Verdict(options)
    folder = workplace(options, "cut_listeners")
    wanted, cuts, acknowledged, number = options.cuts or (FULL if options.full else SHORT), 0, 0, options.only or 0
    while cuts < wanted and not verdict.is_enough:
        session = Session(folio, folder / str(number), number, verdict, random.Random(options.seed + number))
        cuts += session.run(min(CUTS_OF_SESSION, wanted - cuts))
        acknowledged += len(session.mail.acknowledged)
        number += 1
        if not verdict.failures:
            shutil.rmtree(session.folder)
        if options.only is not None:
            break
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end(f"{cuts} power cuts right after an acknowledgement, among {acknowledged:,} acknowledged events")


if __name__ == "__main__":
    judge(main)
