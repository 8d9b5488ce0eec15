"""What a document adds to a measure: hits, predictions and gold items, counted under names.

All measures are made of such sums, so that documents can be drawn again for an interval without scoring
them again. An accuracy is a count whose predictions and gold items are both the items asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

G = TypeVar("G")
P = TypeVar("P")

Labelled = tuple[str, int, int]


class Count(NamedTuple):
    """Hits, predicted items and gold items."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0


def shared(a: Sequence[int] | None, b: Sequence[int] | None) -> int:
    """Characters that two spans have in common, 0 when one is missing.

    >>> shared((0, 5), (3, 9)), shared((0, 5), None)
    (2, 0)
    """
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def jaccard(a: Sequence[int] | None, b: Sequence[int] | None) -> float:
    """Common characters of two spans over all their characters.

    >>> jaccard((0, 4), (2, 6))
    0.3333333333333333
    """
    common = shared(a, b)
    return common / ((a[1] - a[0]) + (b[1] - b[0]) - common) if a and b and common else 0.0


def align(gold: Sequence[G], predicted: Sequence[P], score: Callable[[G, P], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of indices by falling score, zero scores left out; ties go to the first.

    >>> align([(0, 4), (6, 9)], [(5, 9), (0, 2)], shared)
    [(1, 0), (0, 1)]
    """
    cells = ((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    given: set[int] = set()
    for _, i, j in sorted((c for c in cells if c[0] > 0), key=lambda c: (-c[0], c[1], c[2])):
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            pairs.append((i, j))
    return pairs


class Tally(dict[str, Count]):
    """The counts of one document under the names of what is measured.

    >>> tally = Tally()
    >>> tally.right("status", True)
    >>> tally["status"]
    Count(hit=1, predicted=1, gold=1)
    """

    def put(self, key: str, hit: int, predicted: int, gold: int) -> None:
        """Add to what already stands under the name."""
        was = self.get(key, Count())
        self[key] = Count(was.hit + hit, was.predicted + predicted, was.gold + gold)

    def right(self, key: str, correct: bool) -> None:
        """One question, answered rightly or not."""
        self.put(key, int(correct), 1, 1)

    def labels(self, key: str, gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> None:
        """Labels as multisets: all together under `key`, each under `key/label`."""
        wanted, given = Counter(gold), Counter(predicted)
        hits = wanted & given
        self.put(key, hits.total(), given.total(), wanted.total())
        for label in wanted | given:
            self.put(f"{key}/{label}", hits[label], given[label], wanted[label])

    def spans(self, key: str, gold: Iterable[Labelled], predicted: Iterable[Labelled]) -> None:
        """Labelled spans, each counted once: `key.exact`, and `key.overlap` for any common character."""
        wanted, given = list(dict.fromkeys(gold)), list(dict.fromkeys(predicted))
        exact = len(set(wanted) & set(given))
        pairs = align(wanted, given, lambda g, p: shared(g[1:], p[1:]) if g[0] == p[0] else 0)
        self.put(f"{key}.exact", exact, len(given), len(wanted))
        self.put(f"{key}.overlap", len(pairs), len(given), len(wanted))
