#!/usr/bin/env python3
"""Holds the sources to the architecture: which folder may include what, and no I/O inside the engine.

usage: check_layers.py [ROOT]    Prints one complaint a line, FILE:LINE: what and why; exits 1 when there are any.
"""

import pathlib
import re
import sys

# Each folder may use itself and the folders before it.
ENGINE = ["core", "numerics", "diary", "dynamics", "responses", "instruments", "leaning", "reflect", "theory",
          "practice", "vault", "reading"]
ABOVE_THE_ENGINE = ["sodium", "store", "server"]
LAYERS = ENGINE + ABOVE_THE_ENGINE

# The engine computes; what it would need these for is handed to it from outside.
FORBIDDEN_IN_ENGINE = {
    "input and output": "cstdio fstream iomanip ios iostream istream ostream print spanstream sstream streambuf "
                        "strstream syncstream",
    "the file system": "filesystem",
    "the clock": "chrono ctime",
    "threads": "barrier condition_variable execution future latch mutex semaphore shared_mutex stop_token thread",
    "random numbers other than core/random": "random",
    "text formatting GCC 12 does not have": "format",
    "signals": "csignal csetjmp",
}
WHY_FORBIDDEN = {header: why for why, headers in FORBIDDEN_IN_ENGINE.items() for header in headers.split()}

# Everything else that is not the C++ standard library must be named here.
ENGINE_MAY_USE = re.compile(r"(Eigen|fast_float)/|(immintrin|wasm_simd128)\.h$")
JSON_LIBRARY = re.compile(r"nlohmann/")
JSON_DOOR = "src/core/json.cc"
TESTS_MAY_USE = re.compile(r"(gtest|gmock|rapidcheck|Eigen|fast_float)/|rapidcheck\.h$")
TESTS_MAY_ALSO_USE = set("cstdio fstream iomanip iostream istream ostream sstream filesystem chrono thread mutex random "
                         "csignal".split())

OUR_TREES = ["src", "apps", "tests", "bench", "fuzz"]
INCLUDE = re.compile(r'\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")')


def includes(path):
    """(line number, header, is it in quotes) of every include in a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] or found[2], found[2] is not None


def sources_of(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in {".h", ".cc"} and p.is_file())


class Module:
    """What a folder's CMakeLists.txt declares."""

    KEYWORDS = {"USES", "LINKS", "PRIVATE_LINKS", "SOURCES", "TESTS", "TEST_LINKS"}

    def __init__(self, folder):
        self.path = folder / "CMakeLists.txt"
        self.line = 1
        self.lists = {}
        self.words = set()
        self.generated = set()
        if not self.path.is_file():
            return
        text = self.path.read_text(encoding="utf-8")
        text = re.sub(r"#.*", "", text)
        self.words = set(text.replace("(", " ").replace(")", " ").split())
        self.generated = set(re.findall(r"\bHEADER\s+(\S+?)[\s)]", text))
        call = re.search(r"selvedge_module\(\s*" + re.escape(folder.name) + r"\b([^)]*)\)", text)
        if not call:
            return
        self.line = text.count("\n", 0, call.start()) + 1
        self.lists = {keyword: [] for keyword in self.KEYWORDS}
        current = None
        for word in call[1].split():
            if word in self.KEYWORDS:
                current = word
            elif current:
                self.lists[current].append(word)

    def uses(self):
        return set(self.lists.get("USES", []))

    def test_uses(self):
        links = self.lists.get("TEST_LINKS", [])
        return {link.removeprefix("selvedge_") for link in links if link.startswith("selvedge_")}


def complaints(root):
    root = pathlib.Path(root)
    found = []

    def complain(path, line, text):
        found.append(f"{path.relative_to(root)}:{line}: {text}")

    for tree in OUR_TREES:
        for path in sources_of(root / tree):
            for line, header, _ in includes(path):
                if header.startswith("../") or "/../" in header:
                    complain(path, line, f'"{header}" climbs out of its folder; include from the root of src')

    if not (root / "src").is_dir() or not sources_of(root / "src"):
        return found + [f"{root}/src: no sources found, so nothing was checked"]

    for folder in sorted(p for p in (root / "src").iterdir() if p.is_dir() and sources_of(p)):
        if folder.name not in LAYERS:
            complain(sources_of(folder)[0], 1, f'"{folder.name}" is no layer; add it to LAYERS in tools/check_layers.py')
            continue
        check_folder(root, folder, complain)
    return found


def check_folder(root, folder, complain):
    layer = LAYERS.index(folder.name)
    module = Module(folder)
    if not module.lists:
        complain(module.path, 1, f"no selvedge_module({folder.name} …) here")
    really_used = set()

    for path in sources_of(folder):
        is_test = path.stem.endswith("_test")
        if path.suffix == ".cc" and str(path.relative_to(folder)) not in module.words:
            complain(path, 1, "is not listed in its CMakeLists.txt, so nothing compiles it")

        for line, header, quoted in includes(path):
            first = header.split("/")[0]
            if header.startswith("../"):
                continue
            if "/" in header and first in LAYERS:
                if LAYERS.index(first) > layer:
                    complain(path, line, f"{folder.name} may not use {first}, which comes after it "
                                         f"(order: {', '.join(LAYERS)})")
                elif first != folder.name:
                    if not is_test:
                        really_used.add(first)
                    if first not in module.uses() and not (is_test and first in module.test_uses()):
                        where = "USES or TEST_LINKS" if is_test else "USES"
                        complain(path, line, f"uses {first}, which {module.path.relative_to(root)} does not name in {where}")
            elif first == "apps" or (root / "apps" / first).is_dir() and "/" in header:
                complain(path, line, f'"{header}" belongs to a program; nothing under src may know the programs')
            elif quoted and is_test and (root / "tests" / header).is_file():
                continue  # what tests are compared with: tests/oracle
            elif quoted and header not in module.generated:
                complain(path, line, f'"{header}" is neither FOLDER/FILE of src nor a header its CMakeLists.txt generates')
            elif folder.name in ENGINE and not quoted:
                check_library_header(root, path, line, header, is_test, complain)

    for used in sorted(module.uses()):
        if used not in LAYERS or LAYERS.index(used) >= layer:
            complain(module.path, module.line, f"USES {used}, which is not a layer before {folder.name}")
        elif used not in really_used:
            complain(module.path, module.line, f"USES {used}, but no source of {folder.name} includes it")


def check_library_header(root, path, line, header, is_test, complain):
    if is_test and (header in TESTS_MAY_ALSO_USE or TESTS_MAY_USE.match(header)):
        return
    if header in WHY_FORBIDDEN:
        complain(path, line, f"<{header}> is for {WHY_FORBIDDEN[header]}, which the engine has none of")
    elif JSON_LIBRARY.match(header):
        if str(path.relative_to(root)) != JSON_DOOR:
            complain(path, line, f"<{header}>: only {JSON_DOOR} touches the JSON library; use core/json.h")
    elif re.search(r"[/.]", header) and not ENGINE_MAY_USE.match(header):
        complain(path, line, f"<{header}> is not among the libraries the engine may use")


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = complaints(root)
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
