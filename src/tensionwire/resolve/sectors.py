"""The sector of a mention: what a table knows exactly, else the encoder's guess, else what its words say."""

from __future__ import annotations

from dataclasses import replace

from tensionwire.ontology.agents import singulars
from tensionwire.records import Identity
from tensionwire.resolve.bodies import WHOLES
from tensionwire.resolve.phrases import Reading
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import Seat

# What the rule of an identity ends with whose sector is no knowledge but a likeness.
LIKENESS = "; sector by likeness"
# From here on likeness outweighs a single noun of the table: on kept-back phrases five such in six were right.
SURER = 0.6


def with_sector(identity: Identity, seat: Seat, scan: Scan, described: str | None) -> Identity:
    """An identity with its sector; `described` is what the report says elsewhere of a person.

    Where no table knows the body and the encoder has no guess, the words of the mention are compared with those of
    known actors: for want of a noun of the table, or against one of a single word ("officer" in "an intelligence
    officer") where the likeness is great. The rule says so.
    """
    known, reading = _told(seat, identity), seat.reading
    if known is None and identity.rule not in WHOLES and not _person(identity, reading):
        noun, (head, guess) = reading.sector, _alike(seat, scan)
        single = reading.head in singulars(head)
        if guess is not None and guess[0] != noun and (noun is None or (single and guess[1] >= SURER)):
            return replace(identity, sector=guess[0], rule=identity.rule + LIKENESS)
    known = known or reading.sector or _named(seat, identity) or described
    return replace(identity, sector=known or ("CVL" if identity.rule == "place" else None))


def _person(identity: Identity, reading: Reading) -> bool:
    """Whether the mention is somebody by name: names are like nothing."""
    return reading.name is not None or identity.rule.startswith(("office table", "described", "person"))


def _told(seat: Seat, identity: Identity) -> str | None:
    """What a table knows of the body or office, or the encoder guesses; a former official is one of the elite."""
    return identity.sector or seat.sector or ("ELI" if seat.reading.former else None)


def _named(seat: Seat, identity: Identity) -> str | None:
    """The sector of the entry that the mention names."""
    entry = seat.reading.entry
    if entry is None or not seat.reading.whole or (entry.kind == "loose" and identity.code not in entry.among):
        return None
    return entry.sector


def _alike(seat: Seat, scan: Scan) -> tuple[str, tuple[str, float] | None]:
    """The head of the mention, and the likely sector of the whole with its probability."""
    from tensionwire.resolve.likeness import likely, phrase  # its weights are seldom needed beside the encoder

    told = phrase(scan, seat.reading)
    return (told.head, likely(told)) if told is not None else ("", None)
