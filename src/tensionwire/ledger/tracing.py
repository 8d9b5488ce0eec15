"""Origins: which of the reports in the ledger prints the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select

from tensionwire.ledger import selecting
from tensionwire.ledger.lookup import under
from tensionwire.ledger.packing import held, signed, storable
from tensionwire.ledger.schema import reports, texts
from tensionwire.ledger.statements import fetched
from tensionwire.link.origins import Fingerprint, bands, fingerprint, same_origin
from tensionwire.records import Record

SHARED: Final = 2  # bands that two texts must share to be compared
UNDER_A_KEY: Final = 50
COMPARED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The fingerprint of a report and the keys that it is looked up by."""

    fingerprint: Fingerprint
    keys: tuple[int, ...]

    @classmethod
    def of(cls, record: Record) -> Print:
        """The fingerprint of a record, and its keys."""
        found = fingerprint(record)
        return cls(fingerprint=found, keys=banded(found.signature))


def banded(signature: bytes) -> tuple[int, ...]:
    """The keys that a text is looked up by, as numbers."""
    return tuple(sorted({signed(int.from_bytes(band, "big")) for band in bands(signature)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The first report that printed a text (None: this one), and why."""

    report: int | None = None
    reason: str = ""


def exact(connection: Connection, record: Record) -> Sequence[Any]:
    """Reports with the very text or the address of a record, the newest first."""
    given = {"hash": record.content_hash, "url": held(record.url)}
    found = fetched(connection, _BY_URL if record.url else _BY_HASH, given)
    if len(found) < COMPARED:
        return found
    # Of a text with many copies, whichever may be this report itself must be among them.
    own = or_(
        reports.c.url == held(record.url), reports.c.doc_id == storable(record.doc_id),
        reports.c.outlet == held(record.outlet),
    )  # fmt: skip
    return [*found, *connection.execute(_BY_HASH.where(own), given)]


def origin_of(connection: Connection, mark: Print, near: Sequence[Any]) -> Origin:
    """The origin among the reports of the ledger; `near` are those that `exact` found."""
    for row in (*near, *_alike(connection, mark.keys)):
        same, reason = same_origin(_print(row), mark.fingerprint)
        if same:
            return Origin(report=row.origin, reason=reason)
    return Origin()


_COLUMNS = select(
    reports.c.id, reports.c.hash, reports.c.origin, reports.c.signature, reports.c.words, reports.c.url,
    reports.c.agencies, reports.c.published,
).where(reports.c.kind == "report")  # fmt: skip
_NEAR = (
    _COLUMNS.add_columns(reports.c.doc_id, reports.c.outlet, reports.c.topic, texts.c.erased)
    .join(texts, texts.c.hash == reports.c.hash)
    .order_by(reports.c.id.desc())
    .limit(COMPARED)
)
_BY_ID = _COLUMNS.where(reports.c.id.in_([bindparam(f"i{n}", type_=reports.c.id.type) for n in range(COMPARED)]))
_BY_HASH = _NEAR.where(reports.c.hash == bindparam("hash"))
_BY_URL = _NEAR.where(or_(reports.c.hash == bindparam("hash"), reports.c.url == bindparam("url")))


def _alike(connection: Connection, keys: Sequence[int]) -> list[Any]:
    shared = Counter(chain.from_iterable(under(connection, "bands", "report", keys, UNDER_A_KEY).values()))
    best = [report for report, count in shared.most_common(COMPARED) if count >= min(SHARED, len(keys))]
    if not best:
        return []
    wanted = [*best, *[None] * (COMPARED - len(best))]
    rows = {row.id: row for row in fetched(connection, _BY_ID, {f"i{n}": id for n, id in enumerate(wanted)})}
    return [rows[report] for report in best if report in rows]


def _print(row: Any) -> Fingerprint:
    return Fingerprint(
        signature=row.signature or b"", words=row.words, url=row.url, agencies=selecting.words(row.agencies),
        published=row.published,
    )  # fmt: skip
