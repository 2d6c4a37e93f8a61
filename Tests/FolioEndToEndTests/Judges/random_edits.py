#!/usr/bin/env python3
"""Edits a shop at random, and compares after each edit the incremental site with a full one.

    random_edits.py --folio PATH --work DIR [--full] [--edits N] [--customers N] [--seed N]

The shop is a demo's. Edits are events of every type that has a schema, customers that come and go, plans with new
names, templates, words, configuration, logo, key, and the time of the view. After each one `folio build` publishes to
one web root, and a build without any state to another; `diff -r` must find nothing, and `folio verify` neither. Some
builds come after another: of one customer only, killed, dry, in full, or with the state lost. A file whose bytes
changed must be newer by a second at least; one whose bytes did not change keeps inode and time; and an event of one
customer leaves the other portals' folders alone. Exit status: 0 proved, 1 not, 2 the judge could not run.
"""

import collections
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
from datetime import datetime

sys.dont_write_bytecode = True

from publication import interruptions, records, site
from publication.fact_edits import FactEdits
from publication.facts import Facts
from publication.program import CHECKOUT, CouldNotRun, Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import Shop
from publication.site_edits import SITE_EDITS, SiteEdits

FULL = 200
AS_OF = "2026-06-16T12:00:00Z"
# What comes before the build that is judged, and how often of a hundred.
BEFORE = {"nothing": 68, "one customer": 8, "killed": 8, "dry": 6, "in full": 5, "state lost": 5}


def types_of_events():
    """The types that have a schema, as the methods of `FactEdits` are named."""
    schemas = (CHECKOUT / "assets/schemas/events").glob("billing.*.schema.json")
    return sorted(path.name.removeprefix("billing.").removesuffix(".schema.json").replace(".", "_") for path in schemas)


class Edits:
    """Kinds of edits in a shuffled deck, so that each comes before one comes again."""

    def __init__(self, chance):
        self.chance, self.deck = chance, []
        self.facts = types_of_events() + ["customer_comes", "plan_renamed"]
        self.kinds = self.facts + SITE_EDITS
        lacking = [kind for kind in self.facts if not hasattr(FactEdits, kind)]
        if lacking:
            raise CouldNotRun(f"no edit is written for events of the types {', '.join(lacking)}")

    def next(self):
        if not self.deck:
            self.deck = self.chance.sample(self.kinds, len(self.kinds))
        return self.deck.pop()


class Editor:
    """A shop, the web root that follows its edits, and one that is made anew after each."""

    def __init__(self, folio, folder, customers, verdict, chance):
        self.folio, self.verdict, self.chance = folio, verdict, chance
        folio.must("demo", folder / "shop", "--customers", customers, "--language", "en")
        shutil.rmtree(folder / "shop/site")
        self.shop = Shop(folder / "shop", folio, AS_OF)
        self.shop.configure(demo_seed=None, site_key_file=None, as_of=None)
        self.web, self.anew = folder / "web", folder / "anew"
        self.edits = Edits(chance)
        self.refused, self.counts = [], collections.Counter()
        folio.must(*self.shop.build(self.web))
        self.known, self.customers = files(self.web), set(self.owners(portal_folders(self.web)))

    # Edits

    def edit(self, number):
        """Makes one edit; says what it was, and whose alone it is."""
        kind = self.edits.next()
        if kind not in self.edits.facts:
            getattr(SiteEdits(self.chance, self.shop, number), kind)()
            return kind, None
        facts = Facts(self.shop.store)
        if kind == "customer_deleted" and len(facts.customers()) < 3:
            kind = "customer_comes"
        maker = FactEdits(self.chance, facts, datetime.fromisoformat(self.shop.as_of.removesuffix("Z")), number)
        events = getattr(maker, kind)()
        run = self.shop.take(events)
        if run.returncode != 0:
            self.refused.append(f"{kind}: {run.stderr.strip()}")
        owners = {each.get("customer_id") for each in events}
        return kind, owners.pop() if len(owners) == 1 else None

    # Builds

    def prepare(self):
        """What happens before the build that is judged."""
        before = self.chance.choices(list(BEFORE), list(BEFORE.values()))[0]
        more = ["--jobs", str(self.chance.choice([1, 2]))]
        if before == "one customer":
            self.build_one()
        elif before == "killed":
            interruptions.kill_after(self.folio, self.shop.build(self.web, *more), self.chance.random() / 2)
        elif before == "dry":
            self.build_dry()
        elif before == "in full":
            more.append("--full")
        elif before == "state lost":
            shutil.rmtree(self.state)
        return before, more

    @property
    def state(self):
        return self.web.with_name("web.state")

    def build_one(self):
        customer = self.chance.choice(Facts(self.shop.store).customers())
        run = self.folio.run(*self.shop.build(self.web, "--customer", customer))
        # A customer of the future has no portal yet.
        if run.returncode not in (0, 1):
            self.fail(f"a build of {customer} alone ends with {run.returncode}: {run.stderr.strip()}")

    def build_dry(self):
        before = files(self.web)
        run = self.folio.run(*self.shop.build(self.web, "--dry-run"))
        if run.returncode not in (0, 3):
            self.fail(f"a dry run ends with {run.returncode}: {run.stderr.strip()}")
        if files(self.web) != before:
            self.fail("a dry run changed the web root")

    def step(self, number):
        """One edit, its build, and what is to be said against it."""
        kind, owner = self.edit(number)
        before, more = self.prepare()
        self.what = f"edit {number} ({kind}{' of ' + owner if owner else ''}, before it: {before})"
        self.number = number
        folders = portal_folders(self.web)
        unrecorded = folders.keys() - self.recorded(folders)
        run = self.folio.run(*self.shop.build(self.web, *more, "--json"))
        self.compare_with_new(run)
        found = files(self.web)
        self.compare_times(found, unrecorded)
        if owner and before == "nothing":
            self.compare_folders(owner, folders)
        self.counts["changed" if digests(found) != digests(self.known) else "unchanged"] += 1
        self.known, self.customers = found, set(self.owners(portal_folders(self.web)))

    def compare_with_new(self, run):
        for folder in (self.anew, self.anew.with_name("anew.state")):
            shutil.rmtree(folder, ignore_errors=True)
        anew = self.folio.run(*self.shop.build(self.anew, "--json"))
        failed = failures(anew)
        if run.returncode != anew.returncode or anew.returncode not in (0, 3) or failures(run) != failed:
            self.fail(
                f"the build ends with {run.returncode}: {run.stderr.strip()}; and one of nothing with "
                f"{anew.returncode}: {anew.stderr.strip()}")
        kept = self.kept(failed)
        diff = subprocess.run(["diff", "-r", self.web, self.anew], capture_output=True, text=True, errors="replace")
        lines = [line for line in diff.stdout.splitlines() if line.startswith(("Only", "diff", "Binary"))]
        # A portal that cannot be made stays, with what it points to.
        lines = [line for line in lines if line.removeprefix("Only in ") not in kept]
        if lines:
            self.fail(f"incremental and full site differ: {'; '.join(lines[:3])} ({len(lines)} files)")
        for words in list(site.wrong_modes(self.web))[:1]:
            self.fail(words)
        check = self.folio.run("verify", "--out", self.web, "--json")
        # Of a portal that cannot be made nothing is recorded once the state was lost.
        faults = [
            fault for fault in json.loads(check.stdout)["faults"]
            if fault["kind"] != "unexpected" or f"{self.web}/{fault['path']}" not in self.places(kept)]
        if check.returncode not in (0, 2) or faults:
            self.fail(f"verify ends with {check.returncode}: {faults[:3]} {check.stderr.strip()}")

    def places(self, kept):
        return {place.replace(": ", "/") for place in kept}

    def kept(self, failed):
        """What only the incremental site has, as `diff` names it: portals that can be made no more, as they were."""
        if not failed:
            return set()
        self.counts["with a portal that cannot be made"] += 1
        now, before = site.Site(self.web), digests(self.known)
        owners = dict(zip(sorted(now.names), self.owners(sorted(now.names))))
        names = {name for name, owner in owners.items() if owner in failed}
        for owner in failed & self.customers - set(owners.values()):
            self.fail(f"{owner}, whose portal cannot be made, had one, and has none")
        for path, what in now.tree.items():
            name = path.split("/")[0]
            if name in names and what != "folder" and before.get(path) != what:
                self.fail(f"{path} is of a portal that cannot be made, and changed")
        for words in list(now.broken_links())[:1]:
            self.fail(words)
        shared = {path.name for path in (self.web / "assets").iterdir()}
        return {f"{self.web}: {name}" for name in names} | {f"{self.web}/assets: {name}" for name in shared}

    def recorded(self, folders):
        """The portals of which the state knew before the build that is judged: a kill, or the loss of the state, may
        have left others, and of those every file is written anew."""
        known = records.directories(self.state, self.state.parent)
        return {name for name, inode, _, _ in known if folders.get(name) == inode}

    def compare_times(self, found, unrecorded):
        """A changed file is newer by a second at least; one that did not change is the very same."""
        for path in sorted(found.keys() & self.known.keys()):
            old, new = self.known[path], found[path]
            if old.digest != new.digest:
                self.counts["changed files"] += 1
                if new.time - old.time < 1_000_000_000:
                    self.fail(f"{path} has other bytes and is {(new.time - old.time) / 1e9:.3f} seconds newer")
                    return
            elif path.split("/")[0] not in unrecorded and (old.inode, old.time) != (new.inode, new.time):
                self.fail(f"{path} has the same bytes, and is another file")
                return

    def compare_folders(self, owner, before):
        """No portal but the owner's was exchanged."""
        self.counts["edits of one customer"] += 1
        after = portal_folders(self.web)
        others = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
        if len(others) > 1 or (others and owner not in self.owners(others)):
            self.fail(f"the event of {owner} exchanged {', '.join(others)}")

    def owners(self, names):
        for name in names:
            yield json.loads((self.web / name / "feeds/billing.json").read_text())["customer_id"]

    def fail(self, what):
        self.verdict.fail(
            f"{self.what}: {what}", "--edits", self.number, "--customers", self.verdict.options.customers,
            "--seed", self.verdict.options.seed)


File = collections.namedtuple("File", "inode time digest")


def files(folder):
    """Every file with its inode, its time in nanoseconds and its digest."""
    found = {}
    for path, what in site.tree(folder).items():
        status = os.lstat(pathlib.Path(folder) / path)
        if what != "folder":
            found[path] = File(status.st_ino, status.st_mtime_ns, what)
    return found


def failures(run):
    """The customers whose portals could not be made."""
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {line["customer_id"] for line in lines if line["event"] == "failed"}


def digests(found):
    return {path: file.digest for path, file in found.items()}


def portal_folders(web):
    return {path.name: path.stat().st_ino for path in web.iterdir() if path.is_dir() and path.name != "assets"}


def main():
    parser = arguments(__doc__)
    parser.add_argument("--edits", type=int, help=f"how many; each kind once, and with --full {FULL}")
    parser.add_argument("--customers", type=int, help="customers of the demo; 3, and with --full 6")
    options = parser.parse_args()
    check_needs(options)
    options.customers = options.customers or (6 if options.full else 3)
    verdict, chance = Verdict(options), random.Random(options.seed)
    folder = workplace(options, "random_edits")
    editor = Editor(Folio(options.folio), folder, options.customers, verdict, chance)
    wanted, number = options.edits or (FULL if options.full else len(editor.edits.kinds)), 0
    while number < wanted and not verdict.is_enough:
        number += 1
        editor.step(number)
    if len(editor.refused) > number / 10:
        raise CouldNotRun(f"{len(editor.refused)} edits were refused, as {editor.refused[0]}")
    if not verdict.failures:
        shutil.rmtree(folder)
    counts = editor.counts
    return verdict.end(
        f"incremental = full after {number} edits of {len(editor.edits.kinds)} kinds, {counts['changed']} of which "
        f"changed the site ({counts['changed files']} files), {counts['edits of one customer']} one portal at most, "
        f"{counts['with a portal that cannot be made']} were built beside a portal that could not be made; "
        f"{len(editor.refused)} were refused")


if __name__ == "__main__":
    judge(main)
