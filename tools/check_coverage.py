#!/usr/bin/env python3
"""Holds content/coverage.json to its promise: every id of the catalogue is covered, or stands in `not_yet`.

usage: check_coverage.py [--write] [ROOT]
    Prints one complaint a line, FILE: what, where and what to do; exits 1 when there are any, and else says how much is
    covered. --write first puts what content files say under `ids` into coverage.json.
"""

import json
import pathlib
import re
import sys
import textwrap

import jsonschema

import check_links
import moments_table
from moments_table import MOMENTS

CATALOGUE = "content/catalogue.json"
COVERAGE = "content/coverage.json"
READING = "content/reading.schema.json"
EVENTS = "content/moments.schema.json"

# What the two articles hold, and CLAIM-38 of the simulator: an id that gets lost is noticed, and so is one made up.
KINDS = {id: kind for kind, ids in {
    "concept": [f"CON-{n}" for n in range(1, 46)],
    "sign": [f"SIGN-C{n}" for n in range(1, 7)] + [f"SIGN-D{n}" for n in range(1, 6)],
    "element": [f"ELEM-{n}" for n in range(1, 10)],
    "are": ["ARE-A", "ARE-R", "ARE-E"],
    "claim": [f"CLAIM-{n}" for n in range(1, 39)],
    "path": [f"PATH-{n}" for n in range(1, 12)],
}.items() for id in ids}

SAY_IT_THEMSELVES = ["item", "moment", "field", "claim", "practice"]
BY_HAND = ["reading", "text"]
NEEDS = {"concept": SAY_IT_THEMSELVES + BY_HAND, "sign": ["item"], "element": ["item"], "are": ["item"],
         "claim": ["claim"], "path": ["practice"]}

# The code system of catalogue ids in FHIR, as in src/instruments/instrument.h.
CATALOGUE_SYSTEM = "https://selvedge.example/fhir/CodeSystem/catalogue"

WHERE = {"item": "content/instruments/*.json", "claim": "content/claims.json", "practice": "content/practices/*.json"}


class Unusable(Exception):
    """A file that is absent, no JSON, or not of its shape."""


def read(root, name):
    try:
        return json.loads((root / name).read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"{name}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise Unusable(f"{name}: is no JSON ({error})") from error


def schema_of(root, name):
    return root / name.replace(".json", ".schema.json")


def read_shaped(root, name):
    """A file that has a schema beside it."""
    content = read(root, name)
    schema = str(schema_of(root, name).relative_to(root))
    checker = jsonschema.Draft7Validator(read(root, schema))
    for error in sorted(checker.iter_errors(content), key=str):
        place = "/".join(str(step) for step in error.absolute_path) or "the file"
        raise Unusable(f"{name}: {place}: {error.message}; {schema} says how it must be")
    return content


def bearers(value):
    """(id, ids) of every object in a JSON value that names itself and what it bears on; a claim bears on itself.

    Items of questionnaires are FHIR's: their name is the linkId, and what they bear on stands among their codes.
    """
    if isinstance(value, dict):
        name = value.get("id")
        codes = [code["code"] for code in value.get("code", []) if code.get("system") == CATALOGUE_SYSTEM] \
            if "linkId" in value else []
        if codes:
            yield value["linkId"], codes
        if "ids" in value or name in KINDS:
            yield name, [*([name] if name in KINDS else []), *value.get("ids", [])]
        for inner in value.values():
            yield from bearers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from bearers(inner)


def all_bearers(root, moments):
    """(kind, name, ids, file) of everything whose own file says what it bears on."""
    for moment in moments["moments"]:
        yield "moment", moment["name"], moment["ids"], MOMENTS
    for name, field in moments_table.fields(moments).items():
        yield "field", name, field["ids"], MOMENTS
    for kind, pattern in WHERE.items():
        for path in sorted(root.glob(pattern)):
            file = str(path.relative_to(root))
            content = (read_shaped if schema_of(root, file).exists() else read)(root, file)
            for name, ids in bearers(content):
                yield kind, name, ids, file


def readings(root):
    return read(root, READING)["definitions"]["reading"]["properties"]["id"]["enum"]


def lines_of(bearing):
    """{id: {kind: [names]}}: what coverage.json has to say of what says it itself."""
    lines = {}
    for kind, name, ids, _ in bearing:
        for id in ids:
            if kind in NEEDS.get(KINDS.get(id), []):
                lines.setdefault(id, {}).setdefault(kind, []).append(name)
    return lines


def complaints_about_catalogue(catalogue):
    seen = set()
    for entry in catalogue["entries"]:
        id = entry["id"]
        if id not in KINDS:
            yield f"{CATALOGUE}: {id} is no id of the articles; take it out, or add it to tools/check_coverage.py"
        elif entry["kind"] != KINDS[id]:
            yield f"{CATALOGUE}: {id} is called a {entry['kind']}; it is a {KINDS[id]}"
        if id in seen:
            yield f"{CATALOGUE}: {id} stands there twice; keep one"
        seen.add(id)
    for id in KINDS:
        if id not in seen:
            yield f"{CATALOGUE}: {id} is missing; add an entry for it"


def complaints_about_events(moments, events):
    """Every event of the simulator is what some moment stands for, or has a reason why none does."""
    answers = [answer for moment in moments["moments"] for question in moment["follow_ups"]
               for answer in question["answers"]]
    used = {thing.get("event") for thing in moments["moments"] + answers}
    unused = moments["events_without_a_moment"]
    for event in events:
        if event not in used and event not in unused:
            yield f"{MOMENTS}: no moment stands for the event {event}; name one, or say why in events_without_a_moment"
        if event in used and event in unused:
            yield f"{MOMENTS}: events_without_a_moment lists {event}, for which there is a moment; take it out there"


def complaints_about_bearers(bearing):
    seen = {}
    for kind, name, ids, file in bearing:
        if (kind, name) in seen:
            yield f"{file}: the {kind} {name} is already in {seen[kind, name]}; give it a name of its own"
        seen[kind, name] = file
        for id in ids:
            if id not in KINDS:
                yield f"{file}: {name} bears on {id}, which is not in the catalogue; correct the id"


def complaint_about_text(root, ref):
    """What is wrong with a reference to a text, or None. Its place is written from the root of the repository."""
    if "#" not in ref:
        return "it names no heading; write docs/PAGE.md#anchor"
    wrong = check_links.complaint_about(root, root / COVERAGE, "../" + ref)
    return wrong and wrong.replace("../", "", 1) + "; correct it, or take it out"


def complaints_about_covered(root, covered, bearing):
    known = {"reading": set(readings(root))}
    for kind, name, _, _ in bearing:
        known.setdefault(kind, set()).add(name)
    due = lines_of(bearing)

    for id, links in covered.items():
        if id not in KINDS:
            yield f"{COVERAGE}: {id} is not in the catalogue; correct the id"
            continue
        for kind, refs in links.items():
            for ref in refs:
                if kind not in NEEDS[KINDS[id]]:
                    yield (f"{COVERAGE}: {id} is covered by the {kind} {ref}, but a {KINDS[id]} needs one of: "
                           f"{', '.join(NEEDS[KINDS[id]])}; move {id} to not_yet")
                elif kind == "text":
                    wrong = complaint_about_text(root, ref)
                    if wrong:
                        yield f"{COVERAGE}: {id}: {wrong}"
                elif ref not in known.get(kind, ()):
                    yield f"{COVERAGE}: {id}: there is no {kind} {ref}; correct it, or take it out"
                elif kind not in BY_HAND and ref not in due.get(id, {}).get(kind, []):
                    yield (f"{COVERAGE}: {id}: the {kind} {ref} does not bear on it by its own file; "
                           "run tools/check_coverage.py --write")
    for kind, name, ids, file in bearing:
        for id in ids:
            if name in due.get(id, {}).get(kind, []) and name not in covered.get(id, {}).get(kind, []):
                yield (f"{COVERAGE}: {id}: the {kind} {name} bears on it ({file}) but is not listed; "
                       "run tools/check_coverage.py --write")


def complaints_about_not_yet(not_yet, covered):
    issue_of = {}
    for issue, promises in not_yet.items():
        for kind, ids in promises.items():
            for id in ids:
                if id not in KINDS:
                    yield f'{COVERAGE}: not_yet, "{issue}": {id} is not in the catalogue; correct the id'
                    continue
                if kind not in NEEDS[KINDS[id]]:
                    yield (f'{COVERAGE}: not_yet, "{issue}": {id} waits for a {kind}, but a {KINDS[id]} needs one of: '
                           f"{', '.join(NEEDS[KINDS[id]])}")
                if id in issue_of:
                    yield f'{COVERAGE}: {id} stands in not_yet twice ("{issue_of[id]}", "{issue}"); keep one'
                if id in covered:
                    yield f"{COVERAGE}: {id} is covered and in not_yet; take it out of not_yet"
                issue_of[id] = issue
    for id in KINDS:
        if id not in covered and id not in issue_of:
            yield (f"{COVERAGE}: {id} is neither covered nor in not_yet; it needs one of: "
                   f"{', '.join(NEEDS[KINDS[id]])}")


def complaints(root):
    """Raises Unusable where there is nothing to check against."""
    root = pathlib.Path(root).resolve()
    catalogue = read_shaped(root, CATALOGUE)
    moments = read_shaped(root, MOMENTS)
    coverage = read_shaped(root, COVERAGE)
    bearing = list(all_bearers(root, moments))
    return [*complaints_about_catalogue(catalogue),
            *complaints_about_events(moments, read(root, EVENTS)["definitions"]["event"]["enum"]),
            *complaints_about_bearers(bearing),
            *complaints_about_covered(root, coverage["covered"], bearing),
            *complaints_about_not_yet(coverage["not_yet"], coverage["covered"])]


def one_line_lists(text):
    """JSON as json.dumps indents it, but with every list of texts in as few lines as its indentation allows."""
    def joined(found):
        indent, items = found[1], " ".join(found[3].split())
        line = f"{indent}{found[2]}[{items}]"
        if len(line) < 120:
            return line
        inner = textwrap.fill(items, 118, initial_indent=indent + "  ", subsequent_indent=indent + "  ",
                              break_long_words=False, break_on_hyphens=False)
        return f"{indent}{found[2]}[\n{inner}\n{indent}]"
    return re.sub(r'^( *)("[^"\n]*": )\[\n([^\[\]{}]*)\]', joined, text, flags=re.MULTILINE)


def write(root):
    """Puts into coverage.json what content files say themselves; leaves what is written by hand."""
    root = pathlib.Path(root).resolve()
    coverage = read_shaped(root, COVERAGE)
    due = lines_of(all_bearers(root, read_shaped(root, MOMENTS)))
    covered = {}
    for id in [*KINDS, *(id for id in coverage["covered"] if id not in KINDS)]:
        by_hand = {kind: refs for kind, refs in coverage["covered"].get(id, {}).items() if kind in BY_HAND}
        links = {**due.get(id, {}), **by_hand}
        if links:
            covered[id] = links
    text = json.dumps({**coverage, "covered": covered}, indent=2, ensure_ascii=False) + "\n"
    (root / COVERAGE).write_text(one_line_lists(text), encoding="utf-8")


def summary(root):
    coverage = read(pathlib.Path(root), COVERAGE)
    text = f"{len(KINDS)} ids: {len(coverage['covered'])} covered"
    for issue, promises in coverage["not_yet"].items():
        counts = ", ".join(f"{len(ids)} by {kind}" for kind, ids in promises.items())
        text += f'\nnot yet, "{issue}": {counts}'
    return text


def main():
    words = sys.argv[1:]
    root = next((word for word in words if word != "--write"), pathlib.Path(__file__).resolve().parent.parent)
    try:
        if "--write" in words:
            write(root)
        found = complaints(root)
    except Unusable as trouble:
        found = [str(trouble)]
    print("\n".join(found) or summary(root))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
