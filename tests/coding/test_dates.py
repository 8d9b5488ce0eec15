"""Which time expression dates which act."""

from __future__ import annotations

import pytest

from tensionwire.coding.dates import Dates
from tensionwire.records import Annotated, Report, Span, Trigger
from tensionwire.resolve.times import moments


def dated(
    sentences: list[str], acts: list[tuple[int, str, str, str]], published: str | None = "2017-04-11"
) -> list[str | None]:
    """The date of each act (sentence, words, type, status), the encoder silent about dates."""
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    triggers = []
    for number, words, kind, status in acts:
        start = text.index(words, spans[number].start)
        triggers.append(Trigger(span=Span(start, start + len(words)), sentence=number, type=kind, status=status))
    report = Report(doc_id="t", text=text, content_hash="", published=published)
    annotated = Annotated(report=report, sentences=tuple(spans), triggers=tuple(triggers))
    dates = Dates(annotated, moments(annotated))
    return [moment.iso if (moment := dates.choose(trigger)) else None for trigger in triggers]


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "iso"),
    [
        ("Police arrested 40 marchers on Monday.", "arrested", "COERCE", "2017-04-10"),
        ("On April 4 jets bombed the town.", "bombed", "ASSAULT", "2017-04-04"),
        ("Monday's raid killed six.", "raid", "ASSAULT", "2017-04-10"),
        ("Rebels seized the port last week.", "seized", "COERCE", "2017-04-03/2017-04-09"),
    ],
)
def test_own_sentence(sentence: str, words: str, kind: str, iso: str) -> None:
    assert dated([sentence], [(0, words, kind, "actual")]) == [iso]


def test_plan_takes_the_coming_day() -> None:
    assert dated(["The ministers will meet on Friday."], [(0, "meet", "AGREE", "planned")]) == ["2017-04-14"]


def test_two_acts_two_dates() -> None:
    text = "On Monday the court freed the men whom soldiers had seized on March 3."
    found = dated([text], [(0, "freed", "RETREAT", "actual"), (0, "seized", "COERCE", "actual")])
    assert found == ["2017-04-10", "2017-03-03"]


def test_headline_takes_the_date_of_its_story() -> None:
    story = ["Police Detain Marchers In Sarno", "Police detained 40 marchers in Sarno on Monday."]
    found = dated(story, [(0, "Detain", "COERCE", "actual"), (1, "detained", "COERCE", "actual")])
    assert found == ["2017-04-10", "2017-04-10"]


@pytest.mark.parametrize("published", ["2017-04-11", None])
def test_no_expression_no_date(published: str | None) -> None:
    assert dated(["Police arrested 40 marchers."], [(0, "arrested", "COERCE", "actual")], published) == [None]


def test_no_publication_date_no_guess() -> None:
    assert dated(["Police arrested 40 marchers on Monday."], [(0, "arrested", "COERCE", "actual")], None) == [None]
