"""Words of a text, stretches of them that a table knows, and stretches that look like names."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tensionwire.ontology.agents import agents, singulars
from tensionwire.ontology.gazetteer import Entry
from tensionwire.ontology.grammar import grammar


class Word(NamedTuple):
    """A word or mark of the text, with the form by which it is compared."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


class Hit(NamedTuple):
    """Words `[first, last)` that a table knows."""

    first: int
    last: int
    entry: Entry


class Name(NamedTuple):
    """Capitalised words `[first, last)` that no table knows: a person, a place, a body."""

    first: int
    last: int


@lru_cache(maxsize=32768)
def role(word: str) -> bool:
    """Whether a folded word is a noun of the agents' table or a form of address: no part of a name.

    >>> role("president"), role("ministers"), role("lavrov")
    (True, True, False)
    """
    words = grammar()
    if word in words.honorific or word in words.person or word in words.apart:
        return True
    return any(form in agents() for form in singulars(word))
