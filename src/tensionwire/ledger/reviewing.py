"""Review: several persons confirm, correct or reject the items of a report, each for themselves.

What they say is kept as verdicts, on the coder's own coding, and never changed. What the ledger answers follows the
last of them that stands (one that settles a disagreement before all others): a correction is a new coding of the
report, a rejection a judgement. A newer coder's coding is judged anew; what was said of the old one stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from tensionwire.errors import LedgerError, StaleError, UsageError
from tensionwire.ledger import adding, additions, clock, correcting, judging
from tensionwire.ledger.filters import number_of
from tensionwire.ledger.packing import storable, unpacked_record, unpacked_text
from tensionwire.ledger.schema import codings, moments, reports, texts, verdicts
from tensionwire.ledger.store import Store
from tensionwire.records import Record

KINDS: Final = ("confirm", "correct", "reject")
_OURS = re.compile(r", reviewed \(\d+\)\Z")  # how the coder of a corrected record is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one person said of one item. `key` undoes it; `coding` is what it was said of; `at` is ISO, UTC.

    `kind` is "confirm", "correct" (then `value` holds the fields as they should be), "reject", or "add": the coder
    missed it, and `value` is the item (see `additions`). `final`: it settles a disagreement. `undone`: taken back, or
    followed by another of the same person.
    """

    key: str
    at: str
    report: str
    item: str
    coding: int
    kind: str
    by: str
    reason: str = ""
    value: Mapping[str, Any] | None = None
    final: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The newest coding of a report by a coder, before persons said anything of it."""

    report: str
    number: int
    record: Record


def coding_of(store: Store, report: str) -> Coding:
    """What there is to judge; raises LedgerError where there is no such report, or none with a text."""
    with store.reading() as connection:
        return _coding(connection, number_of(report, "r"))


def review(
    store: Store, item: str, kind: str, *, by: str, reason: str = "", value: Mapping[str, Any] | None = None,
    coding: int | None = None, mine: str | None = None, final: bool = False,
) -> Verdict:  # fmt: skip
    """Say confirm, correct or reject of an item (`r12/e3`); what the same person said of it before no longer counts.

    `coding` and `mine` are what the person saw: the number of the coding, and the key of their own verdict ("" for
    none). Raises StaleError where that has changed, UsageError where a correction will not do.
    """
    if kind not in KINDS or not by.strip():
        raise UsageError(
            kind or "a verdict", "is none, or nobody gives it", "say confirm, correct or reject, and who you are"
        )
    report, name = _parts(item)
    with store.writing() as connection:
        base = _coding(connection, report)
        standing = _standing(connection, report, base.number)
        _fresh(base, [one for one in standing if one.by == by and not one.final], item, coding, mine)
        record = additions.extended(base.record, standing)
        correcting.found(record, name)
        if kind == "correct":
            correcting.corrected(record, name, value or {})
        moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason))
        _close(connection, report, base.number, name, by=by, final=final, moment=moment)
        key = _write(connection, {
            "report": report, "coding": base.number, "item": name, "kind": kind, "final": int(final),
            "value": storable(msgspec.json.encode(value).decode()) if kind == "correct" else None,
            "by": storable(by), "reason": storable(reason), "added": moment,
        })  # fmt: skip
        _take_effect(connection, store, base, moment, by=by, reason=reason or kind)
        return next(one for one in _standing(connection, report, base.number) if one.key == key)


def add_item(
    store: Store, report: str, value: Mapping[str, Any], *, by: str, reason: str = "", coding: int | None = None
) -> Verdict:
    """Add an event or claim that the coder missed (`additions.with_item` says what `value` holds).

    It stands for all to judge like any other item, until it is taken back. Raises StaleError where the report was coded
    anew since, UsageError where the item will not do.
    """
    if not by.strip():
        raise UsageError("the addition", "is nobody's", "say who you are")
    number = number_of(report, "r")
    with store.writing() as connection:
        base = _coding(connection, number)
        _fresh(base, [], report, coding, None)
        here = (verdicts.c.report == number) & (verdicts.c.coding == base.number)
        taken = connection.execute(select(verdicts.c.item).where(here)).scalars().all()
        name = additions.free_id(base.record, str(value.get("kind") or ""), taken)
        additions.with_item(additions.extended(base.record, _standing(connection, number, base.number)), name, value)
        moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason))
        key = _write(connection, {
            "report": number, "coding": base.number, "item": name, "kind": "add", "final": 0,
            "value": storable(msgspec.json.encode(value).decode()), "by": storable(by), "reason": storable(reason),
            "added": moment,
        })  # fmt: skip
        _take_effect(connection, store, base, moment, by=by, reason=reason or "add")
        return next(one for one in _standing(connection, number, base.number) if one.key == key)


def unreview(store: Store, key: str, *, by: str, reason: str = "") -> None:
    """Take a verdict back; the ledger answers as if it had not been given. Raises LedgerError where none stands."""
    number = number_of(key, "v")
    with store.writing() as connection:
        row = connection.execute(select(verdicts).where(verdicts.c.id == number)).first()
        if row is None or row.retracted is not None:
            raise LedgerError(key, "is no verdict that still stands", "see what was judged")
        moment = clock.begun(connection, store.clock, "judge", by=by, reason=storable(reason or "taken back"))
        connection.execute(update(verdicts).where(verdicts.c.id == number).values(retracted=moment))
        base = _coding(connection, row.report)
        if base.number == row.coding:
            _take_effect(connection, store, base, moment, by=by, reason=reason or "taken back")


def verdicts_of(store: Store, report: str | None = None, *, all: bool = False) -> tuple[Verdict, ...]:
    """Verdicts that stand, or `all` that were ever given; of one report, or of the whole ledger; oldest first."""
    query = _LISTED if report is None else _LISTED.where(verdicts.c.report == number_of(report, "r"))
    with store.reading() as connection:
        rows = connection.execute(query if all else query.where(verdicts.c.retracted.is_(None)))
        return tuple(_verdict(row) for row in rows)


def coding_at(store: Store, number: int) -> Record | None:
    """The record of a coding, with its text; None where the text was forgotten."""
    with store.reading() as connection:
        row = connection.execute(_CODINGS.where(codings.c.id == number)).first()
    return unpacked_record(row.record, unpacked_text(row.body)) if row is not None and row.body else None


def holding(standing: Iterable[Verdict]) -> Mapping[str, Verdict]:
    """For each item the verdict that counts, of those that stand on one coding: the last, one that settles first.

    >>> holding([])
    {}
    """
    found: dict[str, Verdict] = {}
    for one in standing:
        if one.item not in found or one.final or not found[one.item].final:
            found[one.item] = one
    return found


def outcome(record: Record, held: Mapping[str, Verdict]) -> Record:
    """The record, with what was added to it, as persons left it, but for what they rejected, which stays in it."""
    for item, verdict in held.items():
        if verdict.kind == "correct" and verdict.value and additions.holds(record, item):
            record = correcting.corrected(record, item, verdict.value)
    return record


_CODINGS = (
    select(codings.c.id, codings.c.report, codings.c.coder, codings.c.record, codings.c.retracted, texts.c.body)
    .join_from(codings, reports, reports.c.id == codings.c.report)
    .join(texts, texts.c.hash == reports.c.hash)
)
_LISTED = (
    select(verdicts, moments.c.at)
    .join_from(verdicts, moments, moments.c.id == verdicts.c.added)
    .order_by(verdicts.c.id)
)


def _parts(item: str) -> tuple[int, str]:
    report, slash, name = item.partition("/")
    if not slash:
        raise UsageError(item, "names no item", "write REPORT/ITEM: r12/e3 for an event, r12/c2 for a claim")
    return number_of(report, "r"), name


def _coding(connection: Connection, report: int) -> Coding:
    rows = connection.execute(_CODINGS.where(codings.c.report == report).order_by(codings.c.id.desc()))
    row = next((row for row in rows.all() if not _OURS.search(row.coder)), None)
    if row is None or not row.body:
        raise LedgerError(f"r{report}", "there is no such report, or none with a text", "see `tensionwire search`")
    return Coding(report=f"r{report}", number=row.id, record=unpacked_record(row.record, unpacked_text(row.body)))


def _standing(connection: Connection, report: int, coding: int) -> list[Verdict]:
    here = (verdicts.c.report == report) & (verdicts.c.coding == coding) & verdicts.c.retracted.is_(None)
    return [_verdict(row) for row in connection.execute(_LISTED.where(here))]


def _fresh(base: Coding, own: Sequence[Verdict], item: str, coding: int | None, mine: str | None) -> None:
    """Whether what a person saw is what there is."""
    if coding is not None and coding != base.number:
        raise StaleError(
            item, "the report was coded anew since you opened the page", "look at the new coding and judge that"
        )
    now = next((one.key for one in reversed(own) if f"{one.report}/{one.item}" == item), "")
    if mine is not None and mine != now:
        raise StaleError(
            item,
            "you judged it elsewhere since you opened the page",
            "look at what you said, and say it again if you mean it",
        )


def _close(connection: Connection, report: int, coding: int, item: str, *, by: str, final: bool, moment: int) -> None:
    """What the same person said of it before, or what settled it, no longer counts."""
    same = (verdicts.c.report == report) & (verdicts.c.coding == coding) & (verdicts.c.item == item)
    said = (verdicts.c.final == 1) if final else (verdicts.c.final == 0) & (verdicts.c.by == by)
    said &= verdicts.c.kind != "add"  # what they added stays, whatever they say of it since
    connection.execute(update(verdicts).where(same, said, verdicts.c.retracted.is_(None)).values(retracted=moment))


def _write(connection: Connection, row: dict[str, Any]) -> str:
    number = (connection.execute(select(func.max(verdicts.c.id))).scalar() or 0) + 1
    connection.execute(insert(verdicts), {"id": number, "retracted": None, **row})
    return f"v{number}"


def _take_effect(connection: Connection, store: Store, base: Coding, moment: int, *, by: str, reason: str) -> None:
    """Let the ledger answer as persons left the coding."""
    standing = _standing(connection, int(base.report[1:]), base.number)
    held, record = holding(standing), additions.extended(base.record, standing)
    wanted = outcome(record, held)
    current = connection.execute(
        _CODINGS.where(codings.c.report == int(base.report[1:]), codings.c.retracted.is_(None))
    ).first()
    was = unpacked_record(current.record, unpacked_text(current.body)) if current is not None else base.record
    if replace(was, coder="") != replace(wanted, coder=""):
        named = replace(wanted, coder=f"{base.record.coder}, reviewed ({moment})")
        adding.added(connection, adding.Ready.of(named), store)
    for _, item in correcting.items(record):
        verdict = held.get(item.id)
        _decide(connection, f"{base.report}/{item.id}", verdict, moment, by=by, reason=reason)


def _decide(connection: Connection, item: str, verdict: Verdict | None, moment: int, *, by: str, reason: str) -> None:
    kind = None if verdict is None else "reject" if verdict.kind == "reject" else "confirm"
    try:
        if judging.decided(connection, item) != kind:
            judging.decide(connection, item, kind, moment, by=verdict.by if verdict else by, reason=reason)
    except LedgerError:
        return  # an act told again has no row of its own: what counts is its first telling


def _verdict(row: Any) -> Verdict:
    return Verdict(
        key=f"v{row.id}", at=clock.shown(row.at), report=f"r{row.report}", item=row.item, coding=row.coding,
        kind=row.kind, by=row.by, reason=row.reason, final=bool(row.final), undone=row.retracted is not None,
        value=msgspec.json.decode(row.value) if row.value else None,
    )  # fmt: skip
