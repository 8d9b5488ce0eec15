"""Words: how rare one is, what it is near to, and the stem by which it is compared.

`data/words.npz` is made by `training/tables/build_word_vectors.py`: the whole words of the encoder's vocabulary, the
most frequent first, each with a small vector.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

_FILE = Path(__file__).parent / "data" / "words.npz"
WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*\d|\d")
_STEM = 6
_COMMON = 0.55  # words more frequent than about the 250th say nothing of a happening
_ENDINGS = ("ing", "ed", "es", "s")


@dataclass(frozen=True, slots=True)
class Words:
    """The table: `ranks` from word to its place by frequency, `vectors` [N, D] of length 1."""

    ranks: Mapping[str, int]
    vectors: Vector

    def rarity(self, word: str) -> float:
        """From 0 (the most frequent word) to 1 (a word that the table does not know, as most names): log rank."""
        rank = self.ranks.get(word)
        return 1.0 if rank is None else math.log1p(rank) / math.log1p(len(self.ranks))

    def vector(self, words: Iterable[str]) -> Vector | None:
        """The mean of the words' vectors, the rarer the heavier, of length 1; None where the table knows none."""
        known = [(rank, self.rarity(word)) for word in words if (rank := self.ranks.get(word)) is not None]
        if not known:
            return None
        mean = np.array([weight for _, weight in known], np.float32) @ self.vectors[[rank for rank, _ in known]]
        length = float(np.sqrt(mean @ mean))
        return mean / length if length > 0 else None


@cache
def table() -> Words:
    """The shipped table."""
    with np.load(_FILE) as file:
        names = file["words"].tobytes().decode().split("\n")
        vectors = file["vectors"].astype(np.float32) / 127
    return Words({word: rank for rank, word in enumerate(names)}, vectors)


def split(text: str) -> list[str]:
    """The words and numbers of a text in lower case, without possessives.

    >>> split("Syria's air-strikes killed 1,200.")
    ['syria', 'air', 'strikes', 'killed', '1,200']
    """
    return [word for word in WORD.findall(text.lower()) if word != "s"]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem, empty for a word too frequent or short to tell anything.

    >>> stem("strikes"), stem("the"), stem("80")
    ('strik', '', '80')
    """
    if word[0].isdigit():
        return word
    if len(word) < 3 or table().rarity(word) < _COMMON:
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            break
    return word.rstrip("e")[:_STEM]


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """How much it says that two texts share this word: its rarity squared."""
    return 0.8 if word[0].isdigit() else table().rarity(word) ** 2


@lru_cache(maxsize=131072)
def known(word: str) -> tuple[str, float, bool]:
    """The stem of a word as it stands in a text, its weight, and whether it begins with a capital.

    >>> known("Strikes")[::2], known("the"), known("s")
    (('strik', True), ('', 0.0, False), ('', 0.0, False))
    """
    low = word.lower()
    base = stem(low)
    return base, weight(low) if base else 0.0, word[0].isupper()


def stems(text: str) -> dict[str, float]:
    """The stems of a text with their weights.

    >>> sorted(stems("The strikes on the harbour"))
    ['harbou', 'strik']
    """
    return {base: weight(word) for word in split(text) if (base := stem(word))}
