"""Articles with fields: one JSON object or table row to one report, its text kept to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensionwire.errors import InputError
from tensionwire.read.agencies import agencies
from tensionwire.read.dates import stamp
from tensionwire.read.language import language, language_code
from tensionwire.read.results import NO_DATE
from tensionwire.read.tables import grouped
from tensionwire.records import Report, content_hash

Fields = Mapping[str, Any]


def columns_of(found: tuple[str, ...], mapped: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: as mapped, else by the names of `data/columns.tsv`.

    >>> columns_of(("ID", "Text", "when"), {"published": "when"})
    {'doc_id': 'ID', 'published': 'when', 'text': 'Text'}
    """
    plainly = {name.strip().lower(): name for name in reversed(found)}
    chosen = {}
    for field, known in grouped("columns.tsv").items():
        wanted = (mapped[field],) if field in mapped else known
        name = next((plainly[one.strip().lower()] for one in wanted if one.strip().lower() in plainly), None)
        if name is not None:
            chosen[field] = name
    return chosen


def no_text(what: str, found: tuple[str, ...], mapped: Mapping[str, str], kind: str) -> InputError:
    """The error for a table or object in which no field is the text."""
    shown = ", ".join(repr(name) for name in found[:20]) + (", ..." if len(found) > 20 else "")
    missing = f"no {kind} {mapped['text']!r}" if "text" in mapped else f"no {kind} 'text'"
    return InputError(
        what, f"there is {missing} among {shown or 'nothing'}", "name the one with the articles (--map text=COLUMN)"
    )


def article(
    fields: Fields,
    *,
    what: str,
    doc_id: str,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Report:
    """The report of an article with fields; `doc_id` is taken where the article has none.

    `text` is kept to the letter. Raises `InputError` where there is no text.

    >>> fields = {"id": 7, "text": " Envoys met.\\n", "date": "20170411"}
    >>> report = article(fields, what="a.jsonl:1", doc_id="a:1")
    >>> report.doc_id, report.text, report.published, report.language
    ('7', ' Envoys met.\\n', '2017-04-11', 'en')
    """
    mapped = columns or {}
    at = columns_of(tuple(fields), mapped)
    if "text" not in at:
        raise no_text(what, tuple(fields), mapped, "key")
    text = _kept(fields[at["text"]], what)
    value = {field: _shown(fields[name]) for field, name in at.items() if field != "text"}
    when, reason = _published(value.get("published"), published)
    byline = value.get("byline")
    return Report(
        doc_id=value.get("doc_id") or doc_id,
        text=text,
        content_hash=content_hash(text),
        title=value.get("title"),
        outlet=value.get("outlet"),
        published=when,
        published_reason=reason,
        modified=stamp(value.get("modified")),
        byline=byline,
        language=language_code(value.get("language")) or language(text),
        agencies=agencies(text, byline),
        url=value.get("url"),
        source=what,
    )


def _kept(text: object, what: str) -> str:
    """The text as it stands; `InputError` where it is none, empty, or cannot be stored as UTF-8."""
    if not isinstance(text, str):
        kind = "missing" if text is None else f"a {type(text).__name__}, not a string"
        raise InputError(what, f"its text is {kind}", "give the whole article as one string")
    if not text.strip():
        raise InputError(what, "its text is empty", "leave the row out, or fill it in")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise InputError(what, f"its text is not valid Unicode at {fault.start}", "write it again as UTF-8") from fault
    return text


def _shown(value: object) -> str | None:
    """A field other than the text as a string; None for empty ones and for what is no plain value."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ", ".join(map(str, value)) or None if isinstance(value, list) and value else None
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return text if text.strip() else None


def _published(value: str | None, given: str | None) -> tuple[str | None, str | None]:
    """The date of the row, else the given one, else None with a reason."""
    if when := stamp(value) or given:
        return when, None
    if value:
        return None, f"{value[:40]!r} is not a date that can be read without guessing"
    return None, NO_DATE.format("row")
