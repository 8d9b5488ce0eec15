"""Several states at once: "both governments", "the two presidents", "each other"."""

from __future__ import annotations

from collections.abc import Sequence

from tensionwire.records import Identity
from tensionwire.resolve.coreference import Referent
from tensionwire.resolve.scene import Seat

_TWO = frozenset({"two", "both", "each other", "pair", "duo"})


def parties(seat: Seat, text: str, referents: Sequence[Referent]) -> Identity | None:
    """The two states that a phrase means which counts two of them: those named last."""
    lowered = text.casefold()
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
