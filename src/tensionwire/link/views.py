"""A telling as the linker compares it: words as stems, parties as names and codes, dates as numbers of days."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tensionwire.link.words import WORD, Vector, split, stem, stems, table, weight
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


@lru_cache(maxsize=20000)
def view(telling: Telling) -> View:
    """The view of a telling."""
    found = split(telling.trigger)
    head = _head(telling.trigger)
    words = {base: weight for base, weight in stems(telling.sentence).items() if base not in head}
    names, proper = _names((*telling.actor, *telling.recipient)), _proper(telling.sentence)
    topic = {word: 1 / (1 + n / _DECAY) for n, word in enumerate(telling.topic)}
    first, last = _number(telling.first), _number(telling.last)
    return View(
        telling=telling,
        head=head,
        meaning=table().vector(found),
        words=words,
        names=names,
        numbers=frozenset(base for base in words if base[0].isdigit()),
        proper=proper,
        known=frozenset({*proper, *topic}),
        topic=topic,
        words_weight=sum(words.values()),
        names_weight=sum(names.values()),
        proper_weight=sum(proper.values()),
        topic_length=math.sqrt(sum(weight * weight for weight in topic.values())),
        actors=_codes(telling.actor),
        recipients=_codes(telling.recipient),
        place=frozenset(split(telling.place or "")),
        first=last if first is None else first,
        last=first if last is None else last,
        published=_number(telling.published),
    )


def _head(trigger: str) -> Weights:
    """The stems of a trigger; where all its words are frequent ones ("said"), those words as they are."""
    return stems(trigger) or dict.fromkeys(split(trigger), 0.1)


def _proper(sentence: str) -> Weights:
    """The stems of words with a capital; in a title, where all have one, rare words alone say something."""
    capitals = (word.lower() for word in WORD.findall(sentence) if word[0].isupper())
    return {base: weight(word) for word in capitals if (base := stem(word))}


def _names(parties: Iterable[Party]) -> Weights:
    found: Weights = {}
    for party in parties:
        found.update(stems(party.name or ""))
    return found


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    """Country or body codes of parties; of a party made of members, theirs."""
    return frozenset(code for party in parties for code in (party.members or (party.code,)) if code)


def _number(iso: str | None) -> int | None:
    if iso is None:
        return None
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


def rarest(found: Weights, count: int) -> list[str]:
    """The stems of greatest weight, by name where they weigh the same."""
    return sorted(found, key=lambda base: (-found[base], base))[:count]


def headword(view: View) -> str:
    """The stem that stands for the trigger in keys."""
    return next(iter(rarest(view.head, 1)), "") or stem(view.telling.trigger[:1] or "-")
