"""The sector of a mention: what a table knows exactly, else the encoder's guess, else what its words say."""

from __future__ import annotations

from dataclasses import replace

from tensionwire.records import Identity
from tensionwire.resolve.bodies import WHOLES
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import Seat

# What the rule of an identity ends with whose sector is no knowledge but a likeness.
LIKENESS = "; sector by likeness"


def with_sector(identity: Identity, seat: Seat, scan: Scan, described: str | None) -> Identity:
    """An identity with its sector; `described` is what the report says elsewhere of a person.

    Where neither tells, the words of the mention are compared with those of known actors, and the rule says so.
    """
    known = _told(seat, identity) or described
    if known is None and identity.rule not in WHOLES and seat.reading.name is None:
        guess = _alike(seat, scan)
        if guess is not None:
            return replace(identity, sector=guess, rule=identity.rule + LIKENESS)
    return replace(identity, sector=known or ("CVL" if identity.rule == "place" else None))


def _told(seat: Seat, identity: Identity) -> str | None:
    if identity.sector is not None:
        return identity.sector
    if seat.sector is not None:
        return seat.sector
    if seat.reading.former:
        return "ELI"
    if seat.reading.sector is not None:
        return seat.reading.sector
    entry = seat.reading.entry
    if entry is None or not seat.reading.whole or (entry.kind == "loose" and identity.code not in entry.among):
        return None
    return entry.sector


def _alike(seat: Seat, scan: Scan) -> str | None:
    from tensionwire.resolve.likeness import likely, phrase  # its weights are seldom needed beside the encoder

    told = phrase(scan, seat.reading)
    guess = likely(told) if told is not None else None
    return guess[0] if guess is not None else None
