"""What a person types to search, as terms: words, "phrases", and -words that must not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tensionwire.errors import UsageError

_part = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_word = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Terms of one word or more that all must be there, and those that must not."""

    wanted: tuple[tuple[str, ...], ...]
    barred: tuple[tuple[str, ...], ...] = ()


def parsed(words: str) -> Query:
    """The terms of a search; raises UsageError where there is no word to look for.

    >>> parsed('missile "air base" -drill')
    Query(wanted=(('missile',), ('air', 'base')), barred=(('drill',),))
    """
    wanted: list[tuple[str, ...]] = []
    barred: list[tuple[str, ...]] = []
    for minus, phrase, word in _part.findall(words):
        term = tuple(_word.findall(phrase or word))
        if term:
            (barred if minus else wanted).append(term)
    if not wanted:
        raise UsageError(words or '""', "holds no word to look for", "name at least one word")
    return Query(wanted=tuple(wanted), barred=tuple(barred))
