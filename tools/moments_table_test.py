#!/usr/bin/env python3
"""The page of moments: what stands in it, and that a page gone stale is noticed."""

import json
import pathlib
import tempfile
import unittest

import moments_table

MOMENTS = {
    "moments": [
        {"name": "did_alone", "chip": "Alone", "asks_q": True, "event": "did_alone", "ids": ["CON-23", "SIGN-D2"],
         "follow_ups": []},
        {"name": "was_offered", "chip": "Offered", "asks_q": False, "event": None, "ids": [], "follow_ups": [
            {"key": "took", "answers": [{"value": "yes"}, {"value": "no", "event": "waved_off", "asks_q": True}]}]},
    ],
    "nothing": {"value": "nothing"},
    "own": {"question": "How were you?", "ids": ["CLAIM-15"]},
    "events_without_a_moment": {"parting": "Nobody is asked."},
}


class MomentsTable(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "content").mkdir()
        (self.root / "docs").mkdir()
        self.put(MOMENTS)

    def put(self, moments):
        (self.root / moments_table.MOMENTS).write_text(json.dumps(moments), encoding="utf-8")

    def test_the_page_says_what_the_content_says(self):
        lines = moments_table.page(MOMENTS).splitlines()
        for line in ["| `did_alone` | Alone | `did_alone` | yes | `CON-23`, `SIGN-D2` |",
                     "| `was_offered` | Offered | `waved_off` if `took=no` | if `took=no` | – |",
                     "| `own` | How were you? | `CLAIM-15` |",
                     "| `parting` | Nobody is asked. |"]:
            self.assertIn(line, lines)

    def test_a_page_just_written_is_in_order(self):
        moments_table.write(self.root)
        self.assertEqual(moments_table.complaints(self.root), [])

    def test_a_missing_page_is_noticed(self):
        self.assertEqual(len(moments_table.complaints(self.root)), 1)

    def test_a_stale_page_is_noticed(self):
        moments_table.write(self.root)
        self.put({**MOMENTS, "events_without_a_moment": {}})
        self.assertEqual(moments_table.complaints(self.root),
                         ["docs/moments.md: is not what content/moments.json says; run tools/moments_table.py"])


if __name__ == "__main__":
    unittest.main()
