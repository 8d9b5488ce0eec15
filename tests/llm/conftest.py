"""What the tests of the second coder share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from llm.server import Script, Server, well
from tensionwire.llm import EndpointCoder, Settings
from tensionwire.records import Report, content_hash

Started = Callable[..., tuple[EndpointCoder, Server]]


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TENSIONWIRE_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def started() -> Iterator[Started]:
    """A server with this script and a coder that asks it, both ended with the test."""
    running: list[tuple[EndpointCoder, Server]] = []

    def start(script: Script = well, **settings: Any) -> tuple[EndpointCoder, Server]:
        server = Server(script).__enter__()
        made = Settings(**{"model": "m", "base_url": server.url, "timeout": 5, "pause": 0.01, **settings})
        running.append((EndpointCoder(made), server))
        return running[-1]

    yield start
    for coder, server in running:
        coder.close()
        server.__exit__()


def report(text: str = "Norway condemned Iceland.", **more: Any) -> Report:
    """A report with this text."""
    return Report(
        **{"doc_id": "a", "text": text, "content_hash": content_hash(text), "published": "2031-05-07", **more}
    )
