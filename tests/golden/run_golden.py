#!/usr/bin/env python3
"""Runs the command line as a person would and compares what it says with what is written down.

    run_golden.py SELVEDGE SOURCE_DIR [CASE ...]             one line a case; fails if any differs or there is none
    run_golden.py SELVEDGE SOURCE_DIR [CASE ...] --approve   writes down what it says now; read the difference after

A case is a text file tests/golden/cases/NAME.txt. Every line begins with what it is:

    # a remark
    @ FILE             a file in the case's own folder; its lines follow, \\x1b \\u202e \\r and the like meaning what they do in Python
    > a line of it     (\\c at the end: no line break after it)
    $ selvedge ...     a command; "selvedge" is the program under test
    < text             its standard input, line by line; without any it has none
    = 3                the exit code it gives
    | text             its standard output, line by line
    ! text             its standard error
    % CHECK ...        something that holds afterwards (the functions named check_... below)

The folder also holds tests/golden/input/* and content/samples/*. Numbers with decimals agree if they differ by less than
a thousandth or by one in the last digit, since compilers differ there; {…} stands for anything. Whatever a case says, no
command may print a character that a terminal acts on, or leave a half-written file behind.
"""

import argparse
import codecs
import csv
import html
import json
import math
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?|(?<=\()\d+(?=\))")  # decimals, and standard errors: (234)
UNWELCOME = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TIMEOUT_SECONDS = 300


class Differs(Exception):
    """What a case says and what happened are not the same."""


def is_close(expected, actual, unit=0.0):
    return math.isclose(expected, actual, rel_tol=1e-3, abs_tol=max(1e-9, 1.01 * unit))


def unit_of(text):
    """One in the last digit of a number as it is written; 0 where an exponent hides it."""
    return 0.0 if "e" in text else 10.0 ** -len(text.partition(".")[2])


def lines_agree(expected, actual):
    if expected == actual or expected == "{…}":
        return True
    if " ".join(NUMBER.sub("#", expected).split()) != " ".join(NUMBER.sub("#", actual).split()):
        return False
    pairs = zip(NUMBER.findall(expected), NUMBER.findall(actual))
    return all(is_close(float(one), float(other), unit_of(one)) for one, other in pairs)


def compare_text(name, expected, actual):
    for number in range(max(len(expected), len(actual))):
        one = expected[number] if number < len(expected) else "(nothing)"
        other = actual[number] if number < len(actual) else "(nothing)"
        if not lines_agree(one, other):
            raise Differs(f"{name}, line {number + 1}:\n    expected: {one}\n    got:      {other}")


def at_path(value, path):
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


class Folder:
    """The folder a case runs in, and what can be checked there."""

    def __init__(self, path, source):
        self.path = Path(path)
        self.source = source
        self.untouched = {}
        self.printed = ""
        for origin in [*(source / "tests/golden/input").iterdir(), *(source / "content/samples").iterdir()]:
            self.write(origin.name, origin.read_bytes())

    def write(self, name, data):
        (self.path / name).write_bytes(data)
        self.untouched[name] = data

    def json(self, name):
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def check_unchanged(self, name):
        """% unchanged FILE: every byte is as it was before."""
        if (self.path / name).read_bytes() != self.untouched[name]:
            raise Differs(f"{name} was changed")

    def check_absent(self, name):
        """% absent FILE"""
        if (self.path / name).exists():
            raise Differs(f"{name} was written")

    def check_schema(self, name, schema):
        """% schema FILE reading|fit: the file is valid by content/….schema.json."""
        file = self.source.resolve() / f"content/{schema}.schema.json"
        rules = json.loads(file.read_text(encoding="utf-8"))
        kind = jsonschema.validators.validator_for(rules)
        kind.check_schema(rules)
        beside = jsonschema.RefResolver(file.as_uri(), rules)  # schemas refer to each other by the names of their files
        for error in kind(rules, resolver=beside).iter_errors(self.json(name)):
            where = "/".join(str(step) for step in error.absolute_path)
            raise Differs(f"{name} at {where}: {error.message}")

    def check_page(self, name, *words):
        """% page FILE TITLE: one self-contained page: filled in, named, and without an address to ask."""
        page = (self.path / name).read_text(encoding="utf-8")
        title = " ".join(words)
        if f"<title>{html.escape(title)}</title>" not in page:
            raise Differs(f"{name}: its title is not {title}")
        if "<!--selvedge:" in page:
            raise Differs(f"{name}: a mark is not filled in")
        addresses = set(re.findall(r"https?://[^\s\"'<>)`]*", page)) - {"http://www.w3.org/2000/svg"}
        if addresses:
            raise Differs(f"{name}: it names {sorted(addresses)}")

    def check_json(self, name, path, relation, *words):
        """% json FILE PATH is VALUE | near NUMBER | has KEY ...: in that order for an object's keys."""
        value = at_path(self.json(name), path)
        wanted = " ".join(words)
        agrees = {
            "is": lambda: value == json.loads(wanted),
            "near": lambda: is_close(float(wanted), value),
            "has": lambda: list(value) == list(words),
        }[relation]()
        if not agrees:
            raise Differs(f"{name}, {path}: expected {wanted}, got {json.dumps(value)[:200]}")

    def check_private(self, name):
        """% private FILE: only its owner may read or write it."""
        mode = (self.path / name).stat().st_mode & 0o777
        if mode != 0o600:
            raise Differs(f"{name} has the mode {mode:o}")

    def check_lacks(self, name, *words):
        """% lacks FILE WORD ...: none of these words is in it."""
        text = (self.path / name).read_text(encoding="utf-8")
        if found := [word for word in words if word in text]:
            raise Differs(f"{name} has {found}")

    def check_same(self, one, other, *_):
        """% same FILE FILE except seconds: the same bytes but for how long it took."""
        texts = [re.sub(r'("seconds": )[0-9.e+-]+', r"\1#", (self.path / name).read_text(encoding="utf-8")) for name in (one, other)]
        if texts[0] != texts[1]:
            raise Differs(f"{one} and {other} differ")

    def check_table(self, table, results):
        """% table CSV JSON: both hold the same numbers."""
        document = self.json(results)
        dyads = document["dyads"] + ([document["pooled"]] if "pooled" in document else [])
        with open(self.path / table, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if len(rows) != len(dyads):
            raise Differs(f"{table} has {len(rows)} lines, {results} {len(dyads)} results")
        for row, dyad in zip(rows, dyads):
            self.compare_row(row, dyad)

    @staticmethod
    def compare_row(row, dyad):
        expected = {
            "dyad": dyad["dyad"],
            "label_a": dyad["sides"]["a"],
            "label_b": dyad["sides"]["b"],
            "check_ins": dyad["check_ins"],
            "loglik": dyad["loglik"],
            "converged": "true" if dyad["converged"] else "false",
            "status": dyad["status"],
            "boundary": " ".join(dyad["boundary"]),
        }
        for name, parameter in dyad["parameters"].items():
            expected[name] = parameter["estimate"]
            expected["se_" + name] = parameter["se"]
        for column, text in row.items():
            value = expected.get(column)
            same = text == ("" if value is None else value) if not isinstance(value, (int, float)) else float(text) == value
            if not same:
                raise Differs(f"couple {dyad['dyad']}, column {column}: {text!r} in the table, {value!r} in the JSON")

    def check_documented(self, page):
        """% documented PAGE: the page and what was printed so far name the same options."""
        # Manual pages escape their hyphens, and fish is told of an option as "-l json".
        printed = self.printed.replace("\\-", "-").replace(" -l ", " --")
        named = [set(re.findall(r"--[a-z][a-z-]+", text)) for text in ((self.source / page).read_text(encoding="utf-8"), printed)]
        if named[0] != named[1]:
            raise Differs(f"only in {page}: {sorted(named[0] - named[1])}; only printed: {sorted(named[1] - named[0])}")

    def check_printed(self, page):
        """% printed PAGE: what was printed so far is that file, to be written anew with the same command if not."""
        if self.printed != (self.source / page).read_text(encoding="utf-8"):
            raise Differs(f"{page} is not what was printed; write it anew if what was printed is right")

    def check_no_leftovers(self):
        for path in self.path.rglob("*.part.*"):
            raise Differs(f"a half-written file was left behind: {path.name}")

    def check(self, words):
        getattr(self, "check_" + words[0])(*words[1:])


def run_command(selvedge, folder, line, typed):
    words = shlex.split(line)
    if words[0] != "selvedge":
        raise SystemExit(f"a case may run selvedge only, not {words[0]}")
    done = subprocess.run([selvedge, *words[1:]], cwd=folder.path, input="".join(text + "\n" for text in typed).encode("utf-8"),
                          capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    said = {"|": done.stdout.decode("utf-8"), "!": done.stderr.decode("utf-8")}
    for text in said.values():
        if found := UNWELCOME.search(text):
            raise Differs(f"a character that a terminal acts on was printed: {found.group()!r}")
    folder.printed += said["|"]
    return done.returncode, {mark: text.splitlines() for mark, text in said.items()}


def unescaped(line):
    """A line of a file as its bytes: what is not ASCII stands for itself, backslashes as in Python."""
    whole = not line.endswith("\\c")
    text = line if whole else line[:-2]
    raw = b"".join(
        codecs.escape_decode(part.encode("utf-8"))[0] if not part.startswith("\\u") else chr(int(part[2:], 16)).encode("utf-8")
        for part in re.split(r"(\\u[0-9a-fA-F]{4})", text)
    )
    return raw + (b"\n" if whole else b"")


class Case:
    def __init__(self, path):
        self.name = path.stem
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()

    def blocks(self):
        """The case cut into commands with what belongs to them; before the first command, what sets the scene."""
        blocks = [[]]
        for line in self.lines:
            if line.startswith("$ "):
                blocks.append([])
            blocks[-1].append(line)
        return blocks

    def run(self, selvedge, source, approve):
        with tempfile.TemporaryDirectory(prefix="selvedge_golden_") as path:
            folder = Folder(path, source)
            written = [self.run_block(block, selvedge, folder, approve) for block in self.blocks()]
            folder.check_no_leftovers()
        if approve:
            self.path.write_text("\n".join(line for block in written for line in block) + "\n", encoding="utf-8")

    @staticmethod
    def run_block(block, selvedge, folder, approve):
        """Returns the block as it should read."""
        marked = lambda mark: [line[2:] for line in block if line[:1] == mark]
        command = marked("$")
        out = list(block)
        if command:
            code, said = run_command(selvedge, folder, command[0], marked("<"))
            if approve:
                out = [f"$ {command[0]}"] + [line for line in block if line[:1] == "<"] + [f"= {code}"]
                out += [f"{mark} {line}".rstrip() for mark in "|!" for line in (marked(mark) if marked(mark) == ["{…}"] else said[mark])]
                out += [line for line in block if line[:1] not in "$<=|!" or not line]
            else:
                if marked("=") != [str(code)]:
                    raise Differs(f"{command[0]}\n    exit code: expected {' '.join(marked('='))}, got {code}\n    {' '.join(said['!'])}")
                for mark, name in (("|", "standard output"), ("!", "standard error")):
                    if marked(mark) != ["{…}"]:
                        compare_text(f"{command[0]}\n  {name}", marked(mark), said[mark])
        target = None
        files = {}
        for line in block:
            if line.startswith("@ "):
                target = line[2:]
                files[target] = b""
            elif line.startswith(">"):
                files[target] += unescaped(line[2:])
        for name, data in files.items():
            folder.write(name, data)
        for words in marked("%"):
            folder.check(shlex.split(words, posix=False))
        return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("selvedge", type=lambda text: str(Path(text).resolve()))
    parser.add_argument("source", type=Path)
    parser.add_argument("cases", nargs="*", help="names of cases; none: all")
    parser.add_argument("--approve", action="store_true", help="write down what it says now")
    words = parser.parse_args()

    paths = sorted((words.source / "tests/golden/cases").glob("*.txt"))
    unknown = set(words.cases) - {path.stem for path in paths}
    cases = [Case(path) for path in paths if not words.cases or path.stem in words.cases]
    if unknown or not cases:
        sys.exit(f"no such case: {', '.join(sorted(unknown)) or 'there are none at all'}")
    failed = 0
    commands = 0
    for case in cases:
        commands += len(case.blocks()) - 1
        try:
            case.run(words.selvedge, words.source, words.approve)
            print(f"{'approved' if words.approve else 'same    '}  {case.name}")
        except (Differs, OSError, ValueError, KeyError, IndexError, subprocess.TimeoutExpired) as trouble:
            failed += 1
            print(f"DIFFERS   {case.name}\n  {type(trouble).__name__}: {trouble}")
    print(f"{len(cases)} cases, {commands} commands, {failed} differ")
    sys.exit(1 if failed or commands == 0 else 0)


if __name__ == "__main__":
    main()
