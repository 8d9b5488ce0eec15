"""Issues: what a quarrel is about, as places, contexts and words by which an incident belongs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tensionwire.errors import UsageError
from tensionwire.ontology.countries import countries
from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.plover import plover
from tensionwire.ontology.spelling import folded
from tensionwire.records import Incident, Telling


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An issue under its name. An incident belongs when one of its tellings does.

    `countries` are ISO codes: the place or a recipient is there; `places` names of places; `contexts` PLOVER's;
    `terms` words or phrases of the evidence sentence, whole words, in any case; a `*` at the end stands for any ending.
    """

    name: str
    countries: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    contexts: frozenset[str] = frozenset()
    terms: tuple[str, ...] = ()

    def holds(self, incident: Incident) -> bool:
        """Whether an incident belongs."""
        return any(self.tells(telling) for telling in incident.tellings)

    def tells(self, telling: Telling) -> bool:
        """Whether one telling speaks of the issue.

        >>> told = Telling(report="r", event="e", type="ACCUSE", quad=3, score=-3, sentence="Over Syria.")
        >>> issue("Syria").tells(told)
        True
        """
        if telling.country in self.countries or any(p.code in self.countries for p in telling.recipient):
            return True
        if not self.contexts.isdisjoint(telling.contexts):
            return True
        if telling.place and self._places and self._places.search(folded(telling.place)):
            return True
        return self._terms is not None and self._terms.search(folded(telling.sentence)) is not None

    @cached_property
    def _terms(self) -> re.Pattern[str] | None:
        return _pattern(self.terms)

    @cached_property
    def _places(self) -> re.Pattern[str] | None:
        return _pattern(self.places)


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    parts = (re.escape(folded(p).rstrip("*")) + (r"\w*" if p.endswith("*") else "") for p in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def issue(text: str, own: Mapping[str, Issue] | None = None) -> Issue:
    """The issue of a name: one of the user's `own`, a country, or one of PLOVER's contexts.

    Raises UsageError with what may have been meant.

    >>> issue("Syria").countries, issue("cyber").contexts
    (frozenset({'SYR'}), frozenset({'cyber'}))
    """
    wanted = folded(text.strip())
    for known in (own or {}).values():
        if folded(known.name) == wanted:
            return known
    states = {e.code for e in Gazetteer.load().named(text.strip()) if e.kind == "name"}
    if text.strip().upper() in countries():
        states = {text.strip().upper()}
    if len(states) == 1:
        return of_country(states.pop())
    if wanted.replace(" ", "_") in plover().contexts:
        return Issue(name=wanted.replace(" ", "_"), contexts=frozenset({wanted.replace(" ", "_")}))
    raise UsageError(f"--issue {text}", "is no issue that is known here", _instead(wanted, own or {}))


def of_country(code: str) -> Issue:
    """What a country is the issue of: acts in it or on it, and sentences that name it or what is of it.

    >>> "syrian" in [term.casefold() for term in of_country("SYR").terms]
    True
    """
    country = countries()[code]
    terms = dict.fromkeys((country.name, *country.names, *country.adjectives, *country.people, *country.capitals))
    return Issue(name=country.name, countries=frozenset({code}), terms=tuple(terms))


def _instead(wanted: str, own: Mapping[str, Issue]) -> str:
    names = {folded(name): name for name in (*own, *(c.name for c in countries().values()), *plover().contexts)}
    near = difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.65)
    offer = f"did you mean {' or '.join(names[n] for n in near)}? " if near else ""
    return f"{offer}define it with `tensionwire issue set FILE`, or name a country or a PLOVER context"
