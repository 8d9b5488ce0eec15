"""Agenda: planned events, and the later report that shows them held, moved or cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from tensionwire.link.incidents import Linker
from tensionwire.link.reasons import reasons
from tensionwire.link.tables import numbers, phrases
from tensionwire.link.tellings import bounds, first_tellings, sentence, tellings, topic
from tensionwire.link.views import view
from tensionwire.link.words import stems
from tensionwire.records import AgendaItem, Party, Record, Telling

_MEETING = ("CONSULT", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An agenda item with what its report knows of it. `first` and `last` are ISO days that bound its date.

    `telling` is the planned event: the record's own, or, where it has none, a meeting made of the item's words.
    """

    report: str
    item: AgendaItem
    telling: Telling
    sentence: str = ""
    parties: tuple[Party, ...] = ()
    first: str | None = None
    last: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a planned event.

    `state` is "held", "moved", "cancelled", "open" (still to come) or "unknown" (its day is past, or it has none, and
    no report tells). `telling` is what shows it; `probability` how likely that tells of the same; `when` the new ISO
    date or interval of one that was moved.
    """

    state: str
    telling: Telling | None = None
    when: str | None = None
    probability: float = 0.0
    reasons: tuple[str, ...] = ()


def planned(record: Record, *, report: str) -> tuple[Planned, ...]:
    """The agenda items of a report, ready to be matched."""
    told, heads = {one.event: one for one in tellings(record, report=report)}, first_tellings(record.events)
    return tuple(_planned(record, item, report, told.get(heads.get(item.event or "", ""))) for item in record.agenda)


def _planned(record: Record, item: AgendaItem, report: str, event: Telling | None) -> Planned:
    first, last = bounds(item.when)
    words = sentence(record, item.s)
    known = {actor.name: actor for actor in record.actors}
    named = [Party(name=who, code=known[who].code if who in known else None) for who in item.who]
    of_event = (*event.actor, *event.recipient) if event else ()
    parties = tuple({party.name: party for party in (*named, *of_event)}.values())
    plan = event or Telling(
        report=report, event=item.id, type=_MEETING[0], quad=_MEETING[1], score=0.0, trigger=item.text
    )
    telling = replace(
        plan, status="planned", actor=parties, recipient=(), first=first, last=last, sentence=words,
        published=record.published[:10] if record.published else None, place=plan.place or item.where,
        topic=topic(record),
    )  # fmt: skip
    return Planned(
        report=report, item=item, telling=telling, sentence=words.strip(), parties=parties,
        first=first, last=last, published=telling.published,
    )  # fmt: skip


def window(item: Planned) -> tuple[str | None, str | None]:
    """ISO days (inclusive) of publication between which a report may tell the outcome; None is open."""
    limits = numbers("agenda.tsv")
    end = item.last or item.published
    days = limits["days after"] if item.last else limits["days after, undated"]
    return item.published, _later(end, int(days)) if end else None


def outcome(item: Planned, later: Iterable[Telling], *, today: str) -> Outcome:
    """What became of a planned event as far as later tellings show; `today` is an ISO day.

    The last word counts: a meeting put off and then held was held. A telling counts if it was published in the item's
    `window`, names two of the parties (one, where only one is known), and is likely of the same happening.
    """
    found = sorted(_outcomes(item, later), key=lambda one: (_published(one), one.state == "held", one.probability))
    if found:
        return found[-1]
    if item.item.status == "cancelled":
        return Outcome(state="cancelled", telling=item.telling, probability=1.0, reasons=("the item itself says so",))
    if item.last is not None and today <= item.last:
        return Outcome(state="open", reasons=(f"its day is still to come ({item.last})",))
    why = f"its day is past ({item.last}) and no report tells of it" if item.last else "it has no day"
    return Outcome(state="unknown", reasons=(why,))


def _outcomes(item: Planned, later: Iterable[Telling]) -> Iterator[Outcome]:
    since, until = window(item)
    for told in later:
        day = told.published
        timely = day is None or ((since is None or since <= day) and (until is None or day <= until))
        if told.report != item.report and timely and _parties_agree(item, told):
            state, when = _state(item, told)
            probability = _likely(item, told, state) if state else 0.0
            if state and probability >= numbers("agenda.tsv")["threshold"]:
                why = (_why(state, told, when), *reasons(view(told), view(item.telling)))
                yield Outcome(state=state, telling=told, when=when, probability=round(probability, 4), reasons=why)


def _parties_agree(item: Planned, told: Telling) -> bool:
    """Whether enough of the parties are there, by name or code, each counted once."""
    theirs = (*told.actor, *told.recipient)
    names, codes = {p.name for p in theirs if p.name}, {p.code for p in theirs if p.code}
    words = told.sentence
    met = {p.code or p.name for p in item.parties if p.name in names or p.code in codes or (p.name and p.name in words)}
    known = {p.code or p.name for p in item.parties}
    return bool(met) and len(met) >= min(2, len(known))


def _state(item: Planned, told: Telling) -> tuple[str | None, str | None]:
    """What a telling says became of the plan, and the new date of one that was moved; (None, None) if nothing."""
    words = phrases("agenda_words.tsv")
    if words["moved"].search(told.sentence):
        return "moved", _when(told) if told.first != item.first else None
    if words["cancelled"].search(told.sentence) or (told.status == "negated" and _kin(item, told)):
        return "cancelled", None
    if not _kin(item, told):
        return None, None
    if told.status == "planned":
        changed = item.first and told.first and item.last and (told.first > item.last or (told.last or "") < item.first)
        return ("moved", _when(told)) if changed else (None, None)
    return ("held", None) if told.status == "actual" and _on_the_day(item, told) else (None, None)


def _kin(item: Planned, told: Telling) -> bool:
    """Whether a telling is of the plan's kind: its type, or a meeting where one was to be."""
    meeting = ("AGREE", "CONSULT")
    return told.type == item.telling.type or (told.type in meeting and item.telling.type in meeting)


def _on_the_day(item: Planned, told: Telling) -> bool:
    """Whether a telling is dated to the plan's days, give or take one, or undated and published from then on."""
    if item.first is None or item.last is None:
        return told.first is None or item.published is None or told.first >= item.published
    if told.first is None or told.last is None:
        return told.published is not None and told.published >= item.first
    return told.first <= (_later(item.last, 1) or "") and told.last >= (_later(item.first, -1) or "")


def _likely(item: Planned, told: Telling, state: str) -> float:
    """The linker's probability, told as if it were a plan too."""
    alike = replace(told, status="planned")
    return _linker().probability(item.telling, alike if state == "held" else _undone(item, alike))


def _undone(item: Planned, told: Telling) -> Telling:
    """A telling of one called off or moved, as a telling of the plan: the act is the calling off, the date is new."""
    plan = item.telling
    names_it = not stems(plan.trigger).keys().isdisjoint(stems(told.sentence))
    return replace(
        told,
        first=None,
        last=None,
        published=item.published,
        type=plan.type,
        quad=plan.quad,
        trigger=plan.trigger if names_it else told.trigger,
    )


@cache
def _linker() -> Linker:
    return Linker.load()


def _when(told: Telling) -> str | None:
    if told.first is None or told.last is None:
        return told.first or told.last
    return told.first if told.first == told.last else f"{told.first}/{told.last}"


def _why(state: str, told: Telling, when: str | None) -> str:
    day = f" of {told.published}" if told.published else ""
    return f"a report{day} tells that it was {state}" + (f" to {when}" if when else "")


def _published(one: Outcome) -> str:
    return (one.telling.published if one.telling else None) or ""


def _later(day: str, days: int) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return None
