"""The weights of the tension series, from `data/weights.tsv`, and the coder's measured error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tensionwire.measure.data_rows import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All weights. `status` by name; `power` of origins; `longest` in days; `half_life` in days."""

    status: Mapping[str, float]
    power: float
    longest: int
    half_life: float
    draws: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """How often the coder errs in a quad class: share of what it finds that is right, and of what is there found."""

    precision: float
    recall: float


@cache
def weights() -> Weights:
    """The shipped weights, read once.

    >>> weights().status["alleged"], weights().power
    (0.5, 1.0)
    """
    table = {(kind, name): float(value) for kind, name, value, _ in rows("weights.tsv")}
    return Weights(
        status=MappingProxyType({name: value for (kind, name), value in table.items() if kind == "status"}),
        power=table["origins", "power"],
        longest=int(table["date", "longest"]),
        half_life=table["smooth", "half_life"],
        draws=int(table["band", "draws"]),
        outlets=int(table["band", "outlets"]),
    )


@cache
def coder_error() -> Mapping[int, Error]:
    """Measured error by quad class, from `data/coder_error.tsv`.

    >>> sorted(coder_error())
    [1, 2, 3, 4]
    """
    return MappingProxyType(
        {int(q): Error(precision=float(p), recall=float(r)) for q, p, r, *_ in rows("coder_error.tsv")}
    )
