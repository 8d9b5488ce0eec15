"""Questions as they stand in an address: the filters of the command line, and which part of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Final, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from tensionwire.desk.named import issue_of, plain_side
from tensionwire.errors import UsageError
from tensionwire.ledger import Filter, Moment

T = TypeVar("T")
Text = Annotated[str | None, Query(max_length=300)]
USUAL: Final = 50
MOST: Final = 500
FURTHEST: Final = 20_000  # how far into an answer one may turn pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A filter, the moment as of which to answer, and which part. `given` is what the address says."""

    filter: Filter
    known_at: Moment = None
    limit: int = USUAL
    offset: int = 0
    given: Mapping[str, str]

    def address(self, path: str, **other: str | int | None) -> str:
        """An address that asks the same of another path, or with other values (None: left out)."""
        pairs = {**self.given, **{name: str(value) for name, value in other.items() if value is not None}}
        kept = {name: value for name, value in pairs.items() if other.get(name, "") is not None}
        return f"{path}?{urlencode(kept)}" if kept else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[T]):
    """A part of an answer. `next` is the offset of the part that follows, None at the end."""

    items: tuple[T, ...]
    limit: int
    offset: int
    next: int | None


def asked(
    request: Request,
    actor: Annotated[str | None, Query(max_length=300, description="Code, country, bloc, name or Wikidata id.")] = None,
    other: Annotated[str | None, Query(max_length=300, description="With `actor`: acts between the two.")] = None,
    type: Annotated[str | None, Query(max_length=40, description="PLOVER type, as ASSAULT.")] = None,
    status: Annotated[str | None, Query(max_length=40, description="Status of an event, stance of a claim.")] = None,
    issue: Annotated[
        str | None, Query(max_length=100, description="Name of an issue: one of one's own, a country or a context.")
    ] = None,
    place: Text = None,
    since: Annotated[str | None, Query(max_length=10, description="ISO day, inclusive.")] = None,
    until: Annotated[str | None, Query(max_length=10, description="ISO day, inclusive.")] = None,
    outlet: Text = None,
    confidence: Annotated[float | None, Query(ge=0, le=1, description="Least probability.")] = None,
    incident: Annotated[str | None, Query(max_length=20, description="Key of an incident, as i57.")] = None,
    report: Annotated[str | None, Query(max_length=20, description="Key of a report, as r12.")] = None,
    as_known_at: Annotated[str | None, Query(max_length=40, description="As the ledger knew it then.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    offset: Annotated[int, Query(ge=0, le=FURTHEST)] = 0,
) -> Asked:
    """What an address asks. Empty fields of a form ask for nothing."""
    pair = (plain_side(actor), plain_side(other)) if actor and other else None
    if other and not actor:
        raise UsageError(f"other={other}", "there is one side of a pair only", "give `actor` as well")
    wanted = Filter(
        actor=plain_side(actor) if actor and not pair else None, pair=pair, type=(type or "").upper() or None,
        status=status or None,
        issue=issue_of(issue), place=place or None, since=since or None, until=until or None, outlet=outlet or None,
        confidence=confidence or 0.0, incident=incident or None, report=report or None,
    )  # fmt: skip
    given = {name: value for name, value in request.query_params.items() if value and name not in ("limit", "offset")}
    return Asked(filter=wanted, known_at=as_known_at or None, limit=limit, offset=offset, given=given)


Question = Annotated[Asked, Depends(asked)]


def sliced(ask: Callable[[Filter], tuple[T, ...]], question: Asked) -> Slice[T]:
    """The part of an answer that was asked for; one more is asked for, to know whether there is a next part."""
    found = ask(replace(question.filter, limit=question.offset + question.limit + 1))
    part = found[question.offset : question.offset + question.limit]
    after = question.offset + question.limit
    return Slice(items=part, limit=question.limit, offset=question.offset, next=after if len(found) > after else None)
