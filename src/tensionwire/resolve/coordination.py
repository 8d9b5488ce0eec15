"""Actors that "and" or commas join: "Russian and Syrian soldiers" are Russian soldiers and Syrian soldiers."""

from __future__ import annotations

from collections.abc import Iterator

from tensionwire.records import Span
from tensionwire.resolve.scan import Scan, scan
from tensionwire.resolve.words import role

_JOINTS = frozenset({",", "and", "&", "or"})
_BETWEEN = frozenset({",", "and", "&", "or", "the", "both"})


def joined(text: str, phrase: str) -> tuple[str, ...]:
    """The actors that the text joins to a phrase, that one among them, each with the noun they share.

    >>> joined("Jets struck Russian and Syrian soldiers near the river.", "Syrian soldiers")
    ('Russian soldiers', 'Syrian soldiers')
    >>> joined("Envoys of Norway, Chile, and Peru met.", "Chile")
    ('Norway', 'Chile', 'Peru')
    >>> joined("Norway met the rebels.", "Norway")
    ('Norway',)
    """
    start = text.find(phrase)
    if start < 0:
        return (phrase,)
    laid = scan(text, (Span(0, len(text)),))
    first, last = laid.reach(Span(start, start + len(phrase)))
    run = [part for part in _runs(laid) if part[0][0] < last and first < part[-1][1]]
    return tuple(_phrases(laid, run[0])) if run else (phrase,)


def _runs(laid: Scan) -> Iterator[list[tuple[int, int]]]:
    """Stretches of named parts with nothing but joints between them."""
    run: list[tuple[int, int]] = []
    for part in _parts(laid):
        between = [w.key for w in laid.words[run[-1][1] : part[0]]] if run else []
        if run and not (set(between) <= _BETWEEN and set(between) & _JOINTS):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _parts(laid: Scan) -> Iterator[tuple[int, int]]:
    """Names and states with the offices and nouns that go with them."""
    at = 0
    while at < len(laid.words):
        last = at
        while last < len(laid.words) and _belongs(laid, last):
            last += 1
        if last > at and any(laid.at[i] or laid.named[i] for i in range(at, last)):
            yield at, last
        at = max(last, at + 1)


def _belongs(laid: Scan, at: int) -> bool:
    word = laid.words[at]
    return laid.at[at] is not None or laid.named[at] is not None or role(word.key) or (at == 0 and word.capital)


def _phrases(laid: Scan, run: list[tuple[int, int]]) -> Iterator[str]:
    """Each part of a run; bare adjectives get the noun that ends the last part."""
    first, last = run[-1]
    noun = last
    while noun > first and laid.at[noun - 1] is None and laid.named[noun - 1] is None:
        noun -= 1
    shared = laid.text(noun, last) if noun > first and len(run) > 1 else ""
    for a, b in run:
        bare = all(hit is not None and hit.entry.kind == "adjective" for hit in laid.at[a:b])
        yield f"{laid.text(a, b)} {shared}" if shared and bare else laid.text(a, b)
