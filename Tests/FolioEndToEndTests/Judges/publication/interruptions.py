"""Builds that are interrupted at a system call or at a time, and calls that fail."""

import collections
import os
import shutil
import signal
import subprocess
import time

from .program import CouldNotRun, Skip

# `?` lets strace pass over calls that a processor does not have.
GROUPS = {
    # Where a build turns from the old into the new: few, and each one is worth a kill.
    "turns": "?rename,?renameat,renameat2,fsync,fdatasync,syncfs,?mkdir,mkdirat,pwrite64,ftruncate,flock,fchown,?rmdir",
    # Names that come and go.
    "names": "?link,linkat,?unlink,unlinkat,?symlink,symlinkat",
    # Everything that makes files and reads them.
    "files": "?open,openat,openat2,write,writev,pwritev,fchmod,fchmodat,utimensat,fstat,newfstatat,getdents64,close",
}


def needs_strace():
    if not shutil.which("strace"):
        raise Skip("strace is not installed")
    if subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode:
        raise Skip("strace may not trace here")


def strace(calls, *injections, log="/dev/null"):
    """The words that put a command under strace."""
    # Not --seccomp-bpf: with it strace 6.1 injects nothing.
    words = ["strace", "-f", "-qq", "-o", log, "-e", f"trace={calls}"]
    for injection in injections:
        words += ["-e", f"inject={injection}"]
    return words


def killed_at(calls, number):
    """Kills at the entry of the n-th of the calls, counted by thread."""
    return strace(calls, f"{calls}:signal=KILL:when={number}")


def was_killed(run):
    if run.returncode == -signal.SIGKILL:
        return True
    if run.returncode != 0:
        raise CouldNotRun(f"exit status {run.returncode} under strace: {run.stderr}{run.stdout}")
    return False


def count_calls(folio, arguments, calls, log):
    """How many of the calls the busiest thread of a build makes."""
    folio.must(*arguments, under=strace(calls, log=str(log)))
    with open(log) as lines:
        counts = collections.Counter(line.split(None, 1)[0] for line in lines if "resumed>" not in line)
    return max(counts.values(), default=0)


def kill_after(folio, arguments, seconds):
    """Starts a build and kills it when the time is over; whether it was still at work."""
    process = folio.start(*arguments)
    time.sleep(seconds)
    process.kill()
    return process.wait() == -signal.SIGKILL


class Stops:
    """A build that stands still after the n-th of its calls, counted by thread: the first thread to get there counts."""

    def __init__(self, folio, arguments, calls, number, log):
        self.log, self.seen = log, 0
        log.write_text("")
        under = strace(calls, f"{calls}:signal=STOP:when={number}", log=str(log))
        self.process = folio.start(*arguments, under=under)

    def wait(self):
        """Waits for the first stop, or the end where there is none."""
        while self.process.poll() is None and not self.stops():
            time.sleep(0.005)

    def stops(self):
        """The threads that have stopped, again and again each."""
        lines = self.log.read_text().splitlines()
        return [int(line.split()[0]) for line in lines if "stopped by SIGSTOP" in line]

    def go_on(self):
        """Lets the build run to its end, past whatever stops other threads."""
        while self.process.poll() is None:
            for stopped in self.stops()[self.seen:]:
                self.seen += 1
                os.kill(stopped, signal.SIGCONT)
            time.sleep(0.005)
        return self.process.returncode


def spread(total, count, chance):
    """So many numbers of 1...total, evenly spread from a random start; all of them when there are no more."""
    if count >= total:
        return list(range(1, total + 1))
    step, first = total / count, chance.random()
    return sorted({1 + int(step * (place + first)) % total for place in range(count)})
