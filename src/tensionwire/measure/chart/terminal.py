"""A series in a terminal: bars of conflict above the line, of cooperation below, turns marked, quotes beneath."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from tensionwire.exchange.plain import line
from tensionwire.exchange.view import Sheet
from tensionwire.measure.chart.scale import Column, columns, nice, position, short, ticks
from tensionwire.measure.contributions import Contribution
from tensionwire.measure.coverage import monday
from tensionwire.measure.series import Series

HEIGHT: Final = 7
_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_MARGIN: Final = 8
_QUOTES: Final = 3
_WIDEST: Final = 4  # columns of a bar
_RED, _GREEN, _GREY = "red", "green", "bright_black"


def page(series: Series, sheet: Sheet) -> str:
    """The whole page. Every word of a report is shown with its control characters made harmless."""
    out = io.StringIO()
    console = Console(
        file=out, width=sheet.width, color_system=sheet.colour, force_terminal=sheet.colour is not None,
        no_color=sheet.colour is None, highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in _parts(series, sheet):
        console.print(part, overflow="ellipsis")
    return "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"


def _parts(series: Series, sheet: Sheet) -> Iterator[Text]:
    about = f" over {line(series.issue)}" if series.issue else ""
    yield Text(f"{line(series.a)} – {line(series.b)}{about}", "bold")
    if not series.points:
        yield Text("Nothing is known of these days: no report came out on them.", _GREY)
        return
    yield _summary(series)
    yield Text()
    yield from _chart(series, sheet.width - _MARGIN - 1)
    yield from _turns(series)
    yield from _made_of(series, sheet)
    yield Text()
    yield Text(series.band.told, _GREY)
    if told := series.aside.told:
        yield Text(told, _GREY)


def _summary(series: Series) -> Text:
    events = sum(point.events for point in series.points)
    each = "week" if series.weekly else "day"
    span = f"{series.points[0].date} to {series.points[-1].date}"
    return Text(
        f"{span}, {len(series.points)} {each}s, {events} incidents; level = conflict - cooperation, a {each}", _GREY
    )


def _chart(series: Series, width: int) -> Iterator[Text]:
    shown = columns(series.points, min(width, len(series.points)))
    each = max(1, min(_WIDEST, width // len(shown)))
    wide = len(shown) * each
    top = nice(max(max(c.conflict for c in shown), max(c.cooperation for c in shown)))
    yield _marks(series, len(shown), each)
    for row in range(HEIGHT - 1, -1, -1):
        yield _row(shown, row, top, each, upward=True)
    yield Text.assemble((f"{'0':>{_MARGIN - 2}} ┼", _GREY), ("─" * wide, _GREY))
    for row in range(HEIGHT):
        yield _row(shown, row, top, each, upward=False)
    yield _dates(series, wide)
    yield Text.assemble(
        " " * _MARGIN, ("█ conflict", _RED), "  ", ("█ cooperation", _GREEN), "  ",
        ("▲ tension rises", _RED), "  ", ("▼ tension falls", _GREEN),
    )  # fmt: skip


def _row(shown: Sequence[Column], row: int, top: float, each: int, *, upward: bool) -> Text:
    """One row of bars, counted from the zero line; below it, eighths are drawn as the ground of a turned cell."""
    edge = row == HEIGHT - 1
    label = short(top if upward else -top) if edge else ""
    text = Text(f"{label:>{_MARGIN - 2}} {'┤' if edge else '│'}", _GREY)
    for column in shown:
        value = column.conflict if upward else column.cooperation
        eighths = min(8, max(0, round(value / top * HEIGHT * 8) - row * 8))
        if value > 0 and row == 0:
            eighths = max(1, eighths)
        cell = _EIGHTHS[eighths] if upward or eighths in (0, 8) else _below(eighths)
        text.append(cell * each, _RED if upward else _GREEN)
    return text


def _below(eighths: int) -> str:
    """A cell filled from above; Unicode has an eighth and a half of that kind."""
    return "▔" if eighths <= 2 else "▀"


def _marks(series: Series, shown: int, each: int) -> Text:
    cells = [(" ", _GREY)] * shown * each
    for change in series.changes:
        date = monday(change.date) if series.weekly else change.date
        at = position(date, series.points[0].date, series.points[-1].date, shown) * each + each // 2
        cells[at] = ("▲", _RED) if change.direction == "rises" else ("▼", _GREEN)
    return Text.assemble(" " * _MARGIN, *cells)


def _dates(series: Series, wide: int) -> Text:
    first, last = series.points[0].date, series.points[-1].date
    cells = [" "] * wide
    free = 0
    for date, label in ticks(first, last, max(1, wide // 8)):
        at = position(date, first, last, wide)
        if at >= free and at + len(label) <= wide:
            cells[at : at + len(label)] = label
            free = at + len(label) + 1
    return Text(" " * _MARGIN + "".join(cells), _GREY)


def _turns(series: Series) -> Iterator[Text]:
    if not series.changes:
        return
    yield Text()
    yield Text("TURNS", "bold")
    for change in series.changes:
        rises = change.direction == "rises"
        mark = Text("▲ " if rises else "▼ ", _RED if rises else _GREEN)
        yield Text.assemble(
            mark, f"{change.date}  tension {change.direction}", (f"  confidence {change.confidence:.2f}", _GREY)
        )
        yield from (Text.assemble("    ", quote(part)) for part in _behind(series, change.date, rises=rises))


def _behind(series: Series, date: str, *, rises: bool) -> list[Contribution]:
    """What stands behind a turn: the greatest contributions of its first week, of the kind that moved it."""
    dates = sorted(d for d in series.parts if (monday(date) if series.weekly else date) <= d)[:7]
    parts = [p for d in dates for p in series.parts[d] if (p.value > 0) == rises]
    return sorted(parts, key=lambda p: -abs(p.value))[:2]


def _made_of(series: Series, sheet: Sheet) -> Iterator[Text]:
    parts = sorted((p for these in series.parts.values() for p in these), key=lambda p: -abs(p.value))[:_QUOTES]
    if not parts:
        return
    yield Text()
    yield Text("LARGEST CONTRIBUTIONS", "bold")
    for part in parts:
        yield quote(part)


def quote(part: Contribution) -> Text:
    """One contribution on a line: day, value, and the sentence, or for a table's row who did what to whom."""
    told = part.telling
    style = _RED if part.value > 0 else _GREEN
    head = Text.assemble(f"{part.date}  ", (f"{part.value:+.3g}  ", style))
    if told.sentence:
        head.append(f"“{line(told.sentence)}”")
    else:
        who = ", ".join(line(p.name or p.code or "?") for p in told.actor) or "?"
        whom = ", ".join(line(p.name or p.code or "?") for p in told.recipient) or "?"
        head.append(f"{who} → {whom}: {line(told.trigger or told.type)}")
    source = line(told.outlet or told.report)
    flags = "" if part.placed else ", no date: on its day of publication"
    return head.append(f"  [{source} {line(told.event)}, {told.type} {told.score:+g}, {told.status}{flags}]", _GREY)


def opening(series: Series, date: str, parts: Sequence[Contribution], sheet: Sheet) -> str:
    """What a point is made of, line by line, and the sum."""
    out = io.StringIO()
    console = Console(
        file=out, width=sheet.width, color_system=sheet.colour, force_terminal=sheet.colour is not None,
        no_color=sheet.colour is None, highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(f"{line(series.a)} – {line(series.b)}, {date}", "bold"))
    for part in parts:
        console.print(quote(part))
    total = sum((part.value for part in parts), 0.0)
    console.print(Text(f"{len(parts)} contributions, sum {total!r}", "bold"))
    return out.getvalue()
