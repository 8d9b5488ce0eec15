"""The description of the API: as OpenAPI for programs, as a page for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from tensionwire.desk.identity import current_user
from tensionwire.desk.people.cookies import SESSION
from tensionwire.desk.rendering import page

router = APIRouter(include_in_schema=False)
SCHEMES: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token, made on the page of one's account."},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION, "description": "Of whoever is logged in."},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A path of the API as the page shows it."""

    method: str
    path: str
    told: str
    parameters: tuple[tuple[str, str], ...]


@router.get("/api/v1/openapi.json")
def openapi(request: Request) -> JSONResponse:
    """OpenAPI 3.1; it tells nothing of the ledger, so all may read it."""
    return JSONResponse(spec(request))


@router.get("/api", response_class=HTMLResponse)
def described(request: Request) -> HTMLResponse:
    """The page."""
    current_user(request)
    return page(request, "api.html", routes=routes(spec(request)))


def spec(request: Request) -> dict[str, Any]:
    """What the framework makes of the routes, and how one may say who one is."""
    made: dict[str, Any] = request.app.openapi()
    made.setdefault("components", {})["securitySchemes"] = SCHEMES
    made["security"] = [{name: []} for name in SCHEMES] + [{}]  # the last: an open desk asks nobody
    return made


def routes(spec: dict[str, Any]) -> list[Route]:
    """The paths of a description, in their order."""
    return [
        Route(
            method=method.upper(), path=path, told=one.get("description", ""),
            parameters=tuple((p["name"], p.get("description", "")) for p in one.get("parameters", ())),
        )
        for path, methods in spec["paths"].items()
        for method, one in methods.items()
    ]  # fmt: skip
