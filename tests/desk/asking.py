"""A desk with accounts, asked without a server: what a browser would keep (cookies) is kept, links are not followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from tensionwire.desk.app import make_app
from tensionwire.desk.identity import Role
from tensionwire.desk.people.asking import Gate
from tensionwire.desk.people.installing import with_accounts
from tensionwire.desk.settings import Settings

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="csrf" value="([^"]*)"')


@dataclass
class Desk:
    """A desk and its clock, which a test may set on."""

    app: FastAPI
    gate: Gate
    time: list[float]

    def client(self) -> Browser:
        """Somebody with a browser of their own."""
        return Browser(self.app)

    def member(self, name: str, role: Role = Role.reader) -> Browser:
        """Somebody with an account, logged in."""
        self.gate.people.accept(self.gate.people.invite(role), name=name, password=PASSWORD)
        browser = self.client()
        answer = browser.log_in(name)
        assert answer.status_code == 303, answer.text
        return browser


class Browser(TestClient):
    """A browser without scripts."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, base_url="http://127.0.0.1:8710", follow_redirects=False, raise_server_exceptions=False)

    def form(self, page: str) -> str:
        """The token of the forms on a page."""
        found = _TOKEN.search(self.get(page).text)
        assert found, f"no form on {page}"
        return unescape(found[1])

    def fill(self, page: str, to: str | None = None, **fields: Any) -> Any:
        """Fill in a form of a page and send it."""
        return self.post(to or page, data={"csrf": self.form(page), **fields})

    def log_in(self, name: str, password: str = PASSWORD, **fields: Any) -> Any:
        """Through the log-in page."""
        return self.fill("/log-in", name=name, password=password, **fields)


def opened(url: str, folder: Path, *, public_read: bool = False, oidc: Path | None = None) -> Desk:
    """A desk on a ledger."""
    time = [1_700_000_000.0]
    app = make_app(Settings(ledger=url, folder=folder, public_read=public_read, oidc=oidc))
    gate = with_accounts(app)
    gate.people.clock = gate.limit.now = lambda: time[0]
    return Desk(app=app, gate=gate, time=time)
