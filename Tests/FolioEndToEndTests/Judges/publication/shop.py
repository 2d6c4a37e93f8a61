"""A small shop: a store of a few customers, its configuration and templates, and events that change them."""

import hashlib
import json
import pathlib
import shutil
from datetime import datetime, timedelta

from .program import CHECKOUT

START = datetime(2024, 1, 1)


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def event(type, at, data, customer=None):
    """An event whose id follows from what it says."""
    body = {"type": f"billing.{type}", "timestamp": text(at), "data": data}
    if customer:
        body["customer_id"] = customer
    return {"id": "evt_" + hashlib.sha256(json.dumps(body).encode()).hexdigest()[:24], **body}


class Shop:
    """A folder with `billing.db`, `portal.json` and `templates`, as of one instant."""

    def __init__(self, folder, folio, as_of="2024-03-10T12:00:00Z"):
        self.folder, self.folio, self.as_of = pathlib.Path(folder), folio, as_of

    @property
    def store(self):
        return self.folder / "billing.db"

    def configure(self, **keys):
        """Sets keys of the configuration; the others stay."""
        file = self.folder / "portal.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known | keys, indent=1))

    def override(self, name, content):
        """Puts a template in the place of the shipped one; None takes it away again."""
        file = self.folder / "templates" / name
        if content is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def take(self, events, *options):
        """Imports events, all or none.

        Returns the run, for whoever sends what may be refused.
        """
        file = self.folder / "events.ndjson"
        file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in events), encoding="utf-8")
        return self.folio.run("import", "--store", self.store, *options, file)

    def must_take(self, events, *options):
        run = self.take(events, *options)
        assert run.returncode == 0, run.stderr + run.stdout

    def copy(self, folder):
        """The same shop again, to be changed."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Shop(folder, self.folio, self.as_of)

    def build(self, out, *more):
        """The arguments of a build of this shop."""
        return ["build", "--store", str(self.store), "--out", str(out), "--as-of", self.as_of, *more]


def shipped_template(name):
    """A template as it lies in the checkout."""
    return (CHECKOUT / "site-templates/default" / name).read_text(encoding="utf-8")


# The shop's facts

def plan(id, name, rate, at=START - timedelta(days=30)):
    return event("plan.defined", at, {
        "plan_id": id, "name": name, "effective_at": text(START - timedelta(days=30)), "model": "base_plus_usage",
        "currency": "usd", "base_fee": "29.00", "message_rate": rate, "offered": True})


def customer(id, at=START, partners=2):
    """A customer with a subscription, partners, and usage on every ninth day until the tenth of March."""
    yield event("customer.updated", at, {"name": f"Customer {id}", "currency": "usd", "country": "US"}, id)
    yield event("subscription.created", at, {
        "subscription_id": f"sub_{id}", "plan_id": "plan_small", "started_at": text(at)}, id)
    for number in range(partners):
        yield rename(id, number, f"Partner {number} of {id}", at)
    for day in range(0, 66, 9):
        yield usage(id, at + timedelta(days=day, hours=10), 20 + day, partners)
    yield event("usage.watermark", START + timedelta(days=69), {
        "complete_through": text(START + timedelta(days=69))}, id)


def rename(id, number, name, at):
    return event("partner.updated", at, {"partner_id": f"prt_{number}", "name": name, "department": "Sales"}, id)


def usage(id, hour, messages, partners=2):
    return event("usage.recorded", hour + timedelta(minutes=65), {"readings": [
        {"partner_id": f"prt_{number}", "hour": text(hour), "direction": direction, "size_class": "small",
         "messages": messages + number, "failed": number, "bytes": 1_000 * messages}
        for number in range(partners) for direction in ("inbound", "outbound")]}, id)


def customers(count):
    return [f"cus_{number:02}" for number in range(1, count + 1)]


def open_shop(folder, folio, count=5):
    """A shop whose portals are named by their customers."""
    shop = Shop(folder, folio)
    shop.configure(site_key_file=None, service_name="Shop")
    shop.must_take([
        plan("plan_small", "Small", "0.05"), plan("plan_large", "Large", "0.03"),
        *(each for id in customers(count) for each in customer(id))])
    return shop


# Edits that change many portals in different ways

def edit_facts(shop):
    """Events that change two portals, remove one and bring one in."""
    at = START + timedelta(days=67)
    shop.must_take([
        rename("cus_01", 0, "Renamed", at), usage("cus_02", at, 777),
        event("customer.deleted", at, {}, "cus_03"), *customer("cus_90", START + timedelta(days=20))])


def edit_configuration(shop):
    """Another name in every page, and another colour: a stylesheet of another name."""
    shop.configure(service_name="Shop No. 2", accent_color="#8a1c5b")


def edit_template(shop):
    """A further line in one page of each portal, and a second language, a folder more."""
    page = shipped_template("pages/help.mustache")
    shop.override("pages/help.mustache", page + "<p>Edited</p>\n")
    shop.configure(languages=["en", "de"])


def edit_time(shop):
    """A later day: a new month in every portal."""
    shop.as_of = "2024-04-02T09:00:00Z"


def edit_all(shop):
    """Everything at once."""
    for edit in (edit_facts, edit_configuration, edit_time):
        edit(shop)


EDITS = {
    "facts": edit_facts, "configuration": edit_configuration, "template": edit_template, "time": edit_time,
    "all": edit_all}
