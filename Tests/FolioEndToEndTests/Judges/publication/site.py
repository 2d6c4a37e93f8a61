"""What a web root holds, and what a reader of it may find."""

import hashlib
import os
import pathlib
import posixpath
import re
import stat

LINK = re.compile(rb'(?:href|src)="([^":?#]+)["?#]')
_links_of = {}


def tree(folder):
    """Every path below a folder with what it is: a file's digest, a link's target, a folder."""
    found = {}
    folder = str(folder)
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            found[path[len(folder) + 1:]] = content(path)
    return found


def content(path):
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return "link to " + os.readlink(path)
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    if not stat.S_ISREG(status.st_mode):
        return "neither file nor folder"
    with open(path, "rb") as file:
        data = file.read()
    digest = hashlib.sha256(data).hexdigest()
    if path.endswith(".html") and digest not in _links_of:
        _links_of[digest] = {link.decode() for link in LINK.findall(data)}
    return digest


class Site:
    """A web root as it stands at one time."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.tree = tree(folder)

    @property
    def names(self):
        """What stands at the top, without the marker and the shared files."""
        return {path for path in self.tree if "/" not in path} - {".folio", "assets"}

    def portal(self, name):
        """A portal's files; None where there is no such portal."""
        if name not in self.tree:
            return None
        return {path: what for path, what in self.tree.items() if path.startswith(name + "/")}

    def broken_links(self):
        """Pages that name a file of the site which is not there, such as a stylesheet."""
        for page, digest in self.tree.items():
            for link in _links_of.get(digest, ()) if page.endswith(".html") else ():
                target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
                if target not in self.tree and posixpath.join(target, "index.html") not in self.tree:
                    yield f"{page} names {link}, which is not there"


def differences(found, wanted, limit=3):
    """Where two trees differ, in words; empty when they are the same."""
    paths = sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))
    words = [
        f"{path} {'is missing' if path not in found else 'is too much' if path not in wanted else 'differs'}"
        for path in paths]
    return words[:limit] + ([f"and {len(words) - limit} more"] if len(words) > limit else [])


def reader_faults(web, old, new):
    """What a reader must not meet: a portal that is neither the old nor the new one, or a link into nothing.

    Returns the faults and the names of the portals that are the new ones.
    """
    site = Site(web)
    faults, renewed = [], set()
    for name in sorted(old.names | new.names | site.names):
        found, before, after = site.portal(name), old.portal(name), new.portal(name)
        if found == after and before != after:
            renewed.add(name)
        elif found not in (before, after):
            faults.append(mixture(name, found, before, after))
    faults += list(site.broken_links())[:3]
    return faults, renewed


def mixture(name, found, before, after):
    if found is None:
        return f"portal {name} is gone"
    words = [f"{name} is neither the old nor the new portal:"]
    for which, wanted in (("old", before), ("new", after)):
        if wanted is not None:
            words.append(f"from the {which} one: {', '.join(differences(found, wanted))};")
    return " ".join(words)


def wrong_modes(web):
    """Files that are not 0640 and folders that are not 0750."""
    for place, folders, files in os.walk(web):
        for name, wanted in [(each, 0o750) for each in folders] + [(each, 0o640) for each in files]:
            mode = stat.S_IMODE(os.lstat(os.path.join(place, name)).st_mode)
            if mode != wanted:
                yield f"{os.path.join(place, name)} has mode {mode:o}"
