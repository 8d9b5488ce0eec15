"""Keys made anew: by which copies of a text are found, and the incident of a new telling.

They depend on how this version makes keys of words: under keys that another version made, it finds neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, update

from tensionwire.ledger import selecting
from tensionwire.ledger.filing import link
from tensionwire.ledger.packing import unpacked_text
from tensionwire.ledger.placing import keyed
from tensionwire.ledger.schema import bands, judgements, link_keys, reports, tellings, texts
from tensionwire.ledger.statements import fetched, put
from tensionwire.ledger.store import Store
from tensionwire.ledger.tracing import banded
from tensionwire.link.origins import signature, words

PAGE: Final = 1_000


def reindex(store: Store) -> None:
    """See `Ledger.reindex`."""
    with store.writing() as connection:
        remake(connection)
    store.standing.forget()


def remake(connection: Connection) -> None:
    """Make all keys anew within a transaction that is open."""
    connection.execute(delete(bands))
    connection.execute(delete(link_keys))
    for page in _pages(connection, reports):
        _prints(connection, page)
    for page in _pages(connection, tellings):
        _links(connection, page)


def _pages(connection: Connection, table: Any) -> Iterator[dict[str, int]]:
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    for start in range(1, last + 1, PAGE):
        yield {"first": start, "last": start + PAGE - 1}


_first = reports.alias("first")
_PRINTED = (
    select(
        reports.c.id, reports.c.signature, texts.c.body,
        select(func.min(_first.c.id)).where(_first.c.hash == reports.c.hash).scalar_subquery().label("twin"),
    )
    .join(texts, texts.c.hash == reports.c.hash)
    .where(reports.c.kind == "report", reports.c.id.between(bindparam("first"), bindparam("last")))
)  # fmt: skip
_moves = select(judgements.c.telling).where(judgements.c.kind == "move", judgements.c.retracted.is_(None))
_TOLD = (
    selecting.told(None, rejected=True)
    .add_columns(tellings.c.incident.label("founded"), tellings.c.stands)
    .where(tellings.c.id.between(bindparam("first"), bindparam("last")))
    .where((tellings.c.stands == 1) | tellings.c.id.in_(_moves))
)


def _prints(connection: Connection, page: dict[str, int]) -> None:
    """Sketches of texts; a forgotten one keeps what it had. A copy to the letter is found by the keys of the first."""
    known: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    for row in fetched(connection, _PRINTED, page):
        sketch = row.signature or b""
        if row.body:
            text = unpacked_text(row.body)
            sketch = signature(text)
            known.append({"report": row.id, "signature": sketch, "words": len(words(text))})
        if row.twin == row.id:
            keys += [{"key": key, "report": row.id} for key in banded(sketch)]
    if known:
        changed: dict[str, Any] = {"signature": bindparam("signature"), "words": bindparam("words")}
        connection.execute(update(reports).where(reports.c.id == bindparam("report")).values(changed), known)
    put(connection, bands, keys)


def _links(connection: Connection, page: dict[str, int]) -> None:
    """Keys of the tellings that stand for incidents, and of those that a person put into one."""
    link(connection, set(_of_tellings(fetched(connection, _TOLD, page))))


def _of_tellings(rows: Sequence[Any]) -> Iterator[tuple[int, int]]:
    for row in rows:
        for key in keyed(selecting.telling(row)):
            yield key, row.incident
            if row.stands:
                yield key, row.founded
