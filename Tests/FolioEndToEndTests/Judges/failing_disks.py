#!/usr/bin/env python3
"""Lets system calls, disks and limits fail during builds, and looks at what is said and what is left.

    failing_disks.py --folio PATH --work DIR [--full] [--only CASE]

Cases: calls that fail with ENOSPC, EIO, EMFILE and others at the n-th time or from then on (strace), a disk that is
full, a limit of open files, an output that may only be read, an exchange of names that the file system lacks, and a
second publisher. Where a build fails it must say which operation failed and on what, end with status 1 or 3 (for want
of memory a signal may end it), and leave every portal whole; a build that says it has succeeded must have published
what a clean build makes. Then the fault goes away, and the next build must complete at once, so that no lock was left,
to what a clean build makes. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import os
import random
import re
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True

from publication import disks, interruptions, site
from publication.program import CouldNotRun, Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import edit_all, open_shop

DIRECTIONS = ("forth", "back")
# Which calls fail, how, and whether only once (a number alone) or from then on (+).
CALLS = [
    ("write,writev", "ENOSPC"), ("write,writev", "EIO"), ("write,writev", "EDQUOT"),
    ("pwrite64,pwritev", "ENOSPC"), ("pwrite64,pwritev", "EIO"), ("fsync", "EIO"), ("fdatasync", "EIO"),
    ("syncfs", "EIO"), ("syncfs", "ENOSPC"), ("openat", "EMFILE"), ("openat", "ENFILE"), ("openat", "ENOSPC"),
    ("?mkdir,mkdirat", "ENOSPC"), ("?mkdir,mkdirat", "EROFS"), ("?link,linkat", "EIO"), ("?link,linkat", "EMLINK"),
    ("?link,linkat", "ENOSPC"), ("?rename,?renameat,renameat2", "EIO"), ("?rename,?renameat,renameat2", "ENOSPC"),
    ("?unlink,unlinkat,?rmdir", "EIO"), ("?unlink,unlinkat,?rmdir", "EROFS"), ("fchmod,?chmod,fchmodat", "EPERM"),
    ("?utimensat", "EPERM"), ("ftruncate", "ENOSPC"), ("getdents64", "EIO"), ("mmap", "ENOMEM"),
]
# A line of strace about words that could not be said.
MUTE = re.compile(r"writev?\(2, .*\(INJECTED\)")
SHORT_POINTS, FULL_POINTS = 1, 16
# What an operating system says of these errors; a message that lacks all of them names no cause.
CAUSES = re.compile(
    r"space|quota|Input/output|I/O|Too many|open files|Read-only|Permission|permitted|disk|full|links|memory|busy|"
    r"read|malformed|lock|supported|Invalid", re.IGNORECASE)


class Scene:
    """A web root that goes to and fro between two shops, and what it must hold at either end."""

    def __init__(self, folio, folder, web):
        self.folio, self.folder, self.web = folio, folder, web
        old = open_shop(folder / "old", folio, count=4)
        new = old.copy(folder / "new")
        edit_all(new)
        self.shops = {"back": old, "forth": new}
        self.clean = {to: self.make_clean(to) for to in DIRECTIONS}
        self.start_again()

    def make_clean(self, to):
        out = self.folder / f"clean-{to}"
        self.folio.must(*self.shops[to].build(out))
        return site.Site(out)

    def start_again(self):
        for folder in (self.web, self.state):
            shutil.rmtree(folder, ignore_errors=True)
        self.folio.must(*self.shops["back"].build(self.web))
        self.stands = "back"

    @property
    def state(self):
        return self.web.with_name(self.web.name + ".state")

    def go(self, end):
        if self.stands != end:
            self.folio.must(*self.build(end))
            self.stands = end

    def build(self, direction):
        return self.shops[direction].build(
            self.web, "--jobs", "1", *(["--allow-rewind"] if direction == "back" else []))

    @property
    def onwards(self):
        """The way that leads from where the web root stands."""
        return "forth" if self.stands == "back" else "back"


class Case:
    """Builds with one fault, and what is to be said against them."""

    def __init__(self, scene, verdict, counts, name, failed_calls=1):
        self.scene, self.verdict, self.counts, self.name = scene, verdict, counts, name
        self.failed_calls = failed_calls

    def fail(self, words):
        self.verdict.fail(f"{self.name}: {words}", "--only", self.name)

    @property
    def cannot_take_back(self):
        """After a second rename that fails, what the first one led to may stay; else portals are all old or all new."""
        return "rename" in self.name and self.failed_calls > 1

    def judge_run(self, run, direction, path_words=("/", "cus_"), is_mute=False):
        """What a build under the fault said and left; a mute one could not write to its terminal either."""
        before = self.scene.clean[DIRECTIONS[1 - DIRECTIONS.index(direction)]]
        after = self.scene.clean[direction]
        faults, renewed = site.reader_faults(self.scene.web, before, after)
        for fault in faults[:2]:
            self.fail(f"after exit status {run.returncode}: {fault}")
        if run.returncode == 0:
            self.counts["got over"] += 1
            for words in site.differences(site.tree(self.scene.web), self.scene.clean[direction].tree)[:1]:
                self.fail(f"the build says that it succeeded, and {words}; it says: {run.stderr.strip()[:300]}")
            return
        self.counts["failed"] += 1
        self.counts["failed when portals were new"] += bool(renewed)
        lacking = {name for name in after.names if before.portal(name) != after.portal(name)} - renewed
        if renewed and lacking and not self.cannot_take_back:
            new, old = ", ".join(sorted(renewed)), ", ".join(sorted(lacking))
            self.fail(f"exit status {run.returncode}: {new} new, {old} old")
        if "mmap" in self.name and run.returncode < 0:
            # Swift has no words for an allocation that fails, and ends the program as a kill would.
            self.counts["ended for want of memory"] += 1
            return
        if run.returncode not in (1, 3):
            self.fail(f"exit status {run.returncode}: {run.stderr.strip()[:500]}")
        if not is_mute:
            self.judge_message(run, path_words)

    def judge_message(self, run, path_words):
        """A message names a cause as the system calls it, and a path or what was at work."""
        words = run.stderr.strip()
        if not CAUSES.search(words):
            self.fail(f"the message names no cause: {words[:500]!r}")
        elif not any(each in words for each in path_words):
            self.fail(f"the message names no place: {words[:500]!r}")
        if "Fatal error" in words or "Stack dump" in words or "Crash" in words:
            self.fail(f"the program broke down: {words[:500]}")

    def complete(self, direction):
        """The fault is gone: the next build must do."""
        run = self.scene.folio.run(*self.scene.build(direction))
        self.scene.stands = direction
        faults = [f"{run.stderr.strip()[:500]}"] if run.returncode else []
        faults += site.differences(site.tree(self.scene.web), self.scene.clean[direction].tree)
        check = self.scene.folio.run("verify", "--out", self.scene.web)
        faults += [check.stdout.strip() + check.stderr.strip()] if check.returncode else []
        for fault in faults[:2]:
            self.fail(f"after the fault is gone, the next build ends with {run.returncode}: {fault}")
        if faults:
            self.scene.start_again()


# Calls that fail

def failing_calls(scene, verdict, counts, chance, number):
    """Every call of the table at some of its places, once, and from then on."""
    for calls, error in CALLS:
        totals = {}
        for _ in DIRECTIONS:
            direction = scene.onwards
            totals[direction] = interruptions.count_calls(
                scene.folio, scene.build(direction), calls, scene.folder / "calls")
            scene.stands = direction
        for direction in DIRECTIONS:
            for place in interruptions.spread(totals[direction], number, chance):
                failing_call(scene, verdict, counts, calls, error, direction, f"{place}{chance.choice(['', '+'])}")
                if verdict.is_enough:
                    return


def failing_call(scene, verdict, counts, calls, error, direction, when):
    scene.go("back" if direction == "forth" else "forth")
    under = interruptions.strace(calls, f"{calls}:error={error}:when={when}", log=str(scene.folder / "calls"))
    run = scene.folio.run(*scene.build(direction), under=under)
    log = (scene.folder / "calls").read_text()
    if "(INJECTED)" not in log:
        scene.stands = direction if run.returncode == 0 else scene.stands
        return
    if fails_before_the_program(scene, run):
        counts["could not be loaded"] += 1
        return
    # strace counts each call of a group by itself, so that one place may be two.
    name, injected = f"{calls}:{error}:{direction}:{when}", log.count("(INJECTED)")
    case = Case(scene, verdict, counts, name, failed_calls=injected)
    case.judge_run(run, direction, is_mute=MUTE.search(log) is not None)
    case.complete(direction)


def fails_before_the_program(scene, run):
    """The loader and the C library fail on their own, with words of their own, before there is a Folio."""
    return run.returncode == 127 or "error while loading shared libraries" in run.stderr


def no_exchange(scene, verdict, counts, chance, number):
    """A file system without RENAME_EXCHANGE: two renames do it, and the report says so."""
    for error in ("EINVAL", "ENOSYS"):
        for direction in DIRECTIONS:
            without_exchange(scene, verdict, counts, error, direction)


def without_exchange(scene, verdict, counts, error, direction):
    case = Case(scene, verdict, counts, f"exchange:{error}:{direction}")
    scene.go("back" if direction == "forth" else "forth")
    for when in exchanges(scene, direction):
        scene.go("back" if direction == "forth" else "forth")
        injection = f"renameat2:error={error}:when={when}"
        run = scene.folio.run(
            *scene.build(direction), under=interruptions.strace("renameat2", injection))
        if run.returncode != 0:
            case.fail(f"{when} cannot exchange, and the build ends with {run.returncode}: {run.stderr.strip()[:500]}")
        elif not re.search(r"exchange|one step|rename", run.stdout + run.stderr):
            case.fail(f"{when} cannot exchange, and the report does not say so: {(run.stdout + run.stderr)[:800]!r}")
        case.judge_run(run, direction)
        case.complete(direction)


def exchanges(scene, direction):
    """Which renameat2 of a build are exchanges: each alone, and all from the first on."""
    log = scene.folder / "calls"
    scene.folio.must(*scene.build(direction), under=interruptions.strace("renameat2", log=str(log)))
    scene.stands = direction
    lines = [line for line in log.read_text().splitlines() if "renameat2(" in line]
    places = [place for place, line in enumerate(lines, 1) if "RENAME_EXCHANGE" in line]
    if not places:
        raise CouldNotRun("a build of changed portals exchanged nothing")
    return [str(place) for place in places] + [f"{places[0]}+"]


# Limits and disks

def open_files(scene, verdict, counts, chance, number):
    """Limits of open files from too few for the loader to enough."""
    for limit in range(4, 64, 1 if number > 1 else 5):
        direction = scene.onwards
        case = Case(scene, verdict, counts, f"open files:{limit}:{direction}")
        under = ["sh", "-c", f'ulimit -n {limit} && exec "$0" "$@"']
        if scene.folio.run("--version", under=under).returncode != 0:
            counts["could not be loaded"] += 1
            continue
        run = scene.folio.run(*scene.build(direction), under=under)
        case.judge_run(run, direction, path_words=("/", "cus_", "files"))
        case.complete(direction)


def full_disk(scene, verdict, counts, chance, number):
    """A real disk of memory with less and less room."""
    if os.geteuid() != 0:
        counts["not root: no full disk"] += 1
        return
    disk = scene.folder / "tmpfs"
    with disks.Mount(disk, "-t", "tmpfs", "-o", "size=64m", "tmpfs"):
        small = Scene(scene.folio, scene.folder / "full", disk / "web")
        needed = sum(path.stat().st_size for path in disk.rglob("*") if path.is_file())
        for place in range(4 if number == 1 else 40):
            direction = small.onwards
            room = needed * chance.random() * 0.9
            case = Case(small, verdict, counts, f"full disk:{int(room) >> 10} KiB:{direction}")
            fill(disk, int(room))
            run = small.folio.run(*small.build(direction))
            (disk / "ballast").unlink()
            case.judge_run(run, direction)
            case.complete(direction)


def fill(disk, room):
    """Fills a disk until so many bytes are left."""
    with open(disk / "ballast", "wb") as file:
        status = os.statvfs(disk)
        left = status.f_bavail * status.f_frsize - room
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))


def read_only_output(scene, verdict, counts, chance, number):
    """A web root's folder that may only be read: for root a mount, for others its mode."""
    folder = scene.folder / "readonly"
    folder.mkdir()
    still = Scene(scene.folio, scene.folder / "still", folder / "web")
    direction = still.onwards
    case = Case(still, verdict, counts, f"read-only output:{direction}")
    if os.geteuid() == 0:
        with disks.Mount(folder, "--bind", folder):
            disks.run("mount", "-o", "remount,bind,ro", folder)
            run = still.folio.run(*still.build(direction))
    else:
        folders = [folder, still.state, still.web]
        for each in folders:
            each.chmod(0o555)
        run = still.folio.run(*still.build(direction))
        for each, mode in zip(folders, (0o755, 0o700, 0o750)):
            each.chmod(mode)
    if run.returncode == 0:
        case.fail("the build says that it succeeded")
    case.judge_run(run, direction)
    case.complete(direction)


# A second publisher

def second_publisher(scene, verdict, counts, chance, number):
    """One publisher stands still while a second comes; then the first goes on, or is killed."""
    for place in range(2 * number):
        direction = scene.onwards
        ending = "killed" if place % 2 else "goes on"
        case = Case(scene, verdict, counts, f"second publisher:first {ending}:{direction}")
        first = stopped_publisher(scene, direction)
        start = time.monotonic()
        run = scene.folio.run(*scene.build(direction))
        if run.returncode != 1 or "lock" not in run.stderr and "another" not in run.stderr.lower():
            case.fail(f"the second ends with {run.returncode} and says: {run.stderr.strip()[:500]!r}")
        counts["failed"] += 1
        counts["longest wait for the lock in ms"] = max(
            counts["longest wait for the lock in ms"], int(1_000 * (time.monotonic() - start)))
        if ending == "killed":
            first.kill()
        first.send_signal(signal.SIGCONT)
        if first.wait() != 0 and ending != "killed":
            case.fail(f"the first ends with {first.returncode}")
        case.complete(direction)


def stopped_publisher(scene, direction):
    """A publisher that holds the lock and stands still."""
    for _ in range(200):
        process = scene.folio.start(*scene.build(direction))
        staging = scene.state / "staging"
        while process.poll() is None:
            if staging.exists() and any(staging.iterdir()):
                process.send_signal(signal.SIGSTOP)
                return process
        scene.stands = direction
        scene.go("back" if direction == "forth" else "forth")
    raise CouldNotRun("no publisher could be stopped at work")


PARTS = {
    "calls": failing_calls, "exchange": no_exchange, "open files": open_files, "full disk": full_disk,
    "read-only output": read_only_output, "second publisher": second_publisher}


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", metavar="CASE", help=f"one of {', '.join(PARTS)}, or a failing call as it was named")
    options = parser.parse_args()
    check_needs(options, interruptions.needs_strace)
    folio, verdict, chance = Folio(options.folio), Verdict(options), random.Random(options.seed)
    folder = workplace(options, "failing_disks")
    counts = dict.fromkeys([
        "failed", "got over", "failed when portals were new", "could not be loaded", "ended for want of memory",
        "not root: no full disk", "longest wait for the lock in ms"], 0)
    scene = Scene(folio, folder, folder / "web")
    number = FULL_POINTS if options.full else SHORT_POINTS
    part = (options.only or "").split(":")[0]
    if options.only and part not in PARTS:
        failing_call(scene, verdict, counts, *options.only.split(":"))
    for name, run in PARTS.items():
        if not verdict.is_enough and (not options.only or name == part):
            run(scene, verdict, counts, chance, number)
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end("builds with faults: " + ", ".join(f"{name} {count}" for name, count in counts.items() if count))


if __name__ == "__main__":
    judge(main)
