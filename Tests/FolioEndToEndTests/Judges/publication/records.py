"""What a publisher has recorded, read without it from `published.db`."""

import contextlib
import json
import pathlib
import shutil
import sqlite3
import tempfile


def directories(state, folder):
    """Each recorded directory: its name, its inode, and the sizes of its files and of the shared files it points to.

    The database is read from a copy in a folder, since a reader of the original would move its journal into it.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for suffix in ("", "-wal"):
            if (state / f"published.db{suffix}").exists():
                shutil.copy(state / f"published.db{suffix}", place)
        if not (pathlib.Path(place) / "published.db").exists():
            return []
        with contextlib.closing(sqlite3.connect(f"{place}/published.db")) as database:
            return list(recorded(database))


def recorded(database):
    shared = dict(database.execute("SELECT name, byte_count FROM shared_files"))
    rows = database.execute(
        "SELECT name, inode, files, names FROM directories JOIN manifests USING (name)"
        " JOIN shared_sets ON set_id = shared_set").fetchall()
    for name, inode, files, names in rows:
        yield name, inode, sizes(files), {path: shared[path] for path in names.split("\n") if path}


def false_claims(folio, web, folder):
    """What the state says of the disk and is not so, and how many portals it does not know yet.

    A portal of which another folder is recorded was exchanged and not yet recorded: no false claim, and the next
    build mends it.
    """
    faults, claimed, not_recorded = [], set(), 0
    for name, inode, files, shared in directories(web.with_name(web.name + ".state"), folder):
        if not (web / name).is_dir() or (web / name).stat().st_ino != inode:
            not_recorded += 1
            continue
        claimed.add(name)
        expected = {f"{name}/{path}": size for path, size in files.items()}
        expected |= {f"assets/{path}": size for path, size in shared.items()}
        faults += [
            f"the record claims {path}, of {size} bytes" for path, size in sorted(expected.items())
            if not (web / path).is_file() or (web / path).stat().st_size != size]
    return faults + refuted(folio, web, claimed), not_recorded


def refuted(folio, web, claimed):
    """Whatever `folio verify` finds in the portals that the record claims, and among their shared files."""
    run = folio.run("verify", "--out", web, "--json")
    if run.returncode not in (0, 2):
        return [f"verify ends with {run.returncode}: {run.stderr.strip()}"]
    faults = json.loads(run.stdout)["faults"]
    return [
        f"the record claims {fault['path']}, which verify calls {fault['kind']}" for fault in faults
        if fault["path"].split("/")[0] in claimed
        or fault["path"].startswith("assets/") and fault["kind"] != "unexpected"]


def sizes(blob):
    """The size of each path of a manifest: length of the path (2 bytes), path, size (8), hash (16); lowest byte first."""
    found, offset = {}, 0
    while offset < len(blob):
        end = offset + 2 + int.from_bytes(blob[offset:offset + 2], "little")
        path = blob[offset + 2:end].decode()
        assert path not in found and end + 24 <= len(blob), f"a manifest names {path} twice, or is cut short"
        found[path] = int.from_bytes(blob[end:end + 8], "little")
        offset = end + 24
    return found
