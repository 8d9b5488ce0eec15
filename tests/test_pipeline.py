"""From reports to records, batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harbour import CLAIMS, EVENTS, RECORD
from tensionwire.pipeline import Coder, batches, confident
from tensionwire.records import Annotated, Record, Report, Resolved, Span, content_hash, misquotes


class Encoder:
    """Finds sentences and nothing else; keeps the sizes of its batches."""

    version, hash = "0", "0" * 64

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def annotate(self, reports: Sequence[Report]) -> list[Annotated]:
        self.sizes.append(len(reports))
        if any("raise" in report.text for report in reports):
            raise ValueError("asked to fail")
        return [Annotated(report=r, sentences=(Span(0, len(r.text)),)) for r in reports]


class Resolver:
    """Resolves nothing."""

    def resolve(self, annotated: Annotated) -> Resolved:
        return Resolved(annotated=annotated, identities={}, places={})


def report(n: int, text: str = "Nothing happened.", language: str = "en") -> Report:
    return Report(doc_id=str(n), text=text, content_hash=content_hash(text), language=language)


@pytest.fixture
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def coder(encoder: Encoder) -> Coder:
    return Coder(encoder=encoder, resolver=Resolver())


def test_records_come_in_the_order_of_their_reports(coder: Coder, encoder: Encoder) -> None:
    reports = [report(n, language="de" if n % 3 == 1 else "en") for n in range(20)]
    assert [r.doc_id for r in coder.pipe(reports, batch_size=8)] == [str(n) for n in range(20)]
    assert encoder.sizes == [5, 6, 2]


def test_a_record_repeats_its_report_and_names_its_coder(coder: Coder) -> None:
    record = coder(replace(report(1), title="T", agencies=("AFP",), published="2024-03-06"))
    assert (record.title, record.agencies, record.published) == ("T", ("AFP",), "2024-03-06")
    assert record.coder.startswith("tensionwire ")
    assert misquotes(record) == []


@pytest.mark.parametrize("language", ["de", "zh", "und"])
def test_another_language_is_read_and_not_coded(coder: Coder, encoder: Encoder, language: str) -> None:
    record = coder(report(1, language=language))
    assert record.events == record.claims == ()
    assert f"({language})" in record.notes[0]
    assert sum(encoder.sizes) == 0


def test_a_report_that_fails_is_told_and_the_others_are_coded(coder: Coder) -> None:
    reports = [report(0), report(1, "raise"), report(2)]
    told: list[str] = []
    records = list(coder.pipe(reports, on_error=lambda r, error: told.append(f"{r.doc_id}: {error}")))
    assert [record.doc_id for record in records] == ["0", "2"]
    assert told == ["1: asked to fail"]
    with pytest.raises(ValueError, match="asked to fail"):
        list(coder.pipe(reports))


def test_pipe_is_lazy(coder: Coder) -> None:
    drawn: list[int] = []

    def endless():  # type: ignore[no-untyped-def]
        for n in range(10**9):
            drawn.append(n)
            yield report(n)

    next(coder.pipe(endless(), batch_size=4))
    assert len(drawn) == 4


def test_batches_of_nothing() -> None:
    assert list(batches([], 3)) == []


def test_confident_keeps_what_is_sure() -> None:
    assert confident(RECORD, 0.0) is RECORD
    slim = confident(RECORD, 0.6)
    assert [event.id for event in slim.events] == ["e1", "e2", "e3", "e4", "e6"]
    assert slim.notes == ("1 item less than 0.6 sure left out.",)


def test_confident_clears_links_to_what_is_gone() -> None:
    unsure = replace(
        RECORD,
        events=tuple(replace(e, confidence=0.1 if e.id == "e2" else 0.9) for e in EVENTS),
        claims=tuple(replace(c, confidence=0.1 if c.id == "c3" else 0.9) for c in CLAIMS),
    )
    slim = confident(unsure, 0.5)
    assert {claim.about for claim in slim.claims} == {None}
    assert {claim.disputes for claim in slim.claims} == {None}
    assert {figure.event for figure in slim.figures} == {None}
    assert slim.agenda[0].event == "e6"


def _retold(*confidences: float) -> Record:
    first, *rest = confidences
    events = [replace(EVENTS[0], id="e1", confidence=first)]
    events += [replace(EVENTS[0], id=f"e{n}", same_as="e1", confidence=c) for n, c in enumerate(rest, 2)]
    return replace(RECORD, events=tuple(events), claims=(), figures=(), agenda=(), relations=())


@pytest.mark.parametrize(
    ("confidences", "links"),
    [
        ((0.9, 0.9, 0.9), {"e1": None, "e2": "e1", "e3": "e1"}),
        ((0.1, 0.9, 0.9), {"e2": None, "e3": "e2"}),
        ((0.1, 0.1, 0.9), {"e3": None}),
        ((0.9, 0.1, 0.9), {"e1": None, "e3": "e1"}),
    ],
)
def test_what_is_told_again_points_at_what_is_left(
    confidences: tuple[float, ...], links: dict[str, str | None]
) -> None:
    slim = confident(_retold(*confidences), 0.5)
    assert {event.id: event.same_as for event in slim.events} == links
