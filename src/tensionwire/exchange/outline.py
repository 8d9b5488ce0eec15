"""What a page about a record says beside its fields: groups, links read backwards, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tensionwire.records import Actor, Claim, Figure, KnownActor, Record, Span

Disputes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quad:
    """A quad class as it is shown: never by colour alone. Filled signs are deeds, hollow ones words."""

    name: str
    sign: str


QUADS: Final = {
    1: Quad(name="verbal cooperation", sign="○"),
    2: Quad(name="material cooperation", sign="●"),
    3: Quad(name="verbal conflict", sign="△"),
    4: Quad(name="material conflict", sign="▲"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be resolved, and every item that shares the reason."""

    what: str
    reason: str
    ids: tuple[str, ...]


def code_of(who: Actor | KnownActor) -> str:
    """Country and sector, or a dash for what is unknown.

    >>> code_of(KnownActor(name="Chile", code="CHL", sector="GOV"))
    'CHL.GOV'
    """
    return ".".join(part for part in (who.code or "-", who.sector) if part and part != "UNK")


def name_of(who: Actor | KnownActor) -> str:
    """The fullest name that is known, else the words of the report."""
    return who.name or (who.text if isinstance(who, Actor) else "")


def by_code(actors: Iterable[KnownActor]) -> Mapping[str, list[KnownActor]]:
    """Actors that share country and sector, those with a known country first."""
    groups: dict[str, list[KnownActor]] = {}
    for actor in sorted(actors, key=lambda actor: actor.code is None):
        groups.setdefault(code_of(actor), []).append(actor)
    return groups


def by_speaker(claims: Iterable[Claim]) -> list[tuple[Actor | None, list[Claim]]]:
    """Claims under those who make them, in the order in which they first speak."""
    groups: dict[tuple[str, str | None], tuple[Actor | None, list[Claim]]] = {}
    for claim in claims:
        speaker = claim.speaker
        key = ("", None) if speaker is None else (name_of(speaker), speaker.code)
        groups.setdefault(key, (speaker, []))[1].append(claim)
    return list(groups.values())


def disputed_by(claims: Iterable[Claim]) -> Disputes:
    """For the id of a claim, the ids of those that contradict it."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        if claim.disputes is not None:
            found[claim.disputes] = (*found.get(claim.disputes, ()), claim.id)
    return found


def links(claim: Claim, disputed: Disputes) -> list[tuple[str, tuple[str, ...]]]:
    """How a claim hangs together with other items, as (words, ids)."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if claim.disputes:
        found.append(("denies" if claim.stance == "denies" else "disputes", (claim.disputes,)))
    if claim.id in disputed:
        found.append(("disputed by", disputed[claim.id]))
    if claim.about:
        found.append(("about", (claim.about,)))
    return found


def evidence(claim: Claim) -> str | None:
    """What the text says of the evidence for a claim.

    >>> evidence(Claim(id="c1", s=0, content="x", content_span=Span(0, 1), evidence="none"))
    'no evidence offered'
    """
    return {"none": "no evidence offered", "offered": "evidence offered"}.get(claim.evidence or "")


def bounds(figure: Figure) -> str:
    """The range of a figure.

    >>> bounds(Figure(id="f1", s=0, text="dozens", span=Span(0, 6), low=24, high=99))
    '24–99'
    """
    low, high = figure.low, figure.high
    if low is None:
        return "?" if high is None else f"≤ {high:,}"
    if high is None:
        return f"≥ {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def differing(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures that count the same thing of the same event and do not agree."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if figure.what and figure.event:
            groups.setdefault((figure.event, figure.what), []).append(figure)
    return [group for group in groups.values() if len({(f.low, f.high) for f in group}) > 1]


def period(iso: str) -> str:
    """An ISO interval without what its end repeats.

    >>> period("2025-05-10/2025-05-11"), period("2025-05-30/2025-06-02"), period("2003")
    ('2025-05-10/11', '2025-05-30/06-02', '2003')
    """
    first, slash, last = iso.partition("/")
    for head in (8, 5):
        if len(first) == len(last) == 10 and first[:head] == last[:head]:
            return f"{first}/{last[head:]}"
    return first + slash + last


def gaps(record: Record) -> list[Gap]:
    """Everything that is unknown and why, items with the same reason together."""
    found: dict[tuple[str, str], list[str]] = {}
    if record.published is None:
        found[("day of publication", record.published_reason or "not given")] = []
    for event in record.events:
        if event.date is None and event.date_reason:
            found.setdefault(("date", event.date_reason), []).append(event.id)
        if event.where is None and event.place_reason:
            found.setdefault(("place", event.place_reason), []).append(event.id)
    for actor in record.actors:
        if actor.code is None and actor.reason:
            found.setdefault(("who", actor.reason), []).append(actor.name)
    return [Gap(what=what, reason=reason, ids=tuple(ids)) for (what, reason), ids in found.items()]


def excerpt(text: str, within: Span, focus: Span, size: int) -> tuple[str, str, str]:
    """What stands before, in and after a focus, at most about `size` characters, cut at words.

    >>> excerpt("They fired at the port at dawn.", Span(0, 31), Span(5, 10), 100)
    ('They ', 'fired', ' at the port at dawn.')
    >>> excerpt("They fired at the port at dawn.", Span(0, 31), Span(5, 10), 16)
    ('They ', 'fired', ' at …')
    """
    start, end = (
        max(within.start, min(focus.start, within.end)),
        min(within.end, max(focus.end, within.start)),
    )
    before, after = text[within.start : start], text[end : within.end]
    room = max(0, size - (end - start))
    right = min(len(after), max(room // 2, room - len(before)))
    left = min(len(before), room - right)
    if left < len(before):
        before = "… " + before[len(before) - left :].partition(" ")[2]
    if right < len(after):
        after = after[:right].rpartition(" ")[0] + " …"
    return before, text[start:end], after
