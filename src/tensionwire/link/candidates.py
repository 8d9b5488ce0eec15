"""Candidates: which of the incidents that share keys with a telling are worth a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from typing import Final

LATEST: Final = 50  # incidents looked at under one key, the newest
COMPARED: Final = 16  # that a telling is held against, of those with which it shares several keys
WEAK: Final = 8  # held against it at least, though they share but one


def nearest(under: Mapping[int, Sequence[int]], keys: Iterable[int]) -> list[int]:
    """Incidents that share most keys, the newest of equals first; of those that share a single one, a few.

    `under` gives the latest incidents of each key, each once, by number: the greater, the newer.

    >>> nearest({1: [7, 9], 2: [9], 3: [4]}, [1, 2, 3])
    [9, 7, 4]
    """
    shared = Counter(chain.from_iterable([under[key] for key in keys if key in under]))
    strong = [(-count, -id) for id, count in shared.items() if count > 1]
    strong.sort()
    found = [-id for _, id in strong[:COMPARED]]
    if len(found) < WEAK:
        found += nlargest(WEAK - len(found), (id for id, count in shared.items() if count == 1))
    return found
