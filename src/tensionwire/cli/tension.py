"""`tensionwire tension`: how tense a relation is, day by day."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking
from tensionwire.measure.ways import Undated, Ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tensionwire.cli.failing import Failures
    from tensionwire.exchange.view import Sheet
    from tensionwire.ledger import Ledger
    from tensionwire.measure.contributions import Question
    from tensionwire.measure.definitions import Definitions
    from tensionwire.measure.series import Series
    from tensionwire.records import Telling


class Format(StrEnum):
    """What `tension` writes."""

    view = "view"
    json = "json"
    csv = "csv"
    svg = "svg"
    png = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options of `tension` ask for."""

    a: str
    b: str
    issue: str | None
    since: str | None
    until: str | None
    weekly: bool
    ways: Ways
    undated: Undated
    tables: tuple[Path, ...]
    columns: Mapping[str, str]
    ledger: str | None
    as_known_at: str | None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(tension)


def tension(
    a: Annotated[str, typer.Argument(metavar="A", help="A country, code, bloc (WEST) or actor's name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other side.")],
    issue: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what is about this: a country, a context, an issue of yours."),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day: YYYY-MM-DD, YYYY-MM or YYYY.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day.")] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="A point a week, not a day.")] = False,
    direction: Annotated[Ways, typer.Option(help="Acts of A on B (out), of B on A (in), or both.")] = Ways.both,
    undated: Annotated[
        Undated, typer.Option(help="Acts without a date: left out, or on the day of publication, marked so.")
    ] = Undated.out,
    format: Annotated[
        Format | None, typer.Option(help="Default: as --output ends; else view on a terminal, json in a pipe.")
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write a file.")] = None,
    open: Annotated[
        str | None, typer.Option("--open", metavar="DATE", help="Show what the point of that day is made of.")
    ] = None,
    table: Annotated[
        list[Path] | None, typer.Option("--table", metavar="FILE", help="Measure event tables, not the ledger.")
    ] = None,
    map: Annotated[
        str | None, typer.Option("--map", metavar="FIELD=COLUMN,...", help="Columns of the tables, as for import.")
    ] = None,
    ledger: asking.Url = None,
    as_known_at: Annotated[
        str | None, typer.Option("--as-known-at", metavar="TIME", help="What the ledger would have said then.")
    ] = None,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help="Default: colour on a terminal.")] = None,
) -> None:
    """Show how tense a relation is: conflict, cooperation, level, band and turns, and what they are made of.

    More tension is higher. Each incident counts once an origin, weighed by its status, and is divided by how much the
    whole press reported that day. Every point opens to the sentences that sum to it.

    \b
    [bold]Examples[/bold]
    tensionwire tension WEST RUS --issue Syria --since 2017-01
    tensionwire tension USA RUS --weekly --format svg -o usa-rus.svg
    tensionwire tension CHN VNM --table icews14_full.tsv.gz --format json
    tensionwire tension CHN VNM --table icews14_full.tsv.gz --open 2014-05-11
    """
    from tensionwire.cli.failing import ending
    from tensionwire.cli.given import columns, day

    with ending() as failures:
        wanted = Wanted(
            a=a, b=b, issue=issue, since=day("--since", since), until=day("--until", until, last=True), weekly=weekly,
            ways=direction, undated=undated, tables=tuple(table or ()), columns=columns(map),
            ledger=ledger, as_known_at=as_known_at,
        )  # fmt: skip
        shape = _shape(format, output)
        opened = day("--open", open)
        series = _series(wanted, failures)
        _write(_shown(series, shape, opened, color), shape, output)


def _shape(format: Format | None, output: str | None) -> str:
    if format:
        return format.value
    if output and output != "-":
        suffix = Path(output).suffix.lower().removeprefix(".")
        if suffix in [known.value for known in Format] and suffix != "view":
            return suffix
        if suffix in ("", "txt"):
            return "view"
        from tensionwire.errors import UsageError

        raise UsageError(output, "ends in none of .json, .csv, .svg, .png, .txt", "add --format")
    return "view" if sys.stdout.isatty() else "json"


def _series(wanted: Wanted, failures: Failures) -> Series:
    from tensionwire.cli import own

    return _of_tables(wanted, own.kept(), failures) if wanted.tables else _of_ledger(wanted, own.kept())


def _question(wanted: Wanted, own: Definitions, known: Iterable[str] = ()) -> Question:
    from tensionwire.measure.contributions import Question
    from tensionwire.measure.issues import issue
    from tensionwire.measure.sides import side

    known = tuple(known)
    return Question(
        a=side(wanted.a, own=own.blocs, known=known),
        b=side(wanted.b, own=own.blocs, known=known),
        issue=issue(wanted.issue, own.issues) if wanted.issue else None,
        ways=wanted.ways,
        undated=wanted.undated,
    )


def _of_tables(wanted: Wanted, own: Definitions, failures: Failures) -> Series:
    from tensionwire.measure.coverage import coverage_of
    from tensionwire.measure.series import tension as measured
    from tensionwire.measure.tables import incidents_of, read_table

    rows = [t for path in wanted.tables for t in read_table(path, given=wanted.columns, on_error=failures)]
    names = {party.name for t in rows for party in (*t.actor, *t.recipient) if party.name}
    question = _question(wanted, own, names)
    between = [t for t in rows if _concerns(t, question)]
    return measured(
        incidents_of(between), question, coverage_of(rows), since=wanted.since, until=wanted.until,
        weekly=wanted.weekly, coded=False,
    )  # fmt: skip


def _concerns(telling: Telling, question: Question) -> bool:
    from tensionwire.measure.contributions import between

    return between(telling, question, telling.first or telling.published or "")


def _of_ledger(wanted: Wanted, own: Definitions) -> Series:
    from tensionwire.ledger import Filter, Ledger
    from tensionwire.measure.series import tension as measured

    with Ledger.open(wanted.ledger, read_only=True) as store:
        question = _question(wanted, own, _known(store, wanted, own))
        found = store.incidents(
            Filter(pair=(question.a, question.b), issue=question.issue, since=wanted.since, until=wanted.until),
            as_known_at=wanted.as_known_at,
        )
        coverage = store.coverage(wanted.since, wanted.until, as_known_at=wanted.as_known_at)
    return measured(found, question, coverage, since=wanted.since, until=wanted.until, weekly=wanted.weekly)


def _known(store: Ledger, wanted: Wanted, own: Definitions) -> Iterator[str]:
    """Those of the two names that only the ledger knows."""
    from tensionwire.errors import UsageError
    from tensionwire.ledger import Filter
    from tensionwire.measure.sides import named, side

    for name in (wanted.a, wanted.b):
        try:
            side(name, own=own.blocs)
        except UsageError:
            # Somebody may be known who stands in an act; who it is, is for the ledger's index of names.
            if store.tellings(Filter(actor=named(name), limit=1), as_known_at=wanted.as_known_at):
                yield name


def _shown(series: Series, shape: str, opened: str | None, color: bool | None) -> Iterator[str] | bytes:
    from tensionwire.errors import UsageError
    from tensionwire.measure import answers

    if opened and shape in ("svg", "png"):
        raise UsageError(f"--format {shape}", "is a picture of the whole series", "take view, json or csv with --open")
    if opened:
        return _opened(series, shape, opened, color)
    if shape == "json":
        return iter([answers.as_json(series)])
    if shape == "csv":
        return answers.as_csv(series)
    if shape == "png":
        from tensionwire.measure.chart.svg import png

        return png(series)
    if shape == "svg":
        from tensionwire.measure.chart.svg import svg

        return iter([svg(series)])
    from tensionwire.measure.chart.terminal import page

    return iter([page(series, _sheet(color))])


def _opened(series: Series, shape: str, opened: str, color: bool | None) -> Iterator[str]:
    from tensionwire.measure import answers

    parts = answers.opened(series, opened)
    if shape == "json":
        return iter([answers.parts_json(parts, opened)])
    if shape == "csv":
        return answers.parts_csv(parts)
    from tensionwire.measure.chart.terminal import opening

    return iter([opening(series, opened, parts, _sheet(color))])


def _sheet(color: bool | None, *, file: bool = False) -> Sheet:
    import shutil

    from tensionwire.cli.code import FILE_WIDTH, colours
    from tensionwire.exchange.view import Sheet

    on_page = sys.stdout.isatty() and not file
    width = shutil.get_terminal_size().columns if on_page else FILE_WIDTH
    return Sheet(width=max(60, min(width, 140)), colour=colours(color, on_page))


def _write(pieces: Iterator[str] | bytes, shape: str, output: str | None) -> None:
    from tensionwire.cli.output import to_bytes, to_file, to_stdout

    if isinstance(pieces, bytes):
        to_bytes(Path(output) if output and output != "-" else None, pieces)
    elif output and output != "-":
        to_file(Path(output), pieces)
    else:
        to_stdout(pieces)
