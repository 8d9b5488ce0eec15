"""Tellings: the events of a report as linking and measuring want them, one for each act."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tensionwire.link.words import WORD, known, split, stem
from tensionwire.records import Actor, Event, Party, Record, Telling

TOPIC = 24
_NAME = 2.5  # how much more a name says; chosen on ECB+ topics 1 to 35
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_YEAR = re.compile(r"(\d{4})\Z")


def tellings(
    record: Record, *, report: str, origin: str | None = None, marks: tuple[str, ...] | None = None
) -> tuple[Telling, ...]:
    """One telling for each act of a report, in text order; acts told again (`same_as`) are folded into the first.

    The first telling keeps its wording and takes from the later ones what it lacks: date, place, parties. `marks` is
    the report's topic where it is known already.
    """
    told: dict[str, list[Event]] = {}
    heads = first_tellings(record.events)
    for event in record.events:
        told.setdefault(heads[event.id], []).append(event)
    marks = topic(record) if marks is None else marks
    return tuple(_telling(record, acts, marks, report, origin) for acts in told.values())


def first_tellings(events: Sequence[Event]) -> dict[str, str]:
    """For each event the id of the first telling of its act, itself where it is that; loops and gaps end the search."""
    above = {event.id: event.same_as for event in events}
    heads: dict[str, str] = {}
    for name in above:
        seen = [name]
        while (next_up := above[seen[-1]]) is not None and next_up in above and next_up not in seen:
            seen.append(next_up)
        heads[name] = seen[-1]
    return heads


def _telling(record: Record, acts: list[Event], marks: tuple[str, ...], report: str, origin: str | None) -> Telling:
    event = acts[0]
    first, last = bounds(next((act.date for act in acts if act.date), None))
    spot = next((act for act in acts if act.where and act.where.lat is not None), None)
    place = spot or next((act for act in acts if act.place), event)
    where = place.where
    return Telling(
        report=report,
        event=event.id,
        type=event.type,
        quad=event.quad,
        score=event.score,
        mode=next((act.mode for act in acts if act.mode), None),
        status=event.status,
        contexts=event.contexts,
        actor=parties(next((act.actor for act in acts if act.actor), ())),
        recipient=parties(next((act.recipient for act in acts if act.recipient), ())),
        first=first,
        last=last,
        published=record.published[:10] if record.published else None,
        place=where.name if where else place.place,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        country=where.code if where else None,
        trigger=event.trigger,
        sentence=sentence(record, event.s),
        outlet=record.outlet,
        origin=origin,
        topic=marks,
        confidence=event.confidence,
    )


def sentence(record: Record, number: int) -> str:
    """The words of a sentence of a report; empty where there is no such sentence."""
    return record.sentences[number].of(record.text) if 0 <= number < len(record.sentences) else ""


def party(actor: Actor) -> Party:
    """An actor without its place in the text."""
    return Party(
        code=actor.code,
        name=actor.name or actor.text,
        sector=actor.sector,
        wikidata=actor.wikidata,
        members=actor.members,
    )


def parties(actors: Sequence[Actor]) -> tuple[Party, ...]:
    """Actors without their places in the text, each once."""
    return tuple(dict.fromkeys(map(party, actors)))


def bounds(iso: str | None) -> tuple[str | None, str | None]:
    """First and last day of an ISO date or interval; a month or a year is all its days; (None, None) for no date.

    >>> bounds("2017-04-04"), bounds("2017-02"), bounds("2017-04-12/2017-04-16"), bounds("../2003")
    (('2017-04-04', '2017-04-04'), ('2017-02-01', '2017-02-28'), ('2017-04-12', '2017-04-16'), (None, '2003-12-31'))
    """
    if not iso:
        return None, None
    start, slash, end = iso.partition("/")
    return _day(start, 0), _day(end if slash else start, 1)


def _day(iso: str, end: int) -> str | None:
    if day := _DAY.match(iso):
        return day[0]
    if month := _MONTH.match(iso):
        last = monthrange(int(month[1]), int(month[2]))[1]
        return f"{iso}-{last}" if end else f"{iso}-01"
    if _YEAR.match(iso):
        return f"{iso}-12-31" if end else f"{iso}-01-01"
    return None


def topic(record: Record) -> tuple[str, ...]:
    """The stems that mark a report, most telling first: often said, rare elsewhere, and names before other words.

    The names of its outlet and agencies mark its maker, not its matter.
    """
    makers = " ".join(filter(None, (record.outlet, record.byline, *record.agencies)))
    return marks(record.text if record.title is None else f"{record.title}\n{record.text}", but=makers)


def marks(text: str, but: str = "") -> tuple[str, ...]:
    """The stems that mark a text, most telling first; numbers are none, nor the words of `but`."""
    left_out = _stems(but)
    found: dict[str, tuple[str, float]] = {}
    counts: dict[str, int] = {}
    capitals: dict[str, int] = {}
    for word, count in Counter(WORD.findall(text)).items():
        low, base, weight, capital = _form(word)
        if not low or base in left_out:
            continue
        counts[low] = counts[low] + count if low in counts else count
        found[low] = base, weight
        if capital:
            capitals[low] = capitals.get(low, 0) + count
    weights: dict[str, float] = {}
    for low, (base, weight) in found.items():
        count = counts[low]
        if low in capitals and 2 * capitals[low] > count:
            weight *= _NAME
        weights[base] = weights.get(base, 0.0) + (weight if count == 1 else count**0.5 * weight)
    return tuple(_heaviest(weights))


def _heaviest(weights: dict[str, float]) -> list[str]:
    """Those of greatest weight, by name where they weigh the same."""
    if len(weights) > TOPIC:  # most are let go by their weight alone, which costs less than to sort all by name
        least = sorted(weights.values())[-TOPIC]
        weights = {base: weight for base, weight in weights.items() if weight >= least}
    return sorted(weights, key=lambda base: (-weights[base], base))[:TOPIC]


@lru_cache(maxsize=1024)
def _stems(names: str) -> frozenset[str]:
    return frozenset([stem(word) for word in split(names)])


@lru_cache(maxsize=131072)
def _form(word: str) -> tuple[str, str, float, bool]:
    """A word in lower case, empty where it can mark nothing, its stem and weight, and whether it has a capital."""
    base, weight, capital = known(word)
    return ("" if word[0].isdigit() or not base else word.lower()), base, weight, capital
