"""The table of countries: names, adjectives, peoples, capitals, neighbours."""

# ruff: noqa: E501 (headers of tables are one line a paragraph)
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from files import Row, forms, kept, text

from tensionwire.ontology.spelling import folded

HEADER = """\
# Countries: code (ISO 3166-1 alpha-3; XKX Kosovo), short name, other names, adjectives, words for the people, capitals, neighbours; lists by "|".
# Sources: mledoze/countries (ODbL 1.0): names, alternative spellings, demonyms, capitals, borders; training/tables/country_forms.tsv (Apache-2.0): further English forms;
# The World Factbook (CIA, January 2016, public domain): names that states had before.
# This table is made available under the Open Database License 1.0.
code\tname\tnames\tadjectives\tpeople\tcapitals\tborders
"""
# The file has Kosovo under a code of its own.
ISO = {"UNK": "XKX"}
# A people's name that ends so has no plural in -s ("the Chinese", "the British").
NO_PLURAL = ("ese", "ish", "ch", "ss", "sh", "ic")


def codes(rows: Iterable[Row]) -> dict[str, str]:
    """The code of each name of a country, folded."""
    return {folded(name): row[0] for row in rows for name in row[2].split("|")}


def build(source: Path, former: Mapping[str, Sequence[str]] | None = None) -> list[Row]:
    """Rows in order of code; `former` are names that states had before, by code."""
    extra = _extra()
    for code, names in (former or {}).items():
        extra[code]["name"] += names
    found = json.loads(text(source / "countries.json.gz"))
    taken = {form for country in found if _sovereign(country) for form in _demonyms(country)}
    return sorted(_row(country, extra[_code(country["iso3"])], taken) for country in found)


def _sovereign(country: dict[str, Any]) -> bool:
    return bool(country["unMember"]) or country["iso3"] in ("TWN", "PSE", "UNK", "VAT")


def _demonyms(country: dict[str, Any]) -> list[str]:
    return list(((country.get("demonyms") or {}).get("eng") or {}).values())


def _code(iso3: str) -> str:
    return ISO.get(iso3, iso3)


def _extra() -> dict[str, dict[str, list[str]]]:
    extra: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, kind, cell in kept("country_forms.tsv"):
        extra[code][kind] += forms(cell)
    for code in extra:
        extra[code]["short"] = extra[code]["name"][:1]
    return extra


def _row(country: dict[str, Any], extra: dict[str, list[str]], taken: set[str]) -> Row:
    """A row; a territory does not share the demonym of the state that it belongs to ("American")."""
    sovereign = _sovereign(country)
    names = [country["name"], country["official"], *filter(_latin, country["alt"]), *extra["name"]]
    adjectives = [*extra["adjective"], *(d for d in _demonyms(country) if sovereign or d not in taken)]
    people = [*extra["people"], *(plural for a in adjectives if (plural := _plural(a)))]
    capitals = [*extra["capital"], *(country["capital"] if sovereign else ())]
    clean = [_unique(listed, extra["drop"]) for listed in (names, adjectives, people, capitals)]
    borders = [_code(b) for b in country.get("borders") or ()]
    return (
        _code(country["iso3"]),
        extra["short"][0] if extra["short"] else country["name"],
        *("|".join(listed) for listed in clean),
        "|".join(borders),
    )


def _latin(name: str) -> bool:
    """Whether an alternative name can stand in English text: two-letter codes and inverted forms cannot."""
    return len(name) > 3 and name.isprintable() and all(ord(c) < 0x250 for c in name) and "," not in name


def _plural(adjective: str) -> str | None:
    if not adjective or adjective.endswith(NO_PLURAL) or "." in adjective or adjective.isupper():
        return None
    return adjective if adjective.endswith("s") else adjective + "s"


def _unique(listed: list[str], dropped: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(listed) if name and name not in dropped]
