"""The tables of actors: countries, blocs, bodies, armed groups, agents, offices."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.ontology.agents import agent
from tensionwire.ontology.blocs import blocs, members
from tensionwire.ontology.countries import countries
from tensionwire.ontology.gazetteer import Gazetteer, split
from tensionwire.ontology.offices import Offices
from tensionwire.ontology.rows import FOLDER, rows
from tensionwire.ontology.spelling import folded, skeleton

TABLES = (
    "countries.tsv", "blocs.tsv", "bloc_members.tsv", "metonyms.tsv", "organisations.tsv", "armed_groups.tsv",
    "peoples.tsv", "agents.tsv", "actor_words.tsv", "actor_nouns.tsv",
    "national_bodies.tsv", "known_bodies.tsv",
)  # fmt: skip
SECTORS = {row[0] for row in rows("plover_sectors.tsv")}
BODIES = {"UNO", "EUR", "IGO", "NGO", "MNC", "IMG"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_names_its_source_and_is_even(name: str) -> None:
    head = (FOLDER / name).read_text(encoding="utf-8").split("\n")[:20]
    header = " ".join(line for line in head if line.startswith("#"))
    assert any(licence in header for licence in ("Apache-2.0", "MIT", "CC0", "Open Database License"))
    assert len({len(row) for row in rows(name)}) == 1


@pytest.mark.parametrize("name", ["metonyms.tsv", "organisations.tsv", "known_bodies.tsv", "armed_groups.tsv"])
def test_codes_and_sectors_are_the_codebook_s(name: str) -> None:
    for _, code, sector, *_ in rows(name):
        assert code in BODIES or code in countries(), code
        assert sector in SECTORS


def test_bodies_of_states_have_known_states_and_sectors() -> None:
    for _, sector, states, _, _ in rows("national_bodies.tsv"):
        assert sector in SECTORS
        assert set(states.split("|")) <= countries().keys()


def test_names_that_several_bodies_share_are_of_none_by_themselves() -> None:
    table = Gazetteer.load()
    socialists, gaels = table.named("Socialist Party")[0], table.named("Fine Gael")[0]
    assert (socialists.kind, socialists.code) == ("loose", "-")
    assert {"FRA", "PRT"} <= set(socialists.among)
    assert (gaels.code, gaels.sector) == ("IRL", "PTY")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Upper Volta", "BFA"), ("Ceylon", "LKA"), ("Verkhovna Rada", "UKR"), ("Nidaa Tounes", "TUN"),
        ("Russia", "RUS"), ("Russian", "RUS"), ("Turks", "TUR"), ("U.S.", "USA"), ("the United States", "USA"),
        ("Kyiv", "UKR"), ("Kiev", "UKR"), ("Britons", "GBR"), ("Côte d’Ivoire", "CIV"), ("Kosovar", "XKX"),
        ("the Kremlin", "RUS"), ("Élysée", "FRA"), ("Whitehall", "GBR"), ("State Department", "USA"),
        ("NATO", "IGO"), ("European Union", "EUR"), ("Security Council", "UNO"), ("OPCW", "IGO"),
        ("Islamic State", "IMG"), ("Hizballah", "LBN"), ("YPG", "SYR"), ("PKK", "TUR"), ("Red Cross", "NGO"),
    ],
)  # fmt: skip
def test_forms(form: str, code: str) -> None:
    assert Gazetteer.load().named(form)[0].code == code


@pytest.mark.parametrize("form", ["us", "who", "is", "turkey", "un"])
def test_plain_words_are_no_acronyms(form: str) -> None:
    assert form == "turkey" or not Gazetteer.load().named(form)


def test_a_group_that_took_a_capital_changes_its_sector() -> None:
    taliban = Gazetteer.load().named("Taliban")
    assert [(e.code, e.sector) for e in taliban if e.holds("2021-08-14")] == [("AFG", "REB")]
    assert [(e.code, e.sector) for e in taliban if e.holds("2021-08-15")] == [("AFG", "GOV")]


@pytest.mark.parametrize(
    ("bloc", "date", "member", "belongs"),
    [
        ("NATO", "2017-06-04", "MNE", False), ("NATO", "2017-06-05", "MNE", True), ("NATO", None, "SWE", True),
        ("EU", "2020-01-31", "GBR", True), ("EU", "2020-02-01", "GBR", False), ("EU", "2013-06-30", "HRV", False),
        ("Arab League", "2015-01-01", "SYR", False), ("Arab League", "2024-01-01", "SYR", True),
        ("the West", "2017-04-11", "JPN", True), ("the West", "2017-04-11", "RUS", False),
    ],
)  # fmt: skip
def test_members_on_a_day(bloc: str, date: str | None, member: str, belongs: bool) -> None:
    assert (member in members(bloc, date)) is belongs


def test_members_are_states() -> None:
    for bloc in blocs():
        assert members(bloc, "2012-01-01") or members(bloc), bloc
        assert set(members(bloc)) <= set(countries())


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("riot police", "COP"), ("foreign ministers", "GOV"), ("paratroopers", "MIL"), ("car thieves", "CRM"),
        ("aid workers", "SOC"), ("asylum seekers", "REF"), ("news agencies", "JRN"), ("opposition activists", "OPP"),
    ],
)  # fmt: skip
def test_agents(words: str, sector: str) -> None:
    assert agent(words.split())[1] == sector


@pytest.mark.parametrize(
    ("name", "date", "code", "office", "wikidata"),
    [
        ("Rex Tillerson", "2017-04-11", "USA", "Secretary of State", "Q331401"),
        ("Angelino Alfano", "2017-04-11", "ITA", "Minister of Foreign Affairs", "Q535055"),
        ("Aleksandr Lukashenko", "2015-01-01", "BLR", "President", "Q2866"),
        ("Volodymyr Zelenskiy", "2022-03-01", "UKR", "President", "Q3874799"),
        ("Kofi Annan", "2004-01-01", "UNO", "Secretary-General of the United Nations", "Q1254"),
    ],
)
def test_offices(name: str, date: str, code: str, office: str, wikidata: str) -> None:
    held = [t for t in Offices.load().person(name) if t.holds(date)]
    assert (code, office) in {(t.code, t.office) for t in held}
    assert wikidata in {t.wikidata for t in held}


def test_offices_end() -> None:
    tenures = [t for t in Offices.load().person("Boris Johnson") if t.office == "Prime Minister"]
    assert [t.holds("2022-09-07") for t in tenures] == [False]
    assert [t.past("2022-09-07") for t in tenures] == [True]


def test_the_table_of_offices_is_small_and_quick() -> None:
    assert (FOLDER / "offices.tsv.gz").stat().st_size < 1_500_000
    table = Offices.load()
    started = time.process_time()
    for number in range(2000):
        table.lines(f"name{number}")
    assert time.process_time() - started < 0.5


def test_offices_are_in_order_of_key() -> None:
    table = Offices.load()
    lines = table._lines
    assert lines == sorted(lines)
    assert {line.count("\t") for line in lines} == {9}
    assert {line.split("\t")[5] for line in lines} <= SECTORS


@given(st.text())
def test_any_text_has_words_and_a_spelling(text: str) -> None:
    assert "".join(split(text)).split() == "".join("".join(split(text))).split()
    assert folded(folded(text)) == folded(text)
    skeleton(text)
