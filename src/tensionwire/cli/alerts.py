"""`tensionwire alerts`: be told of what is new in the ledger."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking

if TYPE_CHECKING:
    from tensionwire.brief.finding import Ground
    from tensionwire.brief.rules import Orders
    from tensionwire.ledger import Ledger


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(alerts)


def alerts(
    rules: Annotated[
        Path | None, typer.Argument(metavar="rules.toml", help="What to be told of; --example prints one.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Look at the rules once and end: for cron.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be told, send nothing and note nothing.")
    ] = False,
    ledger: asking.Url = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What was sent so far. Default: beside the ledger.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let webhooks lead to private networks.")
    ] = False,
    example: Annotated[bool, typer.Option("--example", help="Print a commented rules.toml and end.")] = False,
) -> None:
    """Be told of change points, denials, counts that jump, meetings held or cancelled, and new incidents.

    Each alert is sent once through each channel. After a crash in the middle of sending, that one may come twice,
    under the same id.

    \b
    [bold]Examples[/bold]
    tensionwire alerts --example > rules.toml
    tensionwire alerts rules.toml --dry-run
    tensionwire alerts rules.toml --once
    """
    from tensionwire.beside import place
    from tensionwire.brief import rules as known
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.errors import UsageError
    from tensionwire.ledger import Ledger

    with ending() as failures:
        if example:
            to_stdout([known.example()])
            return
        if rules is None:
            raise UsageError(
                "no file", "nothing says what to tell", "begin with: tensionwire alerts --example > rules.toml"
            )
        orders = known.load(rules)
        with Ledger.open(ledger, read_only=True) as opened:
            if dry_run:
                _rehearse(orders, opened, state or place(ledger, "alerts"))
            else:
                failed = _told(orders, opened, state or place(ledger, "alerts"), once, allow_private)
                failures.count = failed if once else 0


def _ground(ledger: Ledger) -> Ground:
    from tensionwire.brief.agenda import today
    from tensionwire.brief.finding import Ground
    from tensionwire.cli import own

    return Ground(ledger=ledger, today=today(), own=own.kept())


def _rehearse(orders: Orders, ledger: Ledger, state: Path) -> None:
    from tensionwire.brief.alerts import pending
    from tensionwire.brief.channels import plain
    from tensionwire.brief.outbox import Outbox
    from tensionwire.cli.output import to_stdout
    from tensionwire.exchange.plain import line

    with Outbox(state) as outbox:
        found = pending(orders, _ground(ledger), outbox)
        to_stdout(f"[{line(alert.rule)}] {plain(alert)}\n" for alert in found)


def _told(orders: Orders, ledger: Ledger, state: Path, once: bool, allow_private: bool) -> int:
    """Look at the rules again and again; gives how much failed in the last round."""
    from tensionwire.brief.alerts import run_round
    from tensionwire.brief.outbox import Outbox
    from tensionwire.cli.failing import complain

    stopped = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    def say(what: str, message: str, warning: bool) -> None:
        complain(f"{what}: {message}")

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        with Outbox(state) as outbox:
            while True:
                tally = run_round(orders, _ground(ledger), outbox, say, allow_private=allow_private)
                if once or stopped.wait(orders.every):
                    return tally.failed
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
