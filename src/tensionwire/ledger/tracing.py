"""Origins: which of the reports in the ledger prints the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tensionwire.ledger import selecting
from tensionwire.ledger.lookup import under
from tensionwire.ledger.packing import held, signed
from tensionwire.ledger.schema import reports
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
        """Made before the transaction begins, since it takes the longest."""
        found = fingerprint(record)
        keys = {signed(int.from_bytes(band[:8], "big")) for band in bands(found.signature)}
        return cls(fingerprint=found, keys=tuple(sorted(keys)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The first report that printed a text (None: this one), and why it is taken for the same."""

    report: int | None = None
    reason: str = ""


def origin_of(connection: Connection, record: Record, mark: Print) -> Origin:
    """The origin among the reports of the ledger."""
    exact = [reports.c.hash == record.content_hash]
    exact += [reports.c.url == held(record.url)] if record.url else []
    rows = connection.execute(_COLUMNS.where(or_(*exact)).order_by(reports.c.id.desc()).limit(COMPARED)).all()
    for row in rows:
        if row.hash == record.content_hash:
            return Origin(report=row.origin, reason="the same text to the letter")
    for row in (*rows, *_alike(connection, mark.keys)):
        same, reason = same_origin(_print(row), mark.fingerprint)
        if same:
            return Origin(report=row.origin, reason=reason)
    return Origin()


_COLUMNS = select(
    reports.c.id, reports.c.hash, reports.c.origin, reports.c.signature, reports.c.words, reports.c.url,
    reports.c.agencies, reports.c.published,
).where(reports.c.kind == "report")  # fmt: skip


def _alike(connection: Connection, keys: Sequence[int]) -> list[Any]:
    shared = Counter(report for _, report in under(connection, "bands", "report", keys, UNDER_A_KEY))
    best = [report for report, count in shared.most_common(COMPARED) if count >= min(SHARED, len(keys))]
    if not best:
        return []
    rows = {row.id: row for row in connection.execute(_COLUMNS.where(reports.c.id.in_(best)))}
    return [rows[report] for report in best if report in rows]


def _print(row: Any) -> Fingerprint:
    return Fingerprint(
        signature=row.signature or b"", words=row.words, url=row.url, agencies=selecting.words(row.agencies),
        published=row.published,
    )  # fmt: skip
