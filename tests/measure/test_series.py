"""The series: what counts, for how much, and that every point is exactly the sum of its parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measure.told import incident, question, telling
from tensionwire.measure.answers import answer, opened
from tensionwire.measure.contributions import GRAIN
from tensionwire.measure.coverage import coverage_of
from tensionwire.measure.series import Series, tension
from tensionwire.ontology.plover import plover
from tensionwire.records import Incident, Party, Telling

TYPES = sorted(plover().types)
DAYS = [f"2017-04-{day:02}" for day in range(1, 29)]

tellings = st.builds(
    lambda report, event, type, day, status, copies: telling(
        report=f"r{report}", event=f"e{event}", type=type, day=day, status=status, origin=f"o{report % copies}"
    ),
    st.integers(0, 40), st.integers(0, 9), st.sampled_from(TYPES), st.sampled_from(DAYS),
    st.sampled_from(["actual", "alleged", "planned", "negated"]), st.integers(1, 40),
)  # fmt: skip
worlds = st.lists(st.lists(tellings, min_size=1, max_size=5), min_size=1, max_size=30)


def measured(incidents: list[Incident], asked: object = None, **more: object) -> Series:
    told = [one for each in incidents for one in each.tellings]
    return tension(incidents, asked or question(), coverage_of(told), **more)  # type: ignore[arg-type]


def world(groups: list[list[Telling]]) -> list[Incident]:
    return [incident(*told, id=f"i{number}") for number, told in enumerate(groups)]


@pytest.mark.parametrize("weekly", [False, True])
@settings(max_examples=40)
@given(groups=worlds, order=st.randoms())
def test_a_point_is_exactly_the_sum_of_its_parts_in_any_order(groups, order, weekly) -> None:  # type: ignore[no-untyped-def]
    series = measured(world(groups), weekly=weekly)
    for point in series.points:
        values = [part.value for part in series.parts.get(point.date, ())]
        order.shuffle(values)
        assert sum(values) == point.level == fsum(values)
        assert sum(map(Fraction, values), Fraction()) == Fraction(point.level)
        assert point.level == point.conflict - point.cooperation
        assert all(Fraction(value) % Fraction(GRAIN) == 0 for value in values)
        assert point.low <= point.level <= point.high


@settings(max_examples=40)
@given(groups=worlds)
def test_copies_and_a_louder_press_leave_every_level_where_it_is(groups) -> None:  # type: ignore[no-untyped-def]
    before = measured(world(groups))
    copied = measured(world([[*told, *(replace(t, report=f"copy-{t.report}") for t in told)] for told in groups]))
    doubled = [[*told, *(replace(t, report=f"x-{t.report}", origin=f"x-{t.origin}") for t in told)] for told in groups]
    louder = measured(world(doubled))
    levels = [(point.date, point.level) for point in before.points]
    assert [(point.date, point.level) for point in copied.points] == levels
    assert [point.date for point in louder.points] == [date for date, _ in levels]
    assert [point.level for point in louder.points] == pytest.approx([level for _, level in levels], abs=1e-9)
    assert [c.date for c in copied.changes] == [c.date for c in before.changes] == [c.date for c in louder.changes]


def test_an_incident_of_fifty_copies_counts_once_and_of_two_origins_twice() -> None:
    once = incident(*(telling(f"r{n}", origin="wire") for n in range(50)))
    both = incident(telling("a"), telling("b"))
    coverage = {"2017-04-04": 10}
    assert tension([once], question(), coverage).points[0].level == pytest.approx(0.9)
    assert tension([both], question(), coverage).points[0].level == pytest.approx(1.8)


@pytest.mark.parametrize(
    ("status", "level"),
    [("actual", 9.0), ("alleged", 4.5), ("planned", 0.0), ("hypothetical", 0.0), ("negated", 0.0), ("historical", 0.0)],
)
def test_status_weighs(status: str, level: float) -> None:
    series = tension([incident(telling(status=status))], question(), {"2017-04-04": 1})
    assert series.points[0].level == pytest.approx(level)
    assert series.aside.not_actual == (0 if level else 1)


@pytest.mark.parametrize(("ways", "level"), [("both", 9 - 10 - 2.5), ("out", 9 - 2.5), ("in", -10 - 2.5)])
def test_each_direction_apart_and_acts_without_one_in_each(ways: str, level: float) -> None:
    happened = [
        incident(telling("r1")), incident(telling("r2", type="AID", a="RUS", b="USA")),
        incident(telling("r3", type="CONSULT", a="RUS", b="USA")),
    ]  # fmt: skip
    series = tension(happened, question(ways=ways), {"2017-04-04": 1})
    assert series.points[0].level == pytest.approx(level)


def test_an_act_without_direction_may_name_both_sides_as_actors() -> None:
    both = telling(type="CONSULT", actor=(Party(code="USA"), Party(code="RUS")), recipient=())
    assert tension([incident(both)], question(), {"2017-04-04": 1}).points[0].events == 1
    against = telling(actor=(Party(code="USA"), Party(code="RUS")), recipient=(Party(code="SYR"),))
    assert tension([incident(against)], question(), {"2017-04-04": 1}).points[0].events == 0


def test_a_bloc_has_the_members_of_the_day_and_its_own_bodies() -> None:
    happened = [
        incident(telling("r1", a="GBR", day="2017-04-04")), incident(telling("r2", a="GBR", day="2021-04-04")),
        incident(telling("r3", actor=(Party(code="EUR", name="European Union"),))),
    ]  # fmt: skip
    series = measured(happened, question(a="EU"))
    assert {p.date: p.events for p in series.points if p.events} == {"2017-04-04": 2}


def test_within_a_bloc_no_act_of_a_state_on_itself_counts() -> None:
    inside, abroad = telling("r1", a="USA", b="USA"), telling("r2", a="GBR", b="USA")
    series = measured([incident(inside), incident(abroad)], question(a="WEST", b="USA"))
    assert series.points[0].events == 1
    own = measured([incident(telling("r1", actor=(Party(code="SYR", name="army"),), b="SYR"))], question("SYR", "SYR"))
    assert own.points[0].events == 1


def test_an_issue_takes_in_incidents_by_place_recipient_context_and_word() -> None:
    happened = [
        incident(telling("r1", country="SYR")), incident(telling("r2", sentence="Over Syrian skies.")),
        incident(telling("r3", contexts=("cbrn",))), incident(telling("r4")),
    ]  # fmt: skip
    assert measured(happened, question(about="Syria")).points[0].events == 2
    assert measured(happened, question(about="cbrn")).points[0].events == 1


def test_a_date_of_a_month_is_spread_over_it_and_a_longer_one_set_aside() -> None:
    month = telling("r1", first="2017-04-01", last="2017-04-30", published="2017-04-30")
    year = telling("r2", first="2017-01-01", last="2017-12-31", published="2017-04-30")
    series = measured([incident(month), incident(year)])
    assert len(series.points) == 30
    assert sum(point.level for point in series.points) == pytest.approx(9 / 2)
    assert series.aside.long == 1


def test_undated_is_left_out_or_marked_on_its_day_of_publication() -> None:
    told = telling(first=None, last=None, published="2017-04-05")
    out = measured([incident(told)])
    assert (out.points[0].events, out.aside.undated) == (0, 1)
    put = measured([incident(told)], question(undated="published"))
    assert put.points[0].events == 1
    assert [part.placed for part in put.parts["2017-04-05"]] == [False]


def test_a_day_that_was_told_of_on_the_next_has_a_point() -> None:
    told = telling(day="2017-04-01", published="2017-04-03")
    series = tension([incident(told)], question(), {"2017-04-03": 4})
    assert [(p.date, p.coverage, p.events) for p in series.points] == [("2017-04-01", 0, 1), ("2017-04-03", 4, 0)]
    assert series.points[0].level == pytest.approx(9 / 4)


def test_without_publication_day_the_press_of_the_day_itself_counts_and_none_is_told() -> None:
    told = telling(published=None)
    assert tension([incident(told)], question(), {"2017-04-04": 3}).points[0].level == pytest.approx(3)
    none = tension([incident(told)], question(), {"2017-04-05": 3})
    assert none.aside.uncovered == 1


def test_since_and_until_bound_the_points() -> None:
    happened = [incident(telling(f"r{n}", day=f"2017-04-{n:02}")) for n in range(1, 21)]
    series = measured(happened, since="2017-04-05", until="2017-04-10")
    assert (series.points[0].date, series.points[-1].date, series.aside.outside) == ("2017-04-05", "2017-04-10", 14)


def test_nothing_at_all_is_no_error() -> None:
    assert tension([], question(), {}).points == ()
    assert [p.level for p in tension([], question(), {"2017-04-04": 2}).points] == [0.0]


def test_the_answer_has_exactly_the_promised_names() -> None:
    series = measured([incident(telling())], question(about="Syria"))
    found = answer(series)
    assert list(found) == ["a", "b", "issue", "points", "changes"]
    assert (found["a"], found["b"], found["issue"]) == ("USA", "RUS", "Syria")
    assert list(found["points"][0]) == [
        "date", "level", "conflict", "cooperation", "low", "high", "events", "coverage",
    ]  # fmt: skip


def test_a_day_opens_its_week() -> None:
    series = measured([incident(telling(day="2017-04-06"))], weekly=True)
    assert [point.date for point in series.points] == ["2017-04-03"]
    assert len(opened(series, "2017-04-05")) == 1
