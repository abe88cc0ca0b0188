#!/usr/bin/env python3
"""A check that cannot fail is no check: feeds check_refusals.py trees in which a row, a transcript or a test is missing."""

import pathlib
import tempfile
import unittest

import check_refusals

ROW = '| "12" lies outside the scale, 1 to 7. (in `mood`) | Correct it. *or, elsewhere,* Leave it out. |\n'
SOURCE = """
core::Error Refusal(std::string message, std::string remedy) {
  return {.code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy)};
}
auto Read() {
  const std::string message = many ? fmt::format("There are {} couples.", count) : "There is no couple \\"" + id + "\\".";
  Print(Error{.code = ErrorCode::kRefused, .message = message, .remedy = "Name: " + list + "."});
  return Refuse(Quoted(text) + " lies outside the scale, " + low + " to " + high + ".",
                elsewhere ? "Leave it out." : "Correct it.");
}
"""
TRANSCRIPT = """$ selvedge read 1.csv
= 3
! 1.csv:2:4 (column "mood"): "-3.5" lies outside the scale, 0 to 100.
!   What to do: Correct it.
! 1.csv:3: "x" lies outside the scale, 1 to 7.
!   What to do: Leave it out.
! 1.csv: There are 2 couples.
!   What to do: Name: a, b.
! 1.csv: There is no couple "c".
!   What to do: Name: a, b.
"""
DOCUMENT = f"""# Files
## When a file is refused
| what it says | how to fix it |
|---|---|
{ROW}| There are 3 couples. | Name: 1, 2, 3. |
| There is no couple "4". | Name: 1, 2, 3. |
# Results
| field | holds |
"""
CLEAN = {
    "src/diary/csv.cc": SOURCE,
    "src/diary/csv_test.cc": "",
    "apps/selvedge/main.cc": "",
    "tests/golden/cases/refused.txt": TRANSCRIPT,
    "docs/formats.md": DOCUMENT,
}


class CheckRefusals(unittest.TestCase):
    def found(self, **changes):
        """The complaints about CLEAN, with the text of the files named by their stems put in place of their own."""
        with tempfile.TemporaryDirectory() as root:
            for name, text in CLEAN.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(changes.get(path.stem, text), encoding="utf-8")
            return check_refusals.complaints(root)

    def expect(self, changes, *parts):
        found = self.found(**changes)
        self.assertEqual(len(found), len(parts), found)
        for complaint, part in zip(found, parts):
            self.assertIn(part, complaint)

    def test_a_clean_tree_has_no_complaints(self):
        self.assertEqual(self.found(), [])

    def test_a_row_that_no_transcript_shows(self):
        row = "| The sky is blue. | Wait. |\n"
        self.expect({"formats": DOCUMENT.replace(ROW, ROW + row)}, "docs/formats.md:6: no test shows")

    def test_a_remedy_that_no_transcript_shows(self):
        self.expect({"formats": DOCUMENT.replace("Correct it. *or", "Correct it. *or* Wait. *or")}, "Wait.")

    def test_a_refusal_without_a_row(self):
        self.expect({"formats": DOCUMENT.replace(ROW, "")}, "refused.txt:3: docs/formats.md has no row", "refused.txt:5")

    def test_a_remedy_that_the_row_tells_otherwise(self):
        self.expect({"formats": DOCUMENT.replace("Correct it.", "Mend it.")}, "no test shows", "refused.txt:3")

    def test_a_place_in_the_sources_that_nothing_reaches(self):
        new = 'auto More() { return Refuse("The sky, " + Quoted(colour) + ", is not blue.", "Wait."); }\n'
        self.expect({"csv": SOURCE + new}, "src/diary/csv.cc:11: no test makes Selvedge say: The sky,")

    def test_both_branches_of_a_message_are_wanted(self):
        text = TRANSCRIPT.replace('There is no couple "c"', "There are 4 couples")
        self.expect({"refused": text}, "docs/formats.md:7", 'no test makes Selvedge say: There is no couple "')

    def test_a_unit_test_serves_where_no_transcript_can(self):
        new = 'auto More() { return Refuse("The file is larger than the sky.", "Wait."); }\n'
        row = "| The file is larger than the sky. | Wait. |\n"
        changes = {"csv": SOURCE + new, "formats": DOCUMENT.replace(ROW, ROW + row)}
        self.assertEqual(len(self.found(**changes)), 2)
        self.assertEqual(self.found(**changes, csv_test='ExpectRefused(read, "larger than the sky");'), [])

    def test_nothing_found_is_no_success(self):
        self.assertEqual(len(self.found(csv="", refused="", formats="")), 3)


if __name__ == "__main__":
    unittest.main()
