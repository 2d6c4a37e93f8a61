#!/usr/bin/env python3
"""Cuts the power during builds, and looks at what the disk has.

    power_cuts.py --folio PATH --work DIR [--full] [--cuts N] [--only EDIT:DIRECTION:PLACE]

Builds go to and fro between two shops on an ext4 in a file, which writes nothing that was not synced. A build is
stopped at a random instant (a place in thousandths of it), or after its n-th call that renames or syncs (`call n`, by
strace), or has just ended (`end`), and the file is copied: that is the cut. On the mounted copy every
portal must be the old or the new one, byte for byte; the state must not claim a portal that is not there; after a build
that had ended all must be new. Then the next build must complete there to what a clean build makes. Wants root, loop
devices and strace. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import contextlib
import random
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True

from publication import disks, interruptions, records, site
from publication.program import Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import EDITS, open_shop

SHORT, FULL = 8, 100
DISK_MEGABYTES = 96
DIRECTIONS = ("forth", "back")
# Where a build turns from the old into the new, and the record after it.
TURNS = "renameat,renameat2,fsync,fdatasync,syncfs"
# Of ten cuts, in turn: where each is.
KINDS = ["time", "call", "call", "time", "end", "call", "call", "call", "time", "end"]


class Cutter:
    """The disk, the two shops, and the cuts."""

    def __init__(self, folio, folder, edit, disk, verdict):
        self.folio, self.folder, self.edit, self.disk, self.verdict = folio, folder, edit, disk, verdict
        old = open_shop(folder / f"{edit}-old", folio)
        new = old.copy(folder / f"{edit}-new")
        EDITS[edit](new)
        self.shops = {"back": old, "forth": new}
        self.clean = {to: self.make_clean(to) for to in self.shops}
        self.web = disk / edit
        self.kept = {"old": 0, "new": 0, "not recorded": 0}
        folio.must(*old.build(self.web))
        self.usual = {direction: self.measure(direction) for direction in DIRECTIONS}

    def make_clean(self, to):
        out = self.folder / f"{self.edit}-clean-{to}"
        self.folio.must(*self.shops[to].build(out))
        return site.Site(out)

    def measure(self, direction):
        """How long a build takes, and how many calls it has that turn something."""
        start = time.monotonic()
        self.folio.must(*self.build(direction, self.web))
        seconds = time.monotonic() - start
        self.folio.must(*self.build(DIRECTIONS[1 - DIRECTIONS.index(direction)], self.web))
        calls = interruptions.count_calls(
            self.folio, self.build(direction, self.web), TURNS, self.folder / "calls")
        return seconds, calls

    def build(self, direction, web):
        more = ["--allow-rewind"] if direction == "back" else []
        return self.shops[direction].build(web, "--jobs", "1", *more)

    def cut(self, direction, place):
        """One build with a cut in it; `place` is as the judge's documentation says."""
        image, copy = self.folder / "disk.img", self.folder / "cut.img"
        with self.standing(direction, place) as process:
            disks.cut(image, copy)
            has_ended = process.poll() is not None
        name = f"{self.edit}:{direction}:{place}"
        if process.returncode != 0:
            self.verdict.fail(f"{name}: the build ends with {process.returncode}", "--only", name)
        with disks.Mount(self.folder / "copy", "-o", "loop", copy) as disk:
            for fault in self.faults(direction, disk / self.edit, has_ended)[:3]:
                self.verdict.fail(f"{name}: {fault}", "--only", name)
        copy.unlink()

    def chosen(self, kind, direction, chance):
        """A place of a kind."""
        calls = self.usual[direction][1]
        return {"time": f"{chance.randrange(1_000)}", "call": f"call {chance.randrange(1, calls + 1)}"}.get(kind, kind)

    @contextlib.contextmanager
    def standing(self, direction, place):
        """A build that stands still at a place, or has ended before; it goes on to its end afterwards."""
        arguments = self.build(direction, self.web)
        if place.startswith("call"):
            stops = interruptions.Stops(self.folio, arguments, TURNS, int(place[4:]), self.folder / "calls")
            stops.wait()
            yield stops.process
            stops.go_on()
            return
        process = self.folio.start(*arguments)
        if place == "end":
            process.wait()
        else:
            time.sleep(self.usual[direction][0] * int(place) / 1_000)
            process.send_signal(signal.SIGSTOP)
        yield process
        process.send_signal(signal.SIGCONT)
        process.wait()

    def faults(self, direction, web, has_ended):
        """What is wrong on the disk that the cut left."""
        before, after = self.clean[DIRECTIONS[1 - DIRECTIONS.index(direction)]], self.clean[direction]
        faults, renewed = site.reader_faults(web, before, after)
        changed = {name for name in before.names | after.names if before.portal(name) != after.portal(name)}
        self.kept["new"] += len(renewed)
        self.kept["old"] += len(changed - renewed)
        if has_ended and renewed != changed:
            faults.append(f"the build had ended, yet {', '.join(sorted(changed - renewed))} is not the new one")
        claims, not_recorded = records.false_claims(self.folio, web, self.folder)
        self.kept["not recorded"] += not_recorded
        return faults + claims + self.completion_faults(direction, web)

    def completion_faults(self, direction, web):
        """What is wrong after the build that follows the cut."""
        run = self.folio.run(*self.build(direction, web))
        if run.returncode != 0:
            return [f"the next build ends with {run.returncode}: {run.stderr.strip()}"]
        faults = site.differences(site.tree(web), self.clean[direction].tree)
        staging = web.with_name(web.name + ".state") / "staging"
        faults += [f"left in staging: {path.name}" for path in staging.iterdir()] if staging.exists() else []
        check = self.folio.run("verify", "--out", web)
        return faults + ([f"verify: {check.stdout.strip()} {check.stderr.strip()}"] if check.returncode else [])


def points(options, cuts):
    """To and fro over the edits: where each cut is, of which kind."""
    if options.only:
        edit, direction, place = options.only.split(":")
        way = [] if direction == "forth" else [(edit, "forth", "end")]
        return way + [(edit, direction, place)]
    edits = list(EDITS)
    return [
        (edits[number // 2 % len(edits)], DIRECTIONS[number % 2], KINDS[(number + number // len(KINDS)) % len(KINDS)])
        for number in range(cuts)]


def main():
    parser = arguments(__doc__)
    parser.add_argument("--cuts", type=int, help=f"how many; {SHORT}, and with --full {FULL}")
    parser.add_argument("--only", metavar="EDIT:DIRECTION:PLACE", help="one cut again")
    options = parser.parse_args()
    check_needs(options, disks.needs_loop_devices, interruptions.needs_strace)
    folio, verdict, chance = Folio(options.folio), Verdict(options), random.Random(options.seed)
    folder = workplace(options, "power_cuts")
    cutters, made = {}, 0
    with disks.make_disk(folder / "disk.img", folder / "disk", DISK_MEGABYTES) as disk:
        for edit, direction, place in points(options, options.cuts or (FULL if options.full else SHORT)):
            if edit not in cutters:
                cutters[edit] = Cutter(folio, folder, edit, disk, verdict)
            cutters[edit].cut(direction, cutters[edit].chosen(place, direction, chance))
            made += 1
            if verdict.is_enough:
                break
    kept = {which: sum(each.kept[which] for each in cutters.values()) for which in ("old", "new", "not recorded")}
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end(
        f"{made} power cuts, which left {kept['old']} portals old and {kept['new']} new, "
        f"{kept['not recorded']} of which the record did not know yet")


if __name__ == "__main__":
    judge(main)
