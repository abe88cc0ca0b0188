#!/usr/bin/env python3
"""A check that cannot fail is no check: FHIR files that break their shape, and ours, which do not."""

import json
import pathlib
import tempfile
import unittest

import check_fhir

OURS = pathlib.Path(__file__).resolve().parent.parent


class CheckFhir(unittest.TestCase):
    def complaints(self, name, change):
        """About our files, after change(resource) to one of them."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path in [OURS / check_fhir.SCHEMA, *(p for pattern in check_fhir.OURS for p in OURS.glob(pattern))]:
                copy = root / path.relative_to(OURS)
                copy.parent.mkdir(parents=True, exist_ok=True)
                content = json.loads(path.read_text(encoding="utf-8"))
                if path == OURS / name:
                    change(content)
                copy.write_text(json.dumps(content), encoding="utf-8")
            return list(check_fhir.complaints(root))

    def expect(self, name, change, *parts):
        found = self.complaints(name, change)
        self.assertEqual(len(found), 1, found)
        for part in [name, *parts]:
            self.assertIn(part, found[0])

    def test_our_files_are_sound(self):
        self.assertEqual(list(check_fhir.complaints(OURS)), [])

    def test_a_misspelt_field_is_noticed(self):
        self.expect("content/instruments/selvedge_signs.json",
                    lambda signs: signs["item"][2]["item"][0].update(enablewhen=[]), "item/2/item/0", "enablewhen")

    def test_a_question_that_must_be_answered_is_noticed(self):
        self.expect("content/instruments/selvedge_signs.json",
                    lambda signs: signs["item"][2]["item"][0].update(required=True), "required", "False was expected")

    def test_a_value_and_a_reason_for_none_exclude_each_other(self):
        reason = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}
        self.expect("tests/instruments/written_observation.json",
                    lambda observation: observation.update(dataAbsentReason=reason), "the resource", "valid under each")

    def test_a_time_that_fhir_does_not_know_is_noticed(self):
        self.expect("tests/instruments/written_response.json",
                    lambda response: response.update(authored="24.11.2026"), "authored", "24.11.2026")

    def test_other_resources_are_noticed(self):
        self.expect("tests/instruments/written_response.json",
                    lambda response: response.update(resourceType="Patient"), "Patient is no resource")

    def test_a_folder_without_files_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, check_fhir.SCHEMA)
            path.parent.mkdir()
            path.write_text((OURS / check_fhir.SCHEMA).read_text(encoding="utf-8"), encoding="utf-8")
            self.assertEqual(len(list(check_fhir.complaints(folder))), len(check_fhir.OURS))


if __name__ == "__main__":
    unittest.main()
