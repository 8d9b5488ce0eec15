"""Agenda: meetings, visits, votes and deadlines to come, with who, when, where and how firm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tensionwire.coding.acts import WORD
from tensionwire.ontology.grammar import grammar
from tensionwire.records import AgendaItem, Appointment, Event, Moment, Resolved, Span
from tensionwire.resolve.times import published_day

_TABLE = Path(__file__).parent / "data" / "agenda_words.tsv"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A day that has only just gone by ("a visit that had been set for Monday") is not next year's.
_FAR, _JUST = 270, 31
_MEETINGS = frozenset({"AGREE", "CONSULT"})
# How far before an appointment the act stands that calls it off or asks for it.
_NEAR = 45


@dataclass(frozen=True, slots=True)
class _Entry:
    """An appointment and what found it."""

    one: Appointment
    made_by: str


def agenda(resolved: Resolved, events: tuple[Event, ...]) -> tuple[AgendaItem, ...]:
    """The agenda of a report in text order: what the encoder found, and dated plans that it did not."""
    text = resolved.annotated.report.text
    marked = [_Entry(one, "encoder") for one in resolved.annotated.appointments if _told(one.span.of(text))]
    planned = (_Entry(one, "rule: planned event") for one in _planned(events, resolved))
    entries = [*marked, *(p for p in planned if not any(p.one.span.overlap(m.one.span) for m in marked))]
    entries.sort(key=lambda entry: entry.one.span)
    return tuple(_item(f"a{n}", entry, events, resolved) for n, entry in enumerate(entries, 1))


def _told(words: str) -> bool:
    """Whether words say something: an article alone is a slip of the encoder."""
    return any(word.casefold() not in grammar().stop for word in WORD.findall(words))


def _planned(events: tuple[Event, ...], resolved: Resolved) -> Iterator[Appointment]:
    """Planned meetings with a day to come: of 111 in the training reports 104 stand on the agenda."""
    today = (resolved.annotated.report.published or "")[:10]
    for event in events:
        last = (event.date or "").split("/")[-1]
        to_come = bool(today and last) and today[: len(last)] <= last
        if event.type in _MEETINGS and event.status == "planned" and to_come:
            yield Appointment(span=_phrase(event), sentence=event.s, confidence=event.confidence)


def _phrase(event: Event) -> Span:
    """The words from the trigger to the last of date, place and parties that follow it closely."""
    known = (event.date_span, event.place_span, *(one.span for one in (*event.actor, *event.recipient)))
    start, end = event.trigger_span
    for span in sorted(span for span in known if span is not None and span.start >= end):
        if span.start - end <= _NEAR:
            end = max(end, span.end)
    return Span(start, end)


def _item(name: str, entry: _Entry, events: tuple[Event, ...], resolved: Resolved) -> AgendaItem:
    one = entry.one
    beside = [event for event in events if event.s == one.sentence]
    within = [event for event in beside if event.trigger_span.overlap(one.span)]
    return AgendaItem(
        id=name,
        s=one.sentence,
        text=resolved.annotated.quote(one.span),
        span=one.span,
        who=_who(one, within, resolved),
        when=_when(one, within, resolved),
        where=_where(one.span, within, resolved),
        status=_status(one, beside, within, resolved),
        event=within[0].id if within else None,
        confidence=round(one.confidence, 4),
        made_by=entry.made_by,
    )


def _who(one: Appointment, within: Sequence[Event], resolved: Resolved) -> tuple[str, ...]:
    """The parties of its event, else who is named in its words, else whoever is named just before them."""
    names = [actor.name or actor.text for event in within[:1] for actor in (*event.actor, *event.recipient)]
    if not names:
        named = sorted(span for span in resolved.identities if one.span.holds(span))
        names = [resolved.identities[span].name for span in named]
    if not names:
        sentence = resolved.annotated.sentences[one.sentence]
        before = [s for s in resolved.identities if sentence.start <= s.start and s.end <= one.span.start]
        names = [resolved.identities[max(before)].name] if before else []
    return tuple(dict.fromkeys(names))


def _where(span: Span, within: Sequence[Event], resolved: Resolved) -> str | None:
    inside = sorted(place for place in resolved.places if span.holds(place))
    if inside:
        return resolved.annotated.quote(inside[-1])
    return next((event.place for event in within if event.place), None)


def _when(one: Appointment, within: Sequence[Event], resolved: Resolved) -> str | None:
    """Its own time expression, else one of the sentence that looks ahead, else the day of its event."""
    today = published_day(resolved.annotated.report.published)
    moments = resolved.moments_of(one.sentence)
    inside = [m for m in moments if m.span.overlap(one.span) and m.iso]
    ahead = [m for m in inside if m.direction == "future" or m.planned] or inside
    days = [_ahead(moment, today) for moment in ahead]
    if len(days) == 2 and all(_DAY.fullmatch(day) for day in days) and days[0] < days[1]:
        return "/".join(days)
    if days:
        return days[0]
    coming = [m for m in moments if m.direction == "future" and m.iso]
    if len(coming) == 1:
        return _ahead(coming[0], today)
    return next((event.date for event in within if event.date and event.status == "planned"), None)


def _ahead(moment: Moment, today: date | None) -> str:
    """What a moment means for something to come."""
    past, coming = moment.iso or "", moment.planned
    if coming is None or today is None:
        return coming or past
    first, last = published_day(coming), published_day(past[-10:])
    if first and last and (first - today).days > _FAR and 0 <= (today - last).days <= _JUST:
        return past
    return coming


def _status(one: Appointment, beside: Sequence[Event], within: Sequence[Event], resolved: Resolved) -> str:
    text, words = resolved.annotated.report.text, _words()
    sentence = resolved.annotated.sentences[one.sentence]
    inside = one.span.of(text)
    lead = text[max(sentence.start, one.span.start - _NEAR) : one.span.end]
    rest = text[one.span.start : min(sentence.end, one.span.end + _NEAR)]
    if words.unset.search(rest):
        return "proposed"
    leading = list(_leading(one, beside))
    negated = any(event.status == "negated" for event in within)
    if negated or words.cancelled.search(lead) or words.cancelled.search(rest) or _refused(leading):
        return "cancelled"
    unsure = any(event.status == "hypothetical" for event in within)
    if words.fixed.search(inside) and not unsure:
        return "proposed" if words.open.search(inside) else "scheduled"
    asked = any(event.type in ("REQUEST", "THREATEN") for event in (*leading, *within))
    return "proposed" if asked or unsure or words.open.search(lead) else "scheduled"


def _leading(one: Appointment, beside: Sequence[Event]) -> Iterator[Event]:
    """The last event before the appointment, if it stands close."""
    before = [event for event in beside if event.trigger_span.end <= one.span.start]
    if before and one.span.start - before[-1].trigger_span.end <= _NEAR:
        yield before[-1]


def _refused(leading: Sequence[Event]) -> bool:
    return any(event.type == "REJECT" and event.mode == "meet" for event in leading)


@dataclass(frozen=True, slots=True)
class _Words:
    cancelled: re.Pattern[str]
    open: re.Pattern[str]
    fixed: re.Pattern[str]
    unset: re.Pattern[str]


@cache
def _words() -> _Words:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    classes: dict[str, list[str]] = {}
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        kind, word = line.split("\t")
        classes.setdefault(kind, []).append(word.rstrip("*") + r"\w*" if word.endswith("*") else word)
    alternatives = {kind: "|".join(words) for kind, words in classes.items()}
    return _Words(
        cancelled=re.compile(rf"\b(?:{alternatives['cancelled']})\b", re.IGNORECASE),
        open=re.compile(rf"\b(?:{alternatives['open']})\b"),
        fixed=re.compile(rf"\b(?:{alternatives['fixed']})\b", re.IGNORECASE),
        unset=re.compile(rf"\b(?:not|no|n['’]t)\b (?:[\w’']+ ){{0,4}}(?:{alternatives['unset']})\b", re.IGNORECASE),
    )
