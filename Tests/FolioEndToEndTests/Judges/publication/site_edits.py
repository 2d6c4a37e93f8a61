"""Edits of what is beside the store: configuration, templates, words, the logo, the key, and the time of the view."""

import json
from datetime import datetime, timedelta

from .program import CHECKOUT
from .shop import text

TEMPLATES = CHECKOUT / "site-templates/default"


class SiteEdits:
    """Changes a shop's folder; chance chooses what."""

    def __init__(self, chance, shop, number):
        self.chance, self.shop, self.number = chance, shop, number

    def service_name(self):
        self.shop.configure(service_name=f"Service {self.number}")

    def links(self):
        self.shop.configure(links=[
            {"label": f"Terms {self.number}", "url": f"https://shop.example/{each}"}
            for each in range(self.chance.randrange(3))])

    def accent_color(self):
        self.shop.configure(accent_color=self.chance.choice(["#0b57d0", "#8a1c5b", "#7a3b00", "#005b4f", "#5d247f"]))

    def theme(self):
        self.shop.configure(theme={"radius": f"{self.chance.randrange(25)}px"})

    def languages(self):
        self.shop.configure(languages=self.chance.choice([["en"], ["en"], ["en", "de"], ["de"], ["ar", "en"]]))

    def logo(self):
        """A picture whose bytes change under the same path, or none."""
        shape = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{self.number}v9z"/></svg>\n'
        (self.shop.folder / "logo.svg").write_text(shape)
        self.shop.configure(logo=self.chance.choice(["logo.svg", "logo.svg", None]))

    def site_key(self):
        """Portals with other addresses, or with plain ones."""
        key = self.shop.folder / "site.key"
        key.touch(mode=0o600)
        key.write_text(f"{self.chance.getrandbits(256):064x}\n")
        self.shop.configure(site_key_file=self.chance.choice(["site.key", None]))

    # Templates

    def template(self):
        """A page, a partial or the layout with one more line."""
        chosen = self.chance.choice(sorted(TEMPLATES.glob("*/*.mustache")))
        content = chosen.read_text(encoding="utf-8")
        if chosen.parent.name == "pages":
            content = content.replace("{{$main}}", f"{{{{$main}}}}<p>Edited {self.number}</p>", 1)
        else:
            content += f"<!-- edited {self.number} -->\n"
        self.shop.override(str(chosen.relative_to(TEMPLATES)), content)

    def words(self):
        """One text of a language with a word more."""
        chosen = self.chance.choice(sorted(set(TEMPLATES.glob("messages/*/*.json")) - set(
            TEMPLATES.glob("messages/*/locale.json"))))
        messages = json.loads(chosen.read_text(encoding="utf-8"))
        places = list(self.places(messages))
        holder, name = self.chance.choice(places)
        holder[name] += f" ({self.number})"
        self.shop.override(
            str(chosen.relative_to(TEMPLATES)), json.dumps(messages, ensure_ascii=False, indent=2) + "\n")

    def places(self, messages):
        for name, value in messages.items():
            if isinstance(value, dict):
                yield from self.places(value)
            elif isinstance(value, str):
                yield messages, name

    def help_text(self):
        name = f"messages/{self.chance.choice(['en', 'de', 'ar'])}/help.md"
        self.shop.override(name, (TEMPLATES / name).read_text(encoding="utf-8") + f"\nEdited {self.number}.\n")

    def template_goes(self):
        """An override goes away, and the shipped file has its place again."""
        folder = self.shop.folder / "templates"
        files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
        if files:
            self.shop.override(str(self.chance.choice(files).relative_to(folder)), None)

    # Time

    def hours_pass(self):
        self.move(timedelta(hours=self.chance.randrange(1, 20)))

    def days_pass(self):
        self.move(timedelta(days=self.chance.randrange(1, 9), minutes=self.chance.randrange(60)))

    def view_goes_back(self):
        self.move(-timedelta(hours=self.chance.randrange(1, 30)))

    def move(self, step):
        self.shop.as_of = text(datetime.fromisoformat(self.shop.as_of.removesuffix("Z")) + step)


SITE_EDITS = [name for name in vars(SiteEdits) if not name.startswith("_") and name not in ("places", "move")]
