"""Common nouns for actors and the sector that each stands for, from `data/agents.tsv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from tensionwire.ontology.rows import rows
from tensionwire.ontology.spelling import folded

# The longest noun of the table has so many words ("camp for the displaced").
LONGEST = 5


@cache
def agents() -> Mapping[str, str]:
    """Sector by noun or phrase, singular and folded.

    >>> agents()["riot police"], agents()["suicide bomber"]
    ('COP', 'UAF')
    """
    return {folded(noun): sector for noun, sector in rows("agents.tsv")}


def agent(words: Sequence[str]) -> tuple[str, str] | None:
    """The noun that ends the words, longest first, and its sector; words are folded.

    >>> agent(["dozens", "of", "opposition", "activists"])
    ('opposition activist', 'OPP')
    >>> agent(["the", "strike"]) is None
    True
    """
    if not words:
        return None
    last = len(words)
    table = agents()
    for first in range(max(0, last - LONGEST), last):
        head = " ".join(words[first : last - 1])
        for ending in singulars(words[-1]):
            noun = f"{head} {ending}" if head else ending
            if noun in table:
                return noun, table[noun]
    return None


@cache
def singulars(word: str) -> tuple[str, ...]:
    """The word itself and what its singular may be.

    >>> singulars("authorities"), singulars("policemen")
    (('authorities', 'authoritie', 'authoriti', 'authority'), ('policemen', 'policeman'))
    """
    found = [word]
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
        if word.endswith("es"):
            found.append(word[:-2])
        if word.endswith("ies"):
            found.append(word[:-3] + "y")
        elif word.endswith("ves"):
            found.append(word[:-3] + "f")
    elif word.endswith("men"):
        found.append(word[:-2] + "an")
    return tuple(found)
