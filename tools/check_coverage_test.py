#!/usr/bin/env python3
"""A check that cannot fail is no check: content that breaks each rule of check_coverage.py, and some that is sound."""

import copy
import json
import pathlib
import tempfile
import unittest

import check_coverage
import check_links
from check_coverage import CATALOGUE, COVERAGE, KINDS, MOMENTS

OURS = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = {f"content/{name}.schema.json": json.loads((OURS / f"content/{name}.schema.json").read_text(encoding="utf-8"))
           for name in ["catalogue", "moments", "coverage"]}
EVENTS = SCHEMAS["content/moments.schema.json"]["definitions"]["event"]["enum"]


def entry(id):
    more = {"scale": ["d"], "evidence": {"mark": "?", "known": "Nothing."}} if KINDS[id] == "claim" else {}
    return {"id": id, "kind": KINDS[id], "source": ["S1"], "words": "Some words.", **more}


def slider(ids):
    return {"question": "How?", "low": "low", "high": "high", "ids": ids}


def waiting(kind, but=()):
    return [id for id in KINDS if KINDS[id] == kind and id not in but]


ANSWERS = [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No", "event": "waved_off"}]
COVERED = ["CON-1", "CON-2", "CON-3", "CON-4", "SIGN-C1", "CLAIM-1", "PATH-1"]  # in CLEAN, one by each way there is

CLEAN = {
    **SCHEMAS,
    CATALOGUE: {
        "about": "All.",
        "sources": {"S1": "one", "S2": "other", "simulator": "own"},
        "scales": {"m": "minutes", "d": "days", "w": "weeks", "mo": "months", "y": "years"},
        "marks": {"++": "much", "+": "some", "±": "mixed", "?": "none"},
        "entries": [entry(id) for id in KINDS],
    },
    MOMENTS: {
        "about": "Moments.",
        "moments": [
            {"name": "did_alone", "chip": "Did it alone", "asks_q": False, "event": "did_alone",
             "ids": ["CON-1", "SIGN-D2", "CLAIM-2"], "follow_ups": []},
            {"name": "was_offered", "chip": "A hand", "asks_q": False, "event": None, "ids": [],
             "follow_ups": [{"key": "took", "question": "Took it?", "answers": ANSWERS}]},
        ],
        "nothing": {"value": "nothing", "words": "Nothing"},
        "contact": {"question": "How much?", "answers": ANSWERS, "ids": []},
        "closeness": slider(["CON-2"]),
        "own": slider([]),
        "events_without_a_moment": {event: "Because." for event in EVENTS if event not in ["did_alone", "waved_off"]},
    },
    "content/instruments/signs.json": {"item": [{"linkId": "all", "item": [
        {"linkId": "quiet", "code": [{"system": check_coverage.CATALOGUE_SYSTEM, "code": "SIGN-C1"},
                                     {"system": "http://loinc.org", "code": "SIGN-D1"}]},
        {"linkId": "quiet-q", "code": [{"system": "http://loinc.org", "code": "1-8"}]}]}]},
    "content/claims.json": {"claims": [{"id": "CLAIM-1", "outcome": "calm"}]},
    "content/practices/home.json": {"id": "home", "ids": ["PATH-1"]},
    "content/reading.schema.json": {"definitions": {"reading": {"properties": {"id": {"enum": ["half_life"]}}}}},
    "docs/guide.md": "# Guide\n\n## Coming back\n",
    COVERAGE: {
        "about": "Coverage.",
        "covered": {
            "CON-1": {"moment": ["did_alone"]},
            "CON-2": {"field": ["closeness"]},
            "CON-3": {"reading": ["half_life"]},
            "CON-4": {"text": ["docs/guide.md#coming-back"]},
            "SIGN-C1": {"item": ["quiet"]},
            "CLAIM-1": {"claim": ["CLAIM-1"]},
            "PATH-1": {"practice": ["home"]},
        },
        "not_yet": {
            "Signs": {"item": [id for kind in ["sign", "element", "are"] for id in waiting(kind, COVERED)]},
            "Theory": {"claim": waiting("claim", COVERED)},
            "App": {"practice": waiting("path", COVERED), "text": waiting("concept", COVERED)},
        },
    },
}


class CheckCoverage(unittest.TestCase):
    def tree(self, change=None):
        """A folder with CLEAN after change(files)."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        files = copy.deepcopy(CLEAN)
        if change:
            change(files)
        for name, content in files.items():
            path = pathlib.Path(folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        check_links.anchors.cache_clear()
        return folder.name

    def expect(self, change, *expected):
        """Exactly these complaints, each given as the file it names and parts of its text."""
        found = check_coverage.complaints(self.tree(change))
        self.assertEqual(len(found), len(expected), found)
        for complaint, (file, *parts) in zip(found, expected):
            self.assertTrue(complaint.startswith(file + ": "), complaint)
            for part in parts:
                self.assertIn(part, complaint)

    def expect_unusable(self, change, *parts):
        with self.assertRaises(check_coverage.Unusable) as raised:
            check_coverage.complaints(self.tree(change))
        for part in parts:
            self.assertIn(part, str(raised.exception))

    def test_clean_content_has_no_complaints(self):
        self.expect(None)

    def test_the_articles_have_as_many_ideas_as_they_have(self):
        self.assertEqual(len(KINDS), 45 + 11 + 9 + 3 + 38 + 11)

    # ---- coverage ----

    def test_an_id_in_neither_place_is_noticed(self):
        self.expect(lambda files: files[COVERAGE]["not_yet"]["App"]["text"].remove("CON-9"),
                    (COVERAGE, "CON-9 is neither covered nor in not_yet"))

    def test_an_id_in_both_places_is_noticed(self):
        self.expect(lambda files: files[COVERAGE]["not_yet"]["App"]["text"].append("CON-3"),
                    (COVERAGE, "CON-3 is covered and in not_yet"))

    def test_an_id_promised_twice_is_noticed(self):
        self.expect(lambda files: files[COVERAGE]["not_yet"]["Signs"]["item"].append("CON-9"),
                    (COVERAGE, "CON-9 stands in not_yet twice", '"Signs"', '"App"'))

    def test_made_up_ids_are_noticed(self):
        def change(files):
            files[COVERAGE]["covered"]["CON-46"] = {"reading": ["half_life"]}
            files[COVERAGE]["not_yet"]["App"]["text"].append("CON-0")
        self.expect(change, (COVERAGE, "CON-46 is not in the catalogue"), (COVERAGE, '"App"', "CON-0 is not in"))

    def test_references_to_nothing_are_noticed(self):
        for id, kind, refs in [("CON-1", "moment", ["did_alone", "hid"]), ("CON-2", "field", ["closeness", "sense"]),
                               ("CON-3", "reading", ["half_life", "aura"]), ("SIGN-C1", "item", ["quiet", "loud"]),
                               ("CLAIM-1", "claim", ["CLAIM-1", "CLAIM-99"]), ("PATH-1", "practice", ["home", "away"])]:
            with self.subTest(kind):
                self.expect(lambda files: files[COVERAGE]["covered"][id].update({kind: refs}),
                            (COVERAGE, f"{id}: there is no {kind} {refs[1]}"))

    def test_texts_that_are_not_there_are_noticed(self):
        for ref, part in [("docs/guide.md#going", "no heading for #going"), ("docs/guide.md", "names no heading"),
                          ("docs/absent.md#a", "does not exist"), ("../guide.md#a", "leads out of the repository")]:
            with self.subTest(ref):
                self.expect(lambda files: files[COVERAGE]["covered"]["CON-4"].update(text=[ref]),
                            (COVERAGE, "CON-4: ", part))

    def test_a_moment_does_not_cover_a_sign(self):
        def change(files):
            files[COVERAGE]["covered"]["SIGN-D2"] = {"moment": ["did_alone"]}
            files[COVERAGE]["not_yet"]["Signs"]["item"].remove("SIGN-D2")
        self.expect(change, (COVERAGE, "SIGN-D2 is covered by the moment did_alone, but a sign needs one of: item"))

    def test_each_kind_needs_its_own_cover(self):
        for id, issue, promise in [("SIGN-C1", "Signs", "item"), ("ELEM-1", "Signs", "item"),
                                   ("ARE-A", "Signs", "item"), ("CLAIM-1", "Theory", "claim"),
                                   ("PATH-1", "App", "practice")]:
            def change(files):
                files[COVERAGE]["covered"][id] = {**CLEAN[COVERAGE]["covered"].get(id, {}), "reading": ["half_life"]}
                ids = files[COVERAGE]["not_yet"][issue][promise]
                ids[:] = [other for other in ids if other != id]
            with self.subTest(id):
                self.expect(change, (COVERAGE, f"{id} is covered by the reading half_life", f"needs one of: {promise}"))

    def test_waiting_for_what_cannot_cover_it_is_noticed(self):
        def change(files):
            files[COVERAGE]["not_yet"]["Signs"]["item"].remove("SIGN-D2")
            files[COVERAGE]["not_yet"]["Signs"]["moment"] = ["SIGN-D2"]
        self.expect(change, (COVERAGE, '"Signs"', "SIGN-D2 waits for a moment, but a sign needs one of: item"))

    def test_an_unknown_way_of_covering_is_noticed(self):
        self.expect_unusable(lambda files: files[COVERAGE]["covered"]["CON-1"].update(song=["la"]), COVERAGE, "song")

    # ---- what content files say themselves ----

    def test_what_a_file_says_must_be_listed(self):
        self.expect(lambda files: files[MOMENTS]["own"]["ids"].append("CON-3"),
                    (COVERAGE, "CON-3: the field own bears on it (content/moments.json) but is not listed", "--write"))

    def test_what_is_listed_must_be_said(self):
        self.expect(lambda files: files[COVERAGE]["covered"]["CON-3"].update(moment=["did_alone"]),
                    (COVERAGE, "CON-3: the moment did_alone does not bear on it by its own file", "--write"))

    def test_write_lists_what_files_say_and_keeps_what_is_by_hand(self):
        def change(files):
            files[MOMENTS]["own"]["ids"] = ["CON-3", "SIGN-D2"]
            files[COVERAGE]["covered"] = {"CON-4": CLEAN[COVERAGE]["covered"]["CON-4"],
                                          "CON-3": {"reading": ["half_life"], "moment": ["was_offered"]}}
        root = self.tree(change)
        check_coverage.write(root)
        self.assertEqual(check_coverage.complaints(root), [])
        text = pathlib.Path(root, COVERAGE).read_text(encoding="utf-8")
        covered = json.loads(text)["covered"]
        self.assertEqual(covered, {**CLEAN[COVERAGE]["covered"], "CON-3": {"field": ["own"], "reading": ["half_life"]}})
        self.assertEqual(json.loads(text)["not_yet"], CLEAN[COVERAGE]["not_yet"])
        self.assertLess(max(map(len, text.splitlines())), 121)
        check_coverage.write(root)
        self.assertEqual(pathlib.Path(root, COVERAGE).read_text(encoding="utf-8"), text)

    def test_an_id_in_a_moment_must_be_in_the_catalogue(self):
        self.expect(lambda files: files[MOMENTS]["moments"][1]["ids"].append("CON-99"),
                    (MOMENTS, "was_offered bears on CON-99, which is not in the catalogue"))

    def test_an_id_in_an_item_must_be_in_the_catalogue(self):
        def change(files):
            files["content/instruments/signs.json"]["item"][0]["item"][0]["code"][0]["code"] = "SIGN-X1"
            files[COVERAGE]["covered"].pop("SIGN-C1")
            files[COVERAGE]["not_yet"]["Signs"]["item"].append("SIGN-C1")
        self.expect(change, ("content/instruments/signs.json", "quiet bears on SIGN-X1"))

    def test_two_items_of_one_name_are_noticed(self):
        def change(files):
            quiet = files["content/instruments/signs.json"]["item"][0]["item"][0]
            files["content/instruments/short.json"] = {"item": [quiet]}
        self.expect(change, ("content/instruments/signs.json", "the item quiet is already in", "short.json"))

    def test_two_of_one_name_are_noticed(self):
        self.expect(lambda files: files.update({"content/practices/other.json": {"id": "home", "ids": ["PATH-1"]}}),
                    ("content/practices/other.json", "the practice home is already in content/practices/home.json"))

    def test_what_does_not_exist_yet_is_no_trouble(self):
        def change(files):
            del files["content/claims.json"]
            del files[COVERAGE]["covered"]["CLAIM-1"]
            files[COVERAGE]["not_yet"]["Theory"]["claim"].append("CLAIM-1")
        self.expect(change)

    # ---- catalogue, moments, shapes ----

    def test_a_lost_entry_is_noticed(self):
        self.expect(lambda files: files[CATALOGUE]["entries"].pop(), (CATALOGUE, "PATH-11 is missing"))

    def test_an_entry_too_many_is_noticed(self):
        def change(files):
            files[CATALOGUE]["entries"] += [entry("CON-1"), {**entry("CON-2"), "id": "CON-46"}]
        self.expect(change, (CATALOGUE, "CON-1 stands there twice"), (CATALOGUE, "CON-46 is no id of the articles"))

    def test_an_entry_of_the_wrong_kind_is_noticed(self):
        self.expect(lambda files: files[CATALOGUE]["entries"][0].update(kind="sign"),
                    (CATALOGUE, "CON-1 is called a sign; it is a concept"))

    def test_entries_keep_their_shape(self):
        claim = list(KINDS).index("CLAIM-1")
        for index, more in [(0, {"words": "See CON-2."}), (0, {"words": ""}), (0, {"source": ["S3"]}),
                            (0, {"kind": "idea"}), (0, {"scale": ["d"]}), (claim, {"scale": []}),
                            (claim, {"evidence": {"mark": "+++", "known": "Much."}})]:
            with self.subTest(more):
                self.expect_unusable(lambda files: files[CATALOGUE]["entries"][index].update(more),
                                     CATALOGUE, f"entries/{index}", "catalogue.schema.json says how it must be")

    def test_a_claim_without_evidence_is_noticed(self):
        claim = list(KINDS).index("CLAIM-1")
        self.expect_unusable(lambda files: files[CATALOGUE]["entries"][claim].pop("evidence"),
                             f"entries/{claim}", "'evidence' is a required property")

    def test_moments_keep_their_shape(self):
        for more in [{"chip": "Longer than a small button"}, {"event": "did_it_alone"}, {"ids": ["CON-1", "CON-1"]},
                     {"asks_q": "no"}]:
            with self.subTest(more):
                self.expect_unusable(lambda files: files[MOMENTS]["moments"][0].update(more), MOMENTS, "moments/0")

    def test_an_event_nobody_thought_of_is_noticed(self):
        self.expect(lambda files: files[MOMENTS]["events_without_a_moment"].pop("parting"),
                    (MOMENTS, "no moment stands for the event parting"))

    def test_a_reason_for_nothing_is_noticed(self):
        self.expect(lambda files: files[MOMENTS]["events_without_a_moment"].update(waved_off="Because."),
                    (MOMENTS, "events_without_a_moment lists waved_off, for which there is a moment"))

    def test_files_that_cannot_be_read_are_named(self):
        self.expect_unusable(lambda files: files.pop(MOMENTS), MOMENTS, "cannot be read")
        self.expect_unusable(lambda files: files.update({COVERAGE: "{"}), COVERAGE, "is no JSON")


if __name__ == "__main__":
    unittest.main()
