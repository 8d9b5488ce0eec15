"""Who is meant by a mention's own words, by its surroundings, and what stays unknown."""

from __future__ import annotations

import pytest

from actor_reports import act, report, span
from tensionwire.records import Identity
from tensionwire.resolve.actors import Who

WHO = Who.load()


def who(text: str, words: str, nth: int = 0, **more: object) -> Identity:
    return WHO.identities(report(text, (words, nth), **more))[span(text, words, nth)]


@pytest.mark.parametrize(
    ("words", "code", "sector"),
    [
        ("Moscow", "RUS", "GOV"), ("the Kremlin", "RUS", "GOV"), ("the Pentagon", "USA", "MIL"),
        ("Turkish forces", "TUR", "MIL"), ("Russian and Syrian jets", None, "MIL"), ("Ankara", "TUR", "GOV"),
        ("two Norwegian judges", "NOR", "JUD"), ("the people of Ukraine", "UKR", "CVL"),
        ("a Kyiv-based analyst", "UKR", "EDU"), ("a U.S.-led coalition", "IGO", None),
        ("the US state department", "USA", "GOV"), ("Islamic State militants", "IMG", "REB"),
        ("the Lebanese militant group Hizballah", "LBN", "REB"), ("the European Commission", "EUR", "GOV"),
        ("UN peacekeepers", "UNO", "MIL"), ("the International Criminal Court", "IGO", "JUD"),
        ("aid agencies", "NGO", None), ("Taliban fighters", "AFG", "REB"), ("YPG", "SYR", "REB"),
        ("the former Chilean president", "CHL", "ELI"), ("police in Novi Sad", "SRB", "COP"),
        ("Bosnian Serb soldiers", "BIH", "MIL"), ("Russia's ambassador to Canada", "RUS", "GOV"),
        ("a team of Kenyan doctors", "KEN", "MED"), ("the opposition in Belarus", "BLR", "OPP"),
    ],
)  # fmt: skip
def test_by_its_own_words(words: str, code: str | None, sector: str | None) -> None:
    found = who(f"On Tuesday {words} moved towards the river.", words)
    assert found.code == code
    assert sector is None or found.sector == sector


def test_joined_states_are_members() -> None:
    assert who("Russian and Syrian jets struck.", "Russian and Syrian jets").members == ("RUS", "SYR")


def test_a_bloc_keeps_its_code_and_members_of_the_day() -> None:
    found = who("The Group of Seven (G7) met.", "The Group of Seven (G7)")
    assert (found.code, found.members) == ("IGO", ("CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"))
    assert "GBR" in who("The EU agreed.", "The EU", date="2017-04-11").members
    assert "GBR" not in who("The EU agreed.", "The EU", date="2021-04-11").members


def test_the_west_is_no_one_state() -> None:
    found = who("He accused the West of lying.", "the West")
    assert found.code is None
    assert found.reason
    assert "USA" in found.members


def test_listed_states_are_members() -> None:
    text = "Envoys of four states near the lake -- Kenya, Uganda, Tanzania, and Rwanda -- met on Monday."
    found = who(text, "four states near the lake")
    assert found.members == ("KEN", "UGA", "TZA", "RWA")


def test_the_taliban_took_kabul() -> None:
    assert who("The Taliban said so.", "The Taliban", date="2021-08-01").sector == "REB"
    assert who("The Taliban said so.", "The Taliban", date="2021-09-01").sector == "GOV"


def test_a_state_is_itself_before_what_it_imposed_or_made() -> None:
    text = "The ban on Peruvian fish that Chile imposed was lifted."
    assert who(text, "Chile").code == "CHL"
    assert who(text, "Peruvian fish").code == "PER"


def test_a_backer_is_not_the_backed() -> None:
    text = "Russia-backed separatists shelled a Ukrainian village near Luhansk."
    assert who(text, "Russia-backed separatists").code == "UKR"


def test_police_are_of_the_country_that_the_report_is_about() -> None:
    text = "Police arrested forty people in Minsk on Sunday. The Belarusian authorities gave no reason."
    assert who(text, "Police").code == "BLR"


def test_nothing_is_guessed_where_no_state_is_named() -> None:
    found = who("Police arrested forty people on Sunday.", "Police")
    assert found.code is None
    assert found.reason
    assert found.rule.startswith("context")


def test_an_unknown_state_has_no_code() -> None:
    text = "Velmora's president sacked the general. The Velmoran army said the government of Velmora was safe."
    assert who(text, "The Velmoran army").code is None


def test_the_model_s_sector_counts_where_no_table_knows() -> None:
    text = "Ukrainian protesters marched in Kyiv."
    annotated = report(text, "Ukrainian protesters")
    assert WHO.identities(annotated)[span(text, "Ukrainian protesters")].sector == "CVL"


def test_parties_of_an_event_have_identities() -> None:
    text = "Israel bombed a Syrian air base."
    annotated = report(text, triggers=(act(text, "bombed", "ASSAULT", ("Israel",), ("a Syrian air base",)),))
    found = WHO.identities(annotated)
    assert found[span(text, "Israel")].code == "ISR"
    assert found[span(text, "a Syrian air base")].code == "SYR"


def test_names_outside_mentions_are_found_too() -> None:
    text = "Norway and the OPCW met Finnish Prime Minister Aino Salmi in Oslo."
    found = WHO.identities(report(text))
    assert found[span(text, "Norway")].code == "NOR"
    assert found[span(text, "OPCW")].code == "IGO"
    salmi = found[span(text, "Aino Salmi")]
    assert (salmi.code, salmi.office, salmi.sector) == ("FIN", "Prime Minister", "GOV")


def test_one_body_has_one_name() -> None:
    text = "The Organization for the Prohibition of Chemical Weapons (OPCW) met. OPCW experts left. The OPCW agreed."
    found = WHO.identities(report(text, "The OPCW"))
    assert found[span(text, "The OPCW")].name == "Organization for the Prohibition of Chemical Weapons"
