"""`tensionwire serve`: the desk on a ledger, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensionwire.cli import asking


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    ledger: asking.Url = None,
    host: Annotated[str, typer.Option(help="Address to listen on; the default is this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8710,
    public_read: Annotated[
        bool, typer.Option("--public-read", help="Whoever reaches the desk may read, without logging in.")
    ] = False,
    oidc: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Also log in through the OpenID provider named there.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer; more than one where many read at once.")
    ] = 1,
) -> None:
    """Open the desk: what moved, who claims what, what is due, every number down to its sentences.

    The first start prints a one-time link that makes the administrator. No log of readers is kept. Ctrl-C ends it.

    \b
    [bold]Examples[/bold]
    tensionwire serve
    tensionwire serve --ledger crisis.db --port 9000
    tensionwire serve --host 0.0.0.0 --public-read
    """
    from tensionwire.cli.failing import ending
    from tensionwire.desk import serving
    from tensionwire.desk.app import make_app
    from tensionwire.desk.people.installing import first_address, with_accounts
    from tensionwire.desk.settings import Settings

    with ending():
        settings = Settings(ledger=ledger, host=host, port=port, public_read=public_read, oidc=oidc)
        app = make_app(settings)
        with_accounts(app)
        typer.echo(f"tensionwire desk on {settings.address}", err=True)
        if link := first_address(app):
            typer.echo(f"first start: make the administrator (this link works once): {link}", err=True)
        serving.serve(app, settings, workers=workers)
