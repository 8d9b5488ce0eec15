"""CAMEO codes beside PLOVER types and modes, both ways.

`code_of` gives the CAMEO code of a coded event (`data/cameo_crosswalk.tsv`); `reading_of` says what a CAMEO
code of an imported table is read as (`data/cameo_codes.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tensionwire.ontology.rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """A CAMEO code. `type` None: no PLOVER type (statements and appeals).

    `goldstein` is the scale from -10 to 10, None where no printed list has it; `swapped`: CAMEO's source is
    PLOVER's recipient (the host of a visit); `icews`: the code is in the list that ICEWS uses.
    """

    code: str
    name: str
    goldstein: float | None
    icews: bool
    type: str | None
    mode: str | None
    context: str | None
    swapped: bool

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    mode: str
    contexts: frozenset[str] | None
    trigger: re.Pattern[str] | None
    near: re.Pattern[str] | None
    code: str

    def fits(self, mode: str, contexts: frozenset[str], trigger: str, near: str) -> bool:
        return (
            self.mode in ("*", mode)
            and (self.contexts is None or not self.contexts.isdisjoint(contexts))
            and (self.trigger is None or self.trigger.search(trigger) is not None)
            and (self.near is None or self.near.search(near) is not None)
        )


@cache
def cameo_codes() -> Mapping[str, CameoCode]:
    """Every CAMEO code, by code.

    >>> cameo_codes()["042"].name
    'Make a visit'
    """
    return MappingProxyType({row[0]: _code(row) for row in rows("cameo_codes.tsv")})


def reading_of(code: str) -> CameoCode | None:
    """What a code of an imported table is read as; an unknown sub-code is read as its parent.

    >>> reading_of("0431").type, reading_of("0431").swapped, reading_of("99")
    ('CONSULT', True, None)
    """
    table = cameo_codes()
    known = (code[:n] for n in range(len(code), 1, -1) if code[:n] in table)
    return next((table[part] for part in known), None)


def code_of(
    event_type: str, mode: str | None = None, contexts: Iterable[str] = (), trigger: str = "", near: str = ""
) -> str | None:
    """The CAMEO code of an event: by type, mode, contexts, the words of its trigger and those just after.

    None for a type that PLOVER does not have.

    >>> code_of("AGREE", None, ["diplomatic"], "agreed", "agreed to meet in June")
    '036'
    >>> code_of("ASSAULT", "unconventional", ["cbrn"])
    '2041'
    """
    has, words = frozenset(contexts), trigger.lower()
    after = f"{words} {near.lower()}"
    fitting = (row.code for row in _crosswalk().get(event_type, ()) if row.fits(mode or "-", has, words, after))
    return next(fitting, None)


@cache
def _crosswalk() -> Mapping[str, tuple[_Row, ...]]:
    table: dict[str, list[_Row]] = {}
    for event_type, mode, contexts, trigger, near, code in rows("cameo_crosswalk.tsv"):
        has = None if contexts == "*" else frozenset(contexts.split("|"))
        row = _Row(mode=mode, contexts=has, trigger=_words(trigger), near=_words(near), code=code)
        table.setdefault(event_type, []).append(row)
    return MappingProxyType({event_type: tuple(found) for event_type, found in table.items()})


def _words(cell: str) -> re.Pattern[str] | None:
    if cell == "*":
        return None
    parts = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in cell.split("|"))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


def _code(row: tuple[str, ...]) -> CameoCode:
    code, name, goldstein, icews, event_type, mode, context, swapped = row
    known = [None if cell == "-" else cell for cell in (event_type, mode, context)]
    return CameoCode(
        code=code,
        name=name,
        goldstein=None if goldstein == "-" else float(goldstein),
        icews=icews == "yes",
        type=known[0],
        mode=known[1],
        context=known[2],
        swapped=swapped == "yes",
    )
