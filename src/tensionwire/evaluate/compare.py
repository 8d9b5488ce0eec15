"""Several coders side by side: a column each, and by how much each differs from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from tensionwire.evaluate.measures import Difference, Estimate, differences
from tensionwire.evaluate.run import Outcome
from tensionwire.evaluate.table import figures

By = Mapping[str, Sequence[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One measure of one set. `others` are differences from the first coder, by coder."""

    estimates: Mapping[str, Estimate]
    others: Mapping[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSet:
    """One set with each coder's outcome, and its measures."""

    outcomes: Mapping[str, Outcome]
    measures: tuple[Compared, ...]

    @property
    def first(self) -> Outcome:
        """The outcome of the first coder, which knows the set."""
        return next(iter(self.outcomes.values()))


def compared(by: By, *, resamples: int = 0) -> list[ComparedSet]:
    """The outcomes of coders over the same sets, set by set; `by` holds them by coder, in the order of the sets."""
    return [_compared(dict(zip(by, outcomes, strict=True)), resamples) for outcomes in zip(*by.values(), strict=True)]


def _compared(outcomes: Mapping[str, Outcome], resamples: int) -> ComparedSet:
    first, *others = outcomes
    measures = outcomes[first].benchmark.measures if outcomes[first].scored else ()
    apart = {
        name: differences(measures, outcomes[first].tallies, outcomes[name].tallies, resamples=resamples)
        for name in others
    }
    found = tuple(
        Compared(
            estimates={name: outcome.estimates[n] for name, outcome in outcomes.items()},
            others={name: apart[name][n] for name in others},
        )
        for n in range(len(measures))
    )
    return ComparedSet(outcomes=outcomes, measures=found)


def table(sets: Sequence[ComparedSet]) -> Table:
    """The main measures, one a row, a coder a column; with two coders also how far the second is from the first."""
    coders = list(sets[0].outcomes)
    grid = Table(header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for name in ("set", "measure", ""):
        grid.add_column(name, no_wrap=name != "measure")
    for name in coders:
        grid.add_column(name, justify="right", overflow="fold")
    if len(coders) == 2:
        grid.add_column("difference", justify="right")
    for one in sets:
        for row in _rows(one, coders):
            grid.add_row(*row)
        grid.add_section()
    return grid


def _rows(one: ComparedSet, coders: Sequence[str]) -> list[list[str]]:
    name = f"{one.first.benchmark.name} ({one.first.rows})"
    if not one.measures:
        return [[name, "no gold answers: predicted, not scored"]]
    shown = [measure for measure in one.measures if measure.estimates[coders[0]].shown]
    return [[name if n == 0 else "", *_cells(measure, coders)] for n, measure in enumerate(shown)]


def _cells(one: Compared, coders: Sequence[str]) -> list[str]:
    measure = one.estimates[coders[0]].measure
    values = [_cell(one.estimates[name]) for name in coders]
    apart = [_cell(one.others[coders[1]], sign="+")] if len(coders) == 2 else []
    return [measure.title, measure.kind, *values, *apart]


def _cell(one: Estimate | Difference, sign: str = "") -> str:
    if one.value is None:
        return "-"
    interval = "" if one.low is None or one.high is None else f"\n{one.low:{sign}.2f} to {one.high:{sign}.2f}"
    return f"{one.value:{sign}.3f}{interval}"


def plain(sets: Sequence[ComparedSet]) -> dict[str, Any]:
    """Every measure of every set with every coder, as JSON takes it."""
    return {one.first.benchmark.name: _plain(one) for one in sets}


def _plain(one: ComparedSet) -> dict[str, Any]:
    return {
        "title": one.first.benchmark.title,
        "rows": one.first.rows,
        "scored": one.first.scored,
        "seconds": {name: round(outcome.seconds, 3) for name, outcome in one.outcomes.items()},
        "measures": {next(iter(m.estimates.values())).measure.name: _measure(m) for m in one.measures},
    }


def _measure(one: Compared) -> dict[str, Any]:
    first, *_ = one.estimates
    measure = one.estimates[first].measure
    return {
        "title": measure.title,
        "kind": measure.kind,
        "coders": {name: _column(name, one) for name in one.estimates},
    }


def _column(name: str, one: Compared) -> dict[str, Any]:
    column = figures(one.estimates[name])
    column = {key: value for key, value in column.items() if key not in ("title", "kind")}
    apart = one.others.get(name)
    if apart is not None:
        column["difference"] = {"value": apart.value, "low": apart.low, "high": apart.high}
    return column
