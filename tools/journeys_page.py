#!/usr/bin/env python3
"""Makes docs/journeys.md from the golden transcripts, so that what is shown is what is tested.

usage: journeys_page.py [--check] [ROOT]    --check writes nothing and exits 1 where the page is not what it would be.
"""

import pathlib
import sys

PAGE = "docs/journeys.md"
CASES = "tests/golden/cases"
JOURNEYS = {
    "holding_on": "Someone holding on",
    "standing_alone": "Someone standing alone",
    "steady": "Someone steady",
    "afraid": "Someone afraid",
}
BEGINS = "Enter begins. x leaves."
INTRODUCTION = """# Journeys

Four people take `selvedge reflect`, with every word they see. They are made up. A line that begins with a colon is what
was answered; the page before the first question is the same for all and shown once. The transcripts are tests:
`tests/golden/cases/journey_*.txt`, from which `tools/journeys_page.py` makes this page.
"""


def journey(path):
    """What the person is like, the page before the first question, and the rest of what was said."""
    lines = path.read_text(encoding="utf-8").splitlines()
    about = lines[0].removeprefix("# ")
    first = next(i for i, line in enumerate(lines) if line.startswith("$ "))
    end = next(i for i, line in enumerate(lines) if i > first and line.startswith(("%", "#", "$")))
    said = [line[2:] for line in lines[first:end] if line.startswith("|")]
    cut = said.index(BEGINS) + 1
    return about, said[:cut], said[cut:]


def block(lines):
    return "\n".join("    " + line if line else "" for line in lines).strip("\n")


def page(root):
    parts = [INTRODUCTION]
    for number, (name, title) in enumerate(JOURNEYS.items()):
        about, opening, said = journey(root / CASES / f"journey_{name}.txt")
        if number == 0:
            parts.append(f"## The page before the first question\n\n{block(opening)}\n")
        parts.append(f"## {title}\n\n{about}\n\n{block(said)}\n")
    return "\n".join(parts)


def main():
    words = [word for word in sys.argv[1:] if word != "--check"]
    root = pathlib.Path(words[0] if words else pathlib.Path(__file__).resolve().parent.parent)
    text = page(root)
    if "--check" not in sys.argv[1:]:
        (root / PAGE).write_text(text, encoding="utf-8")
    elif (root / PAGE).read_text(encoding="utf-8") != text:
        sys.exit(f"{PAGE}: is not what the transcripts say; run tools/journeys_page.py")


if __name__ == "__main__":
    main()
