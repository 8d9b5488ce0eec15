"""The desk as a server, in one process or several that share one address."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Any, Final

import msgspec
import uvicorn
from fastapi import FastAPI

from tensionwire.desk.app import make_app
from tensionwire.desk.people.installing import with_accounts
from tensionwire.desk.settings import Settings
from tensionwire.errors import UsageError

VARIABLE: Final = "TENSIONWIRE_DESK"  # the settings, for the processes of a server that has several
OPTIONS: Final[dict[str, Any]] = {
    "access_log": False, "log_level": "warning", "server_header": False, "proxy_headers": False,
    "timeout_graceful_shutdown": 3,  # seconds that open streams are given when the server ends
}  # fmt: skip


def serve(app: FastAPI, settings: Settings, *, workers: int = 1) -> None:
    """Serve until stopped; raises UsageError where the address cannot be listened on.

    With several workers `app` has only made what is made once (the ledger, the first link); each worker opens its own.
    """
    with listening(settings) as bound:
        if workers == 1:
            # Once all is closed uvicorn raises the signal anew; to be stopped is how a desk ends.
            with suppress(KeyboardInterrupt):
                uvicorn.Server(uvicorn.Config(app, **OPTIONS)).run(sockets=[bound])
            return
    app.state.desk.close()
    os.environ[VARIABLE] = msgspec.json.encode(settings, enc_hook=str).decode()
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            "tensionwire.desk.serving:worker", factory=True, host=settings.host, port=settings.port, workers=workers,
            **OPTIONS,
        )  # fmt: skip


def listening(settings: Settings) -> socket.socket:
    """A socket at the address of a desk."""
    bound = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        what, why = f"{settings.host}:{settings.port}", f"cannot be listened on ({error.strerror})"
        raise UsageError(what, why, "name another --host or --port") from error
    return bound


def worker() -> FastAPI:
    """The desk of one of several processes."""
    app = make_app(msgspec.json.decode(os.environ[VARIABLE], type=Settings, dec_hook=lambda kind, text: kind(text)))
    with_accounts(app)
    return app
