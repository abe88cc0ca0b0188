#!/usr/bin/env python3
"""Stops simulations with Ctrl-C and goes on with them: the bytes must be those of one that was never stopped, on another
number of threads.

    stop_test.py SELVEDGE
"""

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STOPPED = 130
COUPLES = 40000  # enough to be stopped in the middle on a fast machine
DAYS = 28
PATIENCE_SECONDS = 240


def command(selvedge, folder, mode, threads):
    return [selvedge, "simulate", "--out", str(folder), "--couples", str(COUPLES), "--days", str(DAYS), "--seed", "5",
            "--population", "holding_on_standing_alone", mode, "--threads", str(threads)]


def stopped_once(words, folder):
    """Runs a command until it has begun, presses Ctrl-C, and returns what it said."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (folder / "manifest.json").exists():
        assert time.monotonic() < deadline, "it never began"
        time.sleep(0.001)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said, trouble = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == STOPPED, f"exit code {process.returncode}: {said}{trouble}"
    assert said == "", said
    return trouble


def check(selvedge, mode):
    result = mode.removeprefix("--") + ".csv"
    with tempfile.TemporaryDirectory(prefix="selvedge_stop_") as path:
        whole, stopped = Path(path) / "whole", Path(path) / "stopped"
        subprocess.run(command(selvedge, whole, mode, 1), check=True, capture_output=True, timeout=PATIENCE_SECONDS)

        trouble = stopped_once(command(selvedge, stopped, mode, 2), stopped)
        done = json.loads((stopped / "unfinished.json").read_text())["couples"]
        assert trouble == (f"Stopped after {done} of {COUPLES} couples. They are kept in {stopped}; the same command "
                           "goes on from there.\n"), trouble
        assert done < COUPLES, "it was not stopped in the middle"
        assert not json.loads((stopped / "manifest.json").read_text())["finished"]
        assert not (stopped / result).exists()

        other = command(selvedge, stopped, mode, 2)
        other[other.index("--seed") + 1] = "6"
        refused = subprocess.run(other, capture_output=True, text=True, check=False)
        assert refused.returncode == 3 and 'its "seed" is not that of this one' in refused.stderr, refused.stderr

        subprocess.run(command(selvedge, stopped, mode, 2), check=True, capture_output=True, timeout=PATIENCE_SECONDS)
        for name in (result, "manifest.json"):
            assert (whole / name).read_bytes() == (stopped / name).read_bytes(), f"{name} differs after a stop"
        assert sorted(file.name for file in stopped.iterdir()) == sorted(["manifest.json", result])
        return done


def main():
    for mode in ("--summary", "--trajectories"):
        done = check(sys.argv[1], mode)
        print(f"{mode}: stopped after {done} of {COUPLES} couples; the same bytes as without")


if __name__ == "__main__":
    main()
