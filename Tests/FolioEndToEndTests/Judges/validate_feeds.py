"""Validates every feed of every portal of some sites against its JSON Schema.

    validate_feeds.py SCHEMAS SITE...

Prints a line for each fault, each feed without a schema and each schema without a feed, then how many feeds were
checked. Exit status: 0 no fault, 1 faults.
"""

import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

# A feed's path in `feeds/`, and the schema that it has to fit.
KINDS = [
    (r"usage/current\.json", "usage-current"),
    (r"usage/\d{4}-\d\d\.json", "usage-month"),
    (r"analytics/(partners|trends)\.json", r"analytics-\1"),
    (r"tax-summary/\d{4}\.json", "tax-summary"),
    (r"reports/(monthly|annual|custom)/[^/]+\.json", r"reports-\1"),
    (r"(allocation|audit|billing|budgets|index|invoices|optimization)\.json", r"\1"),
]


def schema_name(path):
    for pattern, name in KINDS:
        match = re.fullmatch(pattern, path)
        if match:
            return match.expand(name) + ".schema.json"
    return None


def main(folder, sites):
    schemas = {p.name: json.loads(p.read_text()) for p in pathlib.Path(folder).glob("*.json")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in schemas.items()
    )
    faults, checked, used = [], 0, {"common.schema.json"}
    for site in sites:
        for file in sorted(pathlib.Path(site).glob("*/feeds/**/*.json")):
            path = str(file).split("/feeds/", 1)[1]
            name = schema_name(path)
            if name not in schemas:
                faults.append(f"{file}: no schema describes it")
                continue
            used.add(name)
            checked += 1
            validator = Draft202012Validator(schemas[name], registry=registry)
            for error in validator.iter_errors(json.loads(file.read_text())):
                faults.append(f"{file}: {error.json_path}: {error.message[:200]}")
    faults += [f"{name}: no feed fits it" for name in sorted(set(schemas) - used)]
    print("\n".join(faults + [f"checked {checked}"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
