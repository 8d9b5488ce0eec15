"""A series as a picture: clean SVG that follows the reader's light or dark page, and PNG of the light one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from tensionwire.errors import UsageError
from tensionwire.exchange.plain import line
from tensionwire.measure.chart.scale import nice, short, ticks
from tensionwire.measure.coverage import monday
from tensionwire.measure.series import Point, Series

WIDTH: Final = 960
HEIGHT: Final = 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 76, 44
_LIGHT: Final = """\
.ground{fill:#fff}.ink{fill:#1d2327}.faint{fill:#5c666d}.grid{stroke:#e3e7ea}.axis{stroke:#8b959c}
.conflict{fill:#c2452d}.cooperation{fill:#2f7d6b}.band{fill:#7d8790;fill-opacity:.22}
.level{stroke:#1d2327;fill:none}.rises{stroke:#c2452d;fill:#c2452d}.falls{stroke:#2f7d6b;fill:#2f7d6b}"""
_DARK: Final = """
@media (prefers-color-scheme:dark){.ground{fill:#14181b}.ink{fill:#e8ecef}.faint{fill:#9aa4ab}.grid{stroke:#2a3136}
.axis{stroke:#6d777e}.conflict{fill:#ec7a61}.cooperation{fill:#5fc0a8}.band{fill:#aab4bb}.level{stroke:#e8ecef}
.rises{stroke:#ec7a61;fill:#ec7a61}.falls{stroke:#5fc0a8;fill:#5fc0a8}}"""


def svg(series: Series, *, dark: bool = True) -> str:
    """The picture; with `dark` it also knows the colours of a dark page. Names are escaped."""
    style = _LIGHT + (_DARK if dark else "")
    title = f"{line(series.a)} – {line(series.b)}" + (f", {line(series.issue)}" if series.issue else "")
    body = "\n".join(_body(series)) if series.points else _text(WIDTH / 2, HEIGHT / 2, "no data", "faint", "middle")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="13">\n<title>{escape(title)}</title>\n'
        f'<style>{style}</style>\n<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>\n'
        f'<text x="{_LEFT}" y="30" class="ink" font-size="19" font-weight="600">{escape(title)}</text>\n'
        f"{body}\n</svg>\n"
    )


def png(series: Series, *, scale: float = 2.0) -> bytes:
    """The light picture as PNG; raises UsageError where the extra that draws it is not installed."""
    try:
        from vl_convert import svg_to_png
    except ImportError as error:
        why = "pictures in PNG are drawn by vl-convert, which is not installed"
        raise UsageError("--format png", why, 'install "tensionwire[png]", or take --format svg') from error
    return bytes(svg_to_png(svg(series, dark=False), scale=scale))


def _day(date: str) -> int:
    return dt.date.fromisoformat(date[:10]).toordinal()


class _Frame:
    """Where dates and values lie."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.first, self.last = points[0].date, points[-1].date
        highest = max(max(p.conflict, p.high, -p.low, p.cooperation) for p in points)
        self.top = nice(_trimmed([max(p.conflict, p.cooperation, abs(p.level)) for p in points], highest))
        self.each = (WIDTH - _LEFT - _RIGHT) / (_day(self.last) - _day(self.first) + 1)

    def x(self, date: str) -> float:
        return _LEFT + (_day(date) - _day(self.first) + 0.5) * self.each

    def y(self, value: float) -> float:
        middle = (HEIGHT - _TOP - _BOTTOM) / 2
        return _TOP + middle - max(-1.0, min(1.0, value / self.top)) * middle


def _trimmed(values: Sequence[float], highest: float) -> float:
    """The top of the scale: the greatest value, not the greatest bound of a band."""
    return max(values) or highest or 1.0


def _body(series: Series) -> Iterator[str]:
    frame = _Frame(series.points)
    each = "week" if series.weekly else "day"
    about = f"{frame.first} to {frame.last}, a {each}; score per origin of the press; line: decayed level"
    yield _text(_LEFT, 50, about, "faint")
    yield from _grid(frame)
    yield _band(series.points, frame)
    yield from _bars(series, frame)
    line_of = " ".join(
        f"{frame.x(p.date):.1f},{frame.y(v):.1f}" for p, v in zip(series.points, series.smooth, strict=True)
    )
    yield f'<polyline class="level" stroke-width="1.6" points="{line_of}"/>'
    yield from _turns(series, frame)
    yield _text(_LEFT, HEIGHT - 8, series.band.told, "faint", size=11)


def _grid(frame: _Frame) -> Iterator[str]:
    for value in (frame.top, frame.top / 2, 0.0, -frame.top / 2, -frame.top):
        y = frame.y(value)
        kind = "grid" if value else "axis"
        yield f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(_LEFT - 8, y + 4, short(value), "faint", "end", 11)
    for date, label in ticks(frame.first, frame.last, 12):
        yield _text(frame.x(date), HEIGHT - _BOTTOM + 18, label, "faint", "middle", 11)


def _band(points: Sequence[Point], frame: _Frame) -> str:
    above = [f"{frame.x(p.date):.1f},{frame.y(p.high):.1f}" for p in points]
    below = [f"{frame.x(p.date):.1f},{frame.y(p.low):.1f}" for p in reversed(points)]
    return f'<polygon class="band" points="{" ".join(above + below)}"/>'


def _bars(series: Series, frame: _Frame) -> Iterator[str]:
    wide = max(1.0, frame.each * (7 if series.weekly else 1) * 0.8)
    for point in series.points:
        x, zero = frame.x(point.date) - wide / 2, frame.y(0.0)
        up, down = frame.y(point.conflict), frame.y(-point.cooperation)
        if point.conflict:
            yield _bar("conflict", x, up, wide, zero - up)
        if point.cooperation:
            yield _bar("cooperation", x, zero, wide, down - zero)


def _bar(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def _turns(series: Series, frame: _Frame) -> Iterator[str]:
    free = {"rises": 0.0, "falls": 0.0}
    for change in series.changes:
        x = frame.x(monday(change.date) if series.weekly else change.date)
        rises = change.direction == "rises"
        ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"'
        yield f'<line class="{change.direction}" stroke-dasharray="3 3" {ends}/>'
        y, size = (_TOP - 4, -7) if rises else (HEIGHT - _BOTTOM + 3, 7)
        yield f'<path class="{change.direction}" d="M{x - 5:.1f} {y}h10l-5 {size}z"/>'
        if x >= free[change.direction] and rises:
            yield _text(x, _TOP - 15, change.date[5:], "faint", "middle", 10)
            free[change.direction] = x + 34


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start", size: int = 13) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
    )
