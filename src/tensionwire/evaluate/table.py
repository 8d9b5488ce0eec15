"""Outcomes as a table for the terminal, as Markdown, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from tensionwire.evaluate.measures import Estimate
from tensionwire.evaluate.run import Outcome

COLUMNS = ("set", "measure", "", "value", "95%", "gold", "found")


def table(outcomes: Sequence[Outcome]) -> Table:
    """The main measures, one a row."""
    grid = Table(header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for n, name in enumerate(COLUMNS):
        grid.add_column(name, justify="right" if n > 2 else "left", no_wrap=n != 1)
    for outcome in outcomes:
        for row in main_rows(outcome):
            grid.add_row(*row)
        grid.add_section()
    return grid


def markdown(outcomes: Iterable[Outcome]) -> str:
    """The same table in Markdown."""
    lines = [_line(COLUMNS), _line(["---"] * 3 + ["---:"] * 4)]
    lines += [_line(row) for outcome in outcomes for row in main_rows(outcome)]
    return "\n".join(lines) + "\n"


def main_rows(outcome: Outcome) -> list[tuple[str, ...]]:
    """Cells of a set's main measures; one line that says so where nothing could be scored."""
    name = f"{outcome.benchmark.name} ({outcome.rows})"
    if not outcome.estimates:
        return [(name, "no gold answers: predicted, not scored", "", "", "", "", "")]
    shown = [e for e in outcome.estimates if e.shown]
    return [_cells(name if n == 0 else "", estimate) for n, estimate in enumerate(shown)]


def plain(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Every measure of every set, as JSON takes it."""
    return {o.benchmark.name: _plain(o) for o in outcomes}


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "title": outcome.benchmark.title,
        "rows": outcome.rows,
        "scored": outcome.scored,
        "seconds": round(outcome.seconds, 3),
        "measures": {e.measure.name: figures(e) for e in outcome.estimates},
    }


def figures(estimate: Estimate) -> dict[str, Any]:
    """A measure's title, kind, value, interval and counts."""
    found: dict[str, Any] = {
        "title": estimate.measure.title,
        "kind": estimate.measure.kind,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
    }
    if estimate.measure.kind == "F1":
        found |= {"precision": estimate.precision, "recall": estimate.recall}
    return found | estimate.count._asdict()


def _cells(name: str, estimate: Estimate) -> tuple[str, ...]:
    low, high = estimate.low, estimate.high
    interval = "" if low is None or high is None else f"{low:.2f}-{high:.2f}"
    value = "-" if estimate.value is None else f"{estimate.value:.3f}"
    count = estimate.count
    measure = estimate.measure
    return (
        name,
        measure.title,
        measure.kind,
        value,
        interval,
        str(count.gold or ""),
        str(count.predicted or ""),
    )


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
