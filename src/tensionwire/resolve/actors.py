"""Who is meant: an identity for every mention of a report, and for a bare name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.offices import Offices
from tensionwire.records import Annotated, Identity, Span
from tensionwire.resolve.cast import Cast
from tensionwire.resolve.places import Places
from tensionwire.resolve.scene import scene
from tensionwire.resolve.weights import Ranker, rankers


class Who:
    """Identifies the actors of reports; made once, used for many reports."""

    __slots__ = ("_locate", "_offices", "_rankers")

    def __init__(self, offices: Offices, places: Places, weights: Mapping[str, Ranker]) -> None:
        self._offices = offices
        self._rankers = weights
        self._locate = lru_cache(maxsize=65536)(lambda name: _code(places, name))

    @classmethod
    def load(cls) -> Who:
        """With the shipped tables."""
        return cls(Offices.load(), Places.load(), rankers())

    def identities(self, annotated: Annotated) -> Mapping[Span, Identity]:
        """Who each mention of the report means, by the mention's span."""
        return self.cast(annotated).identities()

    def cast(self, annotated: Annotated) -> Cast:
        """The report laid out for identifying."""
        laid = scene(annotated, self._locate)
        return Cast(laid, self._offices, self._locate, self._rankers, _home(annotated.report.outlet))


def _code(places: Places, name: str) -> str | None:
    place = places.lookup(name)
    return place.code if place is not None else None


@lru_cache(maxsize=4096)
def _home(outlet: str | None) -> str | None:
    """The state of an outlet that a table knows."""
    return next((e.code for e in Gazetteer.load().named(outlet)), None) if outlet else None
