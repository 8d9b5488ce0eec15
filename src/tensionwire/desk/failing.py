"""What goes wrong, told on a page or, under /api, as JSON: what was given, why it will not do, what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from tensionwire.desk.people.asking import Gate
from tensionwire.desk.people.log_in import log_in_address
from tensionwire.desk.rendering import page
from tensionwire.errors import LedgerError, TensionwireError, UsageError

# What the framework says without a reason.
_BARE: Final = {
    404: ("There is nothing under this address.", "/api lists the addresses for programs."),
    405: ("This address does not take that method.", "/api lists what each address takes."),
}


def install(app: FastAPI) -> None:
    """Let the application tell of errors this way."""
    app.add_exception_handler(TensionwireError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, TensionwireError)
    return told(request, status_of(error), error.what, error.why, error.todo)


def status_of(error: TensionwireError) -> int:
    """404 for what is not there, 400 for a wrong question, 503 where the ledger cannot answer now."""
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, LedgerError):
        return 404 if error.why.startswith("there is no") else 503
    return 422


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and _may_log_in(request):
        return RedirectResponse(log_in_address(request), 303)
    what = HTTPStatus(error.status_code).phrase
    why, todo = _BARE.get(error.status_code, ("", "")) if error.detail == what else (error.detail, "")
    answer = told(request, error.status_code, what, why, todo)
    answer.headers.update(error.headers or {})
    return answer


def _may_log_in(request: Request) -> bool:
    """Whether somebody with a browser stands at the door."""
    door = isinstance(request.app.state.identify, Gate) and not request.url.path.startswith("/api")
    return door and request.method == "GET" and not {"hx-request", "authorization"} & set(request.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(map(str, fault['loc'][1:]))}: {fault['msg']}" for fault in error.errors()]
    return told(request, 422, "The question cannot be read", "; ".join(faults), "Check what you filled in.")


def _unforeseen(request: Request, error: Exception) -> Response:
    return told(
        request,
        500,
        "Something went wrong here",
        type(error).__name__,
        "Nothing was lost. Please report it; then try again.",
    )


def told(request: Request, status: int, what: str, why: str, todo: str) -> Response:
    """The error as whoever asks can read it."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"status": status, "what": what, "why": why, "todo": todo}}, status)
    return page(request, "error.html", status=status, what=what, why=why, todo=todo)
