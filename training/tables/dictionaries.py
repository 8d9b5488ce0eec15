"""Organisations, armed groups and agents out of the Phoenix and CAMEO actor dictionaries."""

# ruff: noqa: E501 (headers of tables are one line a paragraph)
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from files import Row, forms, kept, text

_PHOENIX = "Sources: openeventdata/Dictionaries (MIT, (c) 2014 Open Event Data Alliance): {file};"
ORGANISATIONS = f"""\
# Organisations: name, code (UNO, EUR, IGO, NGO, MNC or a country), sector, other names by "|".
# {_PHOENIX.format(file="Phoenix.International.actors.txt")} training/tables/organisations_extra.tsv (Apache-2.0). This table: MIT.
name\tcode\tsector\talso
"""
ARMED = f"""\
# Armed groups: name, code (a country; IMG acts in many), sector, from, until, other names by "|".
# {_PHOENIX.format(file="Phoenix.MilNonState.actors.txt")} training/tables/armed_groups_extra.tsv (Apache-2.0). This table: MIT.
name\tcode\tsector\tfrom\tuntil\talso
"""
AGENTS = f"""\
# Common nouns for actors, singular and small: noun or phrase, sector.
# {_PHOENIX.format(file="Phoenix.agents.txt")} training/tables/agents_extra.tsv (Apache-2.0). This table: MIT.
noun\tsector
"""
CODE = re.compile(r"\[~?([A-Z]{3})([A-Z]*)([^\]]*)\]")
# CAMEO's first role behind "~", in the codebook's sectors; MED are media in CAMEO and medics in PLOVER.
SECTORS = {
    "AGR": "AGR", "BUS": "BUS", "MNC": "BUS", "COP": "COP", "CRM": "CRM", "CVL": "CVL", "EDU": "EDU", "ELI": "ELI",
    "GOV": "GOV", "HLH": "MED", "HRI": "SOC", "JUD": "JUD", "LAB": "LAB", "LEG": "LEG", "MED": "JRN", "MIL": "MIL",
    "NGO": "SOC", "NGM": "SOC", "OPP": "OPP", "PTY": "PTY", "REB": "REB", "REF": "REF", "REL": "REL", "SPY": "SPY",
    "UAF": "UAF", "SET": "CVL", "ENV": "SOC", "DEV": "SOC", "KID": "CVL", "CHR": "REL", "BUD": "REL", "MOS": "REL",
    "HIN": "REL", "JEW": "REL", "SIK": "REL", "SEP": "REB", "INS": "REB", "TOP": "GOV", "PRM": "PRM",
}  # fmt: skip
BODIES = {"UNO": "GOV", "EUR": "GOV", "IGO": "GOV", "NGO": "SOC", "MNC": "BUS"}


def organisations(source: Path, codes: frozenset[str]) -> list[Row]:
    """Bodies of the world: the hand-kept rows first, then what the dictionary adds."""
    rows, taken = [], set()
    for name, code, sector, also in kept("organisations_extra.tsv"):
        names = [name, *forms(also)]
        taken.update(n.casefold() for n in names)
        rows.append((name, code, sector, "|".join(names[1:])))
    for names, role, dated in _entries(text(source / "Phoenix.International.actors.txt.gz")):
        code = _body(role)
        fresh = [n for n in names if n.casefold() not in taken and _a_body(n)]
        if code not in ("UNO", "EUR", "IGO", "NGO") or dated or not fresh:
            continue
        taken.update(n.casefold() for n in fresh)
        rows.append((fresh[0], code, BODIES[code], "|".join(fresh[1:])))
    return sorted(rows)


def armed(source: Path, codes: frozenset[str]) -> list[Row]:
    """Armed groups of one country or of many; the dictionary's regional codes are left out."""
    rows, taken = [], set()
    for name, code, sector, start, end, also in kept("armed_groups_extra.tsv"):
        names = [name, *forms(also)]
        taken.update(n.casefold() for n in names)
        rows.append((name, code, sector, start, end, "|".join(names[1:])))
    for names, role, dated in _entries(text(source / "Phoenix.MilNonState.actors.txt.gz")):
        fresh = [n for n in names if n.casefold() not in taken and _a_group(n)]
        if dated or not fresh or not (role[:3] in codes or role.startswith("IMG")) or role[3:6] != "REB":
            continue
        taken.update(n.casefold() for n in fresh)
        rows.append((fresh[0], role[:3], "REB", "", "", "|".join(fresh[1:])))
    return sorted(rows)


def agents(source: Path) -> list[Row]:
    """Nouns of actors; hand-kept ones win."""
    nouns = {}
    for line in text(source / "Phoenix.agents.txt.gz").split("\n"):
        line = line.split("#")[0].strip()
        found = CODE.search(line)
        if found and found.group(1) in SECTORS:
            for noun in _nouns(line[: found.start()]):
                nouns.setdefault(noun, SECTORS[found.group(1)])
    for sector, cell in kept("agents_extra.tsv"):
        nouns.update(dict.fromkeys(forms(cell), sector))
    return sorted((noun, sector) for noun, sector in nouns.items() if sector != "-")


def _nouns(cell: str) -> Iterator[str]:
    cell = re.sub(r"\{.*?\}", "", cell).strip().casefold().replace("_", " ").strip()
    if "!person!" in cell:
        stem = cell.replace("!person!", "").strip()
        yield from (stem + end for end in ("man", "men", "woman", "women", "person"))
    elif cell and "!" not in cell:
        yield re.sub(r"\s+", " ", cell)


def _entries(body: str) -> Iterator[tuple[list[str], str, bool]]:
    """Names with their code: in these files the code stands on or below the names that it is for."""
    names: list[str] = []
    for line in body.split("\n"):
        line = re.split(r"[#;]", line)[0].rstrip()
        found = CODE.search(line)
        if not line.strip():
            continue
        name = (line[: found.start()] if found else line).strip()
        if name:
            names.append(name)
        if found:
            yield [_written(n) for n in names], found.group(1) + found.group(2), bool(found.group(3).strip())
            names = []


def _written(name: str) -> str:
    name = re.sub(r"\([^)]*\)", " ", name.lstrip("+").replace("_", " "))
    name = re.sub(r"\s+", " ", name).strip(" ,")
    small = {"of", "the", "for", "and", "in", "on", "to", "de", "la", "del", "des", "du", "al"}
    words = [w if "." in w else w.capitalize() for w in name.split()]
    words = [w.lower() if i and w.casefold() in small else w for i, w in enumerate(words)]
    return " ".join(w.upper() if _acronym(w, len(words)) else w for w in words)


def _acronym(word: str, count: int) -> bool:
    """A lone short word without a vowel pattern of English is an acronym: the files are all capitals."""
    return count == 1 and word.isalpha() and 2 < len(word) <= 6 and not re.search(r"[aeiou].*[aeiou]", word.lower())


def _body(role: str) -> str | None:
    if role.startswith("IGOUNO"):
        return "UNO"
    if role.startswith("IGOEUREEC"):
        return "EUR"
    if role.startswith("IGO"):
        return "IGO"
    return next((code for code in ("NGO", "MNC") if role.startswith((code, "NGM" if code == "NGO" else code))), None)


BODY_WORDS = re.compile(
    r"\b(organi[sz]ation|union|bank|fund|agency|council|commission|committee|association|federation|foundation|"
    r"institute|society|league|court|tribunal|mission|programme?|alliance|community|forum|network|group|cent(er|re)|"
    r"international|watch|relief|rights|inc|corp|company|ltd|plc|airlines?|assembly|secretariat|office|authority|"
    r"conference|trust|coalition|movement|initiative|partners?|service)\b",
    re.IGNORECASE,
)


def _a_body(name: str) -> bool:
    """Persons stand among the bodies in these files: only names that say what they are, or acronyms, are kept."""
    return len(name) < 80 and "!" not in name and bool(BODY_WORDS.search(name)) and len(name.split()) > 1


def _a_group(name: str) -> bool:
    return 1 < len(name.split()) < 9 and len(name) < 70 and "/" not in name
