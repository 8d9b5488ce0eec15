"""What the commands that ask the ledger have in common: filters, the moment, the format."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from tensionwire.exchange.view import ColourSystem
    from tensionwire.ledger import Filter
    from tensionwire.measure.definitions import Definitions
    from tensionwire.measure.sides import Side

T = TypeVar("T")
USUAL = 50


class Format(StrEnum):
    """What an answer is written as."""

    view = "view"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


Url = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="URL",
        help="Path or postgresql:// address. Default: TENSIONWIRE_LEDGER, else your data folder.",
    ),
]
Actor = Annotated[
    str | None, typer.Option("--actor", metavar="WHO", help="A code, country, bloc, name or Wikidata id.")
]
Pair = Annotated[
    tuple[str, str] | None, typer.Option("--pair", metavar="A B", help="Two of them, in either order: --pair USA RUS.")
]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type: ASSAULT.")]
Status = Annotated[
    str | None,
    typer.Option("--status", metavar="STATUS", help="Of an event (actual, alleged, ...), or a claim's stance."),
]
IssueName = Annotated[
    str | None, typer.Option("--issue", metavar="NAME", help="A country, a context, or an issue of your own.")
]
Place = Annotated[str | None, typer.Option("--place", metavar="PLACE", help="A place's name, or a country.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day: YYYY-MM-DD, YYYY-MM or YYYY.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Printed by this outlet.")]
Confidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, metavar="X", help="Leave out what the model is less sure of."),
]
IncidentKey = Annotated[str | None, typer.Option("--incident", metavar="ID", help="About this incident: i57.")]
ReportKey = Annotated[str | None, typer.Option("--report", metavar="ID", help="Of this report: r12.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="How many; 0 for all.")]
KnownAt = Annotated[
    str | None, typer.Option("--as-known-at", metavar="TIME", help="What the ledger would have said then.")
]
Shape = Annotated[Format | None, typer.Option("--format", help="Default: view on a terminal, jsonl in a pipe.")]
Colour = Annotated[bool | None, typer.Option("--color/--no-color", help="Default: colour on a terminal.")]


def wish(
    *, actor: str | None = None, pair: tuple[str, str] | None = None, issue: str | None = None,
    since: str | None = None, until: str | None = None, limit: int = USUAL, type: str | None = None, **others: Any,
) -> Filter:  # fmt: skip
    """The filter that the options say, with the user's own blocs and issues; raises UsageError."""
    from tensionwire.cli import own
    from tensionwire.cli.given import day
    from tensionwire.ledger import Filter
    from tensionwire.measure.issues import issue as named_issue

    mine = own.kept()
    return Filter(
        actor=_side(actor, mine) if actor else None,
        pair=(_side(pair[0], mine), _side(pair[1], mine)) if pair else None,
        issue=named_issue(issue, mine.issues) if issue else None,
        since=day("--since", since), until=day("--until", until, last=True), limit=limit or None,
        type=type.upper() if type else None, **others,
    )  # fmt: skip


def _side(name: str, mine: Definitions) -> str | Side:
    """A side that can be told without the ledger; else the name, which the ledger may know."""
    from tensionwire.errors import UsageError
    from tensionwire.measure.sides import side

    try:
        return side(name, own=mine.blocs)
    except UsageError:
        return name


def shape(format: Format | None) -> str:
    """The format: as asked, else view on a terminal and jsonl in a pipe."""
    if format:
        return format.value
    return "view" if sys.stdout.isatty() else "jsonl"


def sheet(color: bool | None) -> tuple[int, ColourSystem | None]:
    """Width in columns and colours of the page that a view is drawn on."""
    import shutil

    from tensionwire.cli.code import colours

    on_page = sys.stdout.isatty()
    return (shutil.get_terminal_size().columns if on_page else 100), colours(color, on_page)
