"""`tensionwire report`: a briefing on a pair as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensionwire.cli import asking


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(report)


def report(
    a: Annotated[str, typer.Argument(metavar="A", help="A country, code, bloc or actor.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    html: Annotated[str, typer.Option("--html", metavar="FILE", help="Write the page here; - prints it.")],
    issue: Annotated[str | None, typer.Option(metavar="NAME", help="Only what belongs to an issue.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to and with this day.")] = None,
    most: Annotated[int, typer.Option(min=1, metavar="N", help="Incidents shown: those that weigh most.")] = 40,
    as_known_at: Annotated[str | None, typer.Option(metavar="TIME", help="As the ledger knew it then.")] = None,
    ledger: asking.Url = None,
) -> None:
    """Write a briefing: chart, turns, incidents, accounts, counts and agenda of a pair, each with its sources.

    One page that needs nothing else: no script, no network. Sentences are quoted, not whole reports, unless an
    outlet's texts are free to republish.

    \b
    [bold]Examples[/bold]
    tensionwire report WEST RUS --issue Syria --since 2017-03-01 --html west-russia.html
    """
    from tensionwire.brief.briefing import Wish, briefing
    from tensionwire.brief.report import page
    from tensionwire.cli import own
    from tensionwire.cli.failing import ending
    from tensionwire.cli.given import day
    from tensionwire.cli.output import to_file, to_stdout
    from tensionwire.ledger import Ledger
    from tensionwire.measure.issues import issue as named
    from tensionwire.measure.sides import side

    with ending(), Ledger.open(ledger, read_only=True) as opened:
        mine = own.kept()
        wish = Wish(
            a=side(a, own=mine.blocs), b=side(b, own=mine.blocs), issue=named(issue, mine.issues) if issue else None,
            since=day("--since", since), until=day("--until", until, last=True), most=most, as_known_at=as_known_at,
        )  # fmt: skip
        pieces = list(page(briefing(opened, wish)))
        to_stdout(pieces) if html == "-" else to_file(Path(html), pieces)
