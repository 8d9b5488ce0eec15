"""Whom a bare string of a name or phrase means, with no report around it or only a few words."""

from __future__ import annotations

from dataclasses import replace

from tensionwire.ontology.misspelt import misspelt
from tensionwire.records import Annotated, Identity, Mention, Report, Span, content_hash
from tensionwire.resolve.bodies import MISSPELT, STATES
from tensionwire.resolve.scene import Seat
from tensionwire.resolve.sectors import LIKENESS

# Rules by which an identity rests on surroundings that a bare string does not have.
_GUESSED = ("context", "person, context", "pronoun", "speaker")


def report_of(name: str, context: str | None, date: str | None) -> tuple[Annotated, Span]:
    """A report that holds the name as its only mention, and where: in the context if it stands there, else before it.

    >>> annotated, span = report_of("the general", "Troops obeyed the general.", None)
    >>> span.of(annotated.report.text), len(annotated.sentences)
    ('the general', 1)
    """
    from tensionwire.annotate.sentences import sentences  # its package loads the encoder's runtime: not needed before

    text = context if context and name in context else f"{name}. {context or ''}".strip()
    start = text.find(name)
    span = Span(start, start + len(name))
    report = Report(doc_id="", text=text, content_hash=content_hash(text), published=date)
    found = sentences(text) or (Span(0, len(text)),)
    sentence = max((i for i, s in enumerate(found) if s.start <= span.start), default=0)
    return Annotated(report=report, sentences=found, mentions=(Mention(span=span, sentence=sentence),)), span


def _sector_rule(identity: Identity) -> str:
    return LIKENESS if identity.rule.endswith(LIKENESS) else ""


def judged(identity: Identity, seat: Seat, *, context: str | None, country: str | None, held: str | None) -> Identity:
    """What may be said of a bare name: no code that only a report could tell, no part of a state that none names.

    `held` is the sector by which the table of offices knows the bearer.
    """
    guessed = identity.rule.startswith(_GUESSED)
    if guessed and not context:
        rule = f"bare noun{_sector_rule(identity)}"
        identity = replace(identity, code=None, reason="the name alone does not tell of which state", rule=rule)
    code = misspelt(identity.name) if identity.code is None and not context else None
    if code:
        identity = replace(identity, code=code, reason=None, rule=f"{MISSPELT}, itself")
    if identity.code is None and not identity.members and country:
        identity = replace(identity, code=country, reason=None, rule=f"country given{_sector_rule(identity)}")
    entry = seat.reading.entry
    if entry is not None and seat.reading.whole and entry.kind in STATES - {"capital", "people"}:
        return replace(identity, sector=None)
    if held is not None and identity.sector is None:
        return replace(identity, sector=held)
    return identity
