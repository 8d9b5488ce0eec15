"""Do change points of the tension series find the turns that history dates, and leave quiet pairs alone?

    python benchmarks/crises.py                 # cases, placebo, a louder press, what each weight does
    python benchmarks/crises.py --confidence    # rewrites src/tensionwire/measure/data/confidence.tsv

Needs ../shared (gold/crises and corpora/event_series). A case is found by a turn of the right direction within ten
days of its date, if the series has no more turns than three, or one in 45 days.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

import pair_series as ps
from tensionwire.measure.changes import Settings, changes, settings
from tensionwire.measure.contributions import Question
from tensionwire.measure.coverage import coverage_of
from tensionwire.measure.series import tension
from tensionwire.measure.sides import side
from tensionwire.measure.tables import incidents_of, read_table
from tensionwire.records import Telling

CONFIDENCE = Path(__file__).parents[1] / "src/tensionwire/measure/data/confidence.tsv"
HEADER = """\
# How sure a change point is: the share of quiet pairs in whose whole series nothing as strong is found.
# Written by `python benchmarks/crises.py --confidence`: {count} pairs drawn at random from the ICEWS subsets, of two
# months, one year or four. Apache-2.0.
strength	confidence"""


def method(how: Settings | None = None) -> ps.Method:
    """Our change points as a method."""

    def found(conflict: ps.Floats, cooperation: ps.Floats, coverage: ps.Floats) -> list[ps.Turn]:
        zero = dt.date(2000, 1, 1)
        turns = changes(zero.isoformat(), conflict.tolist(), cooperation.tolist(), coverage.tolist(), how)
        return [((dt.date.fromisoformat(t.date) - zero).days, t.direction, t.strength) for t in turns]

    return found


def scored(found: ps.Method, quiet: list[tuple[str, tuple[str, str]]]) -> str:
    """Cases found, and what is found in quiet pairs, in one row of a table."""
    hits = {
        group: [ps.hit(c, ps.run(found, c.table, c.pair)) for c in ps.cases() if c.group == group]
        for group in ("dev", "own")
    }
    counts = [len(ps.run(found, *pair)) for pair in quiet]
    years = sum(len(ps.daily(*pair).coverage) for pair in quiet) / 365
    told = [f"{sum(h is not None for h in hits[g])}/{len(hits[g])}" for g in hits]
    some = sum(map(bool, counts))
    return f"{told[0]} | {told[1]} | {some}/{len(quiet)} | {sum(counts) / years:.2f}"


def of_cases() -> Iterator[str]:
    """The table of cases."""
    yield "| case | pair | dated | found | direction | strength | turns in all |\n|---|---|---|---|---|---:|---:|"
    for case in ps.cases():
        turns = ps.run(method(), case.table, case.pair)
        found = ps.hit(case, turns)
        first = ps.daily(case.table, case.pair).first
        date = (first + dt.timedelta(days=found[0])).isoformat() if found else "-"
        strength = f"{found[2]:.1f}" if found else ""
        star = "**" if case.group == "dev" else ""
        yield (
            f"| {star}{case.name}{star} | {'-'.join(case.pair)} | {case.date} | {date} | {case.direction} | {strength} "
            f"| {len(turns)} |"
        )


def of_settings(quiet: list[tuple[str, tuple[str, str]]]) -> Iterator[str]:
    """What each setting of the search does, one changed at a time."""
    how = settings()
    variants = {
        "as shipped": how, "least 2.25": replace(how, least=2.25), "least 2.75": replace(how, least=2.75),
        "least 3": replace(how, least=3.0), "rest 0": replace(how, rest=0.0), "rest 0.5": replace(how, rest=0.5),
        "rest 1": replace(how, rest=1.0),
        "rest 0.1": replace(how, rest=0.1), "prior 1": replace(how, prior=1.0), "prior 20": replace(how, prior=20.0),
        "nearest 3": replace(how, nearest=3), "apart 20": replace(how, apart=20), "usual 0.5": replace(how, usual=0.5),
        "usual 0.9": replace(how, usual=0.9), "no shuffles": replace(how, shuffles=0),
        "windows 56/14, 28/7, 28/28": replace(how, windows=((56, 14), (14, 56), (28, 7), (7, 28), (28, 28))),
        "windows 28/28 only": replace(how, windows=((28, 28),)),
    }  # fmt: skip
    yield "| setting | dev | own | quiet pairs with a turn | turns a year |\n|---|---|---|---|---:|"
    for name, variant in variants.items():
        yield f"| {name} | {scored(method(variant), quiet)} |"


def of_shuffled() -> str:
    """How many of the cases' own series have a turn when their days are shuffled: none is there to find."""
    rng, found = np.random.default_rng(1), 0
    cases = ps.cases()
    for case in cases:
        series = ps.daily(case.table, case.pair)
        order = rng.permutation(len(series.coverage))
        found += bool(method()(series.conflict[order], series.cooperation[order], series.coverage[order]))
    return f"{found} of {len(cases)} series have a turn when their days are shuffled."


def of_press() -> Iterator[str]:
    """A louder press in an unchanged world: the largest change of any level, over the pairs of the development set."""
    rows = list(read_table(ps.TABLES / "icews14_full.tsv.gz"))
    copies = [*rows, *(replace(row, report="copy", event=row.event) for row in rows)]
    louder = [*rows, *(replace(row, report="other", origin=f"other:{row.origin}") for row in rows)]
    yield "| pair | copied once more | twice the outlets | turns the same |\n|---|---:|---:|---|"
    for a, b in (("CHN", "VNM"), ("RUS", "UKR"), ("ISR", "PSE")):
        question = Question(a=side(a), b=side(b))
        before, copied, doubled = (_measured(told, question) for told in (rows, copies, louder))
        apart = [
            max(abs(p.level - q.level) for p, q in zip(before.points, s.points, strict=True)) for s in (copied, doubled)
        ]
        same = before.changes == copied.changes == doubled.changes
        yield f"| {a}-{b} | {apart[0]:g} | {apart[1]:g} | {'yes' if same else 'no'} |"


def _measured(rows: list[Telling], question: Question):  # type: ignore[no-untyped-def]
    between = [replace(row, report="t") for row in rows]
    return tension(incidents_of(between), question, coverage_of(between))


def confidence() -> str:
    """The table of strengths: share of quiet pairs without anything as strong."""
    pairs = ps.quiet(200, seed=7)
    found = method(replace(settings(), least=1.0, shuffles=0))
    top = np.array([max((t[2] for t in ps.run(found, *pair)), default=0.0) for pair in pairs])
    steps = [0.0, *np.arange(1.5, 4.01, 0.25), 5.0]
    rows = [f"{step:g}\t{min(0.99, (top < step).mean()):.3g}" for step in steps]
    return "\n".join([HEADER.format(count=len(pairs)), *rows]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confidence", action="store_true")
    if parser.parse_args().confidence:
        CONFIDENCE.write_text(confidence(), "utf-8")
        return
    quiet = ps.quiet(50)
    for title, rows in (
        ("Cases (development set in bold)", of_cases()), ("Settings, with 50 quiet pairs", of_settings(quiet)),
        ("Shuffled days", [of_shuffled()]), ("A louder press", of_press()),
    ):  # fmt: skip
        print(f"\n## {title}\n")
        for row in rows:
            print(row, flush=True)


if __name__ == "__main__":
    main()
