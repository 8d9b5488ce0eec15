"""The shipped coder: its sample, and verbatim or nothing over text of every kind."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tensionwire as tw
from tensionwire.exchange import FORMATS, writer
from tensionwire.records import content_hash
from tensionwire.samples import SAMPLE


@pytest.fixture(scope="module")
def coder() -> tw.Coder:
    return tw.load()


@pytest.fixture(scope="module")
def record(coder: tw.Coder) -> tw.Record:
    return coder(tw.read(SAMPLE))


def test_the_sample_has_something_of_everything(record: tw.Record) -> None:
    assert len(record.events) >= 8
    assert len(record.claims) >= 6
    assert record.figures
    assert record.agenda
    assert {"CHL", "PER"} <= {actor.code for actor in record.actors}
    assert record.agencies == ("AFP", "EFE", "Reuters")


def test_the_sample_is_quoted_to_the_letter(record: tw.Record) -> None:
    assert tw.misquotes(record) == []


def test_the_sample_follows_the_schema(record: tw.Record) -> None:
    Draft202012Validator(tw.json_schema()).validate(json.loads(tw.encode(record)))
    assert tw.decode(tw.encode(record)) == record


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_goes_into_every_format(record: tw.Record, name: str) -> None:
    assert len("".join(writer(name)([record]))) > 1000


def test_one_by_one_or_in_batches_is_the_same(coder: tw.Coder) -> None:
    sample = tw.read(SAMPLE)
    texts = [sample.text[at : at + 700] for at in range(0, len(sample.text) - 700, 350)]
    reports = [tw.Report(doc_id=str(n), text=t, content_hash=content_hash(t)) for n, t in enumerate(texts)]
    piped = list(coder.pipe(reports, batch_size=5))
    for one, many in zip(map(coder, reports), piped, strict=True):
        assert [(e.type, e.trigger_span) for e in one.events] == [(e.type, e.trigger_span) for e in many.events]


PIECES = (
    "Norway condemned Iceland on Monday.", '"We did nothing," the minister said.',
    "At least 14 people were killed.", "The U.S. and Canada warned of sanctions.",
    "He said he said he said he said.", "Mr. Smith of St. Ives met Dr. No.", "1,2,3,4.5.6",
    "", " ", "\n", "\n\n", "\t", "\r\n", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\u200b", "\u00a0",
    "👩‍👩‍👧", "e\u0301", "Привет.", "نزاع.", "爆炸。", "“", "”", "'", "(", "…", "-" * 300, "A" * 500,
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=12), st.sampled_from(["", " ", "\n"]))
def test_every_quote_stands_where_its_span_says(coder: tw.Coder, pieces: list[str], between: str) -> None:
    text = between.join(pieces).encode("utf-8", "replace").decode()
    report = tw.Report(doc_id="x", text=text, content_hash=content_hash(text), published="2024-03-06")
    assert tw.misquotes(coder(report)) == []
