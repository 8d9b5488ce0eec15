"""Several states at once: "both governments", "the two presidents", "five countries -- Turkey, Jordan ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tensionwire.ontology.grammar import grammar
from tensionwire.records import Identity, Span
from tensionwire.resolve.belonging import joined_states
from tensionwire.resolve.coreference import Referent
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import Seat

_LISTS = frozenset({"—", "–", "-", ":", "(", "including"})
_FILLERS = frozenset({",", "and", "the", "or", "-", "–", "—"})
_TWO = frozenset({"two", "both"})


def parties(seat: Seat, text: str, referents: Sequence[Referent]) -> Identity | None:
    """The two states that a phrase means which counts two of them: those named last."""
    lowered = text.casefold()
    if _others(lowered.split()):
        return Identity(name=text, reason="several states, not told which", rule="several")
    if not (seat.reading.several and any(word in _TWO for word in lowered.split())):
        return None
    codes: list[str] = []
    for referent in reversed(referents):
        code = referent.identity.code
        if code and code not in codes:
            codes.append(code)
        if len(codes) == 2 or seat.sentence - referent.sentence > 3:
            break
    if len(codes) < 2:
        return Identity(name=text, reason="several sides, not told which", rule="several")
    return Identity(name=text, members=tuple(reversed(codes)), reason="several states", rule="several")


def _others(words: Sequence[str]) -> bool:
    """ "Other developed nations": states, and not those that were named."""
    return "other" in words[:2] and words[-1] in grammar().counted


def listed(scan: Scan) -> Iterator[tuple[Span, Identity]]:
    """Groups of states that the text counts and then lists: "five countries near Syria -- Turkey, Jordan ...".

    >>> from tensionwire.resolve.scan import scan as scanned
    >>> text = "Ministers of three states (Norway, Finland and Sweden) met."
    >>> [(span.of(text), who.members) for span, who in listed(scanned(text, [Span(0, len(text))]))]
    [('three states', ('NOR', 'FIN', 'SWE'))]
    """
    words = grammar()
    for at, word in enumerate(scan.words):
        if word.key not in words.counted:
            continue
        start = at
        while start and scan.words[start - 1].key.isalpha() and at - start < 4 and not _counts(scan.words[start].key):
            start -= 1
        if not _counts(scan.words[start].key):
            continue
        mark = next((i for i in range(at + 1, min(at + 16, len(scan.words))) if scan.words[i].text in _LISTS), None)
        if mark is None or scan.sentence[mark] != scan.sentence[at]:
            continue
        codes = joined_states(scan, *_run(scan, mark))
        if len(codes) > 1:
            text = scan.text(start, mark)
            who = Identity(name=text, members=codes, reason="several states", rule="listed")
            yield scan.span(start, mark), who


def _counts(word: str) -> bool:
    return word.isdigit() or word in grammar().quantity or word in ("several", "many")


def _run(scan: Scan, mark: int) -> tuple[int, int]:
    """The stretch of states, commas and conjunctions behind a mark."""
    first = mark + 1
    while first < len(scan.words) and scan.words[first].text in "-–—":
        first += 1
    last = first
    while last < len(scan.words) and (scan.at[last] is not None or scan.words[last].key in _FILLERS):
        last += 1
    return first, last
