"""Answers as CSV: one row an item, the same columns for the same question."""

from __future__ import annotations

import csv as writer
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tensionwire.desk.happening import head
from tensionwire.exchange.plain import line
from tensionwire.ledger import Hit, ReportedActor, ReportedClaim, ReportedFigure, ReportedRelation, Source
from tensionwire.records import Incident, Party

_OF_SOURCE: Final = ("report", "outlet", "published", "url", "origin", "known_at")
Row = dict[str, object]


def csv(what: str, items: Iterable[Any]) -> str:
    """The rows, with a heading; cells that a spreadsheet would take for a formula are quoted with an apostrophe."""
    rows = [_ROWS[what](item) for item in items]
    out = io.StringIO()
    sheet = writer.DictWriter(out, _COLUMNS[what], lineterminator="\n")
    sheet.writeheader()
    sheet.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = line(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) and len(text) > 1 else text


def _source(source: Source) -> Row:
    return {name: getattr(source, name) for name in _OF_SOURCE}


def _names(parties: Iterable[Party]) -> str:
    return "; ".join(party.code or party.name or "" for party in parties)


def _incident(one: Incident) -> Row:
    told = head(one)
    return {
        "incident": one.id, "type": told.type, "mode": told.mode, "status": told.status, "actor": _names(told.actor),
        "recipient": _names(told.recipient), "first": told.first, "last": told.last, "place": told.place,
        "country": told.country, "lat": told.lat, "lon": told.lon, "score": told.score, "outlets": len(one.outlets),
        "origins": len(one.origins), "tellings": len(one.tellings), "sentence": told.sentence, "report": told.report,
    }  # fmt: skip


def _claim(one: ReportedClaim) -> Row:
    speaker, claim = one.claim.speaker, one.claim
    return {
        "item": f"{one.source.report}/{claim.id}", "speaker": (speaker.name or speaker.text) if speaker else None,
        "code": speaker.code if speaker else None, "stance": claim.stance, "form": claim.form, "cue": claim.cue,
        "content": claim.content, "evidence": claim.evidence, "incident": one.incident,
        "confidence": claim.confidence, **_source(one.source), "sentence": one.sentence,
    }  # fmt: skip


def _figure(one: ReportedFigure) -> Row:
    figure = one.figure
    return {
        "item": f"{one.source.report}/{figure.id}", "what": figure.what, "low": figure.low, "high": figure.high,
        "text": figure.text, "incident": one.incident, "confidence": figure.confidence, **_source(one.source),
        "sentence": one.sentence,
    }  # fmt: skip


def _relation(one: ReportedRelation) -> Row:
    tie = one.relation
    return {
        "item": f"{one.source.report}/{tie.id}", "a": tie.a, "sign": "plus" if tie.sign == "+" else "minus", "b": tie.b,
        "confidence": tie.confidence, **_source(one.source), "sentence": one.sentence,
    }  # fmt: skip


def _actor(one: ReportedActor) -> Row:
    return {
        "name": one.name, "code": one.code, "sector": one.sector, "offices": "; ".join(one.offices),
        "wikidata": one.wikidata, "reports": one.reports, "origins": one.origins, "mentions": one.mentions,
        "first": one.first, "last": one.last,
    }  # fmt: skip


def _hit(one: Hit) -> Row:
    return {"title": one.source.title, **_source(one.source), "excerpts": " … ".join(one.excerpts)}


_ROWS: Final[Mapping[str, Callable[[Any], Row]]] = {
    "reports": _hit, "incidents": _incident, "claims": _claim, "figures": _figure, "relations": _relation,
    "actors": _actor,
}  # fmt: skip
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "reports": ("title", *_OF_SOURCE, "excerpts"),
    "incidents": (
        "incident", "type", "mode", "status", "actor", "recipient", "first", "last", "place", "country", "lat", "lon",
        "score", "outlets", "origins", "tellings", "sentence", "report",
    ),
    "claims": (
        "item", "speaker", "code", "stance", "form", "cue", "content", "evidence", "incident", "confidence",
        *_OF_SOURCE, "sentence",
    ),
    "figures": ("item", "what", "low", "high", "text", "incident", "confidence", *_OF_SOURCE, "sentence"),
    "relations": ("item", "a", "sign", "b", "confidence", *_OF_SOURCE, "sentence"),
    "actors": (
        "name", "code", "sector", "offices", "wikidata", "reports", "origins", "mentions", "first", "last",
    ),
}  # fmt: skip
