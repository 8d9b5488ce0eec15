"""Whom, when and where: our own resolver over what a model quoted; a code that the model gave comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tensionwire.llm.verified import Party, Verified, When
from tensionwire.records import (
    Annotated,
    Appointment,
    Attribution,
    Count,
    Identity,
    Mention,
    Moment,
    Place,
    Report,
    Resolved,
    Span,
    Tie,
    Trigger,
)
from tensionwire.resolve.times import reading


def annotated(found: Verified, report: Report, sentences: tuple[Span, ...]) -> Annotated:
    """What a model quoted, as an encoder would give it."""
    named = {party.named: party for party in found.parties() if party.named is not None}
    return Annotated(
        report=report,
        sentences=sentences,
        triggers=tuple(
            Trigger(
                span=act.span,
                sentence=act.s,
                type=act.type,
                mode=act.mode,
                status=act.status,
                contexts=act.contexts,
                actors=_mentions(act.actors),
                recipients=_mentions(act.recipients),
                places=(act.place,) if act.place else (),
                dates=(act.when.span,) if act.when else (),
            )
            for act in found.acts
        ),
        attributions=tuple(
            Attribution(
                content=one.content,
                sentence=one.s,
                cue=one.cue,
                speakers=(one.speaker.mention,) if one.speaker else (),
                stance=one.stance,
                evidence=one.evidence,
            )
            for one in found.sayings
        ),
        mentions=tuple(_at(span, party, sentences) for span, party in named.items()),
        counts=tuple(Count(span=one.span, sentence=one.s) for one in found.numbers),
        ties=tuple(
            Tie(span=one.span, sentence=one.s, sign=one.sign, a=(one.a.mention,), b=(one.b.mention,))
            for one in found.bonds
        ),
        appointments=tuple(Appointment(span=one.span, sentence=one.s) for one in found.due),
    )


def informed(resolved: Resolved, parties: Iterable[Party]) -> Resolved:
    """The resolved report, with what the model says of a party wherever that is more, or is asked first."""
    identities = dict(resolved.identities)
    for party in parties:
        identities[party.mention.span] = _identity(party, resolved)
    return replace(resolved, identities=identities)


def moment(when: When | None, resolved: Resolved) -> Moment | None:
    """The time expression that the model's words hold, as our grammar reads it."""
    if when is None:
        return None
    over = [one for one in resolved.moments if one.span.overlap(when.span)]
    return max(over, key=lambda one: one.span.overlap(when.span), default=None)


def date(when: When | None, resolved: Resolved, *, planned: bool) -> tuple[str | None, str | None]:
    """The ISO date of words, or None with the reason; the calendar is ours, the model's reading steps in."""
    if when is None:
        return None, "the report gives no date for it"
    known = moment(when, resolved)
    told = (reading(known, planned=planned) if known else None) or when.iso
    return told, None if told else (known and known.reason) or "its words give no date"


def place(span: Span, resolved: Resolved) -> Place | None:
    """The place of the gazetteer that a span means."""
    over = {known: one for known, one in resolved.places.items() if known.overlap(span)}
    return over[max(over, key=span.overlap)] if over else None


def _mentions(parties: Iterable[Party]) -> tuple[Mention, ...]:
    return tuple({party.mention.span: party.mention for party in parties}.values())


def _at(span: Span, party: Party, sentences: tuple[Span, ...]) -> Mention:
    s = next((n for n, sentence in enumerate(sentences) if span.start < sentence.end), 0)
    return replace(party.mention, span=span, sentence=s)


def _identity(party: Party, resolved: Resolved) -> Identity:
    """Who a party is: by the name that the model gave for the words, else by the words."""
    text = resolved.annotated.report.text
    own = resolved.identities.get(party.mention.span) or Identity(name=party.mention.span.of(text))
    known = resolved.identities.get(party.named, own) if party.named else own
    name = party.named.of(text) if party.named else known.name
    sector = known.sector or party.sector
    if party.code and party.code != known.code:
        return Identity(name=name, code=party.code, sector=sector, rule="model")
    return replace(known, name=name, sector=sector)
