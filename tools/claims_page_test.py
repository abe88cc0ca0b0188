#!/usr/bin/env python3
"""tools/claims_page.py notices when what its pages are about has changed."""

import pathlib
import re
import shutil
import tempfile
import unittest

import claims_page

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Stamp(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        for pattern in claims_page.DEPENDS_ON:
            for path in ROOT.glob(pattern):
                copy = self.root / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
        (self.root / "docs").mkdir()
        stamp = claims_page.stamp_of(self.root)
        for page in (claims_page.PAGE, claims_page.INTERVENTIONS):
            (self.root / page).write_text(f"<!-- 400 couples, seed 1, theory and claims {stamp} -->\n", encoding="utf-8")

    def edit(self, name, pattern, by):
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        after = re.sub(pattern, by, before, count=1)
        self.assertNotEqual(before, after)
        path.write_text(after, encoding="utf-8")

    def test_pages_of_the_theory_as_it_is_pass(self):
        self.assertEqual(list(claims_page.check(self.root)), [])

    def test_another_constant_makes_both_pages_stale(self):
        self.edit("content/theory.json", r'"value": 0\.45', '"value": 0.46')
        self.assertEqual(len(list(claims_page.check(self.root))), 2)

    def test_another_claim_makes_them_stale(self):
        self.edit("content/claims.json", r'"sign": "\+"', '"sign": "-"')
        self.assertEqual(len(list(claims_page.check(self.root))), 2)

    def test_another_rule_makes_them_stale_and_a_comment_does_not(self):
        self.edit("src/theory/rules.h", r"/// Life: ", "/// It: ")
        self.assertEqual(list(claims_page.check(self.root)), [])
        self.edit("src/theory/rules.h", r"return 2 \* v", "return 3 * v")
        self.assertEqual(len(list(claims_page.check(self.root))), 2)

    def test_a_page_without_a_stamp_is_stale(self):
        (self.root / claims_page.PAGE).write_text("# Claims\n", encoding="utf-8")
        self.assertEqual(len(list(claims_page.check(self.root))), 1)


class Figures(unittest.TestCase):
    def test_an_effect_as_predicted_is_drawn_to_the_right_whatever_its_sign(self):
        def part(sign, effect):
            return {"id": "CLAIM-1", "words": "Words.", "outcome": "closeness", "predicted": sign, "smallest": 0.1,
                    "effect": effect, "interval": [effect - 0.1, effect + 0.1],
                    "ablated": {"effect": 0, "interval": [-0.1, 0.1]}}
        places = [re.findall(r'cx="([\d.]+)" cy="60.0"', claims_page.effects_figure(part(sign, effect)))
                  for sign, effect in (("+", 0.5), ("-", -0.5), ("+", -0.5))]
        self.assertEqual(places[0], places[1])
        self.assertLess(float(places[2][0]), float(places[0][0]))


if __name__ == "__main__":
    unittest.main()
