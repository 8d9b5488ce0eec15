"""Who, when and where in one: the resolving step of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from tensionwire.records import Annotated, Resolved
from tensionwire.resolve.actors import Who
from tensionwire.resolve.places import Places
from tensionwire.resolve.times import moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolver:
    """Says whom, when and where the spans of reports mean; loaded once, used for many reports."""

    who: Who
    places: Places

    @classmethod
    def load(cls) -> Resolver:
        """With the shipped tables, read at first use."""
        return cls(who=Who.load(), places=Places.load())

    def resolve(self, annotated: Annotated) -> Resolved:
        """The annotated report with an identity, a moment or a place for each span that has one."""
        return Resolved(
            annotated=annotated,
            identities=self.who.identities(annotated),
            moments=moments(annotated),
            places=self.places.places(annotated),
        )
