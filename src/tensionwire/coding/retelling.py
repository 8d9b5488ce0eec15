"""Retellings: which event of a report tells again of one that was told before.

Two events of one type are compared by their words, parties, dates, places and distance; a small linear
model (`data/retelling.tsv`, fitted by `training/links.py`) says how likely they are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tensionwire.coding.linear import Linear, linear
from tensionwire.records import Actor, Annotated, Event

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d,.]*")
_DEFINITE = re.compile(r"\b(the|this|that|these|those|its|their|his|her)(?:\s+[\w’'-]+){0,2}\s+\Z", re.IGNORECASE)
_FRESH = re.compile(
    r"\b(another|other|separate|second|third|further|new|more|similar|previous|earlier)(?:\s+[\w’'-]+){0,2}\s+\Z",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"\b(an?)(?:\s+[\w’'-]+){0,2}\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what its comparison needs, worked out once."""

    event: Event
    stems: frozenset[str]
    around: frozenset[str]
    article: str


def tellings(events: Sequence[Event], annotated: Annotated) -> tuple[Telling, ...]:
    """The events, ready to be compared."""
    text = annotated.report.text
    around = [stems(span.of(text)) for span in annotated.sentences]
    return tuple(Telling(event, stems(event.trigger), around[event.s], _article(event, annotated)) for event in events)


def retold(events: tuple[Event, ...], annotated: Annotated, model: Linear | None = None) -> tuple[Event, ...]:
    """The events, each retelling with the id of the event that it was first told as."""
    model = model or linear("retelling")
    first: dict[str, str] = {}
    by_type: dict[str, list[Telling]] = {}
    for telling in tellings(events, annotated):
        before = by_type.setdefault(telling.event.type, [])
        found = _first_telling(telling, before, model)
        if found is not None:
            first[telling.event.id] = first.get(found.event.id, found.event.id)
        before.append(telling)
    return tuple(replace(e, same_as=first[e.id]) if e.id in first else e for e in events)


def _first_telling(later: Telling, before: list[Telling], model: Linear) -> Telling | None:
    if not before:
        return None
    scored = [(model.logit(features(one, later, len(before) - n)), one) for n, one in enumerate(before)]
    best = max(scored, key=lambda pair: pair[0])
    return best[1] if model.says(best[0]) else None


def features(a: Telling, b: Telling, back: int) -> Iterator[str]:
    """What holds of an earlier telling and a later one of its type; `back` 1: none of that type between."""
    one, two = a.event, b.event
    words = "same word" if a.stems & b.stems else "other word"
    yield words
    yield f"type {one.type}"
    yield f"type {one.type} {words}"
    yield f"back {min(back, 4)}"
    yield f"apart {min(two.s - one.s, 5)}"
    if one.s == 0:
        yield f"from title to {min(two.s, 3)}"
        yield f"title {words}"
    yield f"article {a.article} {b.article}"
    yield f"article {b.article} {words}"
    yield f"mode {_relation(one.mode, two.mode)}"
    yield f"status {one.status} {two.status}"
    date = _relation(one.date, two.date)
    place = _relation(one.place, two.place)
    yield f"date {date}"
    yield f"place {place}"
    doers = _parties(one.actor, two.actor)
    targets = _parties(one.recipient, two.recipient)
    yield f"actor {doers}"
    yield f"recipient {targets}"
    yield f"both {doers} {targets}"
    yield f"actor {doers} {words}"
    yield f"recipient {targets} {words}"
    shared = len(a.around & b.around) / max(1, min(len(a.around), len(b.around)))
    yield f"around {int(shared * 10)}"


@lru_cache(maxsize=512)
def stems(words: str) -> frozenset[str]:
    """Rough stems of the words that carry meaning.

    >>> sorted(stems("The attacks on 3 of the towns"))
    ['3', 'attac', 'town']
    """
    return frozenset(filter(None, map(_stem, _WORD.findall(words.lower()))))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The stem of a word, empty for one that is too short to carry meaning."""
    if len(word) <= 3 and not word[0].isdigit():
        return ""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)][:5]
    return word[:5]


def _article(event: Event, annotated: Annotated) -> str:
    start = annotated.sentences[event.s].start
    before = annotated.report.text[max(start, event.trigger_span.start - 60) : event.trigger_span.start]
    if _FRESH.search(before):
        return "fresh"
    if _DEFINITE.search(before):
        return "definite"
    return "indefinite" if _INDEFINITE.search(before) else "none"


def _relation(one: str | None, two: str | None) -> str:
    if one is None and two is None:
        return "neither"
    if one is None or two is None:
        return "one only"
    return "same" if one == two or one in two or two in one else "other"


def _parties(one: Sequence[Actor], two: Sequence[Actor]) -> str:
    if not one and not two:
        return "neither"
    if not one or not two:
        return "one only"
    if {_name(x) for x in one} & {_name(x) for x in two}:
        return "same name"
    codes = {x.code for x in one if x.code}, {x.code for x in two if x.code}
    if not codes[0] or not codes[1]:
        return "unknown"
    return "same state" if codes[0] & codes[1] else "other state"


def _name(one: Actor) -> str:
    return (one.name or one.text).casefold()
