#!/usr/bin/env python3
"""Holds three things to each other: what Selvedge refuses, what docs/formats.md says of it, and what is tested.

    check_refusals.py [ROOT]

- Every row of the tables under "When a file is refused" is a refusal that some transcript in tests/golden/cases shows,
  with its remedy, or that a unit test expects; and every refusal in a transcript has its row.
- Every place in the sources that refuses something is seen in a transcript or expected by a unit test beside it.

Sentences are compared by their shape: names in quotation marks, numbers and lists after a colon may differ.
"""

import pathlib
import re
import sys

SECTION = "## When a file is refused"
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# The functions that make an error out of a message and a remedy, and errors spelled out.
SITE = re.compile(r"\b(?:Refuse|Refusal|Trouble)\(|\bErrorCode::kRefused,\s*\.message = ")
SHORTEST_EXPECTATION = 10  # letters; what a test expects in fewer does not tell one refusal from another


def shape(sentence):
    sentence = re.sub(r'"[^"]*"', '"…"', sentence)
    sentence = re.sub(r"its (columns are|one column is) .*?(?=\.$|$)", "its columns are …", sentence)
    sentence = re.sub(r": [^.]*\.(?= |$)", ": ….", sentence)
    return re.sub(r"-?\d+(\.\d+)?", "0", sentence)


# ---- the document ----

def rows(text):
    """(line number, message, remedies) of every row of the section's tables."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line == SECTION:
            inside = True
        elif re.match(r"##? ", line):
            inside = False
        elif inside and line.startswith("| ") and not line.startswith("| what it says"):
            message, remedy = (cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:3])
            message = re.sub(r"(?<=[.]) \([^)]*\)$", "", message)  # a remark about where it is said
            yield number, message, re.split(r" \*or[^*]*\* ", remedy)


# ---- the transcripts ----

def golden_refusals(folder):
    """(place, message, remedy) of every refusal that a transcript shows."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, (line, after) in enumerate(zip(lines, lines[1:]), 1):
            said = re.match(r'! \S+?(?::\d+)*(?: \(column "[^"]*"\))?: (.*)', line)
            remedy = re.match(r"!   What to do: (.*)", after)
            if said and remedy:
                yield f"{path.name}:{number}", said[1], remedy[1]


# ---- the sources ----

def unescaped(literal):
    return literal.replace('\\"', '"').replace("\\\\", "\\")


def expression_at(text, begin):
    """The expression from a position to the comma or bracket that ends it."""
    depth = 0
    position = begin
    while position < len(text):
        literal = LITERAL.match(text, position)
        if literal:
            position = literal.end()
            continue
        character = text[position]
        if character in ")]}" or character in ",;":
            if depth == 0:
                break
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        position += 1
    return text[begin:position]


def pieces_of(expression):
    """The fixed words of a message that is put together; a format's {} are not fixed."""
    words = ""
    end = 0
    for literal in LITERAL.finditer(expression):
        words += ("{}" if expression[end : literal.start()].strip() else "") + unescaped(literal[1])
        end = literal.end()
    pieces = re.split(r"\{[^}]*\}", words)
    return [piece for piece in pieces if piece.strip(' ".:')]


def sites(root):
    """(place, alternatives) of every place that refuses: each alternative the fixed words of one message."""
    for path in sorted(file for folder in ("src", "apps") for file in (root / folder).rglob("*.cc")):
        if path.name.endswith("_test.cc"):
            continue
        text = path.read_text(encoding="utf-8")
        for site in SITE.finditer(text):
            expression = expression_at(text, site.end())
            name = re.fullmatch(r"\s*(\w+)\s*", expression)
            if name:  # a message made beforehand
                made = list(re.finditer(rf"\b{name[1]} = ", text[: site.start()]))
                expression = expression_at(text, made[-1].end()) if made else ""
            condition, *branches = re.split(r"[?:](?![:])(?<!::)", LITERAL.sub(lambda m: m[0].replace("?", "\0").replace(":", "\1"), expression))
            parts = [part.replace("\0", "?").replace("\1", ":") for part in (branches or [condition])]
            alternatives = [pieces for pieces in map(pieces_of, parts) if pieces]
            if alternatives:
                yield path, text.count("\n", 0, site.start()) + 1, alternatives


def expectations(folder):
    """What the tests of a folder expect to read: those beside its code, and those in the folder of its name in tests."""
    for path in sorted([*folder.glob("*_test.cc"), *(folder.parent.parent / "tests" / folder.name).glob("*_test.cc")]):
        for literal in LITERAL.findall(path.read_text(encoding="utf-8")):
            if len(literal) >= SHORTEST_EXPECTATION:
                yield unescaped(literal)


# ---- holding them to each other ----

def complaints(root):
    root = pathlib.Path(root)
    found = []
    document = root / "docs/formats.md"
    documented = list(rows(document.read_text(encoding="utf-8")))
    shown = list(golden_refusals(root / "tests/golden/cases"))
    refusing = list(sites(root))
    expected = {folder: list(expectations(folder)) for folder in {path.parent for path, _, _ in refusing}}

    for what, items in (("rows in docs/formats.md", documented), ("refusals in transcripts", shown), ("places that refuse", refusing)):
        if not items:
            found.append(f"{root}: no {what} found, so nothing was checked")

    shown_shapes = {(shape(message), shape(remedy)) for _, message, remedy in shown}
    shown_messages = {message for message, _ in shown_shapes}
    for number, message, remedies in documented:
        if shape(message) not in shown_messages and any(text in message for texts in expected.values() for text in texts):
            continue  # no command line and no small file brings it about; a unit test does
        for remedy in remedies:
            if (shape(message), shape(remedy)) not in shown_shapes:
                found.append(f"docs/formats.md:{number}: no test shows this refusal with its remedy: {message} {remedy}")
    documented_shapes = {(shape(message), shape(remedy)) for _, message, remedies in documented for remedy in remedies}
    for place, message, remedy in shown:
        if (shape(message), shape(remedy)) not in documented_shapes:
            found.append(f"tests/golden/cases/{place}: docs/formats.md has no row for this refusal: {message} {remedy}")

    for path, line, alternatives in refusing:
        for pieces in alternatives:
            seen = any(all(piece in message for piece in pieces) for _, message, _ in shown)
            seen = seen or any(text in piece for text in expected[path.parent] for piece in pieces)
            if not seen:
                found.append(f"{path.relative_to(root)}:{line}: no test makes Selvedge say: {' … '.join(pieces)}")
    return found


def main():
    found = complaints(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
