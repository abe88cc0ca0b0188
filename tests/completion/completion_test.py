#!/usr/bin/env python3
"""Completes words in real shells: bash always, fish and zsh where they are installed.

    completion_test.py SELVEDGE
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SELVEDGE = ""

# Prints what the last word can become, one a line.
BASH = """
source <(selvedge completion bash)
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_selvedge
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "selvedge completion fish | source; complete -C $argv[1]"

# The words before the cursor, the last of them perhaps not finished, and what they can become.
CASES = [
    (["selvedge", ""], {"read", "fit", "calibrate", "score", "reflect", "leaning", "simulate", "claims", "open", "man", "completion"}),
    (["selvedge", "simulate", "--tra"], {"--trajectories"}),
    (["selvedge", "calibrate", ""], {"items", "map"}),
    (["selvedge", "calibrate", "items", "--com"], {"--complete"}),
    (["selvedge", "calibrate", "map", "--js"], {"--json"}),
    (["selvedge", "calibrate", "items", "--json", "pri"], {"prior.json"}),
    (["selvedge", "f"], {"fit"}),
    (["selvedge", "--v"], {"--version"}),
    (["selvedge", "read", "--nu"], {"--numbers"}),
    (["selvedge", "read", "--me"], set()),
    (["selvedge", "fit", "--me"], {"--means", "--method"}),
    (["selvedge", "fit", "--method", ""], {"ml", "map"}),
    (["selvedge", "fit", "diary.csv", "--means", "p"], {"person-mean"}),
    (["selvedge", "read", "--time-unit", "h"], {"hours"}),
    (["selvedge", "read", "--json", "pri"], {"prior.json"}),
    (["selvedge", "read", "my"], {"my diary.csv"}),
    (["selvedge", "read", "--couple", ""], set()),
    (["selvedge", "completion", ""], {"bash", "zsh", "fish"}),
    (["selvedge", "man", ""], set()),
]


class Completion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="selvedge_completion_")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/selvedge").symlink_to(SELVEDGE)
        for name in ("diary.csv", "my diary.csv", "prior.json"):
            (self.folder / name).touch()
        self.environment = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "HOME": folder.name}

    def answer(self, *command):
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return {line.partition("\t")[0] for line in done.stdout.splitlines() if line}

    def test_bash(self):
        for words, expected in CASES:
            with self.subTest(words):
                self.assertEqual(self.answer("bash", "--norc", "-c", BASH, "bash", *words), expected)

    def test_bash_after_an_equals_sign(self):
        for words in (["selvedge", "fit", "--method", "="], ["selvedge", "fit", "--method", "=", "m"]):
            with self.subTest(words):
                self.assertEqual(self.answer("bash", "--norc", "-c", BASH, "bash", *words), {"ml", "map"})

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        for words, expected in CASES:
            with self.subTest(words):
                self.assertEqual(self.answer("fish", "--no-config", "-c", FISH, " ".join(words)), expected)

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_reads_the_script_without_complaint(self):
        script = 'autoload -Uz compinit && compinit -u -D && source <(selvedge completion zsh) && print $_comps[selvedge]'
        self.assertEqual(self.answer("zsh", "-f", "-c", script), {"_selvedge"})


if __name__ == "__main__":
    SELVEDGE = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
