"""The one event of a sentence, for sets that allow no more, and the parties as such sets write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, Event, Record, Span

# What a sentence reports as done or due comes before what it only supposes or denies.
_RANK = {"actual": 0, "historical": 0, "planned": 0, "alleged": 1, "hypothetical": 2, "negated": 3}


def ranked(events: Sequence[Event]) -> list[Event]:
    """Events of a sentence, the main one first: told as real, with somebody who does it, then the earliest.

    A news sentence opens with its news; what it tells later is the background.
    """
    return sorted(events, key=lambda e: (_RANK.get(e.status, 2), not e.actor, e.trigger_span.start))


def main_event(record: Record) -> Event | None:
    """The main event of a one-sentence record, None when nothing was found."""
    return next(iter(ranked(record.events)), None)


def symmetric(kind: str | None) -> bool:
    """True for a type whose pairs have no direction.

    >>> symmetric("CONSULT"), symmetric("AID")
    (True, False)
    """
    known = plover().types.get(kind or "")
    return known is not None and known.symmetric


def mutual(event: Event) -> bool:
    """True when all parties stand on one side, as two who meet."""
    return symmetric(event.type) and len(event.actor) > 1 and not event.recipient


def named_span(actor: Actor, record: Record) -> Span:
    """Where the actor is named first, for one who is spoken of by a pronoun; else its own span."""
    if not _pronoun(actor.text):
        return actor.span
    known = (k.mentions for k in record.actors if actor.span in k.mentions)
    names = [s for mentions in known for s in mentions if not _pronoun(s.of(record.text))]
    return min(names, default=actor.span)


def _pronoun(words: str) -> bool:
    return words.lower() in grammar().pronoun


def parties(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    """Actors in the fields of the PLOVER sets; words that mean several states stand once for each."""
    return [
        {"text": a.text, "code": code, "sector": a.sector, "start": a.span.start, "end": a.span.end}
        for a in actors
        for code in ((a.members or (None,)) if a.code is None else (a.code,))
    ]
