"""A telling as the linker compares it: words as stems, parties as names and codes, dates as numbers of days."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tensionwire.link.words import WORD, Vector, known, split, stem, stems, table
from tensionwire.records import Party, Telling

Weights = dict[str, float]

_DECAY = 8  # the ninth topic word counts half as much as the first


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What is worked out once of a telling.

    `head` are the stems of its trigger, `words` those of its sentence without them, `names` those of its parties,
    `proper` those of the sentence's words with a capital; `topic` weighs the report's topic words by their order,
    `known` are both together. `first`, `last`, `published` are days by number.
    """

    telling: Telling
    head: Weights
    meaning: Vector | None
    words: Weights
    names: Weights
    numbers: frozenset[str]
    proper: Weights
    known: frozenset[str]
    topic: Weights
    topics: frozenset[str]
    topic_length: float
    words_weight: float
    names_weight: float
    proper_weight: float
    actors: frozenset[str]
    recipients: frozenset[str]
    place: frozenset[str]
    first: int | None
    last: int | None
    published: int | None


@lru_cache(maxsize=4096)
def view(telling: Telling) -> View:
    """The view of a telling."""
    head, meaning = _trigger(telling.trigger)
    words, proper = _sentence(telling.sentence)
    words = {base: weight for base, weight in words.items() if base not in head}
    names = _names((*telling.actor, *telling.recipient))
    topic, topics, topic_length = _topic(telling.topic)
    first, last = _number(telling.first), _number(telling.last)
    return View(
        telling=telling,
        head=head,
        meaning=meaning,
        words=words,
        names=names,
        numbers=frozenset([base for base in words if base[0].isdigit()]),
        proper=proper,
        known=topics.union(proper),
        topic=topic,
        topics=topics,
        words_weight=sum(words.values()),
        names_weight=sum(names.values()),
        proper_weight=sum(proper.values()),
        topic_length=topic_length,
        actors=_codes(telling.actor),
        recipients=_codes(telling.recipient),
        place=_place(telling.place or ""),
        first=last if first is None else first,
        last=first if last is None else last,
        published=_number(telling.published),
    )


@lru_cache(maxsize=16384)
def _trigger(trigger: str) -> tuple[Weights, Vector | None]:
    """The stems of a trigger and its vector; where all its words are frequent ones ("said"), those as they are."""
    found = split(trigger)
    return stems(trigger) or dict.fromkeys(found, 0.1), table().vector(found)


def _sentence(sentence: str) -> tuple[Weights, Weights]:
    """The stems of a sentence, and those of its words with a capital.

    In a title, where all have one, rare words alone say something.
    """
    words: Weights = {}
    proper: Weights = {}
    for word in WORD.findall(sentence):
        base, weight, capital = known(word)
        if base:
            words[base] = weight
            if capital:
                proper[base] = weight
    return words, proper


def _names(parties: Iterable[Party]) -> Weights:
    found: Weights = {}
    for party in parties:
        if party.name:
            found.update(_name(party.name))
    return found


@lru_cache(maxsize=16384)
def _name(name: str) -> Weights:
    return stems(name)


@lru_cache(maxsize=16384)
def _place(name: str) -> frozenset[str]:
    return frozenset(split(name))


@lru_cache(maxsize=4096)
def _topic(words: tuple[str, ...]) -> tuple[Weights, frozenset[str], float]:
    """A report's topic words with their weights, which all its tellings share, and the length of these."""
    topic = dict(zip(words, _fading(len(words)), strict=True))
    return topic, frozenset(topic), math.sqrt(sum([weight * weight for weight in topic.values()]))


@cache
def _fading(count: int) -> tuple[float, ...]:
    """The weights of so many topic words."""
    return tuple(1 / (1 + n / _DECAY) for n in range(count))


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    """Country or body codes of parties; of a party made of members, theirs."""
    return frozenset(code for party in parties for code in (party.members or (party.code,)) if code)


@lru_cache(maxsize=16384)
def _number(iso: str | None) -> int | None:
    if iso is None:
        return None
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


def rarest(found: Weights, count: int) -> list[str]:
    """The stems of greatest weight, by name where they weigh the same."""
    return [base for _, base in sorted([(-weight, base) for base, weight in found.items()])[:count]]


def headword(view: View) -> str:
    """The stem that stands for the trigger in keys."""
    return next(iter(rarest(view.head, 1)), "") or stem(view.telling.trigger[:1] or "-")
