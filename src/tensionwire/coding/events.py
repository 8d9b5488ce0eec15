"""Events: who did what to whom, from triggers whose parties, dates and places are resolved."""

from __future__ import annotations

import re

from tensionwire.coding import who
from tensionwire.coding.acts import Stage
from tensionwire.coding.dates import Dates
from tensionwire.coding.places import Wheres
from tensionwire.coding.retelling import retold
from tensionwire.ontology.cameo import code_of
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, Event, Resolved, Trigger

# In the training records no deed right behind these two ever happened.
_POSSIBLE = re.compile(r"\b(?:could|might)(?:\s+\S+){0,2}\s+\Z", re.IGNORECASE)
# Without guest and host, all who meet are actors.
_GUEST_AND_HOST = frozenset({"visit", "third-party"})
_NOWHERE = (None, None, None)
_WORDS_AFTER = re.compile(r"(?:\W+\w[\w'’-]*){0,5}")


def events(resolved: Resolved) -> tuple[Event, ...]:
    """The events of a report in text order, each with an id and, for a retelling, the first telling's id."""
    return retold(told(resolved), resolved.annotated)


def told(resolved: Resolved) -> tuple[Event, ...]:
    """The events of a report in text order, retellings not yet told apart."""
    stage = Stage(resolved.annotated)
    finders = Dates.of(resolved, stage), Wheres.of(resolved, stage)
    triggers = sorted(resolved.annotated.triggers, key=lambda trigger: trigger.span)
    return tuple(_event(f"e{n}", trigger, resolved, *finders) for n, trigger in enumerate(triggers, 1))


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
        confidence=round(trigger.confidence * trigger.type_confidence, 4),
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
