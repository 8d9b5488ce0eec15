"""How values are written on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from tensionwire.exchange import outline

if TYPE_CHECKING:
    from tensionwire.desk.relation import Wish
    from tensionwire.records import Party

LONGEST: Final = 600  # characters of a sentence that are shown


def clip(text: str | None, size: int = LONGEST) -> str:
    """The text, cut where it is longer than anybody would read.

    >>> clip("one two three", 9)
    'one two …'
    """
    text = text or ""
    if len(text) <= size:
        return text
    return (text[: size - 1].rpartition(" ")[0] or text[: size - 2]) + " …"


def day(iso: str | None) -> str:
    """A day as it is read, or a dash.

    >>> day("2017-04-11"), day("2017-04-11T08:00:00Z"), day(None)
    ('11 Apr 2017', '11 Apr 2017', '–')
    """
    try:
        when = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return iso or "–"
    return f"{when.day} {when:%b %Y}"


def moment(seconds: int | None) -> str:
    """A time in seconds since 1970, as a day in UTC.

    >>> moment(86_400)
    '2 Jan 1970'
    """
    return "–" if seconds is None else day(datetime.fromtimestamp(seconds, UTC).date().isoformat())


def stretch(first: str | None, last: str | None) -> str:
    """A day or interval.

    >>> stretch("2017-04-11", "2017-04-12"), stretch("2017-04-11", None)
    ('11 Apr 2017 – 12 Apr 2017', '11 Apr 2017')
    """
    return day(first) if not last or last == first else f"{day(first)} – {day(last)}"


def later(iso: str, days: int) -> str:
    """The day so many days later.

    >>> later("2017-04-30", 2)
    '2017-05-02'
    """
    return (date.fromisoformat(iso[:10]) + timedelta(days=days)).isoformat()


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign, as typographers write it.

    >>> signed(-1.25), signed(2), signed(0)
    ('−1.2', '+2.0', '0.0')
    """
    told = f"{value:+.{digits}f}".replace("-", "−")
    return told[1:] if float(f"{value:.{digits}f}") == 0 else told


def amount(low: float | None, high: float | None) -> str:
    """The range of a count.

    >>> amount(70, None), amount(24, 99), amount(3, 3)
    ('≥ 70', '24–99', '3')
    """
    if low is None:
        return "?" if high is None else f"≤ {high:,}"
    if high is None:
        return f"≥ {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def several(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> several(1, "origin"), several(3, "origin"), several(2, "tie", "ties")
    ('1 origin', '3 origins', '2 ties')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sign(quad: int) -> str:
    """The sign of a quad class: filled for deeds, hollow for words.

    >>> sign(4)
    '▲'
    """
    return outline.QUADS[quad].sign if quad in outline.QUADS else "·"


def quad_name(quad: int) -> str:
    """A quad class in words.

    >>> quad_name(4)
    'material conflict'
    """
    return outline.QUADS[quad].name if quad in outline.QUADS else "unknown"


def step(text: str) -> str:
    """A text as one step of an address.

    >>> step("Rex Tillerson/x")
    'Rex%20Tillerson%2Fx'
    """
    return quote(text, safe="")


def series_address(wish: Wish) -> str:
    """Where the API has the series of a pair."""
    known = {"issue": wish.issue, "ways": str(wish.ways), "since": wish.since, "until": wish.until}
    pairs = {name: value for name, value in known.items() if value}
    return f"/api/v1/tension/{step(wish.a)}/{step(wish.b)}?{urlencode(pairs)}"


def web(address: str | None) -> str | None:
    """The address where it is one of the web, else None: nothing else may be a link."""
    return address if address and address.lower().startswith(("http://", "https://")) else None


def once(parties: Iterable[Party]) -> list[Party]:
    """Parties, those that are called the same (both sides, the two presidents) once."""
    return list({party.name or party.code or "": party for party in reversed(list(parties))}.values())[::-1]


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "clip": clip, "day": day, "moment": moment, "signed": signed, "sign": sign, "quad_name": quad_name, "step": step,
    "web": web, "amount": amount, "later": later, "series_address": series_address,
    "once": once, "several": several,
}  # fmt: skip
