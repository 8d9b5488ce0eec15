"""The whole record: every quoted string stands where its span says, whatever the encoder found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from draft import Draft
from tensionwire.coding import code
from tensionwire.records import (
    Annotated,
    Appointment,
    Attribution,
    Count,
    Identity,
    Mention,
    Record,
    Report,
    Resolved,
    Span,
    Tie,
    Trigger,
    decode,
    encode,
)

TYPES = ("AGREE", "CONSULT", "ACCUSE", "REJECT", "ASSAULT", "SANCTION")
STATUSES = ("actual", "planned", "hypothetical", "negated", "alleged")
STANCES = ("asserts", "denies", "accuses", "predicts")
TEXTS = st.text(alphabet='abN é’"“”.,-\n🎌7', min_size=1, max_size=120)


@st.composite
def resolved_reports(draw: st.DrawFn) -> Resolved:
    text = draw(TEXTS)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=4))})
    sentences = tuple(Span(a, b) for a, b in itertools.pairwise(cuts))
    identities: dict[Span, Identity] = {}

    def span(within: Span) -> Span:
        start = draw(st.integers(within.start, within.end - 1))
        return Span(start, draw(st.integers(start + 1, within.end)))

    def mentions(s: int) -> tuple[Mention, ...]:
        found = tuple(Mention(span=span(sentences[s]), sentence=s) for _ in range(draw(st.integers(0, 2))))
        for mention in found:
            code = draw(st.sampled_from((None, "NOR", "IGO")))
            members = draw(st.sampled_from(((), ("NOR", "SWE"))))
            identities[mention.span] = Identity(name=text[slice(*mention.span)], code=code, members=members)
        return found

    def each() -> Iterator[int]:
        return (draw(st.integers(0, len(sentences) - 1)) for _ in range(draw(st.integers(0, 3))))

    report = Report(doc_id="x", text=text, content_hash="", published=draw(st.sampled_from((None, "2020-02-29"))))
    found = Annotated(
        report=report,
        sentences=sentences,
        triggers=tuple(
            Trigger(
                span=span(sentences[s]),
                sentence=s,
                type=draw(st.sampled_from(TYPES)),
                status=draw(st.sampled_from(STATUSES)),
                actors=mentions(s),
                recipients=mentions(s),
            )
            for s in each()
        ),
        attributions=tuple(
            Attribution(
                content=span(sentences[s]),
                sentence=s,
                cue=draw(st.sampled_from((None, span(sentences[s])))),
                speakers=mentions(s),
                stance=draw(st.sampled_from(STANCES)),
            )
            for s in each()
        ),
        counts=tuple(Count(span=span(sentences[s]), sentence=s) for s in each()),
        ties=tuple(Tie(span=span(sentences[s]), sentence=s, sign="+", a=mentions(s)) for s in each()),
        appointments=tuple(Appointment(span=span(sentences[s]), sentence=s) for s in each()),
    )
    return Resolved(annotated=found, identities=identities, places={})


def quotes(record: Record) -> Iterator[tuple[str, Span]]:
    for event in record.events:
        yield event.trigger, event.trigger_span
        for one in (*event.actor, *event.recipient):
            yield one.text, one.span
        if event.place is not None and event.place_span is not None:
            yield event.place, event.place_span
    for claim in record.claims:
        yield claim.content, claim.content_span
        if claim.cue is not None and claim.cue_span is not None:
            yield claim.cue, claim.cue_span
        if claim.speaker is not None:
            yield claim.speaker.text, claim.speaker.span
    for item in (*record.figures, *record.relations, *record.agenda):
        yield item.text, item.span


@settings(max_examples=60, deadline=None)
@given(resolved_reports())
def test_verbatim_and_whole(resolved: Resolved) -> None:
    record = code(resolved)
    assert all(words == span.of(record.text) for words, span in quotes(record))
    events = {event.id for event in record.events}
    claims = [claim.id for claim in record.claims]
    for event in record.events:
        assert event.same_as is None or event.same_as in events
        assert event.same_as != event.id
    for n, claim in enumerate(record.claims):
        assert claim.about is None or claim.about in events
        assert claim.disputes is None or claim.disputes in claims[:n]
        assert (claim.evidence is None) == (claim.evidence_span is None)
    assert len(events) <= len(resolved.annotated.triggers)
    assert decode(encode(record)) == record


def test_notes_say_what_is_missing() -> None:
    assert code(Draft(["It rained."], published="2020-01-01").resolved()).notes == ()
    (note,) = code(Draft(["It rained."], published=None).resolved()).notes
    assert "the page gives none" in note


def test_known_actors_are_listed_once() -> None:
    aro = Identity(name="Lena Aro", code="FIN", sector="GOV", office="foreign minister")
    draft = Draft(["Lena Aro left.", "Later Aro wrote.", "a few men left"], who={"Lena Aro": aro, "Aro": aro})
    draft.mention(0, "Lena Aro")
    draft.mention(1, "Aro")
    draft.mention(2, "a few men")
    (known,) = code(draft.resolved()).actors
    assert (known.name, known.office) == ("Lena Aro", "foreign minister")
    assert [span.of(draft.text) for span in known.mentions] == ["Lena Aro", "Aro"]
