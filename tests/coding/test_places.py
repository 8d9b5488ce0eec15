"""Which place name tells where an act took place."""

from __future__ import annotations

import pytest

from tensionwire.coding.places import Wheres
from tensionwire.records import Annotated, Report, Span, Trigger
from tensionwire.resolve.places import Places


def placed(sentences: list[str], act: tuple[int, str, str], tagged: str | None = None) -> tuple[str, str | None] | None:
    """The place of an act (sentence, words, type): its name and country."""
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    start = text.index(act[1], spans[act[0]].start)
    places = () if tagged is None else (Span(text.index(tagged), text.index(tagged) + len(tagged)),)
    trigger = Trigger(span=Span(start, start + len(act[1])), sentence=act[0], type=act[2], places=places)
    report = Report(doc_id="t", text=text, content_hash="")
    annotated = Annotated(report=report, sentences=tuple(spans), triggers=(trigger,))
    found = Wheres(annotated, Places.load().places(annotated)).choose(trigger)
    if found is None:
        return None
    name, span, place = found
    assert span.of(text) == name
    return name, place.code if place else None


@pytest.mark.parametrize(
    ("sentence", "act", "tagged", "place"),
    [
        ("Shells killed nine people in Kharkiv on Monday.", ("killed", "ASSAULT"), "Kharkiv", ("Kharkiv", "UKR")),
        ("Thousands marched in Minsk, Belarus.", ("marched", "PROTEST"), None, ("Minsk", "BLR")),
        ("Police in Tbilisi fired tear gas at marchers.", ("fired", "ASSAULT"), None, ("Tbilisi", "GEO")),
        ("Envoys met at the town hall.", ("met", "CONSULT"), "the town hall", ("the town hall", None)),
    ],
)
def test_place(sentence: str, act: tuple[str, str], tagged: str | None, place: tuple[str, str | None]) -> None:
    assert placed([sentence], (0, *act), tagged) == place


def test_none_told() -> None:
    assert placed(["The minister accused his rivals of lying."], (0, "accused", "ACCUSE")) is None


def test_headline_takes_the_place_of_its_story() -> None:
    story = ["Blast Kills Six At Market", "A blast at a market in Kandahar killed six people on Monday."]
    assert placed(story, (0, "Blast", "ASSAULT")) in (("Kandahar", "AFG"), None)
