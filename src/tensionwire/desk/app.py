"""The application: `make_app(settings)` puts pages, API, static files and guards together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from tensionwire.desk import failing
from tensionwire.desk.api import adding, describing, items, lists, stream
from tensionwire.desk.guarding import Guard, Local
from tensionwire.desk.identity import Identify, everybody_reads
from tensionwire.desk.pages import actor, add, agenda, incident, map, pair, report, search, today
from tensionwire.desk.people import installing
from tensionwire.desk.people.asking import guard
from tensionwire.desk.review import pages as review
from tensionwire.desk.settings import Settings
from tensionwire.desk.state import Desk

PAGES = (today, pair, incident, report, actor, agenda, map, search, add, review)
API = (lists, items, adding, stream, describing)
ROUTERS = tuple(part.router for part in (*PAGES, *API))


def make_app(settings: Settings, *, identify: Identify = everybody_reads) -> FastAPI:
    """The desk on a ledger, which is opened here and let go of when the server ends.

    Raises LedgerError where the ledger cannot be opened. `identify` says who is asking.
    """
    desk = Desk.opened(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="tensionwire", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None,
        swagger_ui_oauth2_redirect_url=None, dependencies=[Depends(guard)],
    )  # fmt: skip
    app.state.desk, app.state.identify = desk, identify
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(resources.files("tensionwire.desk") / "static")), name="static")
    failing.install(app)
    installing.install(app)
    app.add_middleware(Guard)
    if settings.local:
        app.add_middleware(Local)
    return app
