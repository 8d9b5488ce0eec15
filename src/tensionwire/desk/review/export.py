"""Training records out of what persons said: JSON Lines in the codebook's format, as `evaluate` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from tensionwire.errors import UsageError
from tensionwire.ledger.additions import extended, holds
from tensionwire.ledger.correcting import KINDS, items
from tensionwire.ledger.reviewing import Coding, Verdict, coding_of, holding, outcome, verdicts_of
from tensionwire.ledger.store import Store
from tensionwire.records import Actor, Record, Span

FILE: Final = Path("records") / "review.jsonl"
_UNKNOWN: Final = "-"


def export(store: Store, folder: Path, *, partial: bool = False) -> tuple[Path, int]:
    """Write `records/review.jsonl` into a folder; the file and the number of reports in it.

    Raises UsageError where no report is finished.
    """
    lines = [msgspec.json.encode(line) for line in training(store, partial=partial)]
    if not lines:
        why = "no report has all of its items judged and agreed on"
        raise UsageError("the review", why, "judge all items of one, or take single items: --partial")
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path, len(lines)


def training(store: Store, *, partial: bool = False) -> Iterator[dict[str, Any]]:
    """One object a report of which every item was judged, and that nobody disputes.

    `partial`: also of others, with what was judged of them alone; a coder that finds more is then no worse for it, but
    would be counted so.
    """
    by_report: dict[str, list[Verdict]] = {}
    for verdict in verdicts_of(store):
        by_report.setdefault(verdict.report, []).append(verdict)
    for report, said in by_report.items():
        coding = _coding(store, report)
        if coding is not None:
            standing = [one for one in said if one.coding == coding.number]
            record = extended(coding.record, standing)
            held = agreed(record, standing)
            if held and (partial or len(held) == len(items(record))):
                yield line(record, held)


def agreed(record: Record, standing: Iterable[Verdict]) -> Mapping[str, Verdict]:
    """For each item the verdict that holds; none for an item on which persons differ until that is settled."""
    from tensionwire.desk.review.agreement import disagreements, opinions

    said = list(standing)
    if not said:
        return {}
    records = {said[0].coding: record}
    open_ = {one.key[2] for one in disagreements(opinions(said, records), records, said) if one.settled is None}
    return {item: one for item, one in holding(said).items() if item not in open_ and holds(record, item)}


def line(record: Record, held: Mapping[str, Verdict]) -> dict[str, Any]:
    """A report as annotated files have it: what was confirmed and corrected, and nothing else."""
    left = outcome(record, held)
    kept = {item for item, verdict in held.items() if verdict.kind != "reject"}
    chosen = {group: [one for one in getattr(left, group) if one.id in kept] for group, _ in KINDS.values()}
    return {
        "doc_id": record.doc_id, "published": (record.published or "")[:10], "outlet": record.outlet or "",
        "title": record.title or "", "sentences": [span.of(record.text) for span in record.sentences],
        "text": record.text, "sentence_starts": [span.start for span in record.sentences],
        "events": [_event(one, kept) for one in chosen["events"]],
        "claims": [_claim(one, kept) for one in chosen["claims"]],
        "figures": [_figure(one, kept) for one in chosen["figures"]],
        "relations": [_plain(one, "id", "s", "text", "span", "a", "b", "sign") for one in chosen["relations"]],
        "agenda": [
            _plain(one, "id", "s", "text", "span", "who", "when", "where", "status") for one in chosen["agenda"]
        ],
    }  # fmt: skip


def _coding(store: Store, report: str) -> Coding | None:
    from tensionwire.errors import LedgerError

    try:
        return coding_of(store, report)
    except LedgerError:
        return None  # its text was forgotten


def _plain(item: Any, *names: str) -> dict[str, Any]:
    return {name: _value(name, getattr(item, name)) for name in names}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if value is None and name not in ("low", "high") and not name.endswith("_span"):
        return _UNKNOWN
    return list(value) if isinstance(value, tuple) else value


def _event(event: Any, kept: set[str]) -> dict[str, Any]:
    told = _plain(event, "id", "s", "trigger", "trigger_span", "type", "mode", "status", "contexts", "date", "place")
    told |= {side: [_actor(one) for one in getattr(event, side)] for side in ("actor", "recipient")}
    return told | ({"same_as": event.same_as} if event.same_as in kept else {})


def _claim(claim: Any, kept: set[str]) -> dict[str, Any]:
    told = _plain(claim, "id", "s", "cue", "cue_span", "content", "content_span", "form", "stance", "evidence")
    told["speaker"] = _actor(claim.speaker) if claim.speaker else dict.fromkeys(("text", "code", "sector"), _UNKNOWN)
    if claim.speaker_s is not None:
        told["speaker_s"] = claim.speaker_s
    return told | {name: getattr(claim, name) for name in ("about", "disputes") if getattr(claim, name) in kept}


def _figure(figure: Any, kept: set[str]) -> dict[str, Any]:
    told = _plain(figure, "id", "s", "text", "span", "what", "low", "high")
    return told | ({"event": figure.event} if figure.event in kept else {})


def _actor(actor: Actor) -> dict[str, Any]:
    known = {"name": actor.name} if actor.name and actor.name != actor.text else {}
    return {
        "text": actor.text, "code": actor.code or _UNKNOWN, "sector": actor.sector or _UNKNOWN,
        "span": [actor.span.start, actor.span.end], **known,
    }  # fmt: skip
