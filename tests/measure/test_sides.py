"""Sides, issues and the definitions of a user."""

from __future__ import annotations

import pytest

from tensionwire.errors import UsageError
from tensionwire.measure.definitions import Definitions, definitions, toml
from tensionwire.measure.issues import issue
from tensionwire.measure.sides import side
from tensionwire.records import Party, Telling
from tensionwire.settings import loads

OWN = b"""
[[bloc]]
name = "Astana"
also = ["Astana trio"]
members = ["RUS 2017-01-23..", "irn", "[GCC]", "TUR 2017-01..2019-10"]
[[issue]]
name = "Chemical weapons"
countries = ["SYR"]
places = ["Khan Shaykhun"]
contexts = ["cbrn"]
terms = ["nerve agent*", "sarin"]
"""


def own() -> Definitions:
    return definitions(loads(OWN, "own.toml"))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("RUS", "RUS"), ("rus", "RUS"), ("Russia", "RUS"), ("the United States", "USA"), ("US", "USA"), ("UK", "GBR"),
        ("WEST", "the West"), ("The West", "the West"), ("nato", "NATO"), ("European Union", "EU"), ("UNO", "UNO"),
        ("Côte d'Ivoire", "CIV"),
    ],
)  # fmt: skip
def test_names_of_sides(text: str, label: str) -> None:
    assert side(text).label == label


@pytest.mark.parametrize(
    ("text", "offer"), [("Rusia", "Russia"), ("Ukrain", "Ukraine"), ("Congo", "COD"), ("qqqq", "ISO code")]
)
def test_an_unknown_side_is_told_with_what_may_be_meant(text: str, offer: str) -> None:
    with pytest.raises(UsageError, match=offer):
        side(text)


def test_an_actor_that_is_known_is_a_side() -> None:
    lavrov = side("Sergey Lavrov", known=["Sergey Lavrov"])
    assert lavrov.holds(Party(code="RUS", name="sergey lavrov"), "2017-04-04")
    assert lavrov.holds(Party(code="RUS", name="Russian FM", wikidata="Q58217"), "2017-04-04")
    assert not lavrov.holds(Party(code="RUS", name="Kremlin"), "2017-04-04")
    with pytest.raises(UsageError, match="Sergey Lavrov"):
        side("Sergei Lavrov", known=["Sergey Lavrov"])


def test_members_of_an_own_bloc_by_day() -> None:
    astana = side("astana trio", own=own().blocs)
    assert "RUS" not in astana.on("2016-12-01")
    assert {"RUS", "IRN", "TUR", "SAU"} <= astana.on("2018-01-01")
    assert "TUR" not in astana.on("2020-01-01")


def test_definitions_come_back_from_toml() -> None:
    assert definitions(loads(toml(own()).encode(), "again.toml")) == own()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'[[bloc]]\nname = "X"\n', "members"), (b'[[bloc]]\nname = "X"\nmembers = ["RUSSIA"]\n', "line 3"),
        (b'[[bloc]]\nname = "X"\nmembers = ["XYZ"]\n', "no ISO code"), (b'[[issue]]\nname = "X"\n', "give countries"),
        (b'[[issue]]\nname = "X"\ncontexts = ["war"]\n', "war"), (b'[[block]]\nname = "X"\n', "did you mean bloc"),
        (b'[[bloc]]\nname = "X"\nmembers = ["[Nowhere]"]\n', "bloc list"),
    ],
)  # fmt: skip
def test_a_wrong_definition_is_told_with_its_line(text: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        definitions(loads(text, "own.toml"))


def _telling(**more: object) -> Telling:
    return Telling(report="r", event="e", type="ACCUSE", quad=3, score=-3, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("telling", "belongs"),
    [
        (_telling(country="SYR"), True), (_telling(recipient=(Party(code="SYR"),)), True),
        (_telling(place="Khan Shaykhun, Idlib"), True), (_telling(contexts=("military", "cbrn")), True),
        (_telling(sentence="Traces of Sarin were found."), True), (_telling(sentence="nerve agents"), True),
        (_telling(sentence="sarinized"), False), (_telling(actor=(Party(code="SYR"),)), False), (_telling(), False),
    ],
)  # fmt: skip
def test_what_belongs_to_an_issue(telling: Telling, belongs: bool) -> None:
    assert issue("chemical weapons", own().issues).tells(telling) is belongs


def test_an_unknown_issue_is_told() -> None:
    with pytest.raises(UsageError, match="Syria"):
        issue("Siria")
