"""Persons: names with offices, later short mentions, pronouns and speakers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actor_reports import act, report, said, span
from tensionwire.records import Identity, Mention, Span
from tensionwire.resolve.actors import Who

WHO = Who.load()


def who(text: str, words: str, nth: int = 0, **more: object) -> Identity:
    return WHO.identities(report(text, (words, nth), **more))[span(text, words, nth)]


@pytest.mark.parametrize(
    ("text", "words", "name", "code", "office"),
    [
        ("Italian Foreign Minister Bruno Sarti left.", "Bruno Sarti", "Bruno Sarti", "ITA", "Foreign Minister"),
        ("Bruno Sarti, Italy's foreign minister, left.", "Bruno Sarti", "Bruno Sarti", "ITA", "foreign minister"),
        ("The Chadian president, Idris Mahamat, left.", "Idris Mahamat", "Idris Mahamat", "TCD", "president"),
        ("Russia's ambassador to Canada, Oleg Vinin, left.", "Oleg Vinin", "Oleg Vinin", "RUS", None),
        ("U.S. Ambassador to the United Nations Ann Lowe left.", "Ann Lowe", "Ann Lowe", "USA", None),
        ("Kenyan opposition leader Peter Omondi left.", "Peter Omondi", "Peter Omondi", "KEN", "opposition leader"),
        ("NATO Secretary-General Jan Holt left.", "NATO Secretary-General Jan Holt", "Jan Holt", "IGO", None),
        ("Foreign Minister Ana Bishop of Peru left Lima.", "Foreign Minister Ana Bishop", "Ana Bishop", "PER", None),
    ],
)
def test_office_and_state_from_the_text(text: str, words: str, name: str, code: str, office: str | None) -> None:
    found = who(text, words)
    assert (found.name, found.code) == (name, code)
    assert office is None or found.office == office


def test_a_title_does_not_reach_over_a_verb() -> None:
    text = "The German parliament members warmly praised President Clinton. Gambian President Sidi Jawo listened."
    assert who(text, "President Clinton", date=None).code == "USA"
    assert who(text, "President Sidi Jawo", date=None).code == "GMB"


def test_other_nations_are_not_the_one_that_was_named() -> None:
    text = "Peru and other coastal nations signed."
    found = who(text, "other coastal nations")
    assert (found.code, found.reason) == (None, "several states, not told which")


def test_a_slip_of_spelling_means_the_state_that_is_spoken_of() -> None:
    text = "Ethopia closed the border. Ethiopia had warned of it."
    assert who(text, "Ethopia").code == "ETH"
    assert who("Ethopia closed the border with Peru.", "Ethopia").rule != "misspelt"


def test_a_short_mention_is_the_full_name_s() -> None:
    text = "Peruvian Defence Minister Rosa Quispe flew to Cuzco. Quispe met soldiers there."
    found = who(text, "Quispe", 1)
    assert (found.name, found.code, found.office) == ("Rosa Quispe", "PER", "Defence Minister")


def test_a_headline_s_surname_is_found() -> None:
    text = "Quispe Threatens To Resign Over Border Plan\nPeruvian Defence Minister Rosa Quispe said she might resign."
    assert who(text, "Quispe").code == "PER"


def test_two_people_in_one_phrase_keep_their_own_offices() -> None:
    text = "Chinese President Xi Jinping and Tajik President Emomali Rahmon met on Monday."
    assert who(text, "Xi Jinping").code == "CHN"
    assert who(text, "Emomali Rahmon").code == "TJK"


@pytest.mark.parametrize(
    ("name", "date", "code", "wikidata"),
    [
        ("Vladimir Putin", "2017-04-11", "RUS", "Q7747"),
        ("Jean-Marc Ayrault", "2017-04-11", "FRA", "Q7711"),
        ("Mevlüt Çavuşoğlu", "2018-01-20", "TUR", "Q249206"),
    ],
)
def test_the_table_knows_office_holders(name: str, date: str, code: str, wikidata: str) -> None:
    found = who(f"{name} spoke to reporters on Monday.", name, date=date)
    assert (found.code, found.sector, found.wikidata) == (code, "GOV", wikidata)


@pytest.mark.parametrize(
    ("text", "name", "date", "code", "sector"),
    [
        ("Leonid Volkov spoke to reporters.", "Leonid Volkov", "2017-04-11", "RUS", "OPP"),
        ("Leonid Volkov spoke to reporters.", "Leonid Volkov", None, "RUS", "OPP"),
        ("Army general Leonid Volkov spoke to reporters.", "Leonid Volkov", "2017-04-11", "RUS", "MIL"),
        ("Tajik writer Leonid Volkov spoke to reporters.", "Leonid Volkov", "2017-04-11", "TJK", None),
    ],
)
def test_people_without_office_are_known_and_the_report_knows_better(
    text: str, name: str, date: str | None, code: str, sector: str | None
) -> None:
    found = who(text, name, date=date)
    assert found.code == code
    assert sector is None or found.sector == sector


def test_an_office_of_the_day_says_more_than_what_somebody_is_beside_it() -> None:
    found = who("Mikheil Saakashvili resigned.", "Mikheil Saakashvili", date="2016-11-07")
    assert (found.code, found.sector) == ("UKR", "GOV")


@pytest.mark.parametrize(
    ("name", "date", "sector"),
    [
        ("Ahmad Zia Abdulzai", "2012-06-01", "GOV"),  # a governor's spokesman from 2009 to 2015
        ("Ahmad Zia Abdulzai", "2023-06-01", "ELI"),
        ("Leonid Volkov", "2023-06-01", "OPP"),
    ],
)
def test_who_has_left_a_post_is_a_former_official(name: str, date: str, sector: str) -> None:
    assert who(f"{name} spoke to reporters.", name, date=date).sector == sector
    assert WHO.identify(name, date=date).sector == sector


def test_an_initial_is_no_family_name() -> None:
    assert who("Ali Motahari spoke.", "Ali Motahari", date="2016-11-07").code == "IRN"


def test_a_last_name_is_enough_for_a_head_of_government_of_the_day() -> None:
    assert who("Merkel called for calm.", "Merkel", date="2015-06-01").code == "DEU"
    assert who("Lindqvist called for calm.", "Lindqvist", date="2015-06-01").code is None


def test_without_a_date_only_one_bearer_is_taken() -> None:
    assert who("Angela Merkel called for calm.", "Angela Merkel", date=None).code == "DEU"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Norwegian minister Kari Lund arrived on Monday. She declined to comment.", "She", "Kari Lund"),
        ("Egypt closed the crossing, and it recalled its envoy.", "it", "Egypt"),
        ("Rebel fighters took the town. They burned the mayor's office.", "They", "Rebel fighters"),
        ("Spokesman Ali Hadi met spokeswoman Mona Karam. He thanked her.", "He", "Ali Hadi"),
    ],
)
def test_pronouns(text: str, words: str, name: str) -> None:
    mentions = {"They": ("Rebel fighters",), "it": ("Egypt",)}.get(words, ())
    found = WHO.identities(report(text, *mentions, words))
    assert found[span(text, words)].name == name


def test_who_suffers_an_act_is_not_who_does_it() -> None:
    text = "Bolivia lost its coast. Chile accused it"
    annotated = report(text, "Bolivia", triggers=(act(text, "accused", "ACCUSE", ("Chile",), ("it",)),))
    at = Span(len(text) - 2, len(text))
    blamed = replace(annotated.triggers[0], recipients=(Mention(span=at, sentence=1),))
    assert WHO.identities(replace(annotated, triggers=(blamed,)))[at].name == "Bolivia"


def test_we_is_the_speaker() -> None:
    text = '"We shall not leave our posts," Kenyan general Peter Omondi said in Nairobi.'
    words = "We shall not leave our posts,"
    annotated = report(text, "We", attributions=(said(text, "Kenyan general Peter Omondi", words),))
    found = WHO.identities(annotated)[span(text, "We")]
    assert (found.name, found.code) == ("Peter Omondi", "KEN")


def test_his_men_are_of_his_side_but_his_rivals_are_not() -> None:
    text = "Ugandan colonel Moses Okello fled. His men gave up. His rivals in Rwanda cheered."
    assert who(text, "His men").code == "UGA"
    assert who(text, "His rivals in Rwanda").code == "RWA"


def test_former_office_holders_are_elite() -> None:
    found = who("Former Bolivian President Jaime Rivas was jailed.", "Former Bolivian President Jaime Rivas")
    assert (found.code, found.sector) == ("BOL", "ELI")
