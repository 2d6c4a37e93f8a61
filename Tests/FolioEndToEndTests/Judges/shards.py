#!/usr/bin/env python3
"""Builds a site in four shards, and compares their union with one build.

    shards.py --folio PATH --work DIR [--full]

The shards are named in each of the ways that Folio knows: `--shard I/N`, `JOB_COMPLETION_INDEX` with `--shard-count`,
and `CI_NODE_INDEX` with `CI_NODE_TOTAL`. Each builds into a web root of its own, and the copies laid over each other
must be, for `diff -r`, what one build makes; no portal may be in two shards or change its shard when others come or
go. Then the shards build into one web root, one after another and two at once, before and after edits that remove
customers and change every stylesheet's name. Exit status: 0 proved, 1 not, 2 the judge could not run.
"""

import shutil
import subprocess
import sys

sys.dont_write_bytecode = True

from publication import site
from publication.program import ENVIRONMENT, Folio, Verdict, arguments, check_needs, judge, workplace
from publication.shop import EDITS, open_shop

SHARDS = 4
# How each way names the shard that is the k-th from 0: options and environment.
WAYS = {
    "--shard": lambda k: (["--shard", f"{k + 1}/{SHARDS}"], {}),
    "JOB_COMPLETION_INDEX": lambda k: (["--shard-count", str(SHARDS)], {"JOB_COMPLETION_INDEX": str(k)}),
    "CI_NODE_INDEX": lambda k: ([], {"CI_NODE_INDEX": str(k + 1), "CI_NODE_TOTAL": str(SHARDS)}),
}


class Proof:
    """A shop, and what one build makes of it at each stage of its edits."""

    def __init__(self, folio, folder, customers, verdict):
        self.folio, self.folder, self.verdict = folio, folder, verdict
        self.shop = open_shop(folder / "shop", folio, customers)
        self.compared = 0

    def whole(self):
        """One build of the shop as it is, made anew."""
        out = self.folder / "whole"
        for folder in (out, out.with_name("whole.state")):
            shutil.rmtree(folder, ignore_errors=True)
        self.folio.must(*self.shop.build(out))
        return out

    def run(self, way, k, out):
        """One shard's build; whether it succeeded."""
        options, environment = WAYS[way](k)
        run = self.folio.run(*self.shop.build(out, *options), environment=environment)
        if run.returncode != 0:
            self.verdict.fail(f"shard {k} by {way} into {out.name} ends with {run.returncode}: {run.stderr.strip()}")
        return run.returncode == 0

    def compare(self, found, stage):
        self.compared += 1
        wanted = self.whole()
        diff = subprocess.run(["diff", "-r", found, wanted], capture_output=True, text=True, errors="replace")
        if diff.returncode != 0:
            lines = [line for line in diff.stdout.splitlines() if line.startswith(("Only", "diff", "Binary"))]
            self.verdict.fail(f"{stage}: {len(lines)} files differ from one build: {'; '.join(lines[:3])}")

    # Each into a web root of its own

    def apart(self, way, stage):
        """All shards, each apart; their union is one build. Returns who is where."""
        union, places = self.folder / "union", {}
        shutil.rmtree(union, ignore_errors=True)
        union.mkdir()
        for k in range(SHARDS):
            out = self.folder / f"{way}-{k}"
            if not self.run(way, k, out):
                return places
            for name in site.Site(out).names:
                if name in places:
                    self.verdict.fail(f"{stage}: {name} is in shards {places[name]} and {k}")
                places[name] = k
            subprocess.run(["cp", "-a", f"{out}/.", union], check=True)
        self.compare(union, f"{stage}, by {way}, each shard into its own web root")
        return places

    def check_places(self, before, after, stage):
        moved = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
        if moved:
            self.verdict.fail(f"{stage}: {', '.join(moved)} changed the shard")
        if len(set(after.values())) < 2:
            self.verdict.fail(f"{stage}: all portals are in one shard")

    # All into one web root

    def together(self, way, out, stage):
        for k in range(SHARDS):
            self.run(way, k, out)
        self.compare(out, f"{stage}, by {way}, one shard after another into one web root")

    def at_once(self, way, out, stage):
        """Two shards at a time."""
        for first in range(0, SHARDS, 2):
            processes = [self.start(way, k, out) for k in (first, first + 1)]
            for k, process in processes:
                words = process.communicate()[1]
                if process.returncode != 0:
                    self.verdict.fail(f"{stage}: shard {k}, beside one, ends with {process.returncode}: {words}")
        self.compare(out, f"{stage}, by {way}, two shards at once into one web root")

    def start(self, way, k, out):
        options, environment = WAYS[way](k)
        return k, subprocess.Popen(
            [self.folio.path, *self.shop.build(out, *options)], env={**ENVIRONMENT, **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def main():
    options = arguments(__doc__).parse_args()
    check_needs(options)
    verdict, folder = Verdict(options), workplace(options, "shards")
    proof = Proof(Folio(options.folio), folder, 24 if options.full else 9, verdict)
    places = {}
    for stage, edit in [("at first", None), *EDITS.items(), ("again", None)]:
        if verdict.is_enough:
            break
        if edit:
            edit(proof.shop)
        for way in WAYS if options.full or stage == "at first" else ["--shard"]:
            now = proof.apart(way, stage)
            proof.check_places(places, now, f"{stage}, by {way}")
            places = now
        proof.together("--shard", folder / "in-turn", stage)
        for _ in range(10 if options.full else 1):
            proof.at_once("--shard", folder / "at-once", stage)
    if not verdict.failures:
        shutil.rmtree(folder)
    return verdict.end(
        f"{proof.compared} unions of {SHARDS} shards are one build, over {len(EDITS)} edits and {len(WAYS)} ways to "
        "name a shard")


if __name__ == "__main__":
    judge(main)
