#!/usr/bin/env python3
"""Writes docs/moments.md: which moment stands for which event of the simulator, and what it bears on.

usage: moments_table.py [--check] [ROOT]    --check writes nothing and exits 1 where the page is not what it would be.
"""

import json
import pathlib
import sys

MOMENTS = "content/moments.json"
PAGE = "docs/moments.md"

INTRODUCTION = """\
# Moments

Written by `tools/moments_table.py` from [`content/moments.json`](../content/moments.json): change that file and run it
again. What the ids mean is in [the catalogue](catalogue.md).

"""


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def code(words):
    return ", ".join(f"`{word}`" for word in words) or "–"


def answers_with(moment, key):
    """(question=answer, the answer) of every answer to what may be asked about a moment that has such a key."""
    for question in moment["follow_ups"]:
        for answer in question["answers"]:
            if key in answer:
                yield f"{question['key']}={answer['value']}", answer


def event_of(moment):
    always = [f"`{moment['event']}`"] if moment["event"] else []
    sometimes = [f"`{answer['event']}` if `{name}`" for name, answer in answers_with(moment, "event")]
    return ", ".join([*always, *sometimes]) or "–"


def asks_q(moment):
    return "yes" if moment["asks_q"] else ", ".join(f"if `{name}`" for name, _ in answers_with(moment, "asks_q")) or "–"


def fields(moments):
    """What is asked every day beside the moments, by name."""
    return {name: field for name, field in moments.items() if isinstance(field, dict) and "ids" in field}


def page(moments):
    return "".join([
        INTRODUCTION,
        table(["moment", "people see", "event of the simulator", "may ask Q", "bears on"],
              ([f"`{moment['name']}`", moment["chip"], event_of(moment), asks_q(moment), code(moment["ids"])]
               for moment in moments["moments"])),
        "\nQ is the optional private question of what would most likely have followed; its answers are never part of a "
        "diary.\n\n## Daily fields\n\n",
        table(["field", "people see", "bears on"],
              ([f"`{name}`", field["question"], code(field["ids"])] for name, field in fields(moments).items())),
        "\n## Events nobody logs\n\n",
        table(["event of the simulator", "why it has no moment"],
              ([f"`{event}`", why] for event, why in moments["events_without_a_moment"].items())),
    ])


def due(root):
    """The page as it has to be."""
    return page(json.loads(pathlib.Path(root, MOMENTS).read_text(encoding="utf-8")))


def write(root):
    pathlib.Path(root, PAGE).write_text(due(root), encoding="utf-8")


def complaints(root):
    path = pathlib.Path(root, PAGE)
    if path.is_file() and path.read_text(encoding="utf-8") == due(root):
        return []
    return [f"{PAGE}: is not what {MOMENTS} says; run tools/moments_table.py"]


def main():
    words = sys.argv[1:]
    root = next((word for word in words if word != "--check"), pathlib.Path(__file__).resolve().parent.parent)
    if "--check" not in words:
        write(root)
    found = complaints(root)
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
