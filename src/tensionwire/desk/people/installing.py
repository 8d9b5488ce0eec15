"""Accounts put into an application."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from tensionwire.desk.people import account, everybody, log_in
from tensionwire.desk.people.accounts import People
from tensionwire.desk.people.asking import Gate, Stale
from tensionwire.desk.people.log_in import with_form
from tensionwire.desk.state import Desk
from tensionwire.errors import UsageError

ROUTERS: Final = (log_in.router, account.router, everybody.router)
_SECRET: Final = frozenset({"password", "again", "old"})


def with_accounts(app: FastAPI) -> Gate:
    """From now on the desk asks who is there. Gives the gate, which knows the accounts."""
    desk: Desk = app.state.desk
    key, public = desk.settings.secret_key(), desk.settings.public_read
    gate = Gate(People(desk.ledger.store), key=key, public_read=public)
    app.state.identify = gate
    if desk.settings.oidc is not None:
        _with_provider(app, gate, desk.settings.oidc)
    return gate


def _with_provider(app: FastAPI, gate: Gate, settings: Path) -> None:
    """People may also log in elsewhere; raises UsageError where the settings will not do."""
    try:
        from tensionwire.desk.oidc import pages
    except ImportError as error:
        raise UsageError("--oidc", f"needs {error.name}", "pip install 'tensionwire[oidc]'") from error
    from tensionwire.desk.oidc.asking import Asked
    from tensionwire.desk.oidc.settings import read

    app.state.oidc = Asked(provider=read(settings))
    gate.people.make_tables()
    app.include_router(pages.router)


def first_address(app: FastAPI) -> str | None:
    """Where the first administrator opens an account; works once. None where there is one already."""
    desk: Desk = app.state.desk
    gate = app.state.identify
    secret = gate.people.first_link() if isinstance(gate, Gate) else None
    return f"{desk.settings.address}welcome/{secret}" if secret else None


def install(app: FastAPI) -> None:
    """Routes, and what is told of a form from before."""
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Stale, _stale)


def _stale(request: Request, error: Exception) -> Response:
    """A form that is not one of ours, or no longer: what was filled in is shown, and can be sent again."""
    assert isinstance(error, Stale)
    if request.url.path.startswith("/api/"):
        why, todo = "no valid form token came with it", "send X-CSRF-Token, or use an API token"
        return JSONResponse({"error": {"status": 403, "what": request.method, "why": why, "todo": todo}}, 403)
    kept = [(name, value) for name, value in error.fields if name not in _SECRET]
    private = len(kept) < len(error.fields)
    return with_form(request, request.app.state.identify, "stale.html", 403, fields=kept, private=private)
