"""Answers of the ledger as rows of a table, JSON, or a page for a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from tensionwire.exchange.csv import unformula
from tensionwire.exchange.jsonl import joined
from tensionwire.exchange.plain import ascii_controls, visible
from tensionwire.ledger import (
    Change,
    Hit,
    Judgement,
    ReportedActor,
    ReportedClaim,
    ReportedFigure,
    ReportedRelation,
    Source,
    Tombstone,
)
from tensionwire.ledger.summaries import Summary
from tensionwire.link.accounts import Account
from tensionwire.link.figures import History
from tensionwire.records import Incident, Party

Cell = str | int | float | None
Row = Mapping[str, Cell]
Pages = Callable[[Iterable[Any]], Iterator[str]]
SEPARATOR: Final = "; "


def written(answers: Sequence[Any], shape: str, page: Pages) -> Iterator[str]:
    """Answers in a format; `page` draws them for a terminal."""
    if shape == "view":
        yield from page(answers)
    elif shape == "csv":
        yield from table(answers)
    elif shape == "jsonl":
        yield from (ascii_controls(msgspec.json.encode(answer)).decode() + "\n" for answer in answers)
    else:
        yield from document(answers)


def document(answers: Sequence[Any]) -> Iterator[str]:
    """Always an array, so that one answer and many are read the same way."""
    if len(answers) == 1:
        yield "[\n" + "".join(joined([ascii_controls(msgspec.json.encode(answers[0]))])) + "]\n"
    else:
        yield from joined(ascii_controls(msgspec.json.encode(answer)) for answer in answers)


def table(answers: Iterable[Any]) -> Iterator[str]:
    """CSV with a header; cells that a spreadsheet would run are made harmless."""
    buffer = io.StringIO()
    out: Any = None
    for answer in answers:
        row = cells(answer)
        if out is None:
            out = csv.DictWriter(buffer, list(row), lineterminator="\n")
            out.writeheader()
        out.writerow({name: _shown(cell) for name, cell in row.items()})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _shown(cell: Cell) -> str | int | float:
    return unformula(visible(cell)) if isinstance(cell, str) else "" if cell is None else cell


def cells(answer: Any) -> Row:
    """An answer as one row."""
    return _CELLS[type(answer)](answer)


def names(parties: Iterable[Party]) -> str:
    """Parties in words, with their codes."""
    return SEPARATOR.join(f"{p.name or ''} {p.code or ''}".strip() or "somebody" for p in parties)


def _incident(one: Summary) -> Row:
    return {
        "incident": one.id, "first": one.first, "last": one.last, "published": one.published, "type": one.type,
        "mode": one.mode, "quad": one.quad, "status": one.status, "actor": names(one.actor),
        "recipient": names(one.recipient), "place": one.place, "tellings": one.tellings, "outlets": one.outlets,
        "origins": one.origins, "sentence": one.sentence,
    }  # fmt: skip


def _source(source: Source) -> Row:
    return {
        "report": source.report, "outlet": source.outlet, "published": source.published, "origin": source.origin,
        "url": source.url, "title": source.title, "known_at": source.known_at,
    }  # fmt: skip


def _claim(one: ReportedClaim) -> Row:
    claim, speaker = one.claim, one.claim.speaker
    return {
        "claim": claim.id, "incident": one.incident, "speaker": (speaker.name or speaker.text) if speaker else None,
        "speaker_code": speaker.code if speaker else None, "office": speaker.office if speaker else None,
        "stance": claim.stance, "form": claim.form, "cue": claim.cue, "content": claim.content,
        "evidence": claim.evidence, "confidence": round(claim.confidence, 4), "sentence": one.sentence,
        **_source(one.source),
    }  # fmt: skip


def _figure(one: ReportedFigure) -> Row:
    figure = one.figure
    return {
        "figure": figure.id, "incident": one.incident, "what": figure.what, "low": figure.low, "high": figure.high,
        "text": figure.text, "confidence": round(figure.confidence, 4), "sentence": one.sentence, **_source(one.source),
    }  # fmt: skip


def _relation(one: ReportedRelation) -> Row:
    tie = one.relation
    return {
        "relation": tie.id, "a": tie.a, "a_name": tie.a_name, "sign": tie.sign, "b": tie.b, "b_name": tie.b_name,
        "text": tie.text, "confidence": round(tie.confidence, 4), "sentence": one.sentence, **_source(one.source),
    }  # fmt: skip


def _actor(one: ReportedActor) -> Row:
    return {
        "name": one.name, "code": one.code, "sector": one.sector, "offices": SEPARATOR.join(one.offices),
        "wikidata": one.wikidata, "reports": one.reports, "origins": one.origins, "mentions": one.mentions,
        "first": one.first, "last": one.last,
    }  # fmt: skip


def _hit(one: Hit) -> Row:
    return {**_source(one.source), "excerpts": " … ".join(one.excerpts)}


def _change(one: Change) -> Row:
    return {
        "at": one.at, "way": one.way, "what": one.what, "key": one.key, "told": one.told, "by": one.by,
        "reason": one.reason,
    }  # fmt: skip


def _judgement(one: Judgement) -> Row:
    return {
        "judgement": one.key, "at": one.at, "kind": one.kind, "target": one.target, "into": one.into, "by": one.by,
        "reason": one.reason, "undone": int(one.undone),
    }  # fmt: skip


def _tombstone(one: Tombstone) -> Row:
    return {
        "hash": one.hash, "at": one.at, "reason": one.reason, "by": one.by, "reports": SEPARATOR.join(one.reports),
    }  # fmt: skip


_CELLS: Final[Mapping[type, Callable[[Any], Row]]] = {
    Summary: _incident, ReportedClaim: _claim, ReportedFigure: _figure, ReportedRelation: _relation,
    ReportedActor: _actor, Hit: _hit, Change: _change, Judgement: _judgement, Tombstone: _tombstone,
}  # fmt: skip


def opened_incident(
    incident: Incident, accounts: Sequence[Account], figures: Sequence[History], *, indented: bool
) -> Iterator[str]:
    """One incident with its tellings, links, accounts and counts, as JSON."""
    summary = msgspec.to_builtins(Summary.of(incident)) | {"told": len(incident.tellings)}
    whole = {
        **summary,
        "tellings": incident.tellings,
        "links": incident.links,
        "accounts": accounts,
        "figures": figures,
    }
    line = ascii_controls(msgspec.json.encode(whole))
    yield (msgspec.json.format(line, indent=2) if indented else line).decode() + "\n"
