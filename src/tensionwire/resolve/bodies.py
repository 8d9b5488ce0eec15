"""States, bodies, blocs and armed groups that a mention names."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from tensionwire.ontology.blocs import blocs, members
from tensionwire.ontology.gazetteer import Entry
from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.misspelt import misspelt
from tensionwire.records import Identity
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import Scene, Seat

# A state as a whole acts through its government or its army: the table cannot say which.
STATES = frozenset({"name", "adjective", "people", "capital"})
# The rules of identities that are a state or a people as such, not somebody or something of it.
WHOLES = frozenset(f"{kind}, itself" for kind in ("name", "adjective", "people", "misspelt"))
# The rule of an identity whose state is named with a slip of spelling.
MISSPELT = "misspelt"


def misspelt_in(scan: Scan, first: int, last: int) -> str | None:
    """The state that the one unknown name of a stretch of words is, but for a slip of spelling."""
    stop = grammar().stop
    unknown = [at for at in range(first, last) if scan.words[at].capital and scan.at[at] is None]
    names = [scan.words[at].text for at in unknown if scan.words[at].key not in stop]
    return misspelt(names[0]) if len(names) == 1 else None


def forms(scan: Scan) -> dict[Entry, str]:
    """The fullest form in which a text names each body, bloc or group ("Group of Seven (G7)", "Hizballah")."""
    fullest: dict[Entry, str] = {}
    for hit in scan.hits:
        if hit.entry.kind not in STATES:
            text = scan.text(hit.first, hit.last)
            if len(text) > len(fullest.get(hit.entry, "")):
                fullest[hit.entry] = text
    return fullest


def placed(entry: Entry | None, spoken: Set[str]) -> Entry | None:
    """An entry with the state that it stands for; None where several may be, or where a loose name proves nothing.

    `spoken` are the states that the report speaks of. A body that several states have belongs to the one of them that
    is spoken of; a loose name tells of a body only where its state is spoken of, or none at all.
    """
    if entry is None or (entry.code != "-" and entry.kind != "loose"):
        return entry
    if entry.kind not in ("national", "loose"):
        return None if entry.kind == "ethnic" else entry
    here = [code for code in entry.among if code in spoken]
    if not here and entry.kind == "loose" and not spoken:
        here = list(entry.among)
    return entry._replace(kind="national", code=here[0]) if len(here) == 1 else None


def named(entry: Entry, fullest: Mapping[Entry, str], date: str | None) -> Identity:
    """Who an entry of the tables is, where a text names it."""
    name = fullest.get(entry, entry.name)
    if entry.kind == "bloc":
        return replace(_bloc(name, entry, date=date), sector=entry.sector)
    code = None if entry.code == "-" else entry.code
    reason = None if code else "a people of no one state"
    return Identity(name=name, code=code, sector=entry.sector, reason=reason, rule=f"{entry.kind}, by name")


def identity(seat: Seat, entry: Entry, scene: Scene, fullest: Mapping[Entry, str]) -> Identity:
    """Who a mention is that names an entry of the tables."""
    reading, text = seat.reading, scene.text(seat.span)
    if reading.codes:
        return Identity(name=text, members=reading.codes, reason="several states", rule="joined states")
    if reading.via == "led" and _coalition(reading.head):
        return Identity(name=text, code="IGO", rule="coalition")
    if entry.kind == "bloc":
        return _bloc(fullest.get(entry, entry.name) if reading.whole else text, entry, date=scene.date)
    exact = entry.kind == "armed" or (reading.whole and entry.kind not in STATES)
    return Identity(
        name=fullest.get(entry, entry.name) if reading.whole else text,
        code=entry.code,
        sector=entry.sector if exact else None,
        rule=f"{entry.kind}, {_via(seat, entry, scene.scan)}",
    )


def _via(seat: Seat, entry: Entry, scan: Scan) -> str:
    """How a reading came by its entry; "itself" where the mention is that very state or people, the article aside."""
    reading = seat.reading
    first = reading.first + (scan.words[reading.first].key in grammar().determiner)
    if reading.whole and entry.kind in STATES and scan.at[min(first, reading.last - 1)] is not None:
        return "itself"
    return reading.via or "word"


def _coalition(head: str | None) -> bool:
    return head is not None and head.split()[-1] in (
        "coalition",
        "alliance",
        "force",
        "forces",
        "strikes",
        "airstrikes",
    )


def _bloc(name: str, entry: Entry, *, date: str | None) -> Identity:
    code = blocs()[entry.name].code
    return Identity(
        name=name,
        code=code,
        members=members(entry.name, date),
        reason=None if code else "several states",
        rule="bloc",
    )
