"""The public functions: inputs to reports."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tensionwire.errors import InputError
from tensionwire.read.encoding import decoded, decoded_page, refuse_binary
from tensionwire.read.formats import format_of
from tensionwire.read.html import read_page
from tensionwire.read.markdown import read_markdown
from tensionwire.read.petrarch import read_petrarch
from tensionwire.read.plain import Draft, read_plain
from tensionwire.read.results import (
    MAX_BYTES,
    InputFailure,
    Outcomes,
    Settings,
    report_of,
    settings,
    shown,
    too_large,
)
from tensionwire.read.rows import HEAD, Rows, read_json, read_lines, read_table
from tensionwire.read.sources import Source, sources
from tensionwire.records import Report, content_hash

if TYPE_CHECKING:
    from tensionwire.read.fetch import Fetched

ROWS = ("lines", "json", "csv", "tsv", "petrarch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What to call reports without an id: the stem of their source, and how often each name was given out."""

    stem: str
    given: dict[str, int]


def read(
    source: str | os.PathLike[str],
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
) -> Report:
    """Read the one report of a file, of "-" (standard input) or of a URL.

    Takes what `read_all` takes. Raises `InputError` where it cannot be read, or holds more than one report.

    >>> import tempfile, pathlib
    >>> page = pathlib.Path(tempfile.mkdtemp(), "talks.txt")
    >>> _ = page.write_text("Talks Resume\\n\\nEnvoys of both sides met in Geneva on Tuesday.\\n")
    >>> report = read(page, published="2017-04-11")
    >>> report.title, report.text, report.published
    ('Talks Resume', 'Envoys of both sides met in Geneva on Tuesday.', '2017-04-11')
    """
    found = read_all([source], published=published, columns=columns, allow_private=allow_private, max_bytes=max_bytes)
    first = next(found, None)
    if first is None:
        raise InputError(shown(os.fspath(source)), "it holds no report", "give a file with an article in it")
    if isinstance(first, InputFailure):
        raise first.error
    if next(found, None) is not None:
        raise InputError(shown(os.fspath(source)), "it holds more than one report", "use read_all")
    return first


def read_text(
    text: str,
    *,
    doc_id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Report:
    """The report in a plain text, page furniture taken away; what is given goes before what is found.

    >>> text = "Port Burns\\n\\nPrint\\n\\nA fire destroyed the port of Varna.\\n\\nWith reporting by AFP"
    >>> report = read_text(text)
    >>> report.title, report.agencies, report.text.split("\\n\\n")
    ('Port Burns', ('AFP',), ['A fire destroyed the port of Varna.', 'With reporting by AFP'])
    """
    draft = read_plain(text)
    given = Draft(
        blocks=draft.blocks,
        title=title or draft.title,
        byline=draft.byline,
        published=draft.published,
        modified=draft.modified,
        outlet=outlet,
        url=url,
    )
    when = settings(published, None, False, MAX_BYTES).published
    return report_of(given, doc_id=doc_id or _named("text", text), source=source, published=when, kind="text")


def read_html(
    html: str,
    *,
    url: str | None = None,
    doc_id: str | None = None,
    published: str | None = None,
    source: str | None = None,
) -> Report:
    """The report in the HTML of a page; `url` is where it was fetched from.

    >>> body = "".join(f"<p>Envoys met for the {n}th time and agreed on nothing.</p>" for n in range(4, 9))
    >>> page = f'<meta property="article:published_time" content="2017-04-11"><h1>Talks Fail</h1>{body}'
    >>> report = read_html(page)
    >>> report.title, report.published
    ('Talks Fail', '2017-04-11')
    """
    when = settings(published, None, False, MAX_BYTES).published
    return report_of(read_page(html, url), doc_id=doc_id or _named("page", html), source=source, published=when)


def read_fetched(got: Fetched, *, name: str | None = None, published: str | None = None) -> Outcomes:
    """The reports in what a server sent; `name` is the address that was asked for, when it sent us on.

    Raises `InputError` where there is none in it.

    >>> from tensionwire.read.fetch import Fetched
    >>> page = Fetched(url="https://post.example/a", body=b"Envoys met on Tuesday.", media="text/plain", charset=None)
    >>> [report.text for report in read_fetched(page)]
    ['Envoys met on Tuesday.']
    """
    chosen = settings(published, None, False, MAX_BYTES)
    return _from_web(got, shown(name or got.url), chosen, {})


def read_all(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
) -> Outcomes:
    """Read files, folders, "-" and URLs, one report or failure at a time.

    `published` is the date of reports that give none; `columns` maps fields (doc_id, published, title, text,
    url, outlet, language, byline, modified) to the names that a table has for them; `allow_private` lets URLs
    of private addresses be fetched; `max_bytes` bounds a file that is read as a whole, and a row of others.
    Nothing is read before it is asked for, and no more than one row is held.

    >>> [outcome.error.why for outcome in read_all(["no/such/file.txt"])]
    ['there is no such file']
    """
    chosen = settings(published, columns, allow_private, max_bytes)
    return _all(sources(inputs), chosen)


def _all(found: Iterator[Source | InputFailure], chosen: Settings) -> Outcomes:
    """The outcomes of every source, with doc_ids of our own making kept apart."""
    given: dict[str, int] = {}
    for source in found:
        if isinstance(source, InputFailure):
            yield source
            continue
        try:
            yield from _outcomes(source, chosen, given)
        except InputError as error:
            yield InputFailure(source=source.name, error=error)
        except (OSError, EOFError, UnicodeError, zlib.error) as fault:
            yield InputFailure(source=source.name, error=_system(source, fault))


def _system(source: Source, fault: Exception) -> InputError:
    """What the system said about a source, as an error of ours."""
    if isinstance(fault, FileNotFoundError):
        return InputError(source.name, "there is no such file", "check the path")
    if isinstance(fault, PermissionError):
        return InputError(source.name, "it may not be read", "check its permissions")
    if isinstance(fault, (EOFError, zlib.error, gzip.BadGzipFile)):
        return InputError(source.name, "the compressed file is damaged or cut off", "fetch it again")
    return InputError(source.name, f"it cannot be read ({getattr(fault, 'strerror', None) or fault})", "check the file")


def _outcomes(source: Source, chosen: Settings, given: dict[str, int]) -> Outcomes:
    """The outcomes of one source."""
    if source.url is not None:
        from tensionwire.read.fetch import fetch

        got = fetch(source.url, allow_private=chosen.allow_private, max_bytes=chosen.max_bytes)
        yield from _from_web(got, source.name, chosen, given)
        return
    with _stream(source) as stream:
        yield from _opened(stream, source.name, Naming(stem=_stem(source), given=given), chosen, None)


def _from_web(got: Fetched, name: str, chosen: Settings, given: dict[str, int]) -> Outcomes:
    """The outcomes of what a server sent."""
    stream = _buffered(io.BytesIO(got.body))
    yield from _opened(stream, name, Naming(stem=_slug(got.url), given=given), chosen, got)


@contextmanager
def _stream(source: Source) -> Iterator[io.BufferedReader[Any]]:
    """The bytes of a file (unpacked if its name ends in .gz) or of the standard input."""
    if source.path is None:
        reader = _buffered(sys.stdin.buffer)
        try:
            yield reader
        finally:
            # The standard input is not ours to close.
            reader.detach()
        return
    if source.path.exists() and not (source.path.is_file() or source.path.is_fifo()):
        raise InputError(source.name, "it is not a regular file", "give a file or a folder")
    with ExitStack() as stack:
        raw: Any = stack.enter_context(source.path.open("rb"))
        if source.path.suffix.lower() == ".gz":
            raw = stack.enter_context(gzip.GzipFile(fileobj=raw))
        yield stack.enter_context(_buffered(raw))


def _buffered(raw: Any) -> io.BufferedReader[Any]:
    """A reader over any binary file, into which one can look ahead far enough to tell its format."""
    return io.BufferedReader(raw, HEAD)


def _opened(
    stream: io.BufferedReader[Any], name: str, naming: Naming, chosen: Settings, got: Fetched | None
) -> Outcomes:
    """The outcomes of an open source, by its format."""
    head = stream.peek(HEAD)[:HEAD]
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise InputError(name, "it is empty", "give a file with an article in it")
    refuse_binary(head[:8192], name)
    kind = format_of(got.url.partition("?")[0] if got else name, head, got.media if got else None)
    stem = _own(naming.stem, naming.given) if kind in ROWS else ""
    rows = Rows(stream=stream, name=name, stem=stem, settings=chosen)
    if kind == "lines":
        yield from read_lines(rows)
    elif kind == "json":
        yield from read_json(rows)
    elif kind in ("csv", "tsv"):
        yield from read_table(rows, "\t" if kind == "tsv" else ",")
    elif kind == "petrarch":
        yield from read_petrarch(rows)
    else:
        yield _document(stream, kind, name, naming, chosen, got)


def _document(
    stream: io.BufferedReader[Any],
    kind: str,
    name: str,
    naming: Naming,
    chosen: Settings,
    got: Fetched | None,
) -> Report:
    """The one report of a page, text or Markdown file."""
    data = stream.read(chosen.max_bytes + 1)
    if len(data) > chosen.max_bytes:
        raise too_large(name, chosen.max_bytes)
    url = got.url if got else None
    if kind == "html":
        draft = read_page(decoded_page(data, name, got.charset if got else None), url)
    elif kind == "markdown":
        draft = read_markdown(decoded(data, name).lstrip("\ufeff"))
    else:
        draft = read_plain(decoded(data, name).lstrip("\ufeff"))
    # By what is in it, so that the same file is the same document wherever it lies.
    trace = hashlib.sha256(data).hexdigest()[:8]
    doc_id = _own(naming.stem if got else f"{naming.stem}-{trace}", naming.given)
    noun = "page" if kind == "html" else "text"
    return report_of(draft, doc_id=doc_id, source=name, published=chosen.published, kind=noun)


def _stem(source: Source) -> str:
    """What a file is called without folder and endings."""
    if source.path is None:
        return "stdin"
    name = re.sub(r"\.gz$", "", source.path.name, flags=re.IGNORECASE)
    stem = name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name
    return _plain_name(stem) or "file"


def _plain_name(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-")


def _slug(url: str) -> str:
    """A short name for a URL, with a trace of the whole."""
    clean = re.sub(r"^https?://(?:www\.)?", "", shown(url).partition("?")[0])
    return f"{_plain_name(clean)[:60].rstrip('-')}-{content_hash(url)[:8]}"


def _own(name: str, given: dict[str, int]) -> str:
    """A name of our own making, with a number behind it when it was given out before."""
    given[name] = given.get(name, 0) + 1
    return name if given[name] == 1 else f"{name}~{given[name]}"


def _named(kind: str, text: str) -> str:
    return f"{kind}-{content_hash(text)[:8]}"
