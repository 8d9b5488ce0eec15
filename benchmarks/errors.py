"""Where the coder errs, by cause, on `gold/records` dev: what to spend work on next.

    python benchmarks/errors.py [FILE.jsonl]

Events: found with the right type, with another type, missed, invented. Roles of right events: right, cut wrong, in the
other role, missed where none or another was given, and given where the gold has none or another. Countries of right
roles, dates and places of right events: right, blank, wrong, invented.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oracle import SHARED, Document, documents, report
from tensionwire.evaluate.counts import jaccard
from tensionwire.evaluate.records_tally import SAME_PARTY, known
from tensionwire.pipeline import Coder
from tensionwire.records import Actor, Event, Record, Span

Cause = tuple[str, str]


def causes(gold: Document, record: Record) -> Iterator[Cause]:
    """What is right and wrong in one record, an item each: (what, cause)."""
    left = list(record.events)
    for act in gold["events"]:
        touching = [e for e in left if e.trigger_span.overlap(Span(*act["trigger_span"]))]
        event = next((e for e in touching if e.type == act["type"]), touching[0] if touching else None)
        if event is None:
            yield "event", f"missed ({'actual' if act['status'] == 'actual' else 'other status'})"
            continue
        left.remove(event)
        yield "event", "right" if event.type == act["type"] else "other type"
        if event.type == act["type"]:
            yield from _within(act, event)
    yield from (("event", "invented") for _ in left)


def _within(act: Document, event: Event) -> Iterator[Cause]:
    yield "status", "right" if event.status == act["status"] else f"{act['status']} taken for {event.status}"
    for what, value in (("date", event.date), ("place", event.place)):
        yield what, _value(known(act.get(what)), value)
    for role, mine, other in (("actor", event.actor, event.recipient), ("recipient", event.recipient, event.actor)):
        yield from _roles(role, act[role], mine, other)


def _value(gold: str | None, value: str | None) -> str:
    if gold == value:
        return "right" if gold else "rightly blank"
    return "blank" if value is None else "invented" if gold is None else "wrong"


def _roles(role: str, gold: list[Document], mine: tuple[Actor, ...], other: tuple[Actor, ...]) -> Iterator[Cause]:
    left = list(mine)
    for party in gold:
        span = Span(*party["span"])
        hit = next((a for a in left if jaccard(a.span, span) >= SAME_PARTY), None)
        if hit:
            left.remove(hit)
            yield role, "right"
            yield f"country of {role}", _value(known(party.get("code")), hit.code)
        elif any(a.span.overlap(span) for a in mine):
            yield role, "cut wrong"
        elif any(a.span.overlap(span) for a in other):
            yield role, "in the other role"
        else:
            yield role, "missed, another given" if mine else "missed, none given"
    yield from ((role, "given beside the gold's" if gold else "given where there is none") for _ in left)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=SHARED / "gold/records/dev.jsonl")
    options = parser.parse_args()
    if not options.file.exists():
        raise SystemExit(f"{options.file} is not here: this needs the shared gold beside the project")
    coder, counts = Coder.load(threads=2), Counter[Any]()
    for gold in documents(options.file):
        counts.update(causes(gold, coder(report(gold))))
    whole = Counter[str]()
    for (what, _), count in counts.items():
        whole[what] += count
    print("| what | cause | items | share |\n| --- | --- | ---: | ---: |")
    for (what, cause), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"| {what} | {cause} | {count} | {count / whole[what]:.0%} |")


if __name__ == "__main__":
    main()
