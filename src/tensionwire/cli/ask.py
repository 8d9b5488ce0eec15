"""Commands that ask the ledger: incidents, claims, figures, actors, relations, search, diff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tensionwire.cli import asking
from tensionwire.cli.asking import USUAL

if TYPE_CHECKING:
    from tensionwire.cli.sheets import Sheet
    from tensionwire.ledger import Filter, Ledger

Ask = Callable[["Ledger"], Sequence[Any]]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (incidents, claims, figures, relations, actors):
        app.command()(command)
    app.command(no_args_is_help=True)(search)
    app.command(no_args_is_help=True)(diff)


def incidents(
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Open one: tellings, accounts, counts.")] = None,
    actor: asking.Actor = None, pair: asking.Pair = None, type: asking.Type = None, status: asking.Status = None,
    issue: asking.IssueName = None, place: asking.Place = None, since: asking.Since = None, until: asking.Until = None,
    outlet: asking.Outlet = None, min_confidence: asking.Confidence = 0.0, report: asking.ReportKey = None,
    limit: asking.Limit = USUAL, ledger: asking.Url = None, as_known_at: asking.KnownAt = None,
    format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """List incidents: one happening each, however many reports tell of it. Newest day first.

    \b
    [bold]Examples[/bold]
    tensionwire incidents --pair USA RUS --issue Syria --since 2017-04
    tensionwire incidents --id i57
    tensionwire incidents --actor WEST --type THREATEN --format csv --limit 0 > threats.csv
    """
    from tensionwire.cli.failing import ending

    with ending():
        if id is not None:
            _open(id, ledger, as_known_at, format, color)
            return
        wanted = asking.wish(
            actor=actor, pair=pair, type=type, status=status, issue=issue, place=place, since=since, until=until,
            outlet=outlet, confidence=min_confidence, report=report, limit=limit,
        )  # fmt: skip

        def found(opened: Ledger) -> Sequence[Any]:
            from tensionwire.ledger.summaries import Summary

            return [Summary.of(incident) for incident in opened.incidents(wanted, as_known_at=as_known_at)]

        answer(found, "incidents", ledger, format, color)


def claims(
    actor: asking.Actor = None, pair: asking.Pair = None, type: asking.Type = None, status: asking.Status = None,
    issue: asking.IssueName = None, place: asking.Place = None, since: asking.Since = None, until: asking.Until = None,
    outlet: asking.Outlet = None, min_confidence: asking.Confidence = 0.0, incident: asking.IncidentKey = None,
    report: asking.ReportKey = None, limit: asking.Limit = USUAL, ledger: asking.Url = None,
    as_known_at: asking.KnownAt = None, format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """List claims: who says what, in whose words, backed by what. Latest published first; the actor is the speaker.

    \b
    [bold]Examples[/bold]
    tensionwire claims --actor RUS --status denies --since 2017-04
    tensionwire claims --incident i57
    """
    wanted = {
        "actor": actor, "pair": pair, "type": type, "status": status, "issue": issue, "place": place, "since": since,
        "until": until, "outlet": outlet, "confidence": min_confidence, "incident": incident, "report": report,
        "limit": limit,
    }  # fmt: skip
    _listed("claims", wanted, ledger, as_known_at, format, color)


def figures(
    actor: asking.Actor = None, pair: asking.Pair = None, type: asking.Type = None, issue: asking.IssueName = None,
    place: asking.Place = None, since: asking.Since = None, until: asking.Until = None, outlet: asking.Outlet = None,
    min_confidence: asking.Confidence = 0.0, incident: asking.IncidentKey = None, report: asking.ReportKey = None,
    limit: asking.Limit = USUAL, ledger: asking.Url = None, as_known_at: asking.KnownAt = None,
    format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """List counts as each report gives them, never averaged. Latest published first.

    \b
    [bold]Examples[/bold]
    tensionwire figures --incident i57
    tensionwire figures --place Idlib --format csv
    """
    wanted = {
        "actor": actor, "pair": pair, "type": type, "issue": issue, "place": place, "since": since, "until": until,
        "outlet": outlet, "confidence": min_confidence, "incident": incident, "report": report, "limit": limit,
    }  # fmt: skip
    _listed("figures", wanted, ledger, as_known_at, format, color)


def relations(
    actor: asking.Actor = None, pair: asking.Pair = None,
    status: Annotated[str | None, typer.Option("--status", metavar="SIGN", help="+ or -.")] = None,
    issue: asking.IssueName = None, since: asking.Since = None, until: asking.Until = None,
    outlet: asking.Outlet = None, min_confidence: asking.Confidence = 0.0, report: asking.ReportKey = None,
    limit: asking.Limit = USUAL, ledger: asking.Url = None, as_known_at: asking.KnownAt = None,
    format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """List standing ties between actors: who is ally (+) or opponent (-) of whom, as reports say it.

    \b
    [bold]Examples[/bold]
    tensionwire relations --actor SYR --status +
    """
    wanted = {
        "actor": actor, "pair": pair, "status": status, "issue": issue, "since": since, "until": until,
        "outlet": outlet, "confidence": min_confidence, "report": report, "limit": limit,
    }  # fmt: skip
    _listed("relations", wanted, ledger, as_known_at, format, color)


def actors(
    actor: asking.Actor = None, since: asking.Since = None, until: asking.Until = None, outlet: asking.Outlet = None,
    report: asking.ReportKey = None, limit: asking.Limit = USUAL, ledger: asking.Url = None,
    as_known_at: asking.KnownAt = None, format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """List persons, bodies and states, those named by most independent reports first.

    \b
    [bold]Examples[/bold]
    tensionwire actors --actor RUS
    tensionwire actors --actor "Rex Tillerson"
    """
    wanted = {"actor": actor, "since": since, "until": until, "outlet": outlet, "report": report, "limit": limit}
    _listed("actors", wanted, ledger, as_known_at, format, color)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words that all must be there.")],
    actor: asking.Actor = None, pair: asking.Pair = None, type: asking.Type = None, status: asking.Status = None,
    issue: asking.IssueName = None, place: asking.Place = None, since: asking.Since = None, until: asking.Until = None,
    outlet: asking.Outlet = None, limit: asking.Limit = 20, ledger: asking.Url = None,
    as_known_at: asking.KnownAt = None, format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """Find reports by their words, best first, with the sentences that hold most of them.

    \b
    [bold]Examples[/bold]
    tensionwire search sarin Idlib
    tensionwire search '"air base" missiles -drill' --since 2017-04-06
    """
    from tensionwire.cli.failing import ending

    with ending():
        wanted = asking.wish(
            actor=actor, pair=pair, type=type, status=status, issue=issue, place=place, since=since, until=until,
            outlet=outlet, limit=limit or 1_000_000,
        )  # fmt: skip
        answer(
            lambda opened: opened.search(" ".join(words), wanted, as_known_at=as_known_at),
            "hits",
            ledger,
            format,
            color,
        )


def diff(
    before: Annotated[str, typer.Argument(metavar="T1", help="The earlier moment: 2017-04-11 (its end) or a time.")],
    after: Annotated[str | None, typer.Argument(metavar="[T2]", help="The later one. Default: now.")] = None,
    ledger: asking.Url = None, format: asking.Shape = None, color: asking.Colour = None,
) -> None:  # fmt: skip
    """Show what the record has learnt or taken back between two moments, in order.

    \b
    [bold]Examples[/bold]
    tensionwire diff 2017-04-10 2017-04-11
    tensionwire diff 2017-04-11T08:00:00Z
    """
    from tensionwire.cli.failing import ending

    with ending():
        answer(lambda opened: opened.diff(before, after), "changes", ledger, format, color)


def _listed(
    kind: str, wanted: dict[str, Any], ledger: str | None, as_known_at: str | None,
    format: asking.Format | None, color: bool | None,
) -> None:  # fmt: skip
    from tensionwire.cli.failing import ending

    with ending():
        filter: Filter = asking.wish(**wanted)
        answer(lambda opened: getattr(opened, kind)(filter, as_known_at=as_known_at), kind, ledger, format, color)


def answer(ask: Ask, kind: str, ledger: str | None, format: asking.Format | None, color: bool | None) -> None:
    """Ask, and write what comes; `kind` names the page that shows it."""
    from tensionwire.cli.answers import written
    from tensionwire.cli.output import to_stdout
    from tensionwire.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        found = ask(opened)
    to_stdout(written(found, asking.shape(format), lambda some: getattr(_sheet(color), kind)(some)))


def _sheet(color: bool | None) -> Sheet:
    from tensionwire.cli.sheets import Sheet

    width, colour = asking.sheet(color)
    return Sheet(width=width, colour=colour)


def _open(
    id: str, ledger: str | None, as_known_at: str | None, format: asking.Format | None, color: bool | None
) -> None:
    """One incident with everything that is known of it."""
    from tensionwire.cli.answers import opened_incident
    from tensionwire.cli.output import to_stdout
    from tensionwire.errors import LedgerError, UsageError
    from tensionwire.ledger import Filter, Ledger
    from tensionwire.link.accounts import accounts
    from tensionwire.link.figures import history

    with Ledger.open(ledger, read_only=True) as opened:
        found = opened.incidents(Filter(incident=id), as_known_at=as_known_at)
        if not found:
            raise LedgerError(id, "there is no such incident", "see `tensionwire incidents`")
        keys = {told.report for told in found[0].tellings if told.sentence}
        records = {key: opened.report(key, as_known_at=as_known_at) for key in sorted(keys)}
    held, counts = accounts(found[0], records), history(found[0], records)
    shape = asking.shape(format)
    if shape == "view":
        to_stdout(_sheet(color).incident(found[0], held, counts))
    elif shape == "csv":
        raise UsageError("--format csv", "has one row an incident", "take json or view with --id, or leave --id out")
    else:
        to_stdout(opened_incident(found[0], held, counts, indented=shape == "json"))
