#!/usr/bin/env python3
"""Makes docs/claims.md, docs/interventions.md and their figures from what `selvedge claims` found.

usage: claims_page.py RESULTS [ROOT]    RESULTS is what this wrote: selvedge claims --sensitivity --json RESULTS
       claims_page.py --check [ROOT]    Exits 1 where the pages are not about the theory and the claims as they are now.
"""

import hashlib
import html
import json
import pathlib
import re
import sys
import textwrap

PAGE = "docs/claims.md"
INTERVENTIONS = "docs/interventions.md"
FIGURES = "docs/pictures/claims"
COMMAND = "selvedge claims --sensitivity --json build/claims.json && tools/claims_page.py build/claims.json"

# What results depend on. Comments and spaces in sources change nothing and are left out.
DEPENDS_ON = ["content/claims.json", "content/theory.json", "content/populations/*.json", "src/theory/rules.h",
              "src/theory/drift.h", "src/theory/view.h", "src/theory/step.h", "src/theory/life.h",
              "src/theory/population.cc"]
STAMP = re.compile(r"<!-- (\d+) couples, seed (\d+), theory and claims ([0-9a-f]{12}) -->")

MOST_IMPORTANT = ["CLAIM-2", "CLAIM-3", "CLAIM-8", "CLAIM-12", "CLAIM-13", "CLAIM-22", "CLAIM-26", "CLAIM-28",
                  "CLAIM-29", "CLAIM-34"]

BECAUSE = {
    "holds": "holds in this model",
    "too_small": "fails: smaller than what counts",
    "other_way": "fails: it goes the other way",
    "too_uncertain": "can't tell: the interval spans what counts",
    "carried_otherwise": "fails: still there without what was to carry it",
    "perhaps_carried_otherwise": "can't tell: perhaps still there without what was to carry it",
}
PAIRS = {
    "holding_on_both": "Both hold on", "holding_on_standing_alone": "a holds on, b stands alone",
    "standing_alone_both": "Both stand alone", "distressed": "Couples with more fear, hurt and strain than most",
}
SAME_PEOPLE = {"holding_on_both", "standing_alone_both", "distressed"}
PATHS = {
    "PATH-1": "noticing what I am after", "PATH-2": "quiet attention", "PATH-3": "seeing a habit as protection",
    "PATH-4": "turning towards the fear", "PATH-5": "telling mine from theirs", "PATH-6": "setting limits",
    "PATH-7": "answering by choice", "PATH-8": "standing on my own feet", "PATH-9": "reaching, and interests of my own",
    "PATH-10": "counseling", "PATH-11": "both at once, as a couple and alone",
}
STATES = {"feeling": "feeling", "self_connection": "in touch with themselves", "trust": "trust",
          "felt_closeness": "feels close", "closeness": "really close"}


def stamp_of(root):
    """Twelve letters that change when the theory or the claims do."""
    digest = hashlib.sha256()
    for pattern in DEPENDS_ON:
        paths = sorted(root.glob(pattern))
        if not paths:
            sys.exit(f"{pattern}: is not there")
        for path in paths:
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".json":
                text = "".join(re.sub(r"//.*", "", text).split())
            digest.update(text.encode())
    return digest.hexdigest()[:12]


# ---- numbers in words ----

def number(value, digits=2):
    return f"{value:+.{digits}f}".replace("-", "−")


def estimate(one, digits=2):
    low, high = one["interval"]
    return f"{number(one['effect'], digits)} ({number(low, digits)} to {number(high, digits)})"


def percent(share):
    return f"{100 * share:.0f} %"


def names(mechanisms):
    return ", ".join(f"`{mechanism}`" for mechanism in mechanisms)


def counts_from(part):
    return part["predicted"].replace("-", "−") + f"{part['smallest']:g}"


def because(part):
    return f"{part['outcome']}: {BECAUSE[part['because']]}"


def parts_of(claim):
    return [claim, *claim.get("also", [])]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


# ---- figures ----

INK, QUIET, SHEET, ON, OFF = "#3b3a36", "#6f6a5f", "#fffdf8", "#305d9d", "#9b5119"


def svg(width, height, title, sentence, body):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" font-family="system-ui, sans-serif" font-size="13" fill="{INK}">\n'
            f"<title>{html.escape(title)}</title>\n<desc>{html.escape(sentence)}</desc>\n"
            f'<rect width="{width}" height="{height}" fill="{SHEET}"/>\n' + "\n".join(body) + "\n</svg>\n")


def text(x, y, words, anchor="start", fill=INK, size=13):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">'
            f"{html.escape(words)}</text>")


def line(x1, y1, x2, y2, stroke, width=1.0, dash=""):
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
            f'stroke-width="{width}"{dashes}/>')


def mark(x, y, is_as_it_is):
    """Round and blue as it is, square and brown without its mechanism: eyes that miss colours see shapes."""
    if is_as_it_is:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{ON}"/>'
    return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{OFF}"/>'


def wrapped(words, most=46):
    lines, current = [], ""
    for word in words.split():
        if current and len(current) + 1 + len(word) > most:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return lines + [current]


def multiples(part, one):
    """Both ends of an interval and the effect, in multiples of what counts; above zero is as predicted."""
    sign = 1 if part["predicted"] == "+" else -1
    return [sign * value / part["smallest"] for value in (*one["interval"], one["effect"])]


def effects_figure(claim):
    """Each part's effect, as it is and without what was to carry it; to the right is as predicted."""
    left, right, row = 330, 690, 62
    parts = parts_of(claim)
    height = 58 + row * len(parts) + 24
    places = [place for part in parts for one in (part, part["ablated"]) for place in multiples(part, one)]
    reach = max(2, 1.08 * max(places))
    least = min(-1.5, 1.08 * min(places))

    def x(multiple):
        return left + (multiple - least) / (reach - least) * (right - left)

    body = [f'<rect x="{x(-1):.1f}" y="40" width="{x(1) - x(-1):.1f}" height="{row * len(parts):.1f}" fill="#eee7d8"/>',
            line(x(0), 40, x(0), 40 + row * len(parts), QUIET),
            text(x(0), 34, "0", "middle", QUIET, 12), text(right, 34, "as predicted →", "end", QUIET, 12),
            text(x(0), height - 14, "shaded: too small to count", "middle", QUIET, 12)]
    for i, part in enumerate(parts):
        top = 40 + row * i
        for j, words in enumerate(wrapped(part["outcome"])[:3]):
            body.append(text(14, top + 20 + 15 * j, words, size=12))
        for j, one in enumerate((part, part["ablated"])):
            y = top + 20 + 20 * j
            low, high, effect = (x(multiple) for multiple in multiples(part, one))
            body += [line(low, y, high, y, OFF if j else ON, 3), mark(effect, y, j == 0)]
    body += [mark(20, 20, True), text(30, 24, "as it is", size=12),
             mark(95, 20, False), text(106, 24, "without what was to carry it", size=12)]
    return svg(710, height, claim["id"], claim["words"], body)


def weeks_figure(series, words):
    """One state of both, week by week, in two kinds of couples, with the mechanism and (dashed) without."""
    left, right, top, bottom = 60, 590, 34, 280
    weeks = len(series["with"])

    def x(week):
        return left + (week + 0.5) / weeks * (right - left)

    def y(value):
        return bottom - value * (bottom - top)

    def path(values, colour, dash=""):
        points = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(values))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"{dashes}/>'

    body = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        body += [line(left, y(tick), right, y(tick), "#e2d9c8"),
                 text(left - 8, y(tick) + 4, f"{tick:g}", "end", QUIET, 12)]
    for week in range(0, weeks + 1, 13):
        body.append(text(left + week / weeks * (right - left), bottom + 18, str(week), "middle", QUIET, 12))
    body.append(text((left + right) / 2, bottom + 36, "weeks since the beginning", "middle", QUIET, 12))
    body += [path(series["ablated_without"], ON, "3 4"), path(series["ablated_with"], OFF, "3 4"),
             path(series["without"], ON), path(series["with"], OFF)]
    ends = [("steady", series["without"][-1], ON), ("hold on", series["with"][-1], OFF)]
    for name, value, colour in ends:
        body.append(text(right + 8, y(value) + 4, name, fill=colour))
    if series["crossing"]["week"] is not None:
        at = left + series["crossing"]["week"] / weeks * (right - left)
        body += [line(at, top, at, bottom, QUIET, 1, "2 3"),
                 text(at + 5, top + 12, f"week {series['crossing']['week']:.1f}", fill=QUIET, size=12)]
    body.append(text(14, 20, f"{STATES[series['state']]} (dashed: without what was to carry it)", size=12))
    return svg(680, 326, STATES[series["state"]], words, body)


# ---- the pages ----

def summary(claims):
    def counts(kind):
        verdicts = [claim["verdict"] for claim in claims if claim["kind"] == kind]
        return [str(verdicts.count(verdict)) for verdict in ("holds in this model", "fails", "can't tell")]
    return table(["", "holds in this model", "fails", "can't tell"],
                 [["rule: the effect is written into the rules", *counts("rule")],
                  ["emergent: written nowhere, it follows from several rules", *counts("emergent")]])


def ways(claims):
    """How many outcomes go the predicted way, how many of these count, how many of these go with their mechanisms."""
    parts = [part for claim in claims for part in parts_of(claim)]
    towards = [part for part in parts if multiples(part, part)[0 if part["predicted"] == "+" else 1] > 0]
    counting = [part for part in parts if part["because"] == "holds" or "carried" in part["because"]]
    gone = [part for part in parts if part["because"] == "holds"]
    return (f"Of the {len(parts)} outcomes, {len(towards)} go the predicted way beyond chance, {len(counting)} of "
            f"these by as much as counts, and {len(gone)} of these go when what was to carry them is switched off.")


def all_claims(claims):
    rows = []
    for claim in claims:
        for i, part in enumerate(parts_of(claim)):
            rows.append([f"{claim['id'].removeprefix('CLAIM-')}" if i == 0 else "",
                         f"**{claim['words']}** {part['outcome']}" if i == 0 else part["outcome"],
                         f"{claim['kind']} {claim['evidence']}" if i == 0 else "",
                         counts_from(part), estimate(part), estimate(part["ablated"]),
                         BECAUSE[part["because"]]])
    return table(["", "claim and outcome", "kind, evidence", "counts from", "effect", "without", "verdict"], rows)


def sensitivity(claims):
    rows = []
    for claim in claims:
        for part in parts_of(claim):
            found = part["sensitivity"]
            if not found:
                continue
            most = ", ".join(f"`{one['constant']}` ({percent(min(1, one['total']))})"
                             for one in found["influences"][:3])
            only = " **only near the constants as they are**" \
                if part["because"] == "holds" and found["counts_share"] < 0.5 else ""
            rows.append([claim["id"].removeprefix("CLAIM-"), part["outcome"], percent(found['sign_share']),
                         percent(found['counts_share']) + only, most])
    return table(["", "outcome", "as predicted", "and large enough", "rests most on"], rows)


def rivals(claims, models):
    rows = [[claim["id"].removeprefix("CLAIM-"), part["outcome"], counts_from(part),
             *(estimate(part["rivals"][model["id"]], 3) for model in models)]
            for claim in claims for part in parts_of(claim) if "rivals" in part]
    return table(["", "outcome", "counts from", *(model["words"].rstrip(".") for model in models)], rows)


def failing(claims, notes):
    """What does not hold, with a note why."""
    for claim in claims:
        if claim["verdict"] == "holds in this model":
            continue
        said = notes.get(claim["id"], "")
        why = "; ".join(because(part) for part in parts_of(claim) if part["because"] != "holds")
        yield f"- **{claim['id']}** ({claim['verdict']}). {claim['words']} *{why}.* {said}".rstrip()


def claims_page(results, content, stamp):
    claims = results["claims"]
    notes = {claim["id"]: claim["note"] for claim in content["claims"] if "note" in claim}
    by_id = {claim["id"]: claim for claim in claims}
    central = results["central"]
    crossing = next(one["crossing"] for one in central["series"] if one["state"] == "felt_closeness")
    yield "# What the theory bears out"
    yield (f"<!-- {results['couples']} couples, seed {results['seed']}, theory and claims {stamp} -->\n"
           f"*Made by `{COMMAND}`; {results['couples']} simulated couples in each world, seed {results['seed']}.*")
    yield ("The two articles say that one thing brings about another: that keeping quiet for the sake of peace "
           "brings two people closer today and further apart next year, and some forty sentences more. [The "
           "theory](theory.md) is a program in which each can be tried. The same couples live twice, once without "
           "and once with the cause, with the same chance; the difference is the effect. Then what is said to carry "
           "it is switched off, and the effect has to go. What was expected, how large an effect has to be to "
           "count, and what carries it were written down in `content/claims.json` before any result was seen, and "
           "were not changed after.")
    yield ("**What this can't say.** A verdict here is about a model that two people's articles and our judgement "
           "made. *Holds in this model* does not mean that people are so; only data can say that, and the column "
           "*evidence* says what studies outside the articles found (++ supported, + some, ± mixed, ? untested). "
           "For a *rule*, ablation proves only that the switch works. Neither of these two would ever punish the "
           "other. If someone near you might, nothing here applies.")
    yield summary(claims)
    yield ways(claims)
    yield ("An effect *holds in this model* when its whole 95 % interval is on the predicted side and beyond what "
           "counts, and without what was to carry it at most as much as counts, or a quarter of it, is left. A "
           "claim with several outcomes holds when all do, and fails when one does. Intervals are of means over "
           "couples. Unless a claim is about parting, couples stay together, so that the same couples are compared.")
    yield table(["what counts", "at least", "because"],
                [[one["id"].replace("_", " "), f"{one['value']:g}", one["reason"]]
                 for one in content["smallest_effects"]])
    yield "## Short against long"
    yield central_words(central, crossing)
    for one in central["series"]:
        yield f"![{STATES[one['state']]}, week by week](pictures/claims/{one['state']}.svg)"
    without = "the same without " + names(central["carried_by"])
    yield table(["", "first four weeks", "last eight weeks of a year", without],
                [[STATES[one["state"]], estimate(one["short"]), estimate(one["long"]), estimate(one["ablated_long"])]
                 for one in central["series"]])
    yield "## Ten that matter most"
    yield ("Marks are effects, with bars for their intervals, in multiples of what counts. Round: as it is; square: "
           "without what was to carry it.")
    for id in MOST_IMPORTANT:
        claim = by_id[id]
        yield f"### {id.replace('CLAIM-', 'Claim ')}: {claim['verdict']}"
        yield claim["words"]
        yield f"![Effects of {id}, as it is and without what was to carry it](pictures/claims/{id.lower()}.svg)"
        yield table(["outcome", "counts from", "effect", "without", "what was to carry it", "verdict"],
                    [[part["outcome"], counts_from(part), estimate(part), estimate(part["ablated"]),
                      names(part["carried_by"]), BECAUSE[part["because"]]] for part in parts_of(claim)])
    yield "## What does not hold, and why"
    yield "\n".join(failing(claims, notes))
    yield "## What is emergent, and how far it depends on the constants"
    spread = content["sensitivity"]
    yield (f"Every constant is drawn between {spread['low']:g} and {spread['high']:g} times its value, all of them "
           "together: in how many of 100 such sets is the effect as predicted, and large enough? Which constants it "
           "rests on comes from Morris's elementary effects over all constants, then Sobol' total shares among the "
           f"six that matter most (in brackets, from few couples and therefore rough). {spread['reason']}")
    yield sensitivity(claims)
    yield "## Where the articles disagree"
    yield content["rivals"]["about"] + " All three are in the program; these are the effects under each."
    yield rivals(claims, content["rivals"]["models"])
    yield "## All claims"
    yield all_claims(claims)


def central_words(central, crossing):
    felt = next(one for one in central["series"] if one["state"] == "felt_closeness")
    real = next(one for one in central["series"] if one["state"] == "closeness")
    if crossing["week"] is None:
        crosses = "Felt closeness does not pass from above to below within the year."
    else:
        low, high = crossing["interval"]
        crosses = (f"Felt closeness passes from above to below in week {crossing['week']:.1f} (95 % interval {low:.1f} "
                   f"to {high:.1f}, from couples drawn again).")
    if real["crossing"]["week"] is not None:
        real_said = f"What has really been shown passes in week {real['crossing']['week']:.1f}."
    else:
        real_said = f"What has really been shown {'was never' if real['short']['effect'] < 0 else 'stays'} ahead."
    share = 1 - felt["ablated_long"]["effect"] / felt["long"]["effect"]
    return (f"{central['words']} In the first four weeks the difference in felt closeness is "
            f"{estimate(felt['short'])}, in the last eight weeks of the year {estimate(felt['long'])}. {crosses} "
            f"{real_said} Without {names(central['carried_by'])} {percent(share)} of the late loss of felt "
            "closeness is gone; the rest comes from the other things in which these two kinds of people differ.")


def figures(results):
    for claim in results["claims"]:
        if claim["id"] in MOST_IMPORTANT:
            yield f"{claim['id'].lower()}.svg", effects_figure(claim)
    for one in results["central"]["series"]:
        yield f"{one['state']}.svg", weeks_figure(one, results["central"]["words"])


def marked(one, counts):
    """An effect of a practice; bold where it is beyond what counts."""
    low, high = one["interval"]
    words = number(one["effect"])
    return f"**{words}**" if low > counts or high < -counts else words


def in_lines(block):
    """Prose in lines of at most 120; tables, pictures and headings as they are."""
    def filled(paragraph):
        if paragraph.startswith(("|", "!", "#", "<")):
            return paragraph
        return textwrap.fill(paragraph, 120, subsequent_indent="  " if paragraph.startswith("- ") else "",
                             break_long_words=False, break_on_hyphens=False)
    return "\n".join(filled(paragraph) for paragraph in block.split("\n"))


def practice_rows(results, population, content):
    counts = {one["id"]: one["value"] for one in content["smallest_effects"]}
    if population == content["interventions"]["where_it_does_harm"]:
        doers = [["a"]]  # what the one who punishes might do is not the other's to try
    else:
        doers = [["a"], ["a", "b"]] if population in SAME_PEOPLE else [["a"], ["b"], ["a", "b"]]
    for who in doers:
        for trial in results["interventions"]:
            if trial["population"] != population or trial["doers"] != who:
                continue
            cells = {(one["state"], one.get("person")): one for one in trial["outcomes"]}
            row = [f"{PATHS[trial['path']]}", "both" if len(who) == 2 else who[0]]
            for state in ("feeling", "self_connection", "trust"):
                for person in "ab":
                    at_least = counts["feeling" if state == "feeling" else "share_late"]
                    row.append(marked(cells[state, person]["during"], at_least))
            row += [marked(cells["closeness", None]["during"], counts["share_late"]),
                    marked(cells["closeness", None]["after"], counts["share_late"])]
            yield row


def interventions_page(results, content, stamp):
    head = ["practice", "who", "feeling a", "feeling b", "in touch a", "in touch b", "trust a", "trust b", "close",
            "close later"]
    plan = content["interventions"]
    yield "# What could change"
    yield (f"<!-- {results['couples']} couples, seed {results['seed']}, theory and claims {stamp} -->\n"
           f"*Made by `{COMMAND}`; {results['couples']} simulated couples in each world, seed {results['seed']}.*")
    yield (f"Each practice, taken up by one of two or by both for {plan['days'] // 7} weeks from week "
           f"{plan['day'] // 7} on, and what it does to *both*: in a system, one who changes changes two. Numbers "
           "are differences to the same couples without it, in the last two weeks of practising; *close later* is "
           f"real closeness {(plan['after'][0] - plan['day'] - plan['days']) // 7} weeks after it ended. Bold: "
           "beyond what counts ([claims](claims.md)). These are practices of a model, kept up every day. How large "
           "their effects are in people nobody knows from this; that one helps here is a reason to try it, not to "
           "expect it.")
    for population in plan["populations"]:
        yield f"## {PAIRS[population]}"
        yield table(head, practice_rows(results, population, content))
    yield "## Where advice would be wrong"
    yield ("In one scenario of the simulator, and in nobody else, b makes a pay for every limit and every true word. "
           "It exists only to show where advice would be wrong. Setting limits makes a worse off, and no practice of "
           "a's lifts a's days by what counts. Where trust rises here, it is trust in somebody who punishes, which is no "
           "gain. If you are afraid of what someone might do, none of the practices above is for you now; please talk "
           "to someone who can help.")
    yield table(head, practice_rows(results, plan["where_it_does_harm"], content))


def check(root):
    stamp = stamp_of(root)
    for name in (PAGE, INTERVENTIONS):
        found = STAMP.search((root / name).read_text(encoding="utf-8"))
        if found is None or found[3] != stamp:
            yield f"{name}: is about another theory or other claims; run {COMMAND}"


def write(results_file, root):
    results = json.loads(pathlib.Path(results_file).read_text(encoding="utf-8"))
    content = json.loads((root / "content/claims.json").read_text(encoding="utf-8"))
    stamp = stamp_of(root)
    for name, page in ((PAGE, claims_page), (INTERVENTIONS, interventions_page)):
        (root / name).write_text("\n\n".join(map(in_lines, page(results, content, stamp))) + "\n", encoding="utf-8")
    folder = root / FIGURES
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in figures(results):
        (folder / name).write_text(picture, encoding="utf-8")


def main():
    words = [word for word in sys.argv[1:] if word != "--check"]
    is_check = "--check" in sys.argv[1:]
    if not is_check and not words:
        sys.exit(__doc__)
    own_root = pathlib.Path(__file__).resolve().parent.parent
    place = 0 if is_check else 1
    root = pathlib.Path(words[place]) if len(words) > place else own_root
    if not is_check:
        write(words[0], root)
        return 0
    found = list(check(root))
    print("\n".join(found) or "the pages about claims are of the theory as it is")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
