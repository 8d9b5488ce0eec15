"""Commands that care for the ledger: forget, tombstones, backup, restore, verify, reindex, outlet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensionwire.cli import asking

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (forget, backup, restore, outlet):
        app.command(no_args_is_help=True)(command)
    app.command()(tombstones)
    app.command()(verify)
    app.command()(reindex)


def forget(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its key: r12.")],
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Stays in the ledger in place of the text.")],
    by: By = "",
    ledger: asking.Url = None,
) -> None:
    """Erase a report's words for a legal reason: its text, quotes and names, in every table and index.

    Codes, dates, scores and the text's hash stay, with the reason. The same text is refused when it comes again.

    \b
    [bold]Examples[/bold]
    tensionwire forget r12 --reason "court order 12/2024" --by "Ida Berg"
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, create=False) as opened:
        complain(f"{report} is forgotten: sha256 {opened.forget(report, reason=reason, by=by)}")


def tombstones(ledger: asking.Url = None, format: asking.Shape = None, color: asking.Colour = None) -> None:
    """List the texts that were forgotten: which reports had them, why, by whom, when, and their hash.

    \b
    [bold]Examples[/bold]
    tensionwire tombstones --format csv
    """
    from tensionwire.cli.ask import answer
    from tensionwire.cli.failing import ending

    with ending():
        answer(lambda opened: opened.tombstones(), "tombstones", ledger, format, color)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    ledger: asking.Url = None,
) -> None:
    """Write the ledger as it stands into one SQLite file, which is a ledger itself; others may go on writing.

    \b
    [bold]Examples[/bold]
    tensionwire backup /mnt/safe/ledger-2024-03-06.db
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, read_only=True) as opened:
        opened.backup(file)
        complain(f"{opened.store.name} is written to {file}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    ledger: asking.Url = None,
) -> None:
    """Fill a new ledger from a backup, of either kind of database into either.

    \b
    [bold]Examples[/bold]
    tensionwire restore ledger-2024-03-06.db --ledger new.db
    tensionwire restore ledger-2024-03-06.db --ledger postgresql://desk@localhost/news
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger) as opened:
        opened.restore(file)
        complain(f"{opened.store.name} is filled from {file}")


def verify(ledger: asking.Url = None) -> None:
    """Recheck every hash and span of the ledger; say exactly what is damaged. Exit code 1 if anything is.

    \b
    [bold]Examples[/bold]
    tensionwire verify --ledger desk.db
    """
    from tensionwire.cli.failing import FAILED, complain, ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.cli.sheets import damage
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, read_only=True) as opened:
        count = 0
        for found in opened.verify():
            count += 1
            to_stdout([damage(found)])
        told = f"{count} fault{'s' * (count != 1)}" if count else "every hash and span holds"
        complain(f"{opened.store.name}: {told}")
        if count:
            raise typer.Exit(FAILED)


def reindex(ledger: asking.Url = None) -> None:
    """Make anew the keys by which copies of a text are found, and the incident of a new event.

    An upgrade that changes these keys does it by itself when the ledger is next written to. Do it by hand where an
    index was damaged. Nothing that the ledger tells is changed. Takes some minutes for a million events; others wait.

    \b
    [bold]Examples[/bold]
    tensionwire reindex --ledger desk.db
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, create=False) as opened:
        opened.reindex()
        complain(f"{opened.store.name}: keys are made anew")


def outlet(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the reports have it.")],
    free: Annotated[bool, typer.Option("--free/--not-free", help="Whether its texts may be passed on whole.")],
    by: By = "",
    ledger: asking.Url = None,
) -> None:
    """Mark an outlet's texts as free to republish, or not: briefings quote whole texts of free outlets only.

    \b
    [bold]Examples[/bold]
    tensionwire outlet "Harbour Post" --free --by "Ida Berg"
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, create=False) as opened:
        opened.set_free(name, free, by=by)
        complain(f"{name}: {'free' if free else 'not free'} to republish")
