"""The pages of review. A verdict takes two keys: one that chooses it, and Enter."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from tensionwire.desk.identity import Editor, Reviewer, Role, User
from tensionwire.desk.rendering import page
from tensionwire.desk.review import agreement, export, queue
from tensionwire.desk.review.fields import adding, changed, missed
from tensionwire.desk.state import Here
from tensionwire.errors import StaleError, UsageError
from tensionwire.ledger.additions import extended
from tensionwire.ledger.correcting import found
from tensionwire.ledger.reviewing import Verdict, add_item, coding_at, review, unreview, verdicts_of
from tensionwire.ledger.store import Store
from tensionwire.records import Record

router = APIRouter(prefix="/review", include_in_schema=False)
Words = Annotated[str, Form(max_length=20_000)]
Offset = Annotated[int, Query(ge=0, le=10**9)]
_FIELD: Final = "field."
ADD: Final = "add"  # where the form stands that adds an item


@router.get("")
def waiting(request: Request, here: Here, user: Reviewer, offset: Offset = 0) -> Response:
    """Reports to judge."""
    listed = queue.waiting(here.ledger.store, _name(user), offset=offset)
    more = offset + queue.PAGE if len(listed) > queue.PAGE else None
    return page(request, "review.html", waiting=listed[: queue.PAGE], more=more)


@router.get("/agreement")
def agreed(request: Request, here: Here, user: Reviewer) -> Response:
    """How far persons agree, and what they differ on."""
    said, records = _said(here.ledger.store)
    held = agreement.opinions(said, records)
    return page(
        request, "review-agreement.html", agreements=agreement.agreements(held, records),
        disagreements=agreement.disagreements(held, records, said), may_settle=user.role >= Role.editor,
    )  # fmt: skip


@router.get("/history")
def history(request: Request, here: Here, user: Reviewer) -> Response:
    """Everything that was said, newest first."""
    said = verdicts_of(here.ledger.store, all=True)[::-1][:500]
    return page(request, "review-history.html", verdicts=said, may_undo_all=user.role >= Role.editor)


@router.post("/undo/{key}")
def undo(here: Here, user: Reviewer, key: str) -> Response:
    """Take a verdict back: one's own, or as an editor anybody's."""
    given = next((one for one in verdicts_of(here.ledger.store, all=True) if one.key == key), None)
    if given is not None and given.by != _name(user) and user.role < Role.editor:
        raise HTTPException(403, "This is somebody else's verdict: editors may take it back.")
    unreview(here.ledger.store, key, by=_name(user))
    return RedirectResponse("/review/history", 303)


@router.get("/training.jsonl")
def training(here: Here, user: Reviewer, partial: bool = False) -> Response:
    """What was judged, as training records."""
    lines = [msgspec.json.encode(line) + b"\n" for line in export.training(here.ledger.store, partial=partial)]
    name = PurePath(export.FILE).name
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(b"".join(lines), media_type="application/jsonl", headers=headers)


@router.get("/{report}")
def report(request: Request, here: Here, user: Reviewer, report: str) -> Response:
    """The items of a report."""
    return _report(request, here.ledger.store, user, report)


@router.post("/{report}/add")
async def add(request: Request, here: Here, user: Reviewer, report: str) -> Response:
    """An event or claim that the coder missed."""
    from starlette.concurrency import run_in_threadpool

    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_add, request, here.ledger.store, user, report, form)


@router.post("/{report}/{item}")
async def judge(request: Request, here: Here, user: Reviewer, report: str, item: str) -> Response:
    """A verdict; then on to the next item that I have not judged."""
    from starlette.concurrency import run_in_threadpool

    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_judge, request, here.ledger.store, user, report, item, form)


@router.post("/{report}/{item}/settle")
def settle(here: Here, user: Editor, report: str, item: str, key: Words = "") -> Response:
    """Let one of the verdicts on an item hold, whoever else differs."""
    chosen = next((one for one in verdicts_of(here.ledger.store, report) if one.key == key and one.item == item), None)
    if chosen is None:
        raise StaleError(f"{report}/{item}", "the verdict you chose no longer stands", "look at what stands now")
    value = chosen.value if chosen.kind == "correct" else None
    review(
        here.ledger.store, f"{report}/{item}", "confirm" if chosen.kind == "add" else chosen.kind, by=_name(user),
        value=value, coding=chosen.coding, reason=f"settles it as {chosen.by} has it ({chosen.key})", final=True,
    )  # fmt: skip
    return RedirectResponse("/review/agreement", 303)


def _judge(request: Request, store: Store, user: User, report: str, item: str, form: dict[str, str]) -> Response:
    verdict = form.get("verdict", "")
    given = {name.removeprefix(_FIELD): value for name, value in form.items() if name.startswith(_FIELD)}
    try:
        coding = int(form["coding"]) if form.get("coding", "").isdecimal() else 0
        value = None
        if verdict == "correct":
            kind, old = found(queue.record_of(store, report), item)
            value = changed(kind, old, given)
        review(
            store, f"{report}/{item}", verdict, by=_name(user), reason=form.get("reason", "").strip()[:2_000],
            value=value, coding=coding, mine=form.get("mine", ""),
        )  # fmt: skip
    except (StaleError, UsageError) as error:
        status = 409 if isinstance(error, StaleError) else 400
        return _report(request, store, user, report, status=status, fault=error, at=item, kept=form)
    # No fragment: with one, a browser would not let the next item have the focus.
    return RedirectResponse(f"/review/{report}?after={item}", 303)


def _add(request: Request, store: Store, user: User, report: str, form: dict[str, str]) -> Response:
    try:
        given = {name.removeprefix(_FIELD): value for name, value in form.items() if name.startswith(_FIELD)}
        coding = int(form["coding"]) if form.get("coding", "").isdecimal() else 0
        said = add_item(
            store, report, missed(form.get("kind", ""), form.get("s", ""), given), by=_name(user), coding=coding,
            reason=form.get("reason", "").strip()[:2_000],
        )  # fmt: skip
    except (StaleError, UsageError) as error:
        status = 409 if isinstance(error, StaleError) else 400
        return _report(request, store, user, report, status=status, fault=error, at=ADD, kept=form)
    return RedirectResponse(f"/review/{report}#{said.item}", 303)


def _report(
    request: Request, store: Store, user: User, report: str, *, status: int = 200,
    fault: StaleError | UsageError | None = None, at: str = "", kept: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    coding, listed = queue.tasks(store, report, _name(user))
    after = request.query_params.get("after", "")
    ids = [task.id for task in listed]
    start = ids.index(after) + 1 if after in ids else 0
    left = [task.id for task in (*listed[start:], *listed[:start]) if task.mine is None]
    now = at if at in ids else (left[0] if left else "")
    names = {name.removeprefix(_FIELD): value for name, value in (kept or {}).items() if name.startswith(_FIELD)}
    return page(
        request, "review-report.html", status=status, coding=coding, tasks=listed, now=now, left=len(left), fault=fault,
        at=at, kept=names, said=(kept or {}).get("verdict", ""), why=(kept or {}).get("reason", ""),
        following=None if left else _following(store, _name(user), report),
        adding=adding(kept if at == ADD else None), sentences=queue.sentences(coding.record),
    )  # fmt: skip


def _following(store: Store, by: str, report: str) -> str | None:
    """The next report that I have not begun."""
    return next((one.report for one in queue.waiting(store, by) if not one.judged and one.report != report), None)


def _said(store: Store) -> tuple[tuple[Verdict, ...], dict[int, Record]]:
    """What stands, and the codings that it was said of."""
    said = verdicts_of(store)
    records = {number: coding_at(store, number) for number in sorted({one.coding for one in said})}
    return said, {
        number: extended(record, (one for one in said if one.coding == number))
        for number, record in records.items()
        if record is not None
    }


def _name(user: User) -> str:
    if user.name is None:
        raise HTTPException(401, "Log in first.")
    return user.name
