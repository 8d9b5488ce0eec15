"""Figures of an incident: each count with its source, time and wording, in the order in which they came."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tensionwire.link.scenes import Scene, scene_of
from tensionwire.link.tables import phrases
from tensionwire.link.tellings import party, sentence
from tensionwire.records import Figure, Incident, Party, Record

Number = float | int

_AROUND = 6  # words on either side of a count that tell of its kind
_AFTER = re.compile(rf"(?:\W*\w+){{0,{_AROUND}}}")
_BEFORE = re.compile(rf"(?:\b\w+\W*){{0,{_AROUND}}}\Z")  # \b: else every way to cut a word in two would be tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One count as one report gives it. `low` and `high` are inclusive, None is open on that side.

    `kind` is "cumulative" (a total so far), "incremental" (more on top of one) or "single" (the words do not say).
    `change` says how it stands to the latest reading of the same thing before it: "first", "same", "narrower",
    "wider", "higher", "lower", or "more" for an increment. `as_of` is the ISO day of the report; `speaker` is whose
    count it is, None for the report's own.
    """

    report: str
    figure: str
    what: str | None
    wording: str
    sentence: str
    low: Number | None = None
    high: Number | None = None
    kind: str = "single"
    change: str = "first"
    as_of: str | None = None
    speaker: Party | None = None
    outlet: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The readings of one thing counted ("killed"), oldest first.

    `low` and `high` are the extremes ever given, increments apart; None where a reading is open on that side.
    """

    what: str | None
    readings: tuple[Reading, ...]
    low: Number | None = None
    high: Number | None = None


def history(incident: Incident, records: Mapping[str, Record]) -> tuple[History, ...]:
    """The count histories of an incident, the one with most readings first; nothing is averaged.

    `records` has the record of each report that tells of the incident, by report key; a report without one is left out.
    """
    by_thing: dict[str | None, list[Reading]] = {}
    for reading in _readings(incident, records):
        by_thing.setdefault(reading.what, []).append(reading)
    found = [_history(what, readings) for what, readings in by_thing.items()]
    return tuple(sorted(found, key=lambda one: -len(one.readings)))


def _readings(incident: Incident, records: Mapping[str, Record]) -> Iterator[Reading]:
    """Every count of the incident once a text, however many copies carry it."""
    seen: set[tuple[str, str | None, str]] = set()
    for told in sorted(incident.tellings, key=lambda one: one.published or ""):
        record = records.get(told.report)
        scene = scene_of(told, record) if record else None
        for figure in scene.record.figures if scene else ():
            mark = (told.origin or told.report, figure.what, figure.text.casefold())
            if scene and scene.act_of.get(figure.event or "") in scene.acts and mark not in seen:
                seen.add(mark)
                yield _reading(figure, scene)


def _reading(figure: Figure, scene: Scene) -> Reading:
    told, record = scene.told, scene.record
    said = (claim for claim in record.claims if claim.speaker and claim.content_span.holds(figure.span))
    speaker = next((party(claim.speaker) for claim in said if claim.speaker), None)
    return Reading(
        report=told.report,
        figure=figure.id,
        what=figure.what.casefold() if figure.what else None,
        wording=figure.text,
        sentence=sentence(record, figure.s).strip(),
        low=figure.low,
        high=figure.high,
        kind=kind(record.text, figure.span.start, figure.span.end),
        as_of=told.published,
        speaker=speaker,
        outlet=told.outlet,
        origin=told.origin,
    )


def kind(text: str, start: int, end: int) -> str:
    """What the words of and around a count say it is.

    >>> text = "Officials said another 12 people had died; the toll rose to 92."
    >>> kind(text, 15, 32), kind(text, 60, 62)
    ('incremental', 'cumulative')
    """
    before = _BEFORE.search(text[:start].rsplit(". ", 1)[-1])
    after = _AFTER.match(re.split(r"[.;!?]\s", text[end:], maxsplit=1)[0])
    around = f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}"
    words = phrases("figure_words.tsv")
    own = words["incremental"].search(text[start:end] + (after[0] if after else ""))
    if own and own[0].lower() != "also":
        return "incremental"
    if words["cumulative"].search(around):
        return "cumulative"
    return "incremental" if words["incremental"].search(around) else "single"


def _history(what: str | None, readings: Sequence[Reading]) -> History:
    compared: list[Reading] = []
    latest: Reading | None = None
    for reading in readings:
        compared.append(replace(reading, change=_change(latest, reading)))
        latest = latest if reading.kind == "incremental" else reading
    totals = [reading for reading in readings if reading.kind != "incremental"] or list(readings)
    lows, highs = [one.low for one in totals], [one.high for one in totals]
    return History(
        what=what,
        readings=tuple(compared),
        low=None if None in lows else min(low for low in lows if low is not None),
        high=None if None in highs else max(high for high in highs if high is not None),
    )


def _change(before: Reading | None, now: Reading) -> str:
    """How a reading stands to the one before it."""
    if now.kind == "incremental":
        return "more"
    if before is None:
        return "first"
    (low, high), (old_low, old_high) = _range(now), _range(before)
    if (low, high) == (old_low, old_high):
        return "same"
    if low >= old_low and high <= old_high:
        return "narrower"
    if low <= old_low and high >= old_high:
        return "wider"
    return "higher" if low > old_low else "lower"


def _range(reading: Reading) -> tuple[float, float]:
    low = -math.inf if reading.low is None else reading.low
    return low, math.inf if reading.high is None else reading.high
