"""The band: what is in it, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

from measure.told import incident, question, telling
from tensionwire.measure.coverage import coverage_of
from tensionwire.measure.series import Series, tension
from tensionwire.measure.weights import coder_error
from tensionwire.records import Telling


def measured(told: list[Telling], **more: object) -> Series:
    return tension([incident(one) for one in told], question(), coverage_of(told), **more)  # type: ignore[arg-type]


TOLD = [telling(f"r{n}", event=f"e{n}") for n in range(12)]
ROWS = [replace(one, coded=False, outlet=None) for one in TOLD]


def test_rows_of_a_table_carry_no_coder_error_and_the_band_says_so() -> None:
    series = measured(ROWS)
    assert (series.band.coder_error, series.band.outlets) == (False, 0)
    assert "it holds none of: the coder's measured error" in series.band.told


def test_the_coders_error_widens_the_band() -> None:
    one = [replace(t, outlet=None) for t in TOLD]
    with_error, without = measured(one), measured(one, coded=False)
    assert with_error.points[0].high - with_error.points[0].low > without.points[0].high - without.points[0].low
    assert with_error.points[0].level == without.points[0].level


def test_one_outlet_that_carries_a_day_alone_opens_the_band_to_nothing() -> None:
    lone = [telling(f"r{n}", event=f"e{n}", outlet="A") for n in range(40)]
    other = [telling(f"x{n}", event=f"e{n}", outlet="B", day="2017-04-05") for n in range(40)]
    series = measured([*lone, *other])
    assert series.band.outlets == 2
    assert series.points[0].low <= 0.0
    assert series.points[0].high > series.points[0].level


def test_the_same_series_has_the_same_band() -> None:
    assert measured(TOLD).points == measured(TOLD).points


def test_measured_errors_are_shares() -> None:
    assert all(0 < e.precision <= 1 and 0 < e.recall <= 1 for e in coder_error().values())
