"""Who is meant: an identity for every mention of a report, and for a bare name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tensionwire.ontology.gazetteer import Gazetteer
from tensionwire.ontology.offices import Offices
from tensionwire.records import Annotated, Identity, Span
from tensionwire.resolve import persons
from tensionwire.resolve.atlas import Atlas
from tensionwire.resolve.bare import judged, report_of
from tensionwire.resolve.cast import Cast
from tensionwire.resolve.geocoding import Geocoder
from tensionwire.resolve.scan import scan
from tensionwire.resolve.scene import scene
from tensionwire.resolve.weights import Ranker, rankers


class Who:
    """Identifies the actors of reports; made once, used for many reports."""

    __slots__ = ("_atlas", "_offices", "_rankers", "_renowned")

    def __init__(self, offices: Offices, places: Geocoder, weights: Mapping[str, Ranker]) -> None:
        self._offices = offices
        self._rankers = weights
        self._atlas = Atlas(places)
        self._renowned = lru_cache(maxsize=65536)(lambda name: bool(offices.person(name)))

    @classmethod
    def load(cls) -> Who:
        """With the shipped tables."""
        return cls(Offices.load(), Geocoder.load(), rankers())

    def identities(self, annotated: Annotated) -> Mapping[Span, Identity]:
        """Who each mention of the report means, by the mention's span."""
        return self.cast(annotated).identities()

    def identify(
        self, name: str, *, context: str | None = None, date: str | None = None, country: str | None = None
    ) -> Identity:
        """Whom a bare name or phrase means; `country` is a code to take where nothing else tells of a state.

        >>> who = Who.load().identify("Norway's central bank")
        >>> who.code, who.sector
        ('NOR', 'GOV')
        """
        annotated, span = report_of(name, context, date)
        cast = self.cast(annotated, home=country)
        identity = cast.identities()[span]
        return judged(identity, cast.scene.seats[0], context=context, country=country, held=self._last(identity, date))

    def _last(self, identity: Identity, date: str | None) -> str | None:
        """The sector of somebody whom the table of offices knows: of the office held, else a former official's."""
        held = persons.office(self._offices, identity.name, date)
        if held is None or held.code != identity.code or (date and held.start > date):
            return None
        return persons.last_sector(held, date)

    def cast(self, annotated: Annotated, *, home: str | None = None) -> Cast:
        """The report laid out for identifying; `home` is the state from which it is told, if not its outlet's."""
        laid = scene(annotated, self._atlas, self._renowned)
        return Cast(laid, self._offices, self._rankers, home or _home(annotated.report.outlet))


@lru_cache(maxsize=4096)
def _home(outlet: str | None) -> str | None:
    """The state of an outlet: that of its entry in a table, else one that its name names ("UK Government")."""
    if not outlet:
        return None
    plain = outlet.replace("-", " ")
    forms = (plain, plain.title(), plain.upper())
    named = [entry for form in forms for entry in Gazetteer.load().named(form)]
    entries = named or [h.entry for h in scan(plain, [Span(0, len(plain))]).hits]
    return next((e.code for e in entries if e.code != "-"), None)
