"""All that is known of a report before anybody in it is identified: words, people, traces of states, mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tensionwire.records import Annotated, Mention, Span, Trigger
from tensionwire.resolve.atlas import Atlas, Sheet
from tensionwire.resolve.people import Person, people
from tensionwire.resolve.phrases import Reading, read
from tensionwire.resolve.scan import Scan, scan
from tensionwire.resolve.traces import Traces, traces
from tensionwire.resolve.words import Name

# Types of events in which the two sides fight or harm each other.
CONFLICT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One mention span with its reading; `acts` are the events that it has a part in, with the part."""

    span: Span
    sentence: int
    reading: Reading
    sector: str | None
    confidence: float
    kind: str
    role: str
    acts: tuple[tuple[Trigger, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A report laid out. `bearer` gives the index of the person of each name; `seats` stand in text order."""

    annotated: Annotated
    date: str | None
    scan: Scan
    people: tuple[Person, ...]
    bearer: Mapping[Name, int]
    traces: Traces
    sheet: Sheet
    seats: tuple[Seat, ...]

    def person(self, first: int, last: int) -> int | None:
        """The person whose name shares words with a stretch."""
        for at in range(first, last):
            name = self.scan.named[at]
            if name is not None and name in self.bearer:
                return self.bearer[name]
        return None

    def text(self, span: Span) -> str:
        """The words of a span."""
        return span.of(self.annotated.report.text)


@dataclass(slots=True)
class _Part:
    """A mention span as it is gathered: its best sector and all its parts."""

    mention: Mention
    role: str
    acts: list[tuple[Trigger, str]]


def scene(annotated: Annotated, atlas: Atlas, renowned: Callable[[str], bool]) -> Scene:
    """Lay a report out; `atlas` knows the states of places, `renowned` the full names of persons."""
    report = annotated.report
    laid = scan(report.text, annotated.sentences, report.published, renowned)
    sheet = Sheet(atlas, laid)
    parts = _gathered(annotated)
    sure = (n for p in parts.values() if p.mention.kind == "person" for n in laid.names_in(*laid.reach(p.mention.span)))
    found = people(laid, sure, sheet.code)
    bearer = {name: index for index, person in enumerate(found) for name in person.names}
    seats = (_seat(laid, span, part, frozenset(bearer)) for span, part in parts.items())
    return Scene(
        annotated=annotated,
        date=report.published,
        scan=laid,
        people=found,
        bearer=bearer,
        traces=traces(laid, bearer, sheet.code),
        sheet=sheet,
        seats=tuple(sorted(seats, key=lambda seat: (seat.span.start, -seat.span.end))),
    )


def _gathered(annotated: Annotated) -> dict[Span, _Part]:
    """Each mention span once, with its first role and its surest sector."""
    parts: dict[Span, _Part] = {}
    for mention, role, trigger in _roles(annotated):
        part = parts.setdefault(mention.span, _Part(mention, role, []))
        if mention.sector_confidence > part.mention.sector_confidence:
            part.mention = mention
        if trigger is not None:
            part.acts.append((trigger, role))
    return parts


def _roles(annotated: Annotated) -> Iterable[tuple[Mention, str, Trigger | None]]:
    for trigger in annotated.triggers:
        yield from ((m, "actor", trigger) for m in trigger.actors)
        yield from ((m, "recipient", trigger) for m in trigger.recipients)
    for attribution in annotated.attributions:
        yield from ((m, "speaker", None) for m in attribution.speakers)
    for tie in annotated.ties:
        yield from ((m, "side", None) for m in (*tie.a, *tie.b))
    yield from ((m, "mention", None) for m in annotated.mentions)


def _seat(laid: Scan, span: Span, part: _Part, known: frozenset[Name]) -> Seat:
    mention = part.mention
    return Seat(
        span=span,
        sentence=mention.sentence,
        reading=read(laid, *laid.reach(span), people=known),
        sector=None if mention.sector in ("-", "UNK", "") else mention.sector,
        confidence=mention.sector_confidence,
        kind=mention.kind,
        role=part.role,
        acts=tuple(part.acts),
    )


def quoted(annotated: Annotated) -> list[Span]:
    """Stretches of attributed words in quotation marks."""
    return [a.content for a in annotated.attributions if a.form != "indirect"]
