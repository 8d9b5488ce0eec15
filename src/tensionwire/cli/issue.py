"""`tensionwire issue`: what a quarrel is about, as places, contexts and words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tensionwire.measure.issues import Issue

group = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich", help="Issues: places, contexts and words, under a name."
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="issue")


@group.command("list")
def list_() -> None:
    """List your own issues; every country and every PLOVER context is one without being defined.

    \b
    [bold]Examples[/bold]
    tensionwire issue list
    """
    from tensionwire.cli import own
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.exchange.plain import line
    from tensionwire.ontology.plover import plover

    with ending():
        to_stdout(
            [
                *(f"{line(name)}  (your own)\n" for name in own.kept().issues),
                "every country by name or code (Syria, SYR)\n",
                f"contexts: {', '.join(plover().contexts)}\n",
            ]
        )


@group.command(no_args_is_help=True)
def show(name: Annotated[str, typer.Argument(help="An issue of yours, a country, or a PLOVER context.")]) -> None:
    """Show what makes an incident belong to an issue.

    \b
    [bold]Examples[/bold]
    tensionwire issue show Syria
    """
    from tensionwire.cli import own
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.measure.issues import issue

    with ending():
        to_stdout(_told(issue(name, own.kept().issues)))


def _told(issue: Issue) -> Iterator[str]:
    from tensionwire.exchange.plain import line

    yield f"{line(issue.name)}\n"
    rows = (
        ("place or recipient in", sorted(issue.countries)), ("place named", issue.places),
        ("context", sorted(issue.contexts)), ("words in the sentence", issue.terms),
    )  # fmt: skip
    for what, values in rows:
        if values:
            yield f"  {what}: {line(', '.join(values))}\n"


@group.command("set", no_args_is_help=True)
def set_(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Issues under [[issue]]; see the example.")],
) -> None:
    """Define issues from a file; one of the same name is replaced.

    \b
    [bold]Example of a file[/bold]
    \\[[issue]]
    name = "Chemical weapons"
    countries = []
    places = ["Khan Shaykhun"]
    contexts = ["cbrn"]
    terms = ["chemical weapon*", "sarin", "nerve agent*"]
    """
    from tensionwire.cli.bloc import set_ as keep

    keep(file)
