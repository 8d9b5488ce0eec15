"""The drawings: whole, safe, and with every turn marked."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree

import pytest

from measure.told import incident, question, telling
from tensionwire.errors import UsageError
from tensionwire.exchange.view import Sheet
from tensionwire.measure.answers import as_csv, opened, parts_csv
from tensionwire.measure.chart.svg import png, svg
from tensionwire.measure.chart.terminal import opening, page
from tensionwire.measure.coverage import coverage_of
from tensionwire.measure.series import Series, tension

HOSTILE = "=1+1 \x1b[31mred\u202e <script>alert(1)</script>"


def crisis(weekly: bool = False, sentence: str = "They fired.") -> Series:
    told = [telling(f"r{n}", day=f"2017-{n // 28 + 1:02}-{n % 28 + 1:02}", type="CONSULT") for n in range(0, 280, 20)]
    told += [
        telling(f"x{n}-{k}", day=f"2017-05-{n:02}", sentence=sentence, outlet=sentence)
        for n in range(1, 25)
        for k in range(3)
    ]
    quiet = [telling(f"q{n}", day=f"2017-{n // 28 + 1:02}-{n % 28 + 1:02}", a="FRA", b="DEU") for n in range(280)]
    return tension([incident(t) for t in told], question(), coverage_of([*told, *quiet]), weekly=weekly)


@pytest.mark.parametrize("weekly", [False, True])
def test_a_crisis_as_page_and_picture(weekly: bool) -> None:
    series = crisis(weekly)
    assert any(change.direction == "rises" for change in series.changes)
    shown = page(series, Sheet(width=100))
    assert all(words in shown for words in ("▲", "tension rises", "They fired.", "band:"))
    assert max(map(len, shown.splitlines())) <= 100
    root = ElementTree.fromstring(svg(series))
    assert root.tag.endswith("svg")
    assert svg(series).count('<path class="rises"') == sum(c.direction == "rises" for c in series.changes)


def test_nothing_hostile_reaches_a_terminal_a_page_or_a_sheet() -> None:
    series = crisis(sentence=HOSTILE)
    parts = opened(series, "2017-05-10")
    for text in (page(series, Sheet(width=100)), opening(series, "2017-05-10", parts, Sheet(width=100))):
        assert not {"\x1b", "\u202e"} & set(text)
    rows = "".join(parts_csv(parts))
    assert not any(words in rows for words in ("\x1b", ",=1+1", ',"=1+1'))
    ElementTree.fromstring(svg(series))
    assert "<script>" not in svg(series)


def test_an_empty_series_is_drawn() -> None:
    empty = tension([], question(), {})
    assert "no report" in page(empty, Sheet(width=80))
    ElementTree.fromstring(svg(empty))
    assert next(iter(as_csv(empty))).startswith("date,level,conflict")


def test_png() -> None:
    pytest.importorskip("vl_convert", reason="needs the extra png")
    assert png(crisis()).startswith(b"\x89PNG")


def test_png_without_what_draws_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageError, match=r"tensionwire\[png\]"):
        png(crisis())
