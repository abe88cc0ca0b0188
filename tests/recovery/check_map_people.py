#!/usr/bin/env python3
"""Holds the `leaning` of simulated people to its schema.

usage: check_map_people.py MAP_PEOPLE SCHEMA    MAP_PEOPLE prints one JSON object a line; at least one must be shown, one not.
"""

import json
import subprocess
import sys

import jsonschema


def main():
    program, schema = sys.argv[1:]
    with open(schema, encoding="utf-8") as file:
        rules = json.load(file)
    kind = jsonschema.validators.validator_for(rules)
    kind.check_schema(rules)
    lines = subprocess.run([program], capture_output=True, check=True, timeout=60).stdout.decode("utf-8").splitlines()
    people = [json.loads(line) for line in lines]
    for number, person in enumerate(people, 1):
        for error in kind(rules).iter_errors(person):
            sys.exit(f"person {number} at {'/'.join(map(str, error.absolute_path))}: {error.message}")
    if {person["status"] for person in people} != {"shown", "not_shown"}:
        sys.exit("the people are all shown, or none of them is")


if __name__ == "__main__":
    main()
