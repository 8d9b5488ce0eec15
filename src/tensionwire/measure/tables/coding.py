"""What a row's code says was done: PLOVER type, mode, quad class and score."""

from __future__ import annotations

from dataclasses import dataclass

from tensionwire.measure.data_rows import rows
from tensionwire.ontology.cameo import reading_of
from tensionwire.ontology.plover import plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One code, read. `symmetric`: the act has no direction; `swapped`: the table's source is our recipient."""

    code: str
    name: str
    type: str
    mode: str | None
    context: str | None
    quad: int
    score: float
    symmetric: bool
    swapped: bool


class Codes:
    """Codes of tables, each read once. None: a code that stands for no act (statements, appeals); KeyError: no code."""

    def __init__(self) -> None:
        self._cameo: dict[str, Coded | None] = {}
        self._plover: dict[tuple[str, str], Coded | None] = {}
        self._acled = {name.casefold(): (type, mode) for name, type, mode in rows("acled_types.tsv")}

    def cameo(self, code: str) -> Coded | None:
        """A CAMEO code.

        >>> Codes().cameo("190").type, Codes().cameo("010")
        ('ASSAULT', None)
        """
        if code not in self._cameo:
            self._cameo[code] = self._read(code)
        return self._cameo[code]

    def plover(self, event_type: str, mode: str = "") -> Coded | None:
        """A PLOVER type with its mode.

        >>> Codes().plover("CONSULT", "visit").score
        4.0
        """
        known = (event_type.upper(), mode)
        if known not in self._plover:
            self._plover[known] = _coded(event_type, event_type.upper(), mode, None, swapped=False)
        return self._plover[known]

    def acled(self, kind: str) -> Coded | None:
        """ACLED's sub_event_type."""
        event_type, mode = self._acled[kind.casefold()] if kind.casefold() in self._acled else _none(kind)
        return None if event_type == "-" else self.plover(event_type, "" if mode == "-" else mode)

    def _read(self, code: str) -> Coded | None:
        found = reading_of(code) if code.isdigit() else None
        if found is None:
            _none(code)
            return None
        if found.type is None:
            return None
        return _coded(code, found.type, found.mode or "", found.context, swapped=found.swapped, name=found.name)


def _none(code: str) -> tuple[str, str]:
    raise KeyError(code)


def _coded(
    code: str, event_type: str, mode: str, context: str | None, *, swapped: bool, name: str | None = None
) -> Coded:
    known = plover().types.get(event_type)
    if known is None:
        raise KeyError(code)
    has_mode = mode if (event_type, mode) in plover().modes else None
    return Coded(
        code=code, name=name or code, type=event_type, mode=has_mode, context=context, quad=known.quad,
        score=plover().score(event_type, has_mode), symmetric=known.symmetric, swapped=swapped,
    )  # fmt: skip
