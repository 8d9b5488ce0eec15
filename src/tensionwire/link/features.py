"""What two tellings have in common and what sets them apart: the features that the linker weighs.

`FEATURES` is the list; each is a function of two views and of what `Shared` works out once for the pair. Weights
stand in `data/incidents.tsv` under the same names.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from tensionwire.link.views import View, Weights

_EARTH = 6371.0  # km, mean radius
_NEAR = 60.0  # km: one town and its surroundings
_UNTOLD = frozenset({"negated", "hypothetical"})


@dataclass(slots=True)  # not frozen, which would double what making one costs: every comparison makes one
class Shared:
    """What several features of a pair need. `word`, `words` and `names` are 0 to 1, `meaning` a cosine;
    `place`, `actor`, `recipient` and `type` say "same", "other" ("apart", "near") or "unknown"."""

    word: float
    meaning: float
    topic: float
    gap: int | None
    place: str
    actor: str
    recipient: str
    type: str
    words: float = 0.0
    names: float = 0.0
    strange: float = 0.0


def shared(a: View, b: View) -> Shared:
    """The parts of a comparison."""
    return completed(a, b, glance(a, b))


def glance(a: View, b: View) -> Shared:
    """What can be told without the words of the sentences and the names; `WORDY` features need these too."""
    return Shared(
        0.0 if a.head.keys().isdisjoint(b.head) else max([a.head[stem] for stem in a.head.keys() & b.head.keys()]),
        max(0.0, float(a.meaning @ b.meaning)) if a.meaning is not None and b.meaning is not None else 0.0,
        _cosine(a, b),
        _gap(a, b),
        _place(a, b),
        _codes(a.actors, b.actors),
        _codes(a.recipients, b.recipients),
        _types(a, b),
    )


def completed(a: View, b: View, seen: Shared) -> Shared:
    """What a glance saw, with the rest."""
    seen.words = _overlap(a.words, b.words, min(a.words_weight, b.words_weight))
    seen.names = _overlap(a.names, b.names, min(a.names_weight, b.names_weight))
    seen.strange = max(_strange(a, b), _strange(b, a))
    return seen


def _overlap(a: Weights, b: Weights, least: float) -> float:
    """Weight of the shared stems over that of the lighter side."""
    both = a.keys() & b.keys()
    return sum([a[stem] for stem in both]) / least if both and least else 0.0


def _cosine(a: View, b: View) -> float:
    """How alike the reports are by their topic words, 0 to 1."""
    both = a.topics & b.topics
    return sum([a.topic[stem] * b.topic[stem] for stem in both]) / (a.topic_length * b.topic_length) if both else 0.0


def _strange(a: View, b: View) -> float:
    """The share of one sentence's names that the other telling and its report do not know."""
    unknown = a.proper.keys() - b.known
    return sum([a.proper[stem] for stem in unknown]) / a.proper_weight if unknown else 0.0


def _gap(a: View, b: View) -> int | None:
    """Days between the dates of two dated tellings, 0 where they overlap."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def _place(a: View, b: View) -> str:
    if not a.place or not b.place:
        return "unknown"
    if a.place <= b.place or b.place <= a.place:
        return "same"
    one, two = a.telling, b.telling
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return "unknown" if one.country is None or two.country is None or one.country == two.country else "apart"
    return "near" if distance(one.lat, one.lon, two.lat, two.lon) <= _NEAR else "apart"


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points given in degrees, along a great circle (haversine).

    >>> round(distance(55.75, 37.62, 59.94, 30.31))
    635
    """
    one, two = math.radians(lat), math.radians(other_lat)
    across = math.sin((two - one) / 2) ** 2
    along = math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(across + math.cos(one) * math.cos(two) * along))


def _undated(a: View, b: View, s: Shared) -> int | None:
    """Days that publication leaves between two tellings of which at least one has no date; None where unknown."""
    if s.gap is not None:
        return None
    if a.first is None and b.first is None:
        return None if a.published is None or b.published is None else abs(a.published - b.published)
    dated, other = (a, b) if a.first is not None else (b, a)
    if dated.first is None or dated.last is None or other.published is None:
        return None
    return dated.first - other.published if dated.first > other.published else max(0, other.published - dated.last)


def _codes(one: frozenset[str], two: frozenset[str]) -> str:
    if not one or not two:
        return "unknown"
    return "same" if one & two else "other"


def _types(a: View, b: View) -> str:
    if not a.telling.quad or not b.telling.quad:
        return "unknown"
    return "same" if a.telling.type == b.telling.type else "other"


Feature = Callable[[View, View, Shared], float]

FEATURES: dict[str, Feature] = {
    "bias": lambda a, b, s: 1.0,
    "trigger word": lambda a, b, s: float(s.word > 0),
    "trigger word rare": lambda a, b, s: s.word,
    "trigger meaning": lambda a, b, s: s.meaning,
    "trigger meaning close": lambda a, b, s: max(0.0, s.meaning - 0.5) if not s.word else 0.0,
    "sentence words": lambda a, b, s: s.words,
    "sentence words, trigger word": lambda a, b, s: s.words if s.word else 0.0,
    "sentence words, trigger meaning": lambda a, b, s: s.words * s.meaning,
    "topic": lambda a, b, s: min(s.topic, 0.2),
    "topic more": lambda a, b, s: min(max(s.topic - 0.2, 0.0), 0.2),
    "topic most": lambda a, b, s: max(s.topic - 0.4, 0.0),
    "names strange": lambda a, b, s: s.strange,
    "names strange, trigger word": lambda a, b, s: s.strange if s.word else 0.0,
    "topic, trigger word": lambda a, b, s: min(s.topic, 0.5) if s.word else 0.0,
    "topic, trigger rare": lambda a, b, s: s.word * min(s.topic, 0.5),
    "topic, trigger meaning": lambda a, b, s: min(s.topic, 0.5) * s.meaning,
    "names": lambda a, b, s: s.names,
    "names apart": lambda a, b, s: float(bool(a.names) and bool(b.names) and not s.names),
    "names, trigger word": lambda a, b, s: s.names if s.word else 0.0,
    "numbers": lambda a, b, s: float(bool(a.numbers & b.numbers)),
    "numbers apart": lambda a, b, s: float(bool(a.numbers) and bool(b.numbers) and not a.numbers & b.numbers),
    "type same": lambda a, b, s: float(s.type == "same"),
    "type other": lambda a, b, s: float(s.type == "other"),
    "quad other": lambda a, b, s: float(s.type == "other" and a.telling.quad != b.telling.quad),
    "mode same": lambda a, b, s: float(a.telling.mode is not None and a.telling.mode == b.telling.mode),
    "actor same": lambda a, b, s: float(s.actor == "same"),
    "actor other": lambda a, b, s: float(s.actor == "other"),
    "recipient same": lambda a, b, s: float(s.recipient == "same"),
    "recipient other": lambda a, b, s: float(s.recipient == "other"),
    "one a day": lambda a, b, s: float(
        s.gap == 0 and s.type == s.actor == s.recipient == "same" and s.place != "apart"
    ),
    "date same": lambda a, b, s: float(s.gap == 0),
    "date next": lambda a, b, s: float(s.gap == 1),
    "date apart": lambda a, b, s: 0.0 if s.gap is None or s.gap < 2 else min(4.0, math.log2(s.gap)),
    "published apart": lambda a, b, s: min(4.0, math.log2(1 + (_undated(a, b, s) or 0))),
    "place same": lambda a, b, s: float(s.place == "same"),
    "place near": lambda a, b, s: float(s.place == "near"),
    "place apart": lambda a, b, s: float(s.place == "apart"),
    "plan and deed": lambda a, b, s: float((a.telling.status == "planned") != (b.telling.status == "planned")),
    "not so": lambda a, b, s: float((a.telling.status in _UNTOLD) != (b.telling.status in _UNTOLD)),
}
# Those that a glance is not enough for. None is more than 1, or less than 0.
WORDY = frozenset(name for name in FEATURES if name.startswith(("sentence words", "names", "numbers")))
