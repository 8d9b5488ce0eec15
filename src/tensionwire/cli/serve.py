"""`tensionwire serve`: the desk on a ledger, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from tensionwire.cli import asking

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tensionwire.desk.settings import Settings

LINGERS: Final = 3  # seconds that open streams are given when the server ends


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
    from tensionwire.desk.app import make_app
    from tensionwire.desk.people.installing import first_address, with_accounts
    from tensionwire.desk.settings import Settings

    with ending():
        settings = Settings(ledger=ledger, host=host, port=port, public_read=public_read)
        app = make_app(settings)
        with_accounts(app)
        typer.echo(f"tensionwire desk on {settings.address}", err=True)
        if link := first_address(app):
            typer.echo(f"first start: make the administrator (this link works once): {link}", err=True)
        _run(app, settings)


def _run(app: FastAPI, settings: Settings) -> None:
    """Serve until stopped; raises UsageError where the address cannot be listened on."""
    import socket
    from contextlib import suppress

    import uvicorn

    from tensionwire.errors import UsageError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            what = f"{settings.host}:{settings.port}"
            raise UsageError(
                what, f"cannot be listened on ({error.strerror})", "name another --host or --port"
            ) from error
        config = uvicorn.Config(
            app, access_log=False, log_level="warning", server_header=False, proxy_headers=False,
            timeout_graceful_shutdown=LINGERS,
        )  # fmt: skip
        # Once all is closed uvicorn raises the signal anew; to be stopped is how a desk ends.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
