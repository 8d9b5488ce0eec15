"""A series as others read it: JSON, CSV, and the contributions of one point."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Final

import msgspec

from tensionwire.exchange.csv import unformula
from tensionwire.exchange.plain import ascii_controls, visible
from tensionwire.measure.contributions import Contribution
from tensionwire.measure.coverage import monday
from tensionwire.measure.series import Point, Series

COLUMNS: Final = tuple(field.name for field in fields(Point))
PARTS: Final = (
    "date", "value", "incident", "report", "event", "type", "mode", "status", "score", "weight", "share", "placed",
    "actor", "recipient", "outlet", "origin", "published", "sentence",
)  # fmt: skip


def answer(series: Series) -> dict[str, Any]:
    """The series as it stands in JSON: sides, issue, points and changes."""
    points = [{name: getattr(point, name) for name in COLUMNS} for point in series.points]
    changes = [{"date": c.date, "direction": c.direction, "confidence": c.confidence} for c in series.changes]
    return {"a": series.a, "b": series.b, "issue": series.issue, "points": points, "changes": changes}


def as_json(series: Series) -> str:
    """The same as text."""
    return ascii_controls(msgspec.json.format(msgspec.json.encode(answer(series)), indent=1)).decode() + "\n"


def as_csv(series: Series) -> Iterator[str]:
    """One row a point, with the direction of a change that falls on it."""
    turns = {c.date: c for c in series.changes}
    if series.weekly:
        turns = {monday(c.date): c for c in series.changes}
    yield _row([*COLUMNS, "change", "confidence"])
    for point in series.points:
        turn = turns.get(point.date)
        told = [turn.direction, turn.confidence] if turn else ["", ""]
        yield _row([*(getattr(point, name) for name in COLUMNS), *told])


def opened(series: Series, date: str) -> tuple[Contribution, ...]:
    """What a point is made of, the greatest first; a day of a weekly series opens its week."""
    parts = series.parts.get(monday(date) if series.weekly else date, ())
    return tuple(sorted(parts, key=lambda part: (-abs(part.value), part.incident)))


def part(contribution: Contribution) -> dict[str, Any]:
    """One contribution with everything that its value comes from."""
    told = contribution.telling
    return {
        "date": contribution.date, "value": contribution.value, "incident": contribution.incident,
        "report": told.report, "event": told.event, "type": told.type, "mode": told.mode, "status": told.status,
        "score": told.score, "weight": contribution.weight, "share": contribution.share, "placed": contribution.placed,
        "actor": [p.name or p.code for p in told.actor], "recipient": [p.name or p.code for p in told.recipient],
        "outlet": told.outlet, "origin": told.origin, "published": told.published, "sentence": told.sentence,
    }  # fmt: skip


def parts_json(parts: tuple[Contribution, ...], date: str) -> str:
    """The contributions of a point, and the level that they sum to."""
    whole = {"date": date, "level": sum((p.value for p in parts), 0.0), "contributions": [part(p) for p in parts]}
    return ascii_controls(msgspec.json.format(msgspec.json.encode(whole), indent=1)).decode() + "\n"


def parts_csv(parts: tuple[Contribution, ...]) -> Iterator[str]:
    """One row a contribution."""
    yield _row(PARTS)
    for one in parts:
        cells = part(one)
        yield _row(["; ".join(cell) if isinstance(cell, list) else cell for cell in (cells[name] for name in PARTS)])


def _row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    safe = [unformula(visible(cell)) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(out, lineterminator="\n").writerow(safe)
    return out.getvalue()
