"""When, where and how many, measured alone on gold triggers and gold counts.

    PYTHONPATH=src:benchmarks:. python benchmarks/resolve_times_places_figures.py [--split train|dev]

Time expressions: how many of the gold dates some expression of the event's sentence, or of the report, means.
Dates and places: right where the gold has one ("known"), none where it has none ("unknown"), with the encoder
silent and with an encoder played by damaged gold (see training/choices.py). On the training side these are seen
data: `python -m training.choices dates --score` cross-validates. Figures: value, kind and event on gold spans.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from training.choices import known, played

from oracle import SHARED, Document, annotated, documents
from tensionwire.coding.acts import Stage
from tensionwire.coding.dates import Dates
from tensionwire.coding.figures import figures
from tensionwire.coding.places import Wheres
from tensionwire.records import Annotated, Event, Moment, Resolved, Span
from tensionwire.resolve.places import Places
from tensionwire.resolve.times import moments, reading

FILES = {
    "train": ("records/train.jsonl", "own_reports/train.jsonl"),
    "dev": ("records/dev.jsonl",),
}
Tally = defaultdict[str, list[bool]]


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=FILES, default="train")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    options = parser.parse_args()
    found = [d for name in FILES[options.split] for d in documents(options.gold / name)]
    tally: Tally = defaultdict(list)
    chance, places = random.Random(3), Places.load()
    for document in found:
        plain = annotated(document)
        told = moments(plain)
        expressions(document, plain, told, tally)
        settings(document, plain, told, places, "encoder silent", tally)
        tagged = _played(document, plain, told, places, chance)
        settings(document, tagged, told, places, "encoder played", tally)
        counts(document, plain, tally)
    for name, right in sorted(tally.items()):
        print(f"{name:55} {sum(right) / len(right):.3f} of {len(right)}")
    speed(found, places)


def _played(
    document: Document, plain: Annotated, told: tuple[Moment, ...], places: Places, chance: random.Random
) -> Annotated:
    dates = played("dates", document, plain, {m.span: (m.iso or "", m.planned or "") for m in told}, chance)
    names = {span: (plain.quote(span),) for span in places.places(plain)}
    return played("places", document, dates, names, chance)


def expressions(document: Document, plain: Annotated, told: tuple[Moment, ...], tally: Tally) -> None:
    """Whether an expression means the gold date."""
    for event in document["events"]:
        date, within = known(event.get("date")), plain.sentences[event["s"]]
        if date is not None:
            fits = [date in (reading(m, planned=False), reading(m, planned=True)) for m in told]
            here = [fit for fit, m in zip(fits, told, strict=True) if within.holds(m.span)]
            tally["time: the gold date is meant in the sentence"].append(any(here))
            tally["time: the gold date is meant in the report"].append(any(fits))


def settings(
    document: Document, seen: Annotated, told: tuple[Moment, ...], places: Places, how: str, tally: Tally
) -> None:
    """The date and place of each gold trigger."""
    dates, wheres = Dates(seen, told), Wheres(seen, places.places(seen))
    for event, trigger in zip(document["events"], seen.triggers, strict=True):
        moment, place = dates.choose(trigger), wheres.choose(trigger)
        for what, said in (("date", moment.iso if moment else None), ("place", place[0] if place else None)):
            gold = known(event.get(what))
            tally[f"{what}, {how}: {'known' if gold else 'unknown'} right"].append(said == gold)


def counts(document: Document, plain: Annotated, tally: Tally) -> None:
    """Value and event of each gold figure."""
    found = figures(Resolved(annotated=plain, identities={}, places={}), list(_events(document)))
    for gold, figure in zip(sorted(document["figures"], key=lambda f: f["span"]), found, strict=True):
        tally["figure: value right"].append((figure.low, figure.high) == (gold["low"], gold["high"]))
        linked = {e["id"]: e["s"] for e in document["events"]}.get(gold.get("event") or "")
        if linked == gold["s"]:
            tally["figure: event right, where it is in the sentence"].append(figure.event == gold["event"])
        if gold["what"] in COMMON:
            tally["figure: what right, of the common kinds"].append(figure.what == gold["what"])


COMMON = frozenset({"killed", "wounded", "arrested", "protesters", "troops", "money", "displaced", "released"})


def _events(document: Document) -> Iterator[Event]:
    for e in document["events"]:
        span = Span(*e["trigger_span"])
        yield Event(id=e["id"], s=e["s"], trigger=e["trigger"], trigger_span=span, type=e["type"], quad=1, score=0.0)


def speed(found: list[Document], places: Places) -> None:
    """Processor time a sentence."""
    seen = [annotated(d) for d in found]
    sentences = sum(len(a.sentences) for a in seen)
    for name, step in STEPS.items():
        started = time.process_time()
        for one in seen:
            step(one, places)
        print(f"{name:55} {(time.process_time() - started) / sentences * 1000:.3f} ms a sentence")


def _choose(one: Annotated, places: Places) -> None:
    stage = Stage(one)
    dates, wheres = Dates(one, moments(one), stage), Wheres(one, places.places(one), stage)
    for trigger in one.triggers:
        dates.choose(trigger)
        wheres.choose(trigger)


STEPS: dict[str, Callable[[Annotated, Places], object]] = {
    "times": lambda one, places: moments(one),
    "places": lambda one, places: places.places(one),
    "times, places, and those of each act": _choose,
}


if __name__ == "__main__":
    main()
