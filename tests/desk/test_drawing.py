"""Pictures: the same land, the right places, no style of their own."""

from __future__ import annotations

import pytest

from tensionwire.desk.drawing.network import Tie, network
from tensionwire.desk.drawing.spark import spark
from tensionwire.desk.drawing.timeline import timeline
from tensionwire.desk.drawing.world import HEIGHT, WIDTH, Spot, project, world_map
from tensionwire.records import Telling


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"), [(0, -180, 0, 1147), (0, 180, WIDTH, 1147), (84, 0, 1800, 0), (-61.4, 0, 1800, HEIGHT)]
)
def test_places_fall_where_the_land_is_drawn(lat: float, lon: float, x: float, y: float) -> None:
    found = project(lat, lon)
    assert found[0] == pytest.approx(x, abs=1)
    assert found[1] == pytest.approx(y, abs=10)


def test_a_map_holds_its_spots_and_says_them_in_words() -> None:
    spots = [Spot(lat=64.1, lon=-21.9, quad=4, weight=3, told="here <b>", to="/incident/i1")]
    drawn = world_map(spots, "/static/world.svg", "Where")
    assert 'href="/incident/i1"' in drawn
    assert "here &lt;b&gt;" in drawn
    assert 'href="/static/world.svg#near"' in drawn
    assert "style=" not in drawn


def test_a_map_without_spots_is_the_world() -> None:
    assert f'viewBox="0 20 {WIDTH} 1800"' in world_map([], "land.svg", "Where")


def test_a_spark_of_nothing_and_of_one_day() -> None:
    assert "<path" in spark([], "none")
    assert "<path" in spark([1.0], "one")


def test_a_timeline_tells_copies_from_origins() -> None:
    def told(report: str, origin: str, day: str | None) -> Telling:
        return Telling(report=report, event="e1", type="ACCUSE", quad=3, score=-2, origin=origin, published=day)

    drawn = timeline([told("r1", "o1", "2024-03-05"), told("r2", "o1", "2024-03-06"), told("r3", "o3", "2024-03-06")])
    assert drawn is not None
    assert drawn.count('class="fresh"') == 2
    assert drawn.count('class="copy"') == 1
    assert timeline([told("r1", "o1", None)]) is None


def test_ties_stand_on_their_sides_with_signs() -> None:
    ties = [Tie(other="Denmark", code="DNK", sign="+", reports=2), Tie(other="<x>", code="ISL", sign="-", reports=1)]
    drawn = network("Norway", ties)
    assert drawn is not None
    assert "&lt;x&gt;" in drawn
    assert 'class="tie minus"' in drawn
    assert network("Norway", []) is None
