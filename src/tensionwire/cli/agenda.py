"""`tensionwire agenda`: what is to come, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking

if TYPE_CHECKING:
    from tensionwire.brief.agenda import Appointment


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(agenda)


def agenda(
    ledger: asking.Url = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Nothing that ends before this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Nothing that begins after this day.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="WHO", help="A code, country, bloc or name.")] = None,
    issue: Annotated[str | None, typer.Option(metavar="NAME", help="Only what belongs to an issue.")] = None,
    as_known_at: Annotated[str | None, typer.Option(metavar="TIME", help="As the ledger knew it then.")] = None,
    ics: Annotated[bool, typer.Option("--ics", help="Print an iCalendar.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is to come: meetings, votes, visits and deadlines, with what later reports say became of them.

    \b
    [bold]Examples[/bold]
    tensionwire agenda --since 2017-04-01
    tensionwire agenda --actor USA --ics > agenda.ics
    """
    from tensionwire.brief.agenda import appointments, shortened, today
    from tensionwire.cli.failing import complain, ending
    from tensionwire.cli.given import day
    from tensionwire.cli.output import to_stdout
    from tensionwire.ledger import Ledger

    with ending():
        with Ledger.open(ledger, read_only=True) as opened:
            found = appointments(
                opened,
                asking.wish(actor=actor, issue=issue, limit=0),
                today=today(as_known_at),
                as_known_at=as_known_at,
            )
        found = shortened(found, day("--since", since), day("--until", until, last=True))
        if ics:
            from tensionwire.brief.ical import calendar, datable

            to_stdout([calendar(found).decode()])
            if left := sum(not datable(one) for one in found):
                complain(f"{left} without a date that a calendar can show left out")
        else:
            to_stdout(_json(found) if json else lines(found))


def _json(found: Iterable[Appointment]) -> Iterator[str]:
    import msgspec

    from tensionwire.exchange.plain import ascii_controls

    yield ascii_controls(msgspec.json.format(msgspec.json.encode(list(found)), indent=2)).decode() + "\n"


def lines(found: Iterable[Appointment]) -> Iterator[str]:
    """Two lines an appointment: what, and the words that announce it; a third for what shows what became of it."""
    from tensionwire.exchange.outline import period
    from tensionwire.exchange.plain import line

    nothing = True
    for one in found:
        nothing = False
        when = period(one.first if one.first == one.last else f"{one.first}/{one.last}") if one.first else "no date"
        who = f"{', '.join(map(line, one.who))}: " if one.who else ""
        where = f" ({line(one.where)})" if one.where else ""
        outlets = {source.outlet for source in one.sources if source.outlet}
        yield f"{when:<22} {one.state:<10} {who}{line(one.text)}{where}\n"
        yield f"{'':<34}“{line(one.sentence)}” {', '.join(sorted(map(line, outlets)))}\n"
        if one.outcome.telling is not None and one.outcome.state != "open":
            told = one.outcome.telling
            by = f"{line(told.outlet or '')} {told.published or ''}".strip()
            yield f"{'':<34}→ {one.outcome.state}: “{line(told.sentence)}” {by}\n"
    if nothing:
        yield "nothing to come that the ledger knows of\n"
