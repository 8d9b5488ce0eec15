"""Place names in running text, and the places that they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.records import Annotated, Mention, Place, Report, Span
from tensionwire.resolve.places import Places


def find(*sentences: str, mentions: tuple[Mention, ...] = ()) -> dict[str, Place]:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    report = Report(doc_id="t", text=text, content_hash="")
    annotated = Annotated(report=report, sentences=tuple(spans), mentions=mentions)
    return {span.of(text): place for span, place in Places.load().places(annotated).items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on the outskirts of Damascus and in Khan Sheikhoun.", ["Damascus", "Khan Sheikhoun"]),
        ("He was seen in eastern Ukraine and the Kharkiv region.", ["eastern Ukraine", "Kharkiv region"]),
        ("Protests spread to Kunduz, Afghanistan.", ["Kunduz", "Afghanistan"]),
        ("Troops left the town of Manbij near Port Amsel on Tuesday.", ["Manbij", "Port Amsel"]),
        ("They struck al-Murab airfield in the south.", ["al-Murab airfield"]),
        ("He flew to the United States from St. Petersburg.", ["United States", "St. Petersburg"]),
        # persons, peoples and bodies
        ("Sydney Smith told Paris Hilton to leave.", []),
        ("Later, Hillary Clinton spoke; Clinton was cheered.", []),
        ("Syrian and Russian jets were seen over Georgian lines.", []),
        ("The Aleppo Times was closed.", []),
        ("It happened in Varsian villages in May.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(find(text)) == names


@pytest.mark.parametrize(
    ("name", "country", "code", "region"),
    [
        ("Kiev", None, "UKR", "Kiev"),
        ("Georgia", None, "GEO", None),
        ("Georgia", "USA", "USA", "Georgia"),
        ("Paris", None, "FRA", "Ile-de-France"),
        ("Idlib province", None, "SYR", "Idlib"),
        ("the city of Raqqa", None, "SYR", "Ar-Raqqah"),
        ("Crimea", None, "UKR", None),
        ("Hodeidah", None, "YEM", "Muhafazat al Hudaydah"),
        ("Hyderabad", "PAK", "PAK", "Sindh"),
        ("Hyderabad", None, "IND", "Andhra Pradesh"),
        ("Britain", None, "GBR", None),
        ("Black Sea", None, None, None),
    ],
)
def test_lookup(name: str, country: str | None, code: str | None, region: str | None) -> None:
    place = Places.load().lookup(name, country=country)
    assert place is not None
    assert place.code == code
    assert place.lat is not None
    assert region is None or place.region is not None


def test_lookup_near() -> None:
    near_texas = Places.load().lookup("Paris", near=(33.0, -96.0))
    assert near_texas is not None
    assert near_texas.code == "USA"


def test_unlisted_name_keeps_its_words_and_says_why() -> None:
    place = find("Clashes broke out in Umm Sarar, in western Yemen.")["Umm Sarar"]
    assert (place.lat, place.lon, place.code) == (None, None, "YEM")
    assert place.reason


def test_headline_takes_what_the_text_names() -> None:
    found = find("Strike On Manbij Market Kills Two", "A strike near Manbij killed two, Syria said.")
    assert "Manbij" in found


def test_person_mention_is_no_place() -> None:
    text = "In London, Jordan won."
    mention = Mention(span=Span(11, 17), sentence=0, kind="person")
    assert list(find(text, mentions=(mention,))) == ["London"]


@pytest.mark.parametrize("name", ["", "-", "'", "xyzzy qwerty", "the"])
def test_unknown_is_none(name: str) -> None:
    assert Places.load().lookup(name) is None


WORDS = st.sampled_from(
    "in near the of Kyiv region Paris Hilton al-Murab Syria , . ’s Times northern St. On and".split()
)


@given(st.lists(WORDS | st.text(max_size=5), max_size=12))
def test_spans_stand_in_order_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    report = Report(doc_id="t", text=text, content_hash="")
    found = list(Places.load().places(Annotated(report=report, sentences=(Span(0, len(text)),))))
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
