"""Sides: voices on an incident put together by who stands with whom and against whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from tensionwire.link.voices import Voice
from tensionwire.records import Party


@dataclass(slots=True)
class Camp:
    """Voices of one speaker, state or breath: they are never parted. `foes` are the numbers of camps against it."""

    voices: list[Voice] = field(default_factory=list)
    foes: set[int] = field(default_factory=set)

    @property
    def accused(self) -> frozenset[str]:
        """Codes and names of those that it holds responsible."""
        return _keys(party for voice in self.voices for party in voice.against)

    @property
    def neutral(self) -> bool:
        """Whether it neither accuses nor opposes anybody."""
        return not self.accused and not any(voice.opposing for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Side:
    """One stand: `holders` tell it, `deniers` contradict it."""

    holders: tuple[Voice, ...]
    deniers: tuple[Voice, ...]


def sides(said: Sequence[Voice]) -> list[Side]:
    """The sides that voices fall into."""
    camps = _camps(said)
    _set_apart(camps)
    groups: list[list[int]] = []
    for number in sorted(range(len(camps)), key=lambda n: (camps[n].neutral, -len(camps[n].foes), n)):
        home = next((group for group in groups if _belongs(number, group, camps)), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    found = [_side(group, camps) for group in groups]
    return [side for side in found if side.holders]


def _camps(said: Sequence[Voice]) -> list[Camp]:
    """Voices joined by speaker, state and sector, or one stretch of text."""
    above = list(range(len(said)))

    def root(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    for a, b in combinations(range(len(said)), 2):
        if _together(said[a], said[b]):
            above[root(b)] = root(a)
    camps: dict[int, Camp] = {}
    for n, voice in enumerate(said):
        camps.setdefault(root(n), Camp()).voices.append(voice)
    return list(camps.values())


def _together(a: Voice, b: Voice) -> bool:
    if a.together is not None and a.together == b.together:
        return True
    if a.speaker is None or b.speaker is None:
        return a.speaker is b.speaker and a.stance != "denies" != b.stance and bool(_keys(a.against) & _keys(b.against))
    one, two = a.speaker, b.speaker
    if one.name and one.name == two.name:
        return True
    if one.code is None or two.code is None:
        return bool(one.members and two.code in one.members) or bool(two.members and one.code in two.members)
    return one.code == two.code and one.sector == two.sector


def _set_apart(camps: list[Camp]) -> None:
    """Who is against whom: by dispute, by accusation, by denial of what others tell."""
    of_claim = {(v.report, v.claim): n for n, camp in enumerate(camps) for v in camp.voices if v.claim}
    for a, b in combinations(range(len(camps)), 2):
        one, two = camps[a], camps[b]
        disputed = any(of_claim.get((v.report, v.disputes)) == b for v in one.voices if v.disputes) or any(
            of_claim.get((v.report, v.disputes)) == a for v in two.voices if v.disputes
        )
        if disputed or _charged(one, two) or _charged(two, one):
            one.foes.add(b)
            two.foes.add(a)


def _charged(one: Camp, other: Camp) -> bool:
    """Whether a camp accuses those who speak in another."""
    return bool(one.accused & _keys(voice.speaker for voice in other.voices if voice.speaker))


def _belongs(number: int, group: list[int], camps: list[Camp]) -> bool:
    """Whether a camp shares the stand of a group: against none of it, and with its accused, its foes, or no stand."""
    camp = camps[number]
    if camp.foes & set(group):
        return False
    if camp.neutral and not camp.foes:
        return all(camps[n].neutral and not camps[n].foes for n in group)
    accused = frozenset().union(*(camps[n].accused for n in group))
    foes: set[int] = set().union(*(camps[n].foes for n in group))
    if camp.accused and accused:
        return bool(camp.accused & accused)
    return bool(camp.foes & foes)


def _side(group: list[int], camps: list[Camp]) -> Side:
    inside = [voice for n in group for voice in camps[n].voices]
    holders = [v for v in inside if not v.opposing or (v.disputes is None and v.stance == "denies")]
    told: set[tuple[str, str | None]] = {(v.report, v.claim) for v in inside if v.claim}
    blamed = frozenset().union(*(camps[n].accused for n in group))
    outside = [v for n, camp in enumerate(camps) if n not in group for v in camp.voices]
    deniers = [v for v in outside if v.opposing and _denies(v, told, blamed)]
    return Side(_once(holders), _once(deniers))


def _denies(voice: Voice, told: set[tuple[str, str | None]], blamed: frozenset[str]) -> bool:
    """Whether a voice contradicts one of these claims, or denies outright what its speaker is blamed for."""
    if voice.disputes is not None:
        return (voice.report, voice.disputes) in told
    return bool(blamed) and (voice.speaker is None or bool(_keys([voice.speaker]) & blamed))


def _once(some: Iterable[Voice]) -> tuple[Voice, ...]:
    """Each speaker's words once, however many copies carry them."""
    first: dict[tuple[str | None, str], Voice] = {}
    for voice in some:
        who = (voice.speaker.name or voice.speaker.code) if voice.speaker else None
        key = who, voice.words.casefold()
        if key not in first or (voice.since or "9999") < (first[key].since or "9999"):
            first[key] = voice
    return tuple(first.values())


def _keys(parties: Iterable[Party]) -> frozenset[str]:
    """What parties are known by: their codes, else their names."""
    return frozenset(party.code or (party.name or "").casefold() for party in parties if party.code or party.name)
