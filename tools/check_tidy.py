#!/usr/bin/env python3
"""Runs clang-tidy over every file of ours in a compile database, skipping files that passed before and have not changed.

usage: check_tidy.py BUILD_FOLDER

A file has not changed when clang-tidy, its settings, the file's compile command, the file, and every header of ours it
reaches are what they were. What passed is remembered in BUILD_FOLDER/clean, one empty file each.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

TIDY = "clang-tidy-19"
ROOT = pathlib.Path(__file__).resolve().parent.parent
CONFIG = ROOT / ".clang-tidy"

# GoogleTest's macros are large and not ours: the analyzer alone takes 30 s for one file of tests, and finds nothing.
# Tests are held to the checks that find mistakes tests have.
TEST_CHECKS = ("-*,bugprone-argument-comment,bugprone-dangling-handle,bugprone-integer-division,"
               "bugprone-swapped-arguments,bugprone-use-after-move,google-build-using-namespace,"
               "performance-for-range-copy,performance-unnecessary-copy-initialization,readability-identifier-naming,"
               "readability-suspicious-call-argument")

# The path-sensitive analyzer takes minutes for a file of ranges or Eigen. It takes Eigen's way of throwing bad_alloc for
# a leak, and the loop variable of benchmarks for a dead store.
NIGHTLY_CHECKS = "clang-analyzer-*,-clang-analyzer-cplusplus.NewDeleteLeaks,-clang-analyzer-deadcode.DeadStores"

INCLUDE = re.compile(rb'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def command_of(entry):
    words = entry["arguments"] if "arguments" in entry else shlex.split(entry["command"])
    return words[1:] if pathlib.Path(words[0]).name == "ccache" else words


def reached(path, include_folders, seen):
    """Adds to `seen` the file and every file of ours it includes, directly or not."""
    if path in seen:
        return seen
    seen[path] = path.read_bytes()
    for name in INCLUDE.findall(seen[path]):
        for folder in [path.parent, *include_folders]:
            header = pathlib.Path(os.path.normpath(folder / name.decode()))
            if header.is_relative_to(ROOT) and header.is_file():
                reached(header, include_folders, seen)
                break
    return seen


def fingerprint(path, words, version):
    folders = [pathlib.Path(word.removeprefix("-I")) for word in words if word.startswith("-I") and len(word) > 2]
    folders += [pathlib.Path(folder) for flag, folder in zip(words, words[1:]) if flag in {"-I", "-isystem"}]
    digest = hashlib.sha256()
    for part in [version, CONFIG.read_bytes(), TEST_CHECKS.encode(), os.environ.get("SELVEDGE_NIGHTLY", "").encode(), "\0".join(words).encode()]:
        digest.update(hashlib.sha256(part).digest())
    for reached_path, content in sorted(reached(path, folders, {}).items()):
        digest.update(str(reached_path).encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def findings(path, build):
    start = time.monotonic()
    checks = []
    if path.stem.endswith("_test"):
        checks = [f"--checks={TEST_CHECKS}"]
    elif os.environ.get("SELVEDGE_NIGHTLY"):
        checks = [f"--checks={NIGHTLY_CHECKS}"]
    # Not --config-file: that would hold the names in every system header to our style, at three times the cost.
    run = subprocess.run([TIDY, "--quiet", *checks, "-p", build, path],
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    said = "" if run.returncode == 0 else run.stdout or run.stderr
    return said, time.monotonic() - start


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    clean = build / "clean"
    clean.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([TIDY, "--version"], stdout=subprocess.PIPE, check=True).stdout

    # clang-tidy falls back to its own defaults when it cannot read its settings, and says nothing worth noticing.
    verified = subprocess.run([TIDY, "--verify-config", f"--config-file={CONFIG}"], capture_output=True, text=True,
                              check=False)
    if verified.returncode != 0 or "No config errors detected" not in verified.stdout + verified.stderr:
        print(verified.stdout + verified.stderr)
        return 1

    waiting = {}
    known = 0
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(os.path.normpath(pathlib.Path(entry["directory"], entry["file"])))
        if not path.is_relative_to(ROOT) or path.is_relative_to(ROOT / "build"):
            continue
        stamp = clean / fingerprint(path, command_of(entry), version)
        if stamp.exists():
            known += 1
        else:
            waiting[path] = stamp
    if known + len(waiting) == 0:
        print("the compile database names no file of ours")
        return 1

    print(f"{known} files unchanged since they passed, {len(waiting)} to check", flush=True)
    said = set()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        jobs = {pool.submit(findings, path, build): path for path in waiting}
        for done, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            path = jobs[job]
            text, seconds = job.result()
            print(f"[{done}/{len(jobs)}] {path.relative_to(ROOT)} ({seconds:.0f} s)", flush=True)
            if not text:
                waiting[path].touch()
                continue
            failed += 1
            # A finding in a header comes up in every file that includes it; once is enough.
            for finding in re.split(r"(?m)^(?=\S+:\d+:\d+: (?:error|warning))", text):
                if finding not in said:
                    said.add(finding)
                    print(finding, end="", flush=True)
    print(f"{failed} files with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
