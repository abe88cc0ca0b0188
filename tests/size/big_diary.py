#!/usr/bin/env python3
"""Writes a diary of a million rows, the same bytes every time.

    big_diary.py FORM FILE

couples  5 000 couples, 100 days, one row a person and day, in the standard form
couple   one couple, 100 000 days, five prompts a day, one row a person and prompt, in the standard form
noted    as `couples`, with closeness, contact and moments, quoted cells, semicolons, decimal commas and CRLF
wide     one couple, a million prompts, both partners in one row: --time t --own-a a --own-b b --time-unit hours
"""

import random
import sys

ROWS = 1_000_000
SEED = 20261124

CONTACTS = ("apart", "some", "most", "")
MOMENTS = ("nothing", "", "stepped_in asked=no before=tense after=easier | boundary", "good_together", "own_time guilt=some")


def moods(people):
    """Answers of people in turn, without end: each mood comes back a tenth of the way by the next answer."""
    draw = random.Random(SEED).gauss
    away = [0.0] * people
    while True:
        for person in range(people):
            away[person] = 0.9 * away[person] + draw(0, 5)
            yield f"{min(100, max(0, 55 + away[person] + draw(0, 6))):.1f}"


def timestamp(prompt):
    """The time of one prompt of five a day, in a calendar of months of 28 days from 1900 on."""
    day, slot = divmod(prompt, 5)
    year, rest = divmod(day, 12 * 28)
    month, of_month = divmod(rest, 28)
    return f"{1900 + year}-{month + 1:02}-{of_month + 1:02} {8 + 3 * slot:02}:{day % 60:02}"


def couples():
    own = moods(2)
    yield "dyad,id,daycum,own\n"
    for row in range(ROWS):
        couple, of_couple = divmod(row, 200)
        yield f"{couple + 1},{'fm'[row % 2]},{of_couple // 2 + 1},{next(own)}\n"


def couple():
    own = moods(2)
    yield "dyad,id,start,own\n"
    for row in range(ROWS):
        yield f"1,{'fm'[row % 2]},{timestamp(row // 2)},{next(own)}\n"


def noted():
    own = moods(2)
    yield '"dyad";"id";"local_date";"own";"close";"contact";"moments"\r\n'
    for row in range(ROWS):
        couple, of_couple = divmod(row, 200)
        month, day = divmod(of_couple // 2, 28)
        yield (f'"Couple ""{couple + 1}""";{"fm"[row % 2]};"2026-{month + 1:02}-{day + 1:02}";{next(own).replace(".", ",")};'
               f'{row % 101};{CONTACTS[row % 4]};"{MOMENTS[row % 5]}"\r\n')


def wide():
    own = moods(2)
    yield "t,a,b\n"
    for row in range(ROWS):
        yield f"{4 * row},{next(own)},{next(own)}\n"


FORMS = {"couples": couples, "couple": couple, "noted": noted, "wide": wide}


def write(form, path, last_row=""):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(FORMS[form]())
        file.write(last_row)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in FORMS:
        sys.exit(__doc__)
    write(sys.argv[1], sys.argv[2])
