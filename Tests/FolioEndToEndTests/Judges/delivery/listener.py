"""`folio listen` as a process: started, asked, stopped."""

import json
import os
import signal
import subprocess
import time
import urllib.request

from publication.program import CouldNotRun

TICKS = os.sysconf("SC_CLK_TCK")
# A listener that uses no processor for so long has nothing to do.
REST_SECONDS = 0.3


class Listener:
    """A listener on a shop, again and again: what it says goes into a file, which each start begins anew."""

    def __init__(self, folio, shop, web, source, log):
        self.folio, self.shop, self.web, self.source, self.log = folio, shop, web, source, log
        self.process = None

    def __enter__(self):
        self.start()
        self.must_be_ready()
        return self

    def __exit__(self, *_):
        self.kill()

    def arguments(self, *more):
        return [
            "listen", "--store", self.shop.store, "--out", self.web, "--secrets", self.source.file,
            "--config", self.shop.folder / "portal.json", *more]

    def start(self, under=()):
        with open(self.log, "wb") as words:
            self.process = self.folio.start(
                *self.arguments("--address", "127.0.0.1:0", "--operations", "127.0.0.1:0"), under=under, words=words)

    def drain(self, under=()):
        """Applies and publishes what there is, and ends."""
        return self.folio.run(*self.arguments("--once"), under=under)

    # What it says

    def lines(self, event):
        """Whole lines of the log about one thing."""
        text = self.log.read_bytes().decode(errors="replace")
        whole = [json.loads(line) for line in text.split("\n")[:-1] if line.startswith("{")]
        return [line for line in whole if line.get("event") == event]

    def is_ready(self, seconds=60):
        """Waits until it listens; false where it ended before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            has_ended = self.process.poll() is not None
            if said := self.lines("listening"):
                self.address, self.operations = place(said[0]["address"]), place(said[0]["operations"])
                return not has_ended
            if has_ended:
                return False
            time.sleep(0.005)
        raise CouldNotRun(f"after {seconds} seconds the listener does not listen: {self.last_words()}")

    def must_be_ready(self):
        if not self.is_ready():
            raise CouldNotRun(f"the listener ends with {self.process.returncode}: {self.last_words()}")

    def last_words(self):
        return self.log.read_bytes()[-600:].decode(errors="replace").strip()

    def metrics(self):
        """Each line of the metrics page with its value."""
        url = "http://{}:{}/metrics".format(*self.operations)
        with urllib.request.urlopen(url, timeout=10) as page:
            lines = [line.rsplit(" ", 1) for line in page.read().decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def is_quiet(self, seconds=120):
        """Waits until all is applied and published; whether it came to that.

        The metrics tell of publication after each round; that there is none under way shows in the processor's time.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            metrics, used = self.metrics(), self.processor_seconds()
            time.sleep(REST_SECONDS)
            if not metrics["folio_inbox_pending"] and not metrics["folio_portals_unpublished_age_seconds"] \
                    and self.processor_seconds() == used:
                return True
        return False

    def age_after(self, seconds):
        """How long something waits to be published, when so much more time is over."""
        time.sleep(seconds)
        return self.metrics()["folio_portals_unpublished_age_seconds"]

    # What it uses

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Bytes that are in memory and the process's own."""
        with open(f"/proc/{self.process.pid}/status") as file:
            sizes = dict(line.split(":", 1) for line in file if line.startswith("Rss"))
        return int(sizes["RssAnon"].split()[0]) << 10

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    # How it ends

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def terminate(self, seconds=30):
        """Asks it to end, and returns its exit status; None where it does not end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


def place(address):
    host, port = address.rsplit(":", 1)
    return host, int(port)
