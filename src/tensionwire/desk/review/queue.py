"""What is to be judged: reports with how far they are, and the items of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tensionwire.desk.review.fields import Field, fields, shown
from tensionwire.ledger.additions import extended
from tensionwire.ledger.correcting import items
from tensionwire.ledger.reviewing import Coding, Verdict, coding_of, verdicts_of
from tensionwire.ledger.schema import codings, reports, tellings, texts
from tensionwire.ledger.schema import items as item_rows
from tensionwire.ledger.store import Store
from tensionwire.link.tellings import sentence
from tensionwire.records import Record

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A report and how many of its items I have judged; `others` is how many people beside me have begun."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    judged: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An item to judge: its sentence with what stands around it, what was coded, and what I said of it.

    `others` are shown only once I have judged it, so that nobody's word sways another's.
    """

    id: str
    kind: str
    before: str
    sentence: str
    after: str
    shown: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    mine: Verdict | None
    others: Sequence[Verdict]


def waiting(store: Store, by: str, *, offset: int = 0) -> tuple[Waiting, ...]:
    """Reports that can be judged, newest first, a page of them."""
    coded = select(codings.c.id).where(codings.c.report == reports.c.id, codings.c.retracted.is_(None)).exists()
    told = select(tellings.c.id).where(tellings.c.report == reports.c.id).exists()
    listed = select(item_rows.c.id).where(item_rows.c.report == reports.c.id).exists()
    query = (
        select(reports.c.id, reports.c.title, reports.c.outlet, reports.c.published)
        .join(texts, texts.c.hash == reports.c.hash)
        .where(texts.c.body.is_not(None), coded, told | listed)
        .order_by(reports.c.day.desc(), reports.c.id.desc())
        .limit(PAGE + 1).offset(offset)
    )  # fmt: skip
    with store.reading() as connection:
        rows = connection.execute(query).all()
    said = _by_report(verdicts_of(store))
    return tuple(_waiting(row, said.get(f"r{row.id}", ()), by) for row in rows)


def tasks(store: Store, report: str, by: str) -> tuple[Coding, tuple[Task, ...]]:
    """The coding of a report and its items; raises LedgerError where there is no such report."""
    coding = coding_of(store, report)
    said = [one for one in verdicts_of(store, report) if one.coding == coding.number]
    record = extended(coding.record, said)
    return coding, tuple(_task(record, kind, item, said, by) for kind, item in items(record))


def record_of(store: Store, report: str) -> Record:
    """The coder's record of a report with what persons have added to it."""
    coding = coding_of(store, report)
    return extended(coding.record, [one for one in verdicts_of(store, report) if one.coding == coding.number])


def sentences(record: Record) -> list[str]:
    """The sentences of a report, to choose one."""
    return [span.of(record.text) for span in record.sentences]


def _by_report(verdicts: Sequence[Verdict]) -> Mapping[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        found.setdefault(one.report, []).append(one)
    return found


def _waiting(row: object, said: Sequence[Verdict], by: str) -> Waiting:
    newest = max((one.coding for one in said), default=0)
    now = [one for one in said if one.coding == newest and not one.final]
    return Waiting(
        report=f"r{row.id}", title=row.title, outlet=row.outlet, published=row.published,  # type: ignore[attr-defined]
        judged=sum(one.by == by for one in now), others=len({one.by for one in now} - {by}),
    )  # fmt: skip


def _task(record: Record, kind: str, item: object, said: Sequence[Verdict], by: str) -> Task:
    id, s = item.id, item.s  # type: ignore[attr-defined]
    here = [one for one in said if one.item == id]
    mine = next((one for one in reversed(here) if one.by == by and not one.final), None)
    others = [one for one in here if one.by != by or one.final] if mine is not None else []
    return Task(
        id=id, kind=kind, before=sentence(record, s - 1), sentence=sentence(record, s), after=sentence(record, s + 1),
        shown=shown(item, kind), fields=fields(kind, item), mine=mine, others=others,  # type: ignore[arg-type]
    )  # fmt: skip
