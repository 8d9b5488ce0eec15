"""Bare strings: a name or phrase with no report around it."""

from __future__ import annotations

import pytest

from tensionwire.resolve.actors import Who
from tensionwire.resolve.bodies import WHOLES

WHO = Who.load()


@pytest.mark.parametrize(
    ("name", "date", "code", "sector"),
    [
        ("Portugal", None, "PRT", None),
        ("Portuguese sailors", None, "PRT", "MIL"),
        ("Kenya's supreme court", None, "KEN", "JUD"),
        ("two Finnish diplomats", None, "FIN", "GOV"),
        ("the shipowner", None, None, None),
        ("a crowd of farmers", None, None, "AGR"),
        ("Hebron", None, "PSE", None),
        ("Lahore High Court", None, "PAK", "JUD"),
        ("University of Lagos", None, "NGA", "EDU"),
        ("NATO", None, "IGO", "GOV"),
        ("Benjamin Netanyahu", "2018-01-01", "ISR", "GOV"),
        ("Hosni Mubarak", None, "EGY", "ELI"),
        ("Qwfp Zxcvbn", None, None, None),
        ("Portugual", None, "PRT", None),
        ("Kenyatta", None, None, None),
        ("Benjamin Netanyahu", "2022-03-01", "ISR", "ELI"),
        ("Obama", "2019-03-01", "USA", "ELI"),
        ("President Clinton", None, "USA", None),
        ("President Clinton", "1985-03-01", None, None),
    ],
)
def test_identify(name: str, date: str | None, code: str | None, sector: str | None) -> None:
    found = WHO.identify(name, date=date)
    assert found.code == code
    assert sector is None or found.sector == sector
    assert found.code or found.reason


@pytest.mark.parametrize(
    ("name", "context", "code", "sector"),
    [
        ("Fidesz", None, "HUN", "PTY"),
        ("the Socialist Party", "France voted. The Socialist Party won.", "FRA", "PTY"),
        ("the Socialist Party", None, None, "PTY"),
        ("the Estonian Centre Party", None, "EST", "PTY"),
        ("the EFF", "South Africa voted. The EFF protested.", "ZAF", "PTY"),
        ("the EFF", "Peru voted. The EFF protested.", "PER", None),
    ],
)
def test_a_party_is_its_own_state_s_where_that_is_spoken_of(
    name: str, context: str | None, code: str | None, sector: str | None
) -> None:
    found = WHO.identify(name.replace("the ", "The ") if context else name, context=context)
    assert found.code == code or (code == "PER" and found.code != "ZAF")
    assert found.sector == sector


@pytest.mark.parametrize(
    ("name", "itself"),
    [("Portugal", True), ("Finns", True), ("ordinary Finns", False), ("parts of Peru", False)],
)
def test_a_state_or_people_itself_is_told_from_something_of_it(name: str, itself: bool) -> None:
    assert (WHO.identify(name).rule in WHOLES) == itself


def test_a_given_country_fills_the_gap_only() -> None:
    assert WHO.identify("the police", country="MEX").code == "MEX"
    assert WHO.identify("French police", country="MEX").code == "FRA"


def test_the_context_tells() -> None:
    context = "Guatemalan President Rosa Pineda met the strikers. Pineda promised to raise wages."
    assert WHO.identify("Pineda", context=context).code == "GTM"
    assert WHO.identify("Pineda").code is None
