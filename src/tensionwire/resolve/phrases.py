"""What a phrase says of itself: its head noun, the state or body that it names, its owner, a person's name.

A phrase is read from its own words alone; whom "the minister" or "his men" means is for the report to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tensionwire.ontology.agents import agent, agents
from tensionwire.ontology.gazetteer import Entry
from tensionwire.ontology.grammar import grammar, nouns
from tensionwire.resolve.belonging import belonging
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.words import Name, role

_MARKS = frozenset(',;:()[]—–-"“”')
_QUOTES = frozenset("\"“”'‘’()[],.;:!?—–-")
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A phrase as read.

    `entry` is what the tables know of it; `whole` is true when the phrase is that very thing ("the Kremlin") and
    false when it only belongs there ("Kremlin officials"). `codes` has more than one where the phrase joins states.
    The nouns of the head end at word `noun`, what hangs on it starts at `cut`.
    `owner` is a possessive pronoun's value, `of` the names that the phrase hangs on ("Assad's forces").
    """

    first: int
    last: int
    pronoun: str | None = None
    name: Name | None = None
    head: str | None = None
    sector: str | None = None
    entry: Entry | None = None
    whole: bool = False
    via: str = ""
    codes: tuple[str, ...] = ()
    owner: str | None = None
    apart: bool = False
    anaphor: str | None = None
    of: tuple[Name, ...] = ()
    former: bool = False
    several: bool = False
    gender: str | None = None
    office: str | None = None
    definite: bool = False
    region: bool = False
    fixed: str | None = None
    noun: int = 0
    cut: int = 0


def read(scan: Scan, first: int, last: int, *, people: frozenset[Name] = frozenset()) -> Reading:
    """Read the words `[first, last)`; `people` are names known to be persons'.

    >>> from tensionwire.records import Span
    >>> from tensionwire.resolve.scan import scan as scanned
    >>> text = "the former foreign minister of Norway"
    >>> reading = read(scanned(text, [Span(0, len(text))]), 0, 6)
    >>> reading.head, reading.entry.code, reading.via, reading.former
    ('foreign minister', 'NOR', 'tail', True)
    """
    first, last = _trimmed(scan, first, last)
    if first >= last:
        return Reading(first=first, last=last)
    words = grammar()
    if last - first == 1 or (last - first == 2 and scan.words[first].key in ("all", "both")):
        pronoun = words.pronoun.get(scan.words[last - 1].key) or words.possessive.get(scan.words[last - 1].key)
        if pronoun and not _acronym(scan, last - 1):
            return Reading(first=first, last=last, pronoun=pronoun)
    cut = _cut(scan, first, last)
    return _described(scan, first, cut, last, people)


def _acronym(scan: Scan, at: int) -> bool:
    """ "US" and "IT" in capitals are no pronouns, unless the sentence is in capitals throughout."""
    text = scan.words[at].text
    return len(text) > 1 and text.isupper() and scan.at[at] is not None


def _trimmed(scan: Scan, first: int, last: int) -> tuple[int, int]:
    """The stretch without the marks around it; marks inside a known name ("(G7)") are part of it."""
    while first < last and scan.words[first].text in _QUOTES and scan.at[first] is None:
        first += 1
    while last > first and scan.at[last - 1] is None:
        if scan.words[last - 1].text not in _QUOTES and scan.words[last - 1].key != "'s":
            break
        last -= 1
    return first, last


def _cut(scan: Scan, first: int, last: int) -> int:
    """Where the head of the phrase ends: at a mark, a preposition or a clause."""
    words = grammar()
    for at in range(first + 1, last):
        word = scan.words[at]
        if scan.at[at] is not None:
            continue
        if word.text in _MARKS:
            return at
        if (word.key in words.own or word.key in words.other) and not _fixed(scan, at):
            return at
    return last


def _fixed(scan: Scan, at: int) -> bool:
    """ "secretary of state", "member of parliament": the preposition is inside a noun of the table."""
    if at + 1 >= len(scan.words) or at == 0:
        return False
    return f"{scan.words[at - 1].key} {scan.words[at].key} {scan.words[at + 1].key}" in agents()


def _described(scan: Scan, first: int, cut: int, last: int, people: frozenset[Name]) -> Reading:
    """A phrase that is no pronoun."""
    words = grammar()
    owner, start = _owner(scan, first, cut)
    name = _person(scan, start, cut, people)
    noun_end = name.first if name else cut
    keys = [w.key for w in scan.words[start:noun_end] if w.text not in _QUOTES]
    noun = _counted(scan, keys, cut, last) or agent(keys)
    entry, whole, via, codes = belonging(scan, start, cut, last, noun_end)
    head = noun[0] if noun else (keys[-1] if keys else None)
    singular = next(reversed((head or "").split()), "")
    return Reading(
        first=first,
        last=last,
        name=name,
        head=head,
        sector=noun[1] if noun else None,
        entry=entry,
        whole=whole and name is None,
        via=via,
        codes=codes,
        owner=owner,
        apart=any(k in words.apart for k in keys),
        anaphor=_anaphor(scan, first, start, cut),
        of=tuple(_hanging(scan, start, cut, last, name)),
        former=any(k in words.former or k.startswith("ex-") for k in keys),
        several=bool(keys) and keys[-1] in words.several,
        gender=_gender(keys, singular),
        office=_office(scan, start, noun_end) if noun else None,
        definite=scan.words[first].key in _DEFINITE,
        region=any(k in nouns().region for k in keys[:3]),
        fixed=_fixed_code(keys),
        noun=noun_end,
        cut=cut,
    )


def _counted(scan: Scan, keys: list[str], cut: int, last: int) -> tuple[str, str] | None:
    """The noun behind "of" where the head only counts or gathers: "a team of armed police"."""
    words = grammar()
    if not keys or cut >= last or scan.words[cut].key != "of":
        return None
    if keys[-1] not in words.mass and keys[-1] not in words.quantity and keys[-1] not in words.group:
        return None
    end = cut + 1
    while end < last and scan.words[end].key not in words.own and scan.words[end].key not in words.other:
        end += 1
    return agent([w.key for w in scan.words[cut + 1 : end] if w.text not in _QUOTES])


def _fixed_code(keys: list[str]) -> str | None:
    """The code that the last words of a head have by themselves ("aid agencies", "international observers")."""
    for length in (3, 2, 1):
        code = nouns().codes.get(" ".join(keys[-length:])) if len(keys) >= length else None
        if code:
            return code
    return None


def _owner(scan: Scan, first: int, cut: int) -> tuple[str | None, int]:
    """A possessive pronoun at the start, and where the rest begins."""
    words = grammar()
    at = first
    while at < cut and scan.words[at].key in words.determiner:
        at += 1
    value = words.possessive.get(scan.words[at].key) if at < cut - 1 else None
    if value and scan.at[at] is None:
        return value, at + 1
    return None, first


def _person(scan: Scan, first: int, cut: int, people: frozenset[Name]) -> Name | None:
    """The name that ends the head, when it is somebody's: after a role or a state, or known as a person's."""
    names = scan.names_in(first, cut)
    if not names or names[-1].last != cut:
        return None
    name = names[-1]
    if name in people or scan.named[name.first] in people:
        return name
    before = name.first - 1
    if before >= first and (role(scan.words[before].key) or scan.words[before].key == "."):
        return name
    return name if name.last - name.first > 1 or name.first == first else None


def _hanging(scan: Scan, first: int, cut: int, last: int, name: Name | None) -> Iterator[Name]:
    """Names on which the head hangs: owners with 's, names before the noun, names behind "of"."""
    words = grammar()
    for found in scan.names_in(first, cut):
        if found != name:
            yield found
    if cut < last and scan.words[cut].key in words.own:
        for found in scan.names_in(cut, last):
            yield found
            break


def _anaphor(scan: Scan, first: int, start: int, cut: int) -> str | None:
    """ "the country's", "the group's": an owner that was named before."""
    words = grammar()
    for at in range(start, cut - 1):
        if scan.words[at + 1].key == "'s" and scan.at[at] is None:
            word = scan.words[at].key
            if word in words.country or word in words.group or word in words.body:
                return word
    return None


def _gender(keys: list[str], head: str) -> str | None:
    words = grammar()
    for word in (head, *keys):
        if word in words.female:
            return "f"
        if word in words.male:
            return "m"
        if words.honorific.get(word):
            return words.honorific[word]
    return None


def _office(scan: Scan, first: int, end: int) -> str | None:
    """The words that tell the office: behind the state, its genitive and determiners."""
    words = grammar()
    for hit in scan.hits_in(first, end):
        if hit.entry.kind in ("name", "adjective", "capital"):
            first = hit.last
    while first < end and (scan.words[first].key in words.determiner or scan.words[first].key in ("'s", "'", ",")):
        first += 1
    return scan.text(first, end).strip(" ,") or None if first < end else None
