"""`tensionwire bloc`: who belongs to a bloc on a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tensionwire.ontology.blocs import Bloc

group = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Blocs: named lists of members with dates.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="bloc")


@group.command("list")
def list_() -> None:
    """List the blocs: shipped ones and your own.

    \b
    [bold]Examples[/bold]
    tensionwire bloc list
    """
    from tensionwire.cli import own
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.ontology.blocs import blocs

    with ending():
        mine = own.kept().blocs
        to_stdout(_lines({**blocs(), **mine}, mine))


def _lines(known: Mapping[str, Bloc], mine: Mapping[str, Bloc]) -> Iterator[str]:
    from tensionwire.exchange.plain import line
    from tensionwire.measure.sides import side

    for name in sorted(known, key=str.casefold):
        count = len(side(name, own=mine).on("9999"))
        yield line(f"{name}: {count} members today{'  (your own)' if name in mine else ''}") + "\n"


@group.command(no_args_is_help=True)
def show(
    name: Annotated[str, typer.Argument(help="A bloc's name or short form: EU, NATO, west.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Members on that day (YYYY-MM-DD). Default: today.")
    ] = None,
) -> None:
    """Show who belongs to a bloc on a day.

    \b
    [bold]Examples[/bold]
    tensionwire bloc show west --on 2017-04-11
    """
    import datetime as dt

    from tensionwire.cli import own
    from tensionwire.cli.failing import ending
    from tensionwire.cli.given import day
    from tensionwire.cli.output import to_stdout
    from tensionwire.exchange.plain import line
    from tensionwire.measure.sides import side
    from tensionwire.ontology.countries import countries

    with ending():
        one = side(name, own=own.kept().blocs)
        when = day("--on", on) or dt.date.today().isoformat()
        names = (
            f"{code}\t{countries()[code].name if code in countries() else code}\n" for code in sorted(one.on(when))
        )
        to_stdout([f"{line(one.name)} on {when}\n", *names])


@group.command("set", no_args_is_help=True)
def set_(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Blocs under [[bloc]]; see the example.")],
) -> None:
    """Define blocs of your own, or other members for a shipped one, from a file.

    \b
    [bold]Example of a file[/bold]
    \\[[bloc]]
    name = "Astana"
    also = ["Astana trio"]
    members = ["RUS 2017-01-23..", "IRN 2017-01-23..", "TUR 2017-01-23.."]
    """
    from tensionwire.cli import own
    from tensionwire.cli.failing import complain, ending
    from tensionwire.measure.definitions import definitions
    from tensionwire.settings import load

    with ending():
        new = definitions(load(file))
        path = own.keep(own.kept().with_(new))
        complain(f"{', '.join([*new.blocs, *new.issues]) or 'nothing'} kept in {path}")
