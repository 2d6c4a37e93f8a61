"""What must have become of acknowledged events: each in the store once, and the site as an import makes it."""

import contextlib
import shutil
import sqlite3

from publication import site

# How an event that is valid may stand in the store, and its delivery in the inbox.
DONE = ("applied", "waiting")


def rows(file, query, *values):
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def inbox(shop):
    return shop.store.with_name(shop.store.name + ".inbox")


def stored(shop, source):
    """The events that a store has of a source: state by id."""
    return dict(rows(shop.store, "SELECT event_id, state FROM events WHERE source = ?", source))


def content(shop):
    """What a store knows, whatever the order in which it came."""
    events = rows(
        shop.store, "SELECT source, event_id, type, time, customer_id, hex(digest), state, waiting_for FROM events")
    revisions = rows(shop.store, "SELECT customer_id, hex(hash) FROM customer_revisions")
    shared = rows(shop.store, "SELECT hex(hash) FROM site_revision")
    return {"event": set(events), "revision": set(revisions), "site's revision": set(shared)}


def content_faults(found, wanted):
    faults = []
    for what in wanted:
        for words, these in (("lacks", wanted[what] - found[what]), ("has too much", found[what] - wanted[what])):
            faults += [f"the store {words}, as an import has it: {what} {row}" for row in sorted(these, key=str)[:2]]
    return faults


def acknowledged_faults(shop, mail):
    """Acknowledged events that are lost, were taken twice, or are neither applied nor waiting."""
    states = rows(inbox(shop), "SELECT delivery_id, state FROM deliveries WHERE source = ?", mail.source.name)
    deliveries, events = dict(states), stored(shop, mail.source.name)
    faults = [f"{id} was delivered twice" for id in deliveries if sum(id == each for each, _ in states) > 1] \
        if len(deliveries) < len(states) else []
    for id in mail.acknowledged:
        if events.get(id) not in DONE or deliveries.get(id) != events.get(id):
            faults.append(
                f"{id} was acknowledged ({mail.acknowledged[id]}); the inbox has it as {deliveries.get(id)}, "
                f"the store as {events.get(id)}")
    faults += [f"{id} is still pending" for id, state in states if state == "pending"]
    aside = rows(inbox(shop), "SELECT count(*) FROM conflicts")[0][0]
    return faults + ([f"{aside} deliveries are in conflict"] if aside else [])


class Import:
    """A copy of the shop as it was, with the same events imported: what a listener must come to."""

    def __init__(self, clean, folder, events, source):
        if folder.exists():
            shutil.rmtree(folder)
        self.shop = clean.copy(folder / "shop")
        if events:
            self.shop.must_take(events, "--source", source.name)
        clean.folio.must(*self.shop.build(folder / "web"))
        self.content, self.tree = content(self.shop), site.tree(folder / "web")

    def faults(self, listener):
        """Where a listener's store and site differ."""
        return content_faults(content(listener.shop), self.content) + site.differences(
            site.tree(listener.web), self.tree)


def faults_after(listener, mail, clean, folder):
    """Works off the inbox, and says what is wrong then."""
    run = listener.drain()
    if run.returncode != 0:
        return [f"listen --once ends with {run.returncode}: {run.stderr.strip()[-500:]}"]
    faults = acknowledged_faults(listener.shop, mail)
    kept = stored(listener.shop, mail.source.name)
    if strangers := kept.keys() - mail.events.keys():
        return faults + [f"the store has events that nobody sent: {sorted(strangers)[:3]}"]
    events = [event for id, event in mail.events.items() if id in kept]
    faults += Import(clean, folder, events, mail.source).faults(listener)
    check = listener.folio.run("verify", "--out", listener.web)
    return faults + ([f"verify: {check.stdout.strip()[:500]} {check.stderr.strip()}"] if check.returncode else [])
