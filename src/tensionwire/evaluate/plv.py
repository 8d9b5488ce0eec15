"""PLV: which of 15 PLOVER types relates two given parties of a sentence; the answer is never "none"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.cameo_class import root
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.main_event import ranked
from tensionwire.evaluate.measures import Measure
from tensionwire.ontology.cameo import reading_of
from tensionwire.records import Actor, Event, Record, Report, Span

# The set merges what is yielded in words with what is yielded in deed.
YIELD = frozenset({"CONCEDE", "RETREAT"})

# Where neither the model's shares nor an event answers: the mildest act between two parties.
FALLBACK = "CONSULT"


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """A type for each given pair: the likeliest by what the model says of them and the events between them."""
    reports = [report(row) for row in rows]
    for row, read, record in zip(rows, reports, subject.code(reports), strict=True):
        pairs = [{role: list(e.get(role) or []) for role in ("source", "target")} for e in row.get("events") or [{}]]
        events = [{"type": _type(record, pair, _shares(read, pair, subject)), **pair} for pair in pairs]
        yield {"id": identifier(row), "text": record.text, "events": events}


def answered(row: Row) -> bool:
    """True when every given pair tells its type."""
    return all(e.get("type") for e in row.get("events", [{}]))


def tally(gold: Row, predicted: Row) -> Tally:
    """Types as sets, since nearly every sentence gives one pair."""
    wanted = {fold(e["type"]) for e in gold["events"]}
    given = [fold(e["type"]) for e in predicted.get("events") or []]
    counts = Tally()
    counts.labels("type", wanted, set(given))
    counts.right("hit", bool(wanted & set(given)))
    counts.right("first", bool(given) and given[0] in wanted)
    return counts


def fold(kind: str) -> str:
    """The type's name among the 15.

    >>> fold("RETREAT"), fold("AID")
    ('YIELD', 'AID')
    """
    return "YIELD" if kind in YIELD else kind


def _shares(read: Report, pair: Row, subject: Subject) -> dict[str, float]:
    """Of the 15 types, summed over the pairs of its parties."""
    shares: dict[str, float] = defaultdict(float)
    if subject.relate:
        for first, second in product(_spans(pair["source"]), _spans(pair["target"])):
            for kind, share in subject.relate(read, first, second).items():
                shares[fold(kind)] += share
    return shares


def _type(record: Record, pair: Row, shares: dict[str, float]) -> str:
    """Two witnesses of equal weight: the model's shares, and each event by its confidence and how well it fits.

    Where an event of the pair is filed under another type by its CAMEO root, the model's share of its type is too.
    """
    weighed = [(e.confidence * _fit(e, pair), fold(e.type), _filed(e, record)) for e in record.events]
    fitting = sorted(vote for vote in weighed if vote[0])
    elsewhere = {kind: filed for _, kind, filed in fitting}  # of several of one type the likeliest decides
    total = sum(shares.values()) or 1.0
    votes: dict[str, float] = defaultdict(float)
    for kind, share in shares.items():
        votes[elsewhere.get(kind, kind)] += share / total
    for weight, _, filed in fitting:
        votes[filed] += weight / 2
    if any(votes.values()):
        return max(votes, key=lambda kind: votes[kind])
    first = next(iter(ranked(record.events)), None)
    return fold(first.type) if first else FALLBACK


def _filed(event: Event, record: Record) -> str:
    """The type under which the set has an event.

    Its types are CAMEO's roots by PLOVER's table of 2021, which files a conviction under ACCUSE (11), land that is
    taken and blockades under ASSAULT (19).
    """
    known = reading_of(root(event, record))
    return fold(known.type if known and known.type else event.type)


def _fit(event: Event, pair: Row) -> float:
    """How many of the pair the event has in their roles; in the other's role they count for half."""
    source, target = (_spans(pair[role]) for role in ("source", "target"))
    straight = _touch(event.actor, source) + _touch(event.recipient, target)
    crossed = _touch(event.recipient, source) + _touch(event.actor, target)
    return max(straight, crossed / 2)


def _spans(parties: Sequence[Row]) -> list[Span]:
    return [Span(p["start"], p["end"]) for p in parties if p.get("start") is not None]


def _touch(actors: Sequence[Actor], spans: Sequence[Span]) -> int:
    return int(any(a.span.overlap(span) for a in actors for span in spans))


PLV = Benchmark(
    name="plv",
    title="PLV, type between two given parties",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="type", title="type", main=True),
        Measure(key="type", title="type", kind="macro F1", main=True),
        Measure(key="hit", title="a type of the sentence found", kind="accuracy"),
        Measure(key="first", title="first type right", kind="accuracy"),
    ),
)
