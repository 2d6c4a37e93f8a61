#!/usr/bin/env python3
"""Kills builds, and looks after each kill at what a reader of the web root would find.

    kill_builds.py --folio PATH --work DIR [--full] [--kills N] [--only EDIT:DIRECTION:GROUP:N]

Edits change a small shop to and fro (facts, configuration, templates, time; with the state lost before; and from
nothing to a first publication). Each build of an edit is killed: at the N-th system call of a group (strace), or at a
random time. After each kill every portal must be the old or the new one,
byte for byte, with all the files that its pages name; then the next build must complete, and the web root must be what
a clean build makes, with nothing staged and with `folio verify` content. One in eight of these next builds is killed
too. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import itertools
import random
import shutil
import sys
import time

sys.dont_write_bytecode = True

from publication import interruptions, site
from publication.program import Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import EDITS, edit_facts, open_shop

SHORT, FULL = 40, 1_000
# Of a hundred kills; what the turns do not use up goes to the others.
SHARES = {"turns": 45, "names": 20, "files": 20, "time": 15}
DIRECTIONS = ("forth", "back")


def other(direction):
    return DIRECTIONS[1 - DIRECTIONS.index(direction)]


class Scene:
    """A web root that goes from an old shop to a new one and back, and what it must hold at either end."""

    directions = DIRECTIONS

    def __init__(self, folio, folder, edit):
        self.folio, self.folder, self.edit = folio, folder, edit
        self.web, self.state = folder / "web", folder / "web.state"
        old = open_shop(folder / "old", folio)
        new = old.copy(folder / "new")
        EDITS.get(edit, edit_facts)(new)
        self.shops = {"back": old, "forth": new}
        self.clean = {to: self.make_clean(to, shop) for to, shop in self.shops.items()}
        self.start_again()

    def make_clean(self, to, shop):
        """What a first build of a shop makes elsewhere."""
        out = self.folder / f"clean-{to}"
        self.folio.must(*shop.build(out, "--jobs", "1"))
        return site.Site(out)

    def start_again(self):
        """The old site, made anew."""
        for folder in (self.web, self.state):
            shutil.rmtree(folder, ignore_errors=True)
        self.folio.must(*self.shops["back"].build(self.web, "--jobs", "1"))
        self.stands = "back"

    def go(self, end):
        """Builds whole, unless the web root is there already."""
        if self.stands != end:
            self.folio.must(*self.build(end))
            self.stands = end

    def prepare(self, direction):
        """Makes everything ready for a build that goes one way."""
        self.go(other(direction))

    def build(self, direction, jobs=1):
        """The build that goes one way; the way back knows fewer events."""
        more = ["--allow-rewind"] if direction == "back" else []
        return self.shops[direction].build(self.web, "--jobs", str(jobs), *more)

    def reader_faults(self, direction):
        return site.reader_faults(self.web, self.clean[other(direction)], self.clean[direction])[0]

    def completion_faults(self, direction):
        """What is wrong after the build that follows a kill."""
        run = self.folio.run(*self.build(direction))
        self.stands = direction
        if run.returncode != 0:
            return [f"the next build ends with {run.returncode}: {run.stderr.strip()}"]
        faults = site.differences(site.tree(self.web), self.clean[direction].tree)
        faults += list(site.wrong_modes(self.web))[:3]
        staging = self.state / "staging"
        faults += [f"left in staging: {path.name}" for path in staging.iterdir()] if staging.exists() else []
        check = self.folio.run("verify", "--out", self.web)
        if check.returncode != 0:
            faults.append(f"verify ends with {check.returncode}: {check.stdout.strip()} {check.stderr.strip()}")
        return faults


class FirstPublication(Scene):
    """Where there was nothing, there is nothing or a whole portal."""

    directions = ("forth",)

    def make_clean(self, to, shop):
        return site.Site(self.folder / "nothing") if to == "back" else super().make_clean(to, shop)

    def start_again(self):
        for folder in (self.web, self.state):
            shutil.rmtree(folder, ignore_errors=True)
        self.stands = "back"

    def prepare(self, direction):
        self.start_again()


class LostState(Scene):
    """A build that finds a site and does not know of it."""

    def prepare(self, direction):
        super().prepare(direction)
        shutil.rmtree(self.state)


SCENES = {**dict.fromkeys(EDITS, Scene), "first": FirstPublication, "lost": LostState}


class Killer:
    """Kills builds of a scene, one point after another."""

    def __init__(self, scene, verdict, chance):
        self.scene, self.verdict, self.chance = scene, verdict, chance
        self.kills = {"turns": 0, "names": 0, "files": 0, "time": 0, "again": 0}
        self.usual = self.measure()

    def measure(self):
        """How long a build takes from one end to the other, and back again."""
        durations = {}
        for direction in self.scene.directions:
            self.scene.prepare(direction)
            start = time.monotonic()
            self.scene.go(direction)
            durations[direction] = time.monotonic() - start
        return durations

    def points(self, budget):
        """For both directions: which group of calls, and at the how-manieth. A time is in thousandths of a build."""
        totals = {}
        for group, calls in interruptions.GROUPS.items():
            for direction in self.scene.directions:
                self.scene.prepare(direction)
                totals[group, direction] = interruptions.count_calls(
                    self.scene.folio, self.scene.build(direction), calls, self.scene.folder / "calls")
                self.scene.stands = direction
        ways = self.scene.directions
        plans = [self.plan(direction, totals, budget // len(ways)) for direction in ways]
        return [point for pair in itertools.zip_longest(*plans) for point in pair if point]

    def plan(self, direction, totals, budget):
        points, left, shares = [], budget, dict(SHARES)
        for group in ("turns", "names", "files", "time"):
            total = totals.get((group, direction), 1_100)
            count = max(1, left * shares[group] // sum(shares.values()))
            numbers = interruptions.spread(total, count, self.chance)
            points += [(direction, group, number) for number in numbers]
            left -= len(numbers)
            del shares[group]
        self.chance.shuffle(points)
        return points

    def kill(self, direction, group, number):
        """Kills one build, and judges."""
        name = f"{self.scene.edit}:{direction}:{group}:{number}"
        self.scene.prepare(direction)
        faults = []
        if self.interrupt(direction, group, number):
            self.kills[group] += 1
            faults = self.scene.reader_faults(direction)
            if self.chance.random() < 1 / 8:
                seconds = self.usual[direction] * self.chance.random()
                self.kills["again"] += interruptions.kill_after(
                    self.scene.folio, self.scene.build(direction), seconds)
                faults += self.scene.reader_faults(direction)
        completion = self.scene.completion_faults(direction)
        for fault in (faults + completion)[:3]:
            self.verdict.fail(f"{name}: {fault}", "--only", name)
        if completion:
            self.scene.start_again()

    def kill_at_random(self):
        """One more kill, at a random time: a point that was planned may lie behind the end of its build."""
        self.kill(self.chance.choice(self.scene.directions), "time", self.chance.randrange(1_000))

    def interrupt(self, direction, group, number):
        if group == "time":
            # More threads than one make other instants.
            arguments = self.scene.build(direction, jobs=1 + number % 2)
            return interruptions.kill_after(self.scene.folio, arguments, self.usual[direction] * number / 1_000)
        under = interruptions.killed_at(interruptions.GROUPS[group], number)
        return interruptions.was_killed(self.scene.folio.run(*self.scene.build(direction), under=under))


def main():
    parser = arguments(__doc__)
    parser.add_argument("--kills", type=int, help=f"how many; {SHORT}, and with --full {FULL:,}")
    parser.add_argument("--only", metavar="EDIT:DIRECTION:GROUP:N", help="one kill again")
    options = parser.parse_args()
    check_needs(options, interruptions.needs_strace)
    folio, verdict, chance = Folio(options.folio), Verdict(options), random.Random(options.seed)
    folder = workplace(options, "kill_builds")
    wanted = options.kills or (FULL if options.full else SHORT)
    edits = [options.only.split(":")[0]] if options.only else list(SCENES)
    killers = []
    for place, edit in enumerate(edits):
        killer = Killer(SCENES[edit](folio, folder / edit, edit), verdict, chance)
        killers.append(killer)
        for point in only(options) or killer.points((wanted - count(killers)) // (len(edits) - place)):
            if not verdict.is_enough:
                killer.kill(*point)
    attempts = wanted
    while not options.only and not verdict.failures and count(killers) < wanted and attempts:
        attempts -= 1
        chance.choice(killers).kill_at_random()
    if not verdict.failures:
        shutil.rmtree(folder)
    if not options.only and count(killers) < wanted and not verdict.failures:
        verdict.fail(f"only {count(killers)} of {wanted} builds could be killed")
    groups = ", ".join(f"{group} {sum(killer.kills[group] for killer in killers)}" for group in killers[0].kills)
    return verdict.end(f"{count(killers)} kills of builds with {len(edits)} edits ({groups})")


def count(killers):
    return sum(sum(killer.kills.values()) for killer in killers)


def only(options):
    """The one point of `--only`."""
    if not options.only:
        return []
    _, direction, group, number = options.only.split(":")
    return [(direction, group, int(number))]


if __name__ == "__main__":
    judge(main)
