"""What a publisher has recorded, read without it from `published.db`."""

import contextlib
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
