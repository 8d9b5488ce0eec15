"""Every name that stands for a state, a body, a bloc or an armed group, found by its words.

The forms of all tables (countries, metonyms, organisations, armed groups, blocs) are kept by their first word,
so that one pass over a text finds them all, the longest first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tensionwire.ontology.blocs import blocs
from tensionwire.ontology.countries import countries
from tensionwire.ontology.rows import rows
from tensionwire.ontology.spelling import folded

# A word of running text: "U.S.", "Gen.", an initial, a word with inner marks ("al-Assad", "O'Brien"), a genitive,
# or one mark.
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[-‑][^\W_]+)*"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Brig|Cmdr|Prof|Rev|St|Jr|Sr|Mt|Hon|Pres)\."
    r"|[^\W\d_a-z]\.(?=\s)"
    r"|[^\W_]+(?:(?!['’]s\b)[-‑’'.&/][^\W_]+)*"
    r"|['’]s?\b"
    r"|[^\w\s]"
)
# Short forms in capitals count only as they are written: "US" is not "us", "WHO" not "who".
_ACRONYM = re.compile(r"[A-Z][A-Z.&/\d-]{0,5}[A-Z\d.]?")


class Entry(NamedTuple):
    """What a form stands for.

    `kind` is name, adjective, people, capital (of a state), metonym, body, armed, bloc, ethnic, national (a party,
    chamber, force or group that one state or some have) or loose (such a body by an acronym or plain words).
    `start` and `until` bound the days on which the meaning holds, empty where nothing bounds it. `among` are the
    states where a people may belong that lives in several, or that have a body of that name.
    """

    kind: str
    code: str
    sector: str
    name: str
    start: str = ""
    until: str = ""
    among: tuple[str, ...] = ()

    def holds(self, date: str | None) -> bool:
        """Whether the meaning holds on an ISO date; without a date, whether it holds today.

        >>> Entry("armed", "AFG", "REB", "Taliban", "", "2021-08-14").holds("2015-01-01")
        True
        """
        if date is None:
            return not self.until
        return self.start <= date[:10] and (not self.until or date[:10] <= self.until)


class Form(NamedTuple):
    """A form of one or more words; `exact` is its spelling where only that counts."""

    keys: tuple[str, ...]
    exact: str | None
    entries: tuple[Entry, ...]


class Gazetteer:
    """All forms by first word."""

    __slots__ = ("forms",)

    def __init__(self, forms: Mapping[str, tuple[Form, ...]]) -> None:
        self.forms = forms

    @classmethod
    def load(cls) -> Gazetteer:
        """The shipped tables, read once."""
        return _shipped()

    def match(self, keys: Sequence[str], texts: Sequence[str], at: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest form that starts at a word: how many words it takes and what it may stand for.

        >>> words = ["the", "UN", "Security", "Council"]
        >>> found = Gazetteer.load().match([word.casefold() for word in words], words, 1)
        >>> found[0], found[1][0].code
        (3, 'UNO')
        """
        for form in self.forms.get(keys[at], ()):
            length = len(form.keys)
            if tuple(keys[at : at + length]) == form.keys and (form.exact is None or form.exact == texts[at]):
                return length, form.entries
        return None

    def named(self, name: str) -> tuple[Entry, ...]:
        """What a whole name stands for.

        >>> [e.code for e in Gazetteer.load().named("the Kremlin")]
        ['RUS']
        """
        words = split(name)
        if words and words[0].casefold() == "the":
            words = words[1:]
        found = self.match([key(w) for w in words], words, 0) if words else None
        return found[1] if found and found[0] == len(words) else ()


def split(text: str) -> list[str]:
    """The words of a name, marks included.

    >>> split("Russia's U.S. envoy")
    ['Russia', "'s", 'U.S.', 'envoy']
    """
    return WORD.findall(text)


def key(word: str) -> str:
    """A word as forms are compared.

    >>> key("Élysée"), key("U.S.")
    ('elysee', 'u.s')
    """
    return folded(word).rstrip(".") or word


@cache
def _shipped() -> Gazetteer:
    meanings: dict[tuple[tuple[str, ...], str | None], list[Entry]] = defaultdict(list)
    for form, entry in forms():
        words = split(form.removeprefix("the "))
        if words:
            exact = words[0] if len(words) == 1 and _ACRONYM.fullmatch(words[0]) else None
            listed = meanings[tuple(key(w) for w in words), exact]
            if entry not in listed:
                listed.append(entry)
    by_first: dict[str, list[Form]] = defaultdict(list)
    for (keys, exact), entries in meanings.items():
        by_first[keys[0]].append(Form(keys, exact, tuple(entries)))
    return Gazetteer({first: _longest_first(forms) for first, forms in by_first.items()})


def _longest_first(forms: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form.keys), form.exact is None)))


def forms() -> Iterator[tuple[str, Entry]]:
    """Every form of every table with what it stands for."""
    yield from _states()
    for name, code, sector, also in rows("metonyms.tsv"):
        entry = Entry("metonym", code, sector, name)
        yield from ((form, entry) for form in (name, *_listed(also, ", ")))
    for name, states, also in rows("peoples.tsv"):
        among = tuple(_listed(states, "|"))
        entry = Entry("ethnic", among[0] if len(among) == 1 else "-", "CVL", name, among=among)
        yield from ((form, entry) for form in (name, *_listed(also, ", ")))
    for bloc in blocs().values():
        entry = Entry("bloc", bloc.code or "-", "GOV", bloc.name)
        yield from ((form, entry) for form in bloc.names)
    for name, code, sector, also in rows("organisations.tsv"):
        entry = Entry("body", code, sector, name)
        yield from ((form, entry) for form in (name, *_listed(also, "|")))
    for name, code, sector, also in rows("known_bodies.tsv"):
        known = Entry("national" if code in countries() else "body", code, sector, name)
        yield from ((form, known) for form in (name, *_listed(also, ", ")))
    for name, code, sector, start, until, also in rows("armed_groups.tsv"):
        entry = Entry("armed", code, sector, name, start, until)
        yield from ((form, entry) for form in (name, *_listed(also, "|")))
    yield from _national()


def _national() -> Iterator[tuple[str, Entry]]:
    holders: dict[str, list[Entry]] = defaultdict(list)
    for name, sector, states, sure, loose in rows("national_bodies.tsv"):
        among = tuple(_listed(states, "|"))
        entry = Entry("national", among[0] if len(among) == 1 else "-", sector, name, among=among)
        yield from ((form, entry) for form in _listed(sure, "|"))
        for form in _listed(loose, "|"):
            holders[form].append(entry)
    for form, held in holders.items():
        codes = tuple(dict.fromkeys(code for entry in held for code in entry.among))
        yield form, Entry("loose", "-", held[0].sector, held[0].name if len(held) == 1 else form, among=codes)


def _states() -> Iterator[tuple[str, Entry]]:
    for country in countries().values():
        listed = (
            ("name", country.names),
            ("adjective", country.adjectives),
            ("people", country.people),
            ("capital", country.capitals),
        )
        for kind, forms in listed:
            entry = Entry(kind, country.code, "GOV" if kind != "people" else "CVL", country.name)
            yield from ((form, entry) for form in forms)


def _listed(cell: str, separator: str) -> list[str]:
    return [form for form in cell.split(separator) if form]
