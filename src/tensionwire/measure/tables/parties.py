"""Who the actors of an event table are: states alone, states in brackets, bodies, holders of office."""

from __future__ import annotations

import re
from typing import Final

from tensionwire.measure.data_rows import rows
from tensionwire.ontology.countries import countries
from tensionwire.ontology.gazetteer import Entry, Gazetteer
from tensionwire.ontology.offices import Offices, Tenure, listed
from tensionwire.ontology.spelling import folded
from tensionwire.records import Party

# What follows the last bracket that stands alone: "Lawyer (Holy See (Vatican City State))" gives the outer one.
_BRACKET: Final = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")
_OF: Final = re.compile(r"\bof ([A-Z][^()]*?)\s*(?:\(\d{4}-\d{0,4}\))?$")
_NOBODY: Final = frozenset({"", "none", "na", "n/a", "null", "nan", "---"})
_BODIES: Final = ("body", "bloc", "armed", "metonym")


class Parties:
    """Names to parties, each looked up once; a holder of office counts for the state of that day."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.load()
        self._offices = Offices.load()
        self._codes = {code: code for code in countries()} | {row[0]: row[1] for row in rows("state_names.tsv")}
        self._known: dict[tuple[str, str], Party | None] = {}
        self._tenures: dict[str, tuple[Tenure, ...]] = {}

    def party(self, name: str, country: str, day: str) -> Party | None:
        """The party of a name, with its country where the table gives it; None for nobody.

        >>> parties = Parties()
        >>> parties.party("Military (Russia)", "", "2014-03-05").code
        'RUS'
        >>> parties.party("Sergey Viktorovich Lavrov", "", "2014-03-05").code
        'RUS'
        """
        name, country = name.strip(), country.strip()
        if name.casefold() in _NOBODY:
            name = ""
        if country.casefold() in _NOBODY:
            country = ""
        if (name, country) not in self._known:
            self._known[name, country] = self._timeless(name, country)
        party = self._known[name, country]
        if party is None or party.code or name not in self._tenures:
            return party
        return self._in_office(party, self._tenures[name], day)

    def _timeless(self, name: str, country: str) -> Party | None:
        if not name and not country:
            return None
        code = self._state(country) if country else None
        if code is None and name:
            code = self._told(name)
        if code is None and (held := self._offices.person(name)):
            self._tenures[name] = held
        return Party(code=code, name=name or country)

    def _told(self, name: str) -> str | None:
        """The code that the name itself tells: its bracket, else the whole of it."""
        bracket = _BRACKET.search(name)
        if bracket and (code := self._state(bracket[1])):
            return code
        whole = name[: bracket.start()].strip() if bracket else name
        of = _OF.search(whole)
        return self._state(whole) or (self._state(of[1]) if of else None)

    def _state(self, name: str) -> str | None:
        """ISO code of a state by code or name, or the code of a body or armed group."""
        if name in self._codes:
            return self._codes[name]
        entries = self._gazetteer.named(name)
        states = {e.code for e in entries if e.kind == "name" and self._is_name(e, name)}
        if len(states) == 1:
            return states.pop()
        codes = {e.code for e in entries if e.kind in _BODIES and e.code != "-"}
        return codes.pop() if not states and len(codes) == 1 else None

    def _is_name(self, entry: Entry, name: str) -> bool:
        return folded(name) in {folded(form) for form in countries()[entry.code].names}

    def _in_office(self, party: Party, tenures: tuple[Tenure, ...], day: str) -> Party:
        """The state whose office the person held that day; else the only state whose office was ever held."""
        held = {t.code for t in listed([t for t in tenures if t.holds(day)]) or listed(tenures)}
        known = (party.name or "", min(held)) if len(held) == 1 else None
        if known is None:
            return party
        if known not in self._known:
            self._known[known] = Party(code=known[1], name=party.name)
        return self._known[known] or party
