"""The table of offices: who held which office of which state or body, from when until when."""

# ruff: noqa: E501 (headers of tables are one line a paragraph)
from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from files import Row, forms, kept, text

from tensionwire.ontology.offices import KNOWN_FOR, OFFICIAL, given_names_agree
from tensionwire.ontology.spelling import folded, skeleton

HEADER = """\
# Tenures of offices, in order of key: key (what spellings of the last name share), person, Wikidata id, code, office, sector, rank, start, end, source.
# rank: 1 head of state or government, 2 chief minister, 3 other office, 4 what somebody is known for. Dates are ISO, as exact as known. An end with "+" was the day of the source, the office not yet left.
# Sources: W Wikidata statements (CC0 1.0) through the every-politician-scrapers extracts; R REIGN leader list (Bell, Besaw and Frank 2021, citation asked: facts of tenure only);
# L open-data-archive/world-leaders-current (CC BY-SA 4.0); F The World Factbook (CIA, January 2016, public domain); E training/tables/offices_extra.tsv (Apache-2.0);
# P training/tables/people.tsv (Apache-2.0): other people of the news, by what they are known for. As a whole: CC BY-SA 4.0.
key\tperson\twikidata\tcode\toffice\tsector\trank\tstart\tend\tsource
"""
# Until when the extracts speak: an office with no end was still held then.
AS_OF = {"W": "2022-08", "R": "2021-03", "L": "2026-08", "E": "2025-06", "F": "2016-01", "P": "2025-06"}
# De-facto states go under the state that the world counts them to, as rebels; see the codebook.
DE_FACTO = {
    "UNK": ("XKX", ""), "x-ABK": ("GEO", "REB"), "x-SOS": ("GEO", "REB"), "x-NKR": ("AZE", "REB"),
    "x-DNR": ("UKR", "REB"), "x-LNR": ("UKR", "REB"),
}  # fmt: skip
INTERNATIONAL = (
    ("United Nations General Assembly", "UNO"), ("of the United Nations", "UNO"), ("International Court", "UNO"),
    ("World Trade", "IGO"), ("OSCE", "IGO"), ("Council of Europe", "IGO"), ("NATO", "IGO"), ("European", "EUR"),
)  # fmt: skip
COW = {
    "BHM": "BHS", "HAI": "HTI", "TRI": "TTO", "BAR": "BRB", "GRN": "GRD", "SLU": "LCA", "SVG": "VCT", "AAB": "ATG",
    "SKN": "KNA", "HON": "HND", "SAL": "SLV", "COS": "CRI", "PAR": "PRY", "URU": "URY", "UKG": "GBR", "IRE": "IRL",
    "NTH": "NLD", "FRN": "FRA", "MNC": "MCO", "SWZ": "CHE", "SPN": "ESP", "POR": "PRT", "GMY": "DEU", "GFR": "DEU",
    "GDR": "DEU", "AUS": "AUT", "CZR": "CZE", "SLO": "SVK", "SNM": "SMR", "MAC": "MKD", "CRO": "HRV", "YUG": "SRB",
    "BOS": "BIH", "KOS": "XKX", "SLV": "SVN", "GRC": "GRC", "BUL": "BGR", "MLD": "MDA", "ROM": "ROU", "LAT": "LVA",
    "LIT": "LTU", "GRG": "GEO", "SWD": "SWE", "DEN": "DNK", "ICE": "ISL", "CAP": "CPV", "EQG": "GNQ", "GAM": "GMB",
    "SEN": "SEN", "MAA": "MRT", "NIR": "NER", "CDI": "CIV", "GUI": "GIN", "BFO": "BFA", "SIE": "SLE", "TOG": "TGO",
    "CAO": "CMR", "NIG": "NGA", "GAB": "GAB", "CEN": "CAF", "CHA": "TCD", "CON": "COG", "DRC": "COD", "TAZ": "TZA",
    "BUI": "BDI", "ANG": "AGO", "MZM": "MOZ", "ZAM": "ZMB", "ZIM": "ZWE", "MAW": "MWI", "SAF": "ZAF", "LES": "LSO",
    "BOT": "BWA", "SWA": "SWZ", "MAG": "MDG", "MAS": "MUS", "SEY": "SYC", "MOR": "MAR", "ALG": "DZA", "LIB": "LBY",
    "SUD": "SDN", "LEB": "LBN", "YAR": "YEM", "YPR": "YEM", "KUW": "KWT", "BAH": "BHR", "UAE": "ARE", "OMA": "OMN",
    "TAJ": "TJK", "KYR": "KGZ", "KZK": "KAZ", "MON": "MNG", "ROK": "KOR", "BHU": "BTN", "BNG": "BGD", "MYA": "MMR",
    "SRI": "LKA", "MAD": "MDV", "NEP": "NPL", "THI": "THA", "CAM": "KHM", "DRV": "VNM", "RVN": "VNM", "MAL": "MYS",
    "SIN": "SGP", "PHI": "PHL", "INS": "IDN", "ETM": "TLS", "AUL": "AUS", "NEW": "NZL", "SOL": "SLB", "FIJ": "FJI",
    "VAN": "VUT", "TON": "TON", "NAU": "NRU", "MSI": "MHL", "STP": "STP", "COM": "COM", "LBR": "LBR", "SUR": "SUR",
    "LIE": "LIE", "AND": "AND", "BLZ": "BLZ", "GUA": "GTM", "KIR": "KIR", "TUV": "TUV", "PAL": "PLW", "PAN": "PAN",
}  # fmt: skip
ISO2 = {
    "BN": "BRN", "KH": "KHM", "ID": "IDN", "LA": "LAO", "MY": "MYS", "MM": "MMR", "PH": "PHL", "SG": "SGP",
    "TH": "THA", "VN": "VNM", "AR": "ARG", "AU": "AUS", "BR": "BRA", "CA": "CAN", "CN": "CHN", "FR": "FRA",
    "DE": "DEU", "IN": "IND", "IT": "ITA", "JP": "JPN", "MX": "MEX", "RU": "RUS", "SA": "SAU", "ZA": "ZAF",
    "KR": "KOR", "TR": "TUR", "GB": "GBR", "US": "USA", "EU": "EUR", "AU_AF": "IGO",
}  # fmt: skip
# Families write their name first there: short mentions use the first word ("Xi").
NAME_FIRST = {"CHN", "KOR", "PRK", "TWN", "VNM"}
# The press calls people there by their given name, or writes the names in either order ("Abiy", "Mahathir").
GIVEN_FIRST = {"ETH", "ERI", "MNG", "MYS", "THA", "ISL", "HUN", "JPN"}
DATED = re.compile(r"\d{4}(-\d{2}){0,2}")


class Tenure(NamedTuple):
    """One office of one person; `also` are other spellings of the name."""

    person: str
    wikidata: str
    code: str
    office: str
    sector: str
    rank: str
    start: str
    end: str
    source: str
    also: tuple[str, ...] = ()
    family: str = ""


def build(source: Path, codes: frozenset[str], parties: Iterable[tuple[str, str, str, str]] = ()) -> list[Row]:
    """Rows in order of key, each tenure once for each key of its holder's names.

    `parties` are those who led one when the Factbook was made: name, key of the family name, code, party.
    """
    known = _known(source, codes)
    known += _led(parties, known)
    made = list(_merged(known))
    identified = _identifiers(known)
    rows = {row for tenure in made for row in _rows(tenure, identified)}
    return sorted(rows)


def _known(source: Path, codes: frozenset[str]) -> list[Tenure]:
    tenures = [*_extra(), *_wikidata(source, codes), *_leaders(source)]
    tenures += _reign(source, codes, tenures)
    return [*tenures, *_people(tenures)]


def _wikidata(source: Path, codes: frozenset[str]) -> Iterator[Tenure]:
    classes = _classes()
    lines = text(source / "officeholders.tsv.gz").split("\n")[1:]
    for line in filter(None, lines):
        place, office, name, wikidata, start, end, title, _ = line.split("\t")
        code, sector = DE_FACTO.get(place, (place, ""))
        if place == "x-INT":
            code = next((c for mark, c in INTERNATIONAL if mark in office), "")
        if (code not in codes and code not in ("UNO", "IGO", "EUR")) or not DATED.fullmatch(start):
            continue
        usual, rank = _classed(office, classes)
        also = (re.sub(r" \(.*\)$|,.*$", "", title),) if title else ()
        office = office[0].upper() + office[1:]
        yield Tenure(name, wikidata, code, office, sector or usual, rank, start, end if DATED.fullmatch(end) else "",
                     "W", also)  # fmt: skip


def _extra() -> Iterator[Tenure]:
    classes = _classes()
    for code, office, sector, person, start, end, also in kept("offices_extra.tsv"):
        rank = _classed(office, classes)[1]
        yield Tenure(person, "", code, office, sector, rank, start, end, "E", tuple(forms(also)))


def _people(others: Iterable[Tenure]) -> Iterator[Tenure]:
    """Other people whom the press names, by what they are known for: the year is all that is told of a time.

    Whoever held one in a state's service before is a former official, one of the elite, whatever came after.
    """
    held = {(t.code, _full(t.person)): t.start for t in others if t.sector in OFFICIAL}
    for code, sector, person, what, start, end, also in kept("people.tsv"):
        if sector in ("CVL", "OPP", "PTY", "SOC") and held.get((code, _full(person)), "9999") <= start:
            sector = "ELI"
        yield Tenure(
            person, "", code, what[0].upper() + what[1:], sector, str(KNOWN_FOR), start, end, "P", tuple(forms(also))
        )


def _led(parties: Iterable[tuple[str, str, str, str]], others: Iterable[Tenure]) -> Iterator[Tenure]:
    """Leaders of parties of whom no other source knows."""
    seen = defaultdict(list)
    for tenure in others:
        for key in _keys(tenure.person, tenure):
            seen[key].append(tenure.person.split())
    for person, family, code, party in parties:
        if any(given_names_agree(person.split(), other) for other in seen[family]):
            continue
        yield Tenure(person, "", code, f"Leader of {party}", "PTY", "3", AS_OF["F"], "", "F", family=family)


def _leaders(source: Path) -> Iterator[Tenure]:
    for row in csv.DictReader(io.StringIO(text(source / "leaders_2026_g20_asean.csv"))):
        for post, holder in (("HoG", "Head of Government"), ("HoS", "Head of State")):
            code, since = ISO2[row["ISO"]], row[f"{post} Since"]
            if row[holder] and since and row[f"{post} Title"]:
                yield Tenure(row[holder], "", code, row[f"{post} Title"], "GOV", "1", since, "", "L")


def _reign(source: Path, codes: frozenset[str], others: Iterable[Tenure]) -> Iterator[Tenure]:
    """Leaders that no other source has: the list gives last names and months of leaving."""
    seen = defaultdict(list)
    for tenure in others:
        for name in (tenure.person, *tenure.also):
            seen[tenure.code, skeleton(_last(name))].append(tenure)
    for line in filter(None, text(source / "reign_leaders.tsv.gz").split("\n")[1:]):
        state, _, _, name, start, end, *_ = line.split("\t")
        code = COW.get(state, state)
        if code not in codes or not DATED.fullmatch(start) or "Council" in name or " and " in name:
            continue
        if not any(_meet(t, start, end) for t in seen[code, skeleton(_last(name))]):
            yield Tenure(name, "", code, "Leader", "GOV", "1", start, end, "R")


def _meet(tenure: Tenure, start: str, end: str) -> bool:
    return tenure.start[:7] <= (end or "9999") and start[:7] <= (tenure.end or "9999")


def _merged(tenures: Iterable[Tenure]) -> Iterator[Tenure]:
    """Each tenure once: a row that only names the year gives way to an exact one, a vague end to a known one."""
    held: dict[tuple[str, str, str], list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        key = (tenure.code, skeleton(_last(tenure.person)), _class(tenure))
        if not any(_says(better, tenure) for better in held[key]):
            held[key].append(tenure)
            yield tenure


def _class(tenure: Tenure) -> str:
    """Offices that the sources name differently ("Prime Minister of Israel") count as one at the top."""
    return tenure.rank if tenure.rank == "1" else tenure.office.casefold()


def _says(better: Tenure, tenure: Tenure) -> bool:
    """Whether an earlier, better row already tells of this tenure."""
    same_start = better.start[: len(tenure.start)] == tenure.start or better.start == tenure.start[: len(better.start)]
    vague = len(tenure.start) == 4 or better.source == "E"
    return same_start or (vague and _meet(better, tenure.start, tenure.end or "9999"))


def _identifiers(tenures: Iterable[Tenure]) -> dict[tuple[str, str], str]:
    """Wikidata id by code and full name, where only one person of the state has that name."""
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tenure in tenures:
        for name in (tenure.person, *tenure.also):
            if tenure.wikidata:
                ids[tenure.code, _full(name)].add(tenure.wikidata)
    return {key: next(iter(found)) for key, found in ids.items() if len(found) == 1}


def _full(name: str) -> str:
    return " ".join(skeleton(part) for part in name.split())


def _rows(tenure: Tenure, identified: dict[tuple[str, str], str]) -> Iterator[Row]:
    names = list(dict.fromkeys([tenure.person, *tenure.also]))
    ids = (identified.get((tenure.code, _full(name))) for name in names)
    wikidata = tenure.wikidata or next((i for i in ids if i), "")
    end = tenure.end or AS_OF[tenure.source] + "+"
    written: dict[str, list[str]] = {}
    for name in names:
        for key in _keys(name, tenure):
            listed = written.setdefault(key, [])
            if not any(given_names_agree(name.split(), other.split()) for other in listed):
                listed.append(name)
    for key, name in ((key, name) for key, listed in written.items() for name in listed):
        yield (key, name, wikidata, tenure.code, tenure.office, tenure.sector, tenure.rank, tenure.start, end,
               tenure.source)  # fmt: skip


def _keys(name: str, tenure: Tenure) -> set[str]:
    keys = {skeleton(_last(name)), tenure.family}
    if tenure.code in NAME_FIRST | GIVEN_FIRST and tenure.rank in "12":
        keys.add(skeleton(name.split()[0]))
    return {key for key in keys if key}


def _last(name: str) -> str:
    words = [w for w in re.sub(r",.*|\(.*", "", name).split() if folded(w) not in ("jr", "jr.", "sr.", "ii", "iii")]
    return words[-1] if words else name


def _classes() -> list[tuple[re.Pattern[str], str, str]]:
    return [(re.compile(p, re.IGNORECASE), sector, rank) for p, sector, rank in kept("office_sectors.tsv")]


def _classed(office: str, classes: list[tuple[re.Pattern[str], str, str]]) -> tuple[str, str]:
    return next((sector, rank) for pattern, sector, rank in classes if pattern.search(office))
