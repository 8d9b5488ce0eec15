"""The people of a report: every name with all that the text says about its bearer.

"Italian Foreign Minister Angelino Alfano", "Angelino Alfano, Italy's foreign minister" and "Alfano" are one
person; what the first two say of state, office and sector holds for the third.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.spelling import skeleton
from tensionwire.resolve.phrases import Reading, read
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.traces import Locate, statelike
from tensionwire.resolve.words import Hit, Name, role

# A description beside a name is so many words at most.
WINDOW = 14
_INTO = frozenset({"in", "near", "from", "at", "across", "into", "inside", "outside", "toward", "towards"})
_LINKS = frozenset({"of", "for", "to", "in", "on", "at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one place of the text says of a person; `reading` is the phrase beside the name.

    `close`: it stands right before the name; `titled`: its last word is an office or form of address.
    """

    name: Name
    reading: Reading
    close: bool = False
    titled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the report; `name` is the fullest form, `names` are all places where one stands."""

    name: str
    names: tuple[Name, ...]
    descriptions: tuple[Description, ...]
    gender: str | None = None

    @property
    def sector(self) -> str | None:
        """What the descriptions say; a past office makes its bearer one of the elite."""
        told = ("ELI" if d.reading.former else d.reading.sector for d in self.descriptions)
        return next((sector for sector in told if sector), None)

    @property
    def first(self) -> int:
        """The word at which the person first appears."""
        return self.names[0].first


def people(scan: Scan, known: Iterable[Name] = (), locate: Locate | None = None) -> tuple[Person, ...]:
    """Everybody who is named, in order of appearance; `known` are names that are surely persons'.

    A name that `locate` finds on the map is a person's only where something is said of him or her.

    >>> from tensionwire.records import Span
    >>> from tensionwire.resolve.scan import scan as scanned
    >>> text = "Norway's foreign minister, Kari Lund, spoke. Lund left."
    >>> [(p.name, len(p.names)) for p in people(scanned(text, [Span(0, 44), Span(45, 55)]))]
    [('Kari Lund', 2)]
    """
    groups = _grouped(scan, scan.names)
    sure = set(known)
    gathered = (_gathered(scan, group, sure, locate) for group in groups)
    return tuple(person for person in gathered if person is not None)


def _grouped(scan: Scan, names: Sequence[Name]) -> list[list[Name]]:
    """Names of one bearer: equal forms, and short forms with the longer name that holds their word."""
    full: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in names:
        full[_form(scan, name)].append(name)
    forms = sorted(full, key=lambda form: (-len(form), full[form][0]))
    owner: dict[str, tuple[str, ...]] = {}
    chosen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for form in forms:
        home = owner.get(form[-1]) if len(form) == 1 or _fits(form, owner.get(form[-1])) else None
        chosen[form] = home or form
        if home is None:
            owner.setdefault(form[-1], form)
            if len(form) > 1:
                owner.setdefault(form[0], form)
    groups: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for form in forms:
        groups[chosen[form]].extend(full[form])
    return sorted(sorted(group) for group in groups.values())


def _form(scan: Scan, name: Name) -> tuple[str, ...]:
    words = [skeleton(w.key) for w in scan.words[name.first : name.last] if len(w.key) > 1 and w.text[0].isalnum()]
    small = grammar().particle
    return tuple(w for w in words if w not in small) or tuple(words) or (scan.words[name.first].key,)


def _fits(form: tuple[str, ...], home: tuple[str, ...] | None) -> bool:
    """Whether a form of several words is a shorter or fuller form of another with the same last word."""
    if home is None or form[-1] != home[-1]:
        return False
    return form[0] == home[0] or (form[0][0] == home[0][0] and min(len(form[0]), len(home[0])) == 1) or form[0] in home


def _gathered(scan: Scan, names: list[Name], sure: set[Name], locate: Locate | None) -> Person | None:
    """A group of names as a person, unless nothing speaks for one."""
    described = [d for name in names for d in _descriptions(scan, name)]
    longest = max(names, key=lambda n: (_length(scan, n), -n.first))
    if not (sure.intersection(names) or described or _length(scan, longest) > 1):
        return None
    close = any(d.close and (d.titled or d.reading.sector or d.reading.gender or d.reading.former) for d in described)
    personal = close or bool(sure.intersection(names)) or (bool(described) and _length(scan, longest) > 1)
    last = scan.words[longest.last - 1].key
    if last in grammar().body or last in grammar().group or last in grammar().country:
        return None
    shouted = all(w.text.isupper() for w in scan.words[longest.first : longest.last])
    if not personal and (_length(scan, longest) == 1 or _placed(scan, names) or shouted):
        return None
    if not personal and locate is not None and locate(scan.text(*longest)) is not None:
        return None
    genders = Counter(d.reading.gender for d in described if d.reading.gender)
    return Person(
        name=scan.text(*longest),
        names=tuple(names),
        descriptions=tuple(described),
        gender=genders.most_common(1)[0][0] if genders else None,
    )


def _placed(scan: Scan, names: list[Name]) -> bool:
    """Whether names of which nothing is said are used as a place's or a state's at least half of the time."""
    uses = sum(1 for n in names if statelike(scan, n.first) or (n.first and scan.words[n.first - 1].key in _INTO))
    return 2 * uses >= len(names)


def _length(scan: Scan, name: Name) -> int:
    return len(_form(scan, name))


def _descriptions(scan: Scan, name: Name) -> Iterator[Description]:
    """Phrases beside a name that say who its bearer is."""
    first, last = _before(scan, name)
    if last > first:
        reading = read(scan, first, last)
        titled = role(scan.words[last - 1].key)
        if titled or reading.sector or reading.entry or reading.former or reading.gender:
            yield Description(name=name, reading=reading, close=True, titled=titled)
    for first, last in (_before_comma(scan, name), _after_comma(scan, name)):
        if last > first:
            reading = read(scan, first, last)
            if _of_person(reading):
                yield Description(name=name, reading=reading)


def _of_person(reading: Reading) -> bool:
    """Whether a phrase between marks tells of a person: by its noun, or as one of a people ("an Australian")."""
    word = (reading.head or "").split()[-1:]
    if word and (word[0] in grammar().person or word[0] in grammar().honorific or reading.gender):
        return True
    people = reading.entry is not None and reading.whole and reading.entry.kind in ("adjective", "people")
    return people or reading.former or reading.sector in ("GOV", "MIL", "LEG", "OPP", "PTY", "JRN", "EDU", "SOC")


def _before(scan: Scan, name: Name) -> tuple[int, int]:
    """The words right before the name: "Russian opposition leader", "Gen."."""
    first = name.first
    words = grammar()
    while first > 0 and name.first - first < WINDOW and scan.sentence[first - 1] == scan.sentence[name.first]:
        word = scan.words[first - 1]
        hit = scan.at[first - 1]
        part_of_title = scan.words[first - 1].capital and first < name.first and role(scan.words[first].key)
        if word.key in ("and", "or", "&") or (scan.named[first - 1] is not None and not part_of_title):
            break
        if hit is not None:
            first = hit.first
        elif word.key == "'s" or word.text in "'’" or role(word.key) or "-" in word.text or word.key in words.former:
            first -= 1
        elif word.key == "the" and first > 2 and scan.words[first - 2].key in _LINKS and _titled(scan, first - 3):
            first -= 2
        elif word.key in words.determiner or word.key in words.possessive:
            owner = word.key in words.possessive
            start, last = _from_role(scan, first, name.first)
            return (start - owner if start == first else start), last
        elif (word.key in _LINKS and first < name.first and _titled(scan, first - 2)) or (
            word.text[0].isalpha() and word.key not in words.own and word.key not in words.other and first < name.first
        ):
            first -= 1
        else:
            break
    return _from_role(scan, first, name.first)


def _titled(scan: Scan, at: int) -> bool:
    """Whether a word is an office on which "of X", "to X" hangs."""
    return at >= 0 and role(scan.words[at].key)


def _from_role(scan: Scan, first: int, last: int) -> tuple[int, int]:
    """The stretch from its first state, role or capital on: what stands before is the clause's, not the name's."""
    if last == first or not (role(scan.words[last - 1].key) or scan.at[last - 1] is not None):
        return last, last
    start, plain, formal = last - 1, False, scan.words[last - 1].capital
    for at in range(last - 1, first - 1, -1):
        word, hit = scan.words[at], scan.at[at]
        if hit is not None:
            if plain and not _qualifies(scan, hit, formal):
                break
            start = at
        elif plain and formal and role(word.key):
            break
        elif role(word.key) or word.key in grammar().former or "-" in word.text:
            start = at
        elif word.key not in ("'s", "'", "’", "the", *_LINKS) and not word.capital:
            plain = True
            if start - at > 2:
                break
    return start, last


def _qualifies(scan: Scan, hit: Hit, formal: bool) -> bool:
    """Whether a state may stand further before an office: as an adjective or with 's; else a verb may lie between.

    Before a `formal` office, in capitals, no adjective stands apart from it ("German papers praised President Sall").
    """
    after = scan.words[hit.last].key if hit.last < len(scan.words) else ""
    return (hit.entry.kind in ("adjective", "ethnic") and not formal) or after == "'s"


def _before_comma(scan: Scan, name: Name) -> tuple[int, int]:
    """ "the governor of the province," before the name: a phrase with a role in its head, between marks."""
    comma = name.first - 1
    if comma < 1 or scan.words[comma].text not in ",—–":
        return 0, 0
    first = comma
    while first > 0 and comma - first < WINDOW and scan.sentence[first - 1] == scan.sentence[comma]:
        if scan.words[first - 1].text in ',;:()"“”—–':
            break
        first -= 1
    return _role_phrase(scan, first, comma, backwards=True)


def _after_comma(scan: Scan, name: Name) -> tuple[int, int]:
    """ ", Italy's foreign minister," behind the name."""
    comma = name.last
    if comma + 1 >= len(scan.words) or scan.words[comma].text not in ",(—–":
        return 0, 0
    last = comma + 1
    while last < len(scan.words) and last - comma < WINDOW and scan.sentence[last] == scan.sentence[comma]:
        if scan.words[last].text in ',;:()"“”—–.' or scan.words[last].key in ("who", "which", "said", "told"):
            break
        last += 1
    return _role_phrase(scan, comma + 1, last, backwards=False)


def _role_phrase(scan: Scan, first: int, last: int, *, backwards: bool) -> tuple[int, int]:
    """The part of a stretch that is a description: it starts with an article, an owner, a state or a role."""
    words = grammar()
    starts = range(last - 1, first - 1, -1) if backwards else range(first, min(first + 1, last))
    best = last
    for at in starts:
        word = scan.words[at]
        if scan.at[at] is not None or role(word.key) or word.key in words.possessive:
            best = at
        if word.key in words.determiner and best < last:
            best = at
            break
        if backwards and word.key in words.other and not (word.key in _LINKS and _titled(scan, at - 1)):
            break
    if not backwards and best == last and scan.words[first].key in ("a", "an", "the", *words.former):
        best = first
    head = [w.key for w in scan.words[best:last]]
    if best == last or not (any(role(k) for k in head) or any(scan.at[at] for at in range(best, last))):
        return last, last
    return best, last
