"""States, bodies, blocs and armed groups that a mention names."""

from __future__ import annotations

from tensionwire.ontology.blocs import blocs, members
from tensionwire.ontology.gazetteer import Entry
from tensionwire.records import Identity
from tensionwire.resolve.scene import Scene, Seat

# A state as a whole acts through its government or its army: the table cannot say which.
STATES = frozenset({"name", "adjective", "people", "capital"})


def identity(seat: Seat, entry: Entry, scene: Scene) -> Identity:
    """Who a mention is that names an entry of the tables."""
    reading, text = seat.reading, scene.text(seat.span)
    if reading.codes:
        return Identity(name=text, members=reading.codes, reason="several states", rule="joined states")
    if reading.via == "led" and _coalition(reading.head):
        return Identity(name=text, code="IGO", rule="coalition")
    if entry.kind == "bloc":
        return _bloc(text, entry, whole=reading.whole, date=scene.date)
    exact = entry.kind == "armed" or (reading.whole and entry.kind not in STATES)
    return Identity(
        name=entry.name if reading.whole else text,
        code=entry.code,
        sector=entry.sector if exact else None,
        rule=f"{entry.kind}, {reading.via or 'word'}",
    )


def _coalition(head: str | None) -> bool:
    return head is not None and head.split()[-1] in ("coalition", "alliance", "force", "forces", "strikes", "airstrikes")


def _bloc(text: str, entry: Entry, *, whole: bool, date: str | None) -> Identity:
    code = blocs()[entry.name].code
    return Identity(
        name=entry.name if whole else text,
        code=code,
        members=members(entry.name, date),
        reason=None if code else "several states",
        rule="bloc",
    )
