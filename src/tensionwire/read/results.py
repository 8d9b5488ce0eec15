"""What reading gives: a report, or a failure with its reason; and the settings that all readers share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tensionwire.errors import InputError, UsageError
from tensionwire.read.agencies import agencies
from tensionwire.read.blocks import joined, plain, squeezed
from tensionwire.read.dates import stamp
from tensionwire.read.language import language
from tensionwire.read.plain import Draft
from tensionwire.records import Report, content_hash

# A file read as a whole, or one row of a file read row by row.
MAX_BYTES = 20_000_000
NO_DATE = "the {} gives no date of publication and none was given"
_SPLIT = "split it, or read it from Python with a larger max_bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFailure:
    """An input, or a part of one, that could not be read; the others go on."""

    source: str
    error: InputError


Outcome = Report | InputFailure
Outcomes = Iterator[Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for all inputs of a call; see `read_all`."""

    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    max_bytes: int = MAX_BYTES


def settings(published: str | None, columns: Mapping[str, str] | None, allow_private: bool, max_bytes: int) -> Settings:
    """Checked settings; raises `UsageError` for a date that is none."""
    if published is not None and stamp(published) is None:
        raise UsageError(
            f"published {published!r}",
            "it is not a date that can be read without guessing",
            "write it as 2017-04-11",
        )
    return Settings(
        published=stamp(published) if published else None,
        columns=dict(columns or {}),
        allow_private=allow_private,
        max_bytes=max_bytes,
    )


def shown(url: str) -> str:
    """A URL fit for messages and records: without user name and password.

    >>> shown("https://me:secret@example.org/a?b=1")
    'https://example.org/a?b=1'
    """
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else url


def too_large(name: str, limit: int, todo: str = _SPLIT) -> InputError:
    """The error for an input above the size limit."""
    return InputError(name, f"it is larger than {limit / 1e6:g} MB", todo)


def report_of(draft: Draft, *, doc_id: str, source: str | None, published: str | None, kind: str = "page") -> Report:
    """The report that a draft makes; raises `InputError` if there is no text in it."""
    text, subheads = joined(draft.blocks)
    if not text.strip():
        raise InputError(
            source or doc_id,
            "no text of a report was found in it",
            "check that it holds an article, or save it as text",
        )
    when = draft.published or published
    return Report(
        doc_id=doc_id,
        text=text,
        content_hash=content_hash(text),
        title=squeezed(plain(draft.title)) or None if draft.title else None,
        outlet=draft.outlet,
        published=when,
        published_reason=None if when else NO_DATE.format(kind),
        modified=draft.modified,
        byline=draft.byline,
        language=language(text, draft.language),
        agencies=agencies(text, draft.byline),
        subheads=subheads,
        url=draft.url,
        source=source,
    )
