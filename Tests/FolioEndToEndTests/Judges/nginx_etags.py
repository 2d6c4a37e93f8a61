#!/usr/bin/env python3
"""Asks nginx whether readers get what was published last, however soon it was.

    nginx_etags.py --folio PATH --work DIR [--full] [--rounds N]

nginx makes an ETag from a file's time in seconds and its size. Two publications within one second, of pages with the
same length and other bytes, must not answer a reader who has the first with `304 Not Modified`. Each round renames a
partner by one letter, publishes twice within a second, and asks for every file that changed and kept its length: with
the old ETag and time the answer must be 200 and the new bytes; with the new ones, 304; and a file that did not change
keeps its ETag. Exit status: 0 proved, 1 not, 2 the judge could not run, 77 skipped.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta

sys.dont_write_bytecode = True

from publication import site
from publication.program import CouldNotRun, Folio, Skip, Verdict, arguments, check_needs, judge, workplace
from publication.shop import START, open_shop, rename

SHORT, FULL = 2, 20
ATTEMPTS_LIMIT = 20
NAMES = ["Globex", "Glabex", "Glebex", "Glibex"]
PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"

CONFIGURATION = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  types {{ text/html html; application/json json; text/csv csv; }}
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {web}; }}
}}
"""


class Server:
    """nginx as it comes, with a web root, until the end of a `with`."""

    def __init__(self, folder, web):
        self.folder, self.web, self.port = folder, web, free_port()
        folder.mkdir()

    def __enter__(self):
        file = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        file.write_text(CONFIGURATION.format(user=user, folder=self.folder, port=self.port, web=self.web))
        program = shutil.which("nginx", path=PATHS)
        self.process = subprocess.Popen(
            [program, "-p", self.folder, "-c", file, "-e", self.folder / "error.log"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise CouldNotRun(f"nginx does not answer: {(self.folder / 'error.log').read_text()[-500:]}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def get(self, path, **headers):
        """Status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", "/" + path, headers=fields)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Reader:
    """Publishes twice within a second, and asks the server as a reader of the first publication would."""

    def __init__(self, folio, folder, verdict):
        self.folio, self.folder, self.verdict = folio, folder, verdict
        self.web = folder / "web"
        self.shop = open_shop(folder / "shop", folio, count=2)
        self.publish(self.shop)
        self.edits = 0
        self.counts = {"changed": 0, "kept": 0}

    def rename(self, shop):
        """A name with another letter; whoever had the partner's page has the same number of bytes."""
        self.edits += 1
        at = START + timedelta(days=30, seconds=self.edits)
        shop.must_take([rename("cus_01", 0, NAMES[self.edits % len(NAMES)], at)])

    def prepare(self):
        """Two shops that follow each other, so that only builds are left to do within the second."""
        self.rename(self.shop)
        first, self.shop = self.shop, self.shop.copy(self.folder / f"shop-{self.edits}")
        self.rename(self.shop)
        return first, self.shop

    def publish(self, shop):
        self.folio.must(*shop.build(self.web))

    def bytes(self):
        files = (self.web / path for path, what in site.tree(self.web).items() if what != "folder")
        return {str(path.relative_to(self.web)): path.read_bytes() for path in files if path.name != ".folio"}

    def round(self, server, number):
        """Tries until both publications are in the same second."""
        for _ in range(ATTEMPTS_LIMIT):
            first, second = self.prepare()
            time.sleep(1 - time.time() % 1)
            start = int(time.time())
            self.publish(first)
            old = self.bytes()
            tags = {path: server.get(path)[1] for path in old}
            self.publish(second)
            if int(time.time()) == start:
                return self.compare(server, number, old, tags)
        raise CouldNotRun("two publications never came within one second")

    def compare(self, server, number, old, tags):
        new = self.bytes()
        changed = [path for path in sorted(old.keys() & new.keys()) if old[path] != new[path]]
        same_length = [path for path in changed if len(old[path]) == len(new[path])]
        if not same_length:
            raise CouldNotRun(f"of {len(changed)} changed files none kept its length")
        for path in same_length:
            self.ask_again(server, number, path, tags[path], new[path])
        for path in sorted(old.keys() & new.keys() - set(changed)):
            self.counts["kept"] += 1
            status = server.get(path, If_None_Match=tags[path]["ETag"])[0]
            self.expect(status == 304, number, f"{path} did not change, and its old ETag is answered with {status}")

    def ask_again(self, server, number, path, tag, wanted):
        self.counts["changed"] += 1
        for which, headers in (
                ("ETag", {"If_None_Match": tag["ETag"]}), ("time", {"If_Modified_Since": tag["Last-Modified"]}),
                ("ETag and time", {"If_None_Match": tag["ETag"], "If_Modified_Since": tag["Last-Modified"]})):
            status, _, body = server.get(path, **headers)
            words = f"{path} was published again within a second, and its old {which} is answered with {status}"
            self.expect(status == 200 and body == wanted, number, words)
        status = server.get(path, If_None_Match=server.get(path)[1]["ETag"])[0]
        self.expect(status == 304, number, f"{path} is asked for with its own ETag, and the answer is {status}")

    def expect(self, is_so, number, words):
        if not is_so:
            self.verdict.fail(f"round {number}: {words}", "--rounds", number)


def needs_nginx():
    if not shutil.which("nginx", path=PATHS):
        raise Skip("nginx is not installed")


def main():
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, help=f"how many; {SHORT}, and with --full {FULL}")
    options = parser.parse_args()
    check_needs(options, needs_nginx)
    verdict, folder = Verdict(options), workplace(options, "nginx_etags")
    reader = Reader(Folio(options.folio), folder, verdict)
    rounds = options.rounds or (FULL if options.full else SHORT)
    with Server(folder / "nginx", reader.web) as server:
        for number in range(1, rounds + 1):
            if not verdict.is_enough:
                reader.round(server, number)
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end(
        f"{rounds} pairs of publications within a second: {reader.counts['changed']} files with other bytes and the "
        f"same length were sent anew, {reader.counts['kept']} that did not change were not")


if __name__ == "__main__":
    judge(main)
