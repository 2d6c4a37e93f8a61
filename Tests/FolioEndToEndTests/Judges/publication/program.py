"""The program under judgement, and how a judge begins, reports and ends."""

import argparse
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

PROVED, DISPROVED, COULD_NOT_RUN, SKIPPED = 0, 1, 2, 77
FAILURES_LIMIT = 5

CHECKOUT = pathlib.Path(__file__).resolve().parents[4]
# A judge that runs as one shard of a CI matrix says nothing of it to Folio.
ENVIRONMENT = {
    "FOLIO_RESOURCES": str(CHECKOUT), **{name: value for name, value in os.environ.items() if name not in (
        "CI_NODE_INDEX", "CI_NODE_TOTAL", "JOB_COMPLETION_INDEX")}}


class Skip(Exception):
    """Something is missing that the proof cannot do without."""


class CouldNotRun(Exception):
    """Something failed that the judge itself relies on."""


class Folio:
    """The built program, run with the arguments of a command."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        if not os.access(self.path, os.X_OK):
            raise CouldNotRun(f"{path} is not a program; --folio names the built folio")

    def run(self, *arguments, under=(), environment=None, seconds=300):
        """Runs to the end, `under` another program such as strace; words and output are text."""
        command = [*under, self.path, *map(str, arguments)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
            env={**ENVIRONMENT, **(environment or {})}, start_new_session=True)
        try:
            output, words = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            raise CouldNotRun(f"after {seconds} seconds still running: {shlex.join(command)}")
        return subprocess.CompletedProcess(command, process.returncode, output, words)

    def start(self, *arguments, under=(), words=subprocess.DEVNULL):
        """Starts without waiting; `words` is a file for what the program says."""
        return subprocess.Popen(
            [*under, self.path, *map(str, arguments)], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=words)

    def must(self, *arguments, **how):
        """Runs what has to succeed for the judge to go on."""
        run = self.run(*arguments, **how)
        if run.returncode != 0:
            raise CouldNotRun(f"exit status {run.returncode}: {shlex.join(run.args)}\n{run.stderr}{run.stdout}")
        return run


class Verdict:
    """Keeps what failed, and says each with the command that shows it again."""

    def __init__(self, options):
        self.options = options
        self.failures = 0

    def fail(self, what, *again):
        """`again` are the judge's options that select this one case."""
        self.failures += 1
        if self.failures > FAILURES_LIMIT:
            return
        options = ["--folio", self.options.folio, "--work", self.options.work, "--seed", self.options.seed, *again]
        command = [sys.argv[0], *map(str, options)]
        print(f"FAILED {what}\n  again: {shlex.join(command)}", flush=True)

    @property
    def is_enough(self):
        """Whether more failures would say no more."""
        return self.failures >= FAILURES_LIMIT

    def end(self, summary):
        print(f"{self.failures} failures: {summary}")
        return DISPROVED if self.failures else PROVED


def arguments(documentation):
    """The options that every judge has."""
    parser = argparse.ArgumentParser(
        description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folio", required=True, metavar="PATH", help="the built program")
    parser.add_argument("--work", required=True, metavar="DIR", help="a folder for what the judge makes; best on tmpfs")
    parser.add_argument("--full", action="store_true", help="the long form")
    parser.add_argument("--needs", action="store_true", help="only say what is missing here for the proof")
    parser.add_argument("--seed", type=int, default=1, help="what chance starts from")
    return parser


def workplace(options, name):
    """An empty folder of the judge's own."""
    folder = pathlib.Path(options.work).resolve() / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


class Ready(Exception):
    """`--needs` was asked, and nothing is missing."""


def check_needs(options, *needs):
    """Skips for what is missing; with `--needs` ends here in any case."""
    for need in needs:
        need()
    if options.needs:
        raise Ready


def judge(main):
    """Runs a judge and turns what stops it into an exit status."""
    try:
        sys.exit(main())
    except Ready:
        sys.exit(PROVED)
    except Skip as reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
    except (CouldNotRun, OSError) as error:
        print(f"{pathlib.Path(sys.argv[0]).name} could not run: {error}", file=sys.stderr)
        sys.exit(COULD_NOT_RUN)
