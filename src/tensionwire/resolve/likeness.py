"""The sector of somebody whom no table knows, by how like the words of the mention are to those of known actors.

A linear model over words: each has a weight for each sector as the head of a phrase ("syndicate"), and one as a word
beside it ("car theft"). The weights of `data/likeness.npz` were fitted by `training/sectors.py` on annotated actors
and on tables of nouns, offices and bodies, and carried over to words that none of these hold by what WordNet says
they are kinds of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tensionwire.ontology.agents import singulars
from tensionwire.ontology.grammar import grammar
from tensionwire.resolve.phrases import Reading
from tensionwire.resolve.scan import Scan

TABLE = Path(__file__).parent / "data" / "likeness.npz"
# A guess is given only if the model holds it this likely; of kept-back actors seven in ten guesses were right.
SURE = 0.5
# The label of actors whose sector cannot be told.
NONE = "-"
_MOST = 5


class Phrase(NamedTuple):
    """The plain words of a mention: its head, those before it, and those behind "of", "in", "from"."""

    head: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


def phrase(scan: Scan, reading: Reading) -> Phrase | None:
    """The words by which a mention is compared; None where it has no noun, or is a name of one word.

    >>> from tensionwire.records import Span
    >>> from tensionwire.resolve.phrases import read
    >>> from tensionwire.resolve.scan import scan as scanned
    >>> text = "two members of a Chilean yachting club"
    >>> laid = scanned(text, [Span(0, len(text))])
    >>> phrase(laid, read(laid, 0, 7))
    Phrase(head='members', before=(), behind=('yachting', 'club'))
    """
    nouns = list(_plain(scan, reading.first, reading.noun))
    if not nouns or (reading.last - reading.first == 1 and scan.named[reading.first] is not None):
        return None
    behind = _plain(scan, reading.cut, reading.last) if reading.cut < reading.last else ()
    return Phrase(nouns[-1], tuple(nouns[:-1][-_MOST:]), tuple(behind)[:_MOST])


def _plain(scan: Scan, first: int, last: int) -> Iterator[str]:
    """Words that are no state's name, number, article or preposition; compounds in their parts."""
    words = grammar()
    for at in range(first, last):
        key = scan.words[at].key
        if scan.at[at] is not None and scan.at[at].entry.kind != "metonym":  # type: ignore[union-attr]
            continue
        if key in words.determiner or key in words.quantity or key in words.own or key in words.other:
            continue
        yield from (part for part in key.split("-") if part.isalpha() and len(part) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of words in units of `scale`, as heads and beside heads: words by sectors. `shift` is a sector's own."""

    sectors: Sequence[str]
    index: Mapping[str, int]
    head: npt.NDArray[np.int8]
    beside: npt.NDArray[np.int8]
    shift: npt.NDArray[np.float32]
    scale: float

    def shares(self, told: Phrase) -> npt.NDArray[np.float32] | None:
        """The probability of each sector; None where the head is not known.

        The words beside a head are averaged, those before it and those behind it apart.
        """
        head = self._row(told.head)
        sides = [[row for row in map(self._row, words) if row is not None] for words in told[1:]]
        if head is None:
            return None
        logits = self.shift + self.scale * self.head[head]
        for rows in filter(None, sides):
            logits += self.scale * self.beside[rows].mean(axis=0, dtype=np.float32)
        powers = np.exp(logits - logits.max())
        shares: npt.NDArray[np.float32] = powers / powers.sum()
        return shares

    def _row(self, word: str) -> int | None:
        return next((self.index[form] for form in singulars(word) if form in self.index), None)


@lru_cache(maxsize=16384)
def likely(told: Phrase) -> tuple[str, float] | None:
    """The sector that a phrase most likely has, and how likely; None below `SURE`, or where none can be told.

    >>> likely(Phrase("smugglers", ("cigarette",), ()))[0], likely(Phrase("thing", (), ()))
    ('CRM', None)
    """
    shares = model().shares(told)
    if shares is None:
        return None
    best = int(shares.argmax())
    sector, share = model().sectors[best], float(shares[best])
    return (sector, share) if share >= SURE and sector != NONE else None


@cache
def model() -> Model:
    """The shipped weights, read at first use."""
    with np.load(TABLE) as kept:
        words = kept["words"].tobytes().decode("utf-8").split("\n")
        sectors = kept["sectors"].tobytes().decode("utf-8").split("\n")
        return Model(
            sectors=sectors,
            index={word: n for n, word in enumerate(words)},
            head=kept["head"],
            beside=kept["beside"],
            shift=kept["shift"],
            scale=float(kept["scale"]),
        )
