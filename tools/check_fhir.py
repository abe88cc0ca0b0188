#!/usr/bin/env python3
"""Holds our FHIR files to content/fhir.schema.json: the questionnaires we ship, and what the tests show we write.

usage: check_fhir.py [ROOT]    Prints one complaint a line, FILE: where: what; exits 1 when there are any.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMA = "content/fhir.schema.json"
OURS = ["content/instruments/*.json", "tests/instruments/written_*.json"]


def complaints(root):
    root = pathlib.Path(root)
    definitions = json.loads((root / SCHEMA).read_text(encoding="utf-8"))["definitions"]
    for pattern in OURS:
        paths = sorted(root.glob(pattern))
        if not paths:
            yield f"{pattern}: there is no such file, so nothing was checked"
        for path in paths:
            name = path.relative_to(root)
            resource = json.loads(path.read_text(encoding="utf-8"))
            kind = resource.get("resourceType")
            if kind not in ["Questionnaire", "QuestionnaireResponse", "Observation"]:
                yield f"{name}: {kind} is no resource that {SCHEMA} describes"
                continue
            # Of its own kind alone: a complaint about all three would hide the one that matters.
            checker = jsonschema.Draft7Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})
            for error in sorted(checker.iter_errors(resource), key=str):
                place = "/".join(str(step) for step in error.absolute_path) or "the resource"
                yield f"{name}: {place}: {error.message}"


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = list(complaints(root))
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
