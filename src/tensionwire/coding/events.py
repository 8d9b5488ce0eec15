"""Events: who did what to whom, from triggers whose parties, dates and places are resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tensionwire.coding import who
from tensionwire.coding.acts import Stage
from tensionwire.coding.dates import Dates
from tensionwire.coding.places import Wheres
from tensionwire.coding.retelling import retold
from tensionwire.ontology.cameo import code_of
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, Event, Resolved, Span, Trigger

# In the training records no deed right behind these two ever happened.
_POSSIBLE = re.compile(r"\b(?:could|might)(?:\s+\S+){0,2}\s+\Z", re.IGNORECASE)
# Without guest and host, all who meet are actors.
_GUEST_AND_HOST = frozenset({"visit", "third-party"})
_APART = re.compile(r"[^\s-]")
_NOWHERE = (None, None, None)
_WORDS_AFTER = re.compile(r"(?:\W+\w[\w'’-]*){0,5}")


def events(resolved: Resolved) -> tuple[Event, ...]:
    """The events of a report in text order, each with an id and, for a retelling, the first telling's id."""
    return retold(told(resolved), resolved.annotated)


def told(resolved: Resolved) -> tuple[Event, ...]:
    """The events of a report in text order, retellings not yet told apart."""
    stage = Stage(resolved.annotated)
    finders = Dates.of(resolved, stage), Wheres.of(resolved, stage)
    triggers = whole(resolved.annotated.triggers, resolved.annotated.report.text)
    return tuple(_event(f"e{n}", trigger, resolved, *finders) for n, trigger in enumerate(triggers, 1))


def whole(triggers: Iterable[Trigger], text: str) -> list[Trigger]:
    """Triggers in text order; neighbours of one type with nothing between them are one act's words.

    >>> parts = [Trigger(span=s, sentence=0, type="ACCUSE") for s in (Span(0, 4), Span(5, 17))]
    >>> [trigger.span for trigger in whole(parts, "drew condemnation")]
    [Span(start=0, end=17)]
    """
    found: list[Trigger] = []
    for trigger in sorted(triggers, key=lambda one: one.span):
        if found and _adjoin(found[-1], trigger, text):
            found[-1] = _joined(found[-1], trigger)
        else:
            found.append(trigger)
    return found


def _adjoin(one: Trigger, two: Trigger, text: str) -> bool:
    if one.sentence != two.sentence or one.type != two.type or two.span.start < one.span.end:
        return False
    return _APART.search(text, one.span.end, two.span.start) is None


def _joined(one: Trigger, two: Trigger) -> Trigger:
    """Two pieces of one act: what the surer piece says, and the parties of both."""
    surer = one if one.confidence >= two.confidence else two
    return replace(
        surer,
        span=Span(one.span.start, max(one.span.end, two.span.end)),
        mode=surer.mode or one.mode or two.mode,
        contexts=tuple(dict.fromkeys((*one.contexts, *two.contexts))),
        actors=tuple({mention.span: mention for mention in (*one.actors, *two.actors)}.values()),
        recipients=tuple({mention.span: mention for mention in (*one.recipients, *two.recipients)}.values()),
        places=one.places or two.places,
        dates=one.dates or two.dates,
    )


def _event(name: str, trigger: Trigger, resolved: Resolved, dates: Dates, wheres: Wheres) -> Event:
    onto, words = plover(), resolved.annotated.quote(trigger.span)
    doers, targets = _sides(trigger, resolved)
    day, (place, place_span, where) = dates.choose(trigger), wheres.choose(trigger) or _NOWHERE
    return Event(
        id=name,
        s=trigger.sentence,
        trigger=words,
        trigger_span=trigger.span,
        type=trigger.type,
        mode=trigger.mode if (trigger.type, trigger.mode or "") in onto.modes else None,
        status=_status(trigger, resolved),
        actor=doers,
        recipient=targets,
        contexts=trigger.contexts,
        quad=onto.quad(trigger.type),
        score=onto.score(trigger.type, trigger.mode),
        cameo=code_of(trigger.type, trigger.mode, trigger.contexts, words, _after(trigger, resolved)),
        date=day.iso if day else None,
        date_span=day.span if day else None,
        date_reason=None if day else _undated(trigger, resolved),
        place=place,
        place_span=place_span,
        where=where,
        place_reason=(where.reason if where else None) if place else "the report names no place for it",
        confidence=round(trigger.confidence, 4),
        made_by="encoder",
    )


def _undated(trigger: Trigger, resolved: Resolved) -> str:
    """Why an act has no date: what is wrong with the time expression of its sentence, or that there is none."""
    reasons = (moment.reason for moment in resolved.moments_of(trigger.sentence) if moment.iso is None)
    return next(filter(None, reasons), "the report gives no date for it")


def _sides(trigger: Trigger, resolved: Resolved) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    if trigger.type == "CONSULT" and trigger.actors and trigger.mode not in _GUEST_AND_HOST:
        return who.actors((*trigger.actors, *trigger.recipients), resolved), ()
    return who.actors(trigger.actors, resolved), who.actors(trigger.recipients, resolved)


def _status(trigger: Trigger, resolved: Resolved) -> str:
    if trigger.status != "actual" or plover().types[trigger.type].spoken:
        return trigger.status
    sentence = resolved.annotated.sentences[trigger.sentence]
    before = resolved.annotated.report.text[sentence.start : trigger.span.start]
    return "hypothetical" if _POSSIBLE.search(before) else trigger.status


def _after(trigger: Trigger, resolved: Resolved) -> str:
    text, end = resolved.annotated.report.text, resolved.annotated.sentences[trigger.sentence].end
    match = _WORDS_AFTER.match(text, trigger.span.end, max(end, trigger.span.end))
    return match.group() if match else ""
