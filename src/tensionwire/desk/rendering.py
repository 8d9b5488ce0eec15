"""Pages out of templates. Whatever a report brings along is escaped, and made visible where it would hide or steer."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from tensionwire.desk.identity import Role, current_user
from tensionwire.desk.people.asking import Gate
from tensionwire.desk.shown import FILTERS
from tensionwire.exchange.markup import Markup as Drawn
from tensionwire.exchange.plain import visible

# What the head of each page offers, and to whom.
NAVIGATION: Final = (
    ("Today", "/", Role.reader),
    ("Pairs", "/pairs", Role.reader),
    ("Incidents", "/incidents", Role.reader),
    ("Actors", "/actors", Role.reader),
    ("Agenda", "/agenda", Role.reader),
    ("Map", "/map", Role.reader),
    ("Search", "/search", Role.reader),
    ("Add", "/add", Role.editor),
    ("Review", "/review", Role.reviewer),
    ("People", "/people", Role.administrator),
)


def page(request: Request, template: str, *, status: int = 200, **known: Any) -> HTMLResponse:
    """A page. `known` is what the template says; it also gets `user`, `path`, `navigation` and `csrf`."""
    user = current_user(request)
    gate = request.app.state.identify
    known = {"accounts": isinstance(gate, Gate), "csrf": gate.token(request) if isinstance(gate, Gate) else ""} | known
    offered = [(name, to) for name, to, role in NAVIGATION if user.role >= role]
    made = environment().get_template(template)
    written = made.render(user=user, path=request.url.path, navigation=offered, status=status, **known)
    return HTMLResponse(written, status)


@cache
def environment() -> Environment:
    """The templates, with what they may call."""
    made = Environment(
        loader=PackageLoader("tensionwire.desk"), autoescape=True, undefined=StrictUndefined, finalize=_harmless,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals["static"] = static
    made.filters.update(FILTERS)
    return made


def _harmless(value: object) -> object:
    """Every word that a template writes goes through here, but for what is HTML already."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return Markup(value) if isinstance(value, Drawn) else visible(str(value))


@cache
def static(name: str) -> str:
    """The address of a static file, which changes with its content."""
    content = (resources.files("tensionwire.desk") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
