#!/usr/bin/env python3
"""Diaries of a million rows: every row is read, and no more than 500 MiB of memory is used for it.

    size_test.py SELVEDGE

How long it takes depends on the machine and is no verdict; it is printed (docs/benchmarks.md).
"""

import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import big_diary

SELVEDGE = ""
MOST_MEBIBYTES = 500
WIDE = ("--time", "t", "--own-a", "a", "--own-b", "b", "--time-unit", "hours")


class Size(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="selvedge_size_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_selvedge(self, *words):
        """Exit code and all output; the memory it took is held to the limit."""
        began = time.monotonic()
        with open(self.folder / "said", "w+", encoding="utf-8") as said:
            # Not subprocess.wait, which would not tell what this one child took.
            child = subprocess.Popen([SELVEDGE, *words], cwd=self.folder, stdout=said, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            text = said.read()
        mebibytes = usage.ru_maxrss / 1024
        print(f"{' '.join(words)}: {time.monotonic() - began:.2f} s, {mebibytes:.0f} MiB")
        self.assertLessEqual(mebibytes, MOST_MEBIBYTES)
        return child.returncode, text

    def refuses_only_the_last_row(self, form, last_row, line, *words):
        """A slip in row 1 000 001 is found on its line: all rows before it were read and taken."""
        big_diary.write(form, self.folder / "broken.csv", last_row)
        code, text = self.run_selvedge("read", "broken.csv", *words)
        self.assertEqual(code, 3, text)
        self.assertTrue(text.startswith(f"broken.csv:{line}:"), text)

    def reads(self, form, heading, *words):
        big_diary.write(form, self.folder / "diary.csv")
        code, text = self.run_selvedge("read", "diary.csv", *words)
        self.assertEqual(code, 0, text)
        self.assertEqual(text.splitlines()[0], heading)

    def test_many_couples(self):
        self.reads("couples", "f and m: 100 days, 100 with answers from both", "--couple", "4999")
        self.refuses_only_the_last_row("couples", "5000,f,101,good\n", 1_000_002)

    def test_everything_noted_quoted_and_with_other_separators(self):
        self.reads("noted", "f and m: 106 days, 100 with answers from both", "--couple", 'Couple "4999"')
        self.refuses_only_the_last_row("noted", '"Couple ""5000""";f;"2026-05-01";50,5;7;apart;"bondary"\r\n', 1_000_002)

    def test_one_couple_of_many_years(self):
        self.reads("couple", "f and m: 100000 days, 100000 with answers from both")

    def test_both_in_one_row(self):
        self.refuses_only_the_last_row("wide", "4000000,50,good\n", 1_000_002, *WIDE)

    def test_a_terminal_shows_progress_and_ctrl_c_leaves_nothing_behind(self):
        big_diary.write("couple", self.folder / "diary.csv")
        ours, terminal = pty.openpty()
        self.addCleanup(os.close, ours)
        child = subprocess.Popen([SELVEDGE, "read", "diary.csv", "--json", "reading.json"], cwd=self.folder,
                                 stdout=subprocess.DEVNULL, stderr=terminal)
        os.close(terminal)
        shown = ""
        while "Looking at 500000 check-ins: " not in shown:
            shown += os.read(ours, 1024).decode("utf-8")
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.wait(timeout=10), -signal.SIGINT)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["diary.csv"])


if __name__ == "__main__":
    SELVEDGE = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
