#!/usr/bin/env python3
"""Checks that every relative link in our Markdown leads to a file, and every #anchor to a heading, that exists.

usage: check_links.py [ROOT]    Prints FILE:LINE: what is wrong; exits 1 when anything is. Never asks the network.
"""

import functools
import html
import os
import pathlib
import re
import sys
import urllib.parse

NOT_OURS = {".git", "build", "node_modules", "var"}
FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
INLINE_CODE = re.compile(r"(`+)(?:.+?)\1")
LINKS = [
    re.compile(r"\]\(\s*<([^>]*)>"),                        # [text](<target with spaces>)
    re.compile(r"\]\(\s*([^\s<)][^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"),  # [text](target), ![alt](target "title")
    re.compile(r"^\s{0,3}\[[^\]^][^\]]*\]:\s*<?([^\s>]+)"),  # [name]: target
    re.compile(r"""<(?:a|img|source)\b[^>]*?\b(?:href|src)\s*=\s*["']([^"']+)["']"""),
]
ANCHOR = re.compile(r"""<[a-z]+\b[^>]*?\b(?:id|name)\s*=\s*["']([^"']+)["']""")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def prose(path):
    """(number, line) of a file's lines outside of fenced code."""
    fence = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        mark = FENCE.match(line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = None
        elif fence is None:
            yield number, line


def slug(heading):
    """The anchor GitHub and most others give a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = html.unescape(re.sub(r"<[^>]+>|[`*]", "", text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


@functools.cache
def anchors(path):
    found = set()
    seen = {}
    for _, line in prose(path):
        found.update(ANCHOR.findall(line))
        heading = HEADING.match(line)
        if heading:
            name = slug(heading[1])
            repeats = seen.get(name, 0)
            seen[name] = repeats + 1
            found.add(name if repeats == 0 else f"{name}-{repeats}")
    return found


def complaint_about(root, path, target):
    """What is wrong with a link, or None."""
    if ELSEWHERE.match(target):
        return None
    place, _, anchor = target.partition("#")
    place = urllib.parse.unquote(place.partition("?")[0])
    if place.startswith("/"):
        return f"{target} starts at the root of the disk; write it relative to this file"
    goal = (path.parent / place).resolve() if place else path
    if not goal.is_relative_to(root):
        return f"{target} leads out of the repository"
    if not goal.exists():
        return f"{target} does not exist"
    if not anchor:
        return None
    if goal.suffix == ".md":
        if urllib.parse.unquote(anchor) not in anchors(goal):
            return f"{target}: there is no heading for #{anchor}"
    elif goal.is_file() and re.fullmatch(r"L\d+(-L\d+)?", anchor):
        if int(re.findall(r"\d+", anchor)[-1]) > len(goal.read_bytes().splitlines()):
            return f"{target}: the file is shorter than that"
    else:
        return f"{target}: only headings of Markdown files and lines (#L7) can be linked to"
    return None


def markdown_of(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - NOT_OURS)
        yield from (pathlib.Path(folder, name) for name in sorted(files) if name.endswith(".md"))


def complaints(root):
    root = pathlib.Path(root).resolve()
    found = []
    checked = 0
    for path in markdown_of(root):
        for number, line in prose(path):
            line = INLINE_CODE.sub("", line)
            for target in (html.unescape(t) for pattern in LINKS for t in pattern.findall(line)):
                checked += 1
                wrong = complaint_about(root, path, target)
                if wrong:
                    found.append(f"{path.relative_to(root)}:{number}: {wrong}")
    if checked == 0:
        found.append(f"{root}: no links found, so nothing was checked")
    return found


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = complaints(root)
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
