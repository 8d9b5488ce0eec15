"""`tensionwire add`: reports, or records already coded, into the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking, coders
from tensionwire.cli.inputs import Columns, Inputs, Jobs, Private, Published

if TYPE_CHECKING:
    from tensionwire.cli.code import Wanted
    from tensionwire.cli.failing import Failures
    from tensionwire.cli.sources import Sources
    from tensionwire.ledger import Ledger
    from tensionwire.records import Record


@dataclass(slots=True)
class Tally:
    """What became of the reports."""

    added: int = 0
    recoded: int = 0
    known: int = 0

    def told(self, failed: int) -> str:
        """In words.

        >>> Tally(added=12, known=3).told(1)
        '12 added, 3 already known, 1 failed'
        """
        parts = [
            (self.added, "added"),
            (self.recoded, "coded again"),
            (self.known, "already known"),
            (failed, "failed"),
        ]
        return ", ".join(f"{count:,} {words}" for count, words in parts if count) or "nothing added"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(add)


def add(
    inputs: Inputs = None,
    ledger: asking.Url = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Take the invented crisis that ships in the package: a dozen reports.")
    ] = False,
    records: Annotated[
        bool, typer.Option("--records", help="The inputs are records already coded: JSON Lines of `code`.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Keep texts that were forgotten once more.")] = False,
    published: Published = None,
    jobs: Jobs = 1,
    map: Columns = None,
    allow_private: Private = False,
    coder: coders.Name = coders.SHIPPED,
    base_url: coders.BaseUrl = None,
    concurrency: coders.Concurrency = 4,
    timeout: coders.Timeout = 300,
    max_requests: coders.MaxRequests = None,
    max_tokens: coders.MaxTokens = None,
    cache: coders.CacheFolder = None,
    no_cache: coders.NoCache = False,
    ontology: coders.Ontology = None,
) -> None:
    """Code reports and keep them in the ledger: texts, records, who copied whom, which incident each act is of.

    The same report twice changes nothing; one that another coder reads adds a coding. What was added before a stop
    stays, but for the last second's.

    \b
    [bold]Examples[/bold]
    tensionwire add archive/ --jobs 4
    tensionwire add https://news.example/report --ledger desk.db
    tensionwire add archive/ --ontology my.twm
    tensionwire add --records records.jsonl --ledger postgresql://desk@localhost/news
    """
    from tensionwire.cli.code import Wanted
    from tensionwire.cli.failing import ending
    from tensionwire.cli.sources import Sources
    from tensionwire.errors import UsageError
    from tensionwire.samples import CRISIS

    limits = coders.Limits(
        concurrency=concurrency, timeout=timeout, max_requests=max_requests, max_tokens=max_tokens,
        cache=cache, no_cache=no_cache, allow_private=allow_private,
    )  # fmt: skip
    with ending() as failures:
        wanted = Wanted(jobs=jobs, endpoint=coders.endpoint(coder, base_url, limits), ontology=ontology)
        if records and ontology:
            raise UsageError("--ontology", "is for reports; records are coded already", "leave one of the two out")
        given = [*(inputs or ()), *([str(CRISIS)] if sample else ())]
        sources = Sources.of(given, sample=False, published=published, columns=map, allow_private=allow_private)
        found = _kept_records(sources.inputs, failures) if records else _coded(sources, wanted, failures)
        _run(found, ledger, again, failures)


def _run(found: Iterator[Record], url: str | None, again: bool, failures: Failures) -> None:
    from tensionwire.cli.failing import complain
    from tensionwire.cli.progress import watched
    from tensionwire.ledger import Ledger

    tally = Tally()
    with Ledger.open(url) as ledger, closing(watched(found, show=True)) as shown:  # type: ignore[type-var]
        try:
            _add(ledger, shown, again, tally, failures)
        finally:
            complain(f"{tally.told(failures.count)} ({ledger.store.name})")


def _add(ledger: Ledger, found: Iterable[Record], again: bool, tally: Tally, failures: Failures) -> None:
    """Groups of reports; one that the ledger will not have is told, a ledger that fails ends it all."""

    def tell(record: Record, error: Exception) -> None:
        failures(record.source or record.doc_id, error)

    for done in ledger.add_all(found, again=again, on_error=tell):
        setattr(tally, done.state, getattr(tally, done.state) + 1)


def _coded(sources: Sources, wanted: Wanted, failures: Failures) -> Iterator[Record]:
    from tensionwire.cli.code import coded

    yield from coded(sources.reports(failures), wanted, failures)


def _kept_records(paths: Iterable[str], failures: Failures) -> Iterator[Record]:
    """Records of JSON Lines files; a line that is none is told with its number."""
    import gzip
    import zlib

    from tensionwire.errors import InputError

    for path in paths:
        try:
            with _lines(path) as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip() and (record := _record(line, f"{path}, line {number}", failures)):
                        yield record
        except (EOFError, zlib.error, gzip.BadGzipFile):
            failures(
                path, InputError(path, "its packing is damaged or cut off", "write it again: what came before is in")
            )
        except OSError as error:
            failures(path, InputError(path, f"cannot be read ({error.strerror})", "name a file of records"))


def _lines(path: str) -> AbstractContextManager[Iterable[bytes]]:
    import gzip
    import sys

    if path == "-":
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.endswith(".gz") else Path(path).open("rb")


def _record(line: bytes, where: str, failures: Failures) -> Record | None:
    """The record of a line, if it is one and every quote of it stands where it says."""
    import msgspec

    from tensionwire.errors import InputError
    from tensionwire.records import decode, misquotes

    try:
        record = decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        failures(where, InputError(where, f"is no record ({error})", "give JSON Lines that `tensionwire code` wrote"))
        return None
    if faults := misquotes(record):
        failures(where, InputError(where, f"misquotes its text ({faults[0]})", "code the report again"))
        return None
    return record
