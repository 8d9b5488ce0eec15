"""The API: parts, ETags, its own description, the stream."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.story import shots, told
from desk.test_pages import HOME
from tensionwire.desk.app import make_app
from tensionwire.desk.settings import Settings
from tensionwire.ledger import Ledger

LISTS = ("incidents", "tellings", "claims", "figures", "relations", "actors", "agenda", "search?q=Norway")
SINGLE = (
    "incidents/i5", "reports/r5", "actors/NOR", "tension/NOR/ISL", "tension/NOR/ISL?from=2024-03-01&to=2024-03-09", "news",
    "coverage",
)  # fmt: skip


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A ledger with the story in it."""
    found = str(tmp_path / "ledger.db")
    with Ledger.open(found) as ledger:
        told(ledger)
    return found


@pytest.fixture
def api(url: str, tmp_path: Path) -> Iterator[TestClient]:
    """Whoever asks an open desk."""
    with TestClient(make_app(Settings(ledger=url, folder=tmp_path)), base_url=HOME) as client:
        yield client


def get(api: TestClient, path: str, **headers: str) -> Any:
    return api.get(f"/api/v1/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("path", LISTS)
def test_parts_put_together_are_the_whole(api: TestClient, path: str) -> None:
    joined = "&" if "?" in path else "?"
    whole = get(api, path).json()
    assert whole["items"], path
    assert whole["next"] is None
    parts: list[Any] = []
    offset: int | None = 0
    while offset is not None:
        part = get(api, f"{path}{joined}limit=2&offset={offset}").json()
        assert len(part["items"]) <= 2
        parts, offset = parts + part["items"], part["next"]
    assert parts == whole["items"]


@pytest.mark.parametrize("path", [*LISTS, *SINGLE])
def test_an_answer_that_still_holds_is_not_sent_again(api: TestClient, url: str, path: str) -> None:
    first = get(api, path)
    assert first.status_code == 200, first.text
    tag = first.headers["etag"]
    again = get(api, path, if_none_match=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    with Ledger.open(url) as ledger:
        ledger.add(
            shots("later", 9, 9, outlet="Cod Review", published="2024-03-12", more="It is the last count of all.")
        )
    assert get(api, path, if_none_match=tag).status_code == 200


def test_answers_are_what_the_description_says(api: TestClient) -> None:
    from jsonschema import Draft202012Validator

    spec = get(api, "openapi.json").json()
    for path in (*LISTS, *SINGLE):
        bare = "/api/v1/" + path.partition("?")[0]
        for concrete, general in (
            ("/incidents/i5", "/incidents/{key}"), ("/reports/r5", "/reports/{key}"), ("/actors/NOR", "/actors/{name}"),
            ("/tension/NOR/ISL", "/tension/{a}/{b}"),
        ):  # fmt: skip
            bare = bare.replace(concrete, general)
        schema = spec["paths"][bare]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        faults = list(
            Draft202012Validator({**schema, "components": spec["components"]}).iter_errors(get(api, path).json())
        )
        assert not faults, (path, faults[:2])


def test_everything_is_described(api: TestClient) -> None:
    spec = get(api, "openapi.json").json()
    for path, methods in spec["paths"].items():
        assert path.startswith("/api/v1/"), path
        assert all(one.get("description") for one in methods.values()), path
    text = (Path(__file__).parents[2] / "docs/reference/api.md").read_text()
    for path in spec["paths"]:
        assert path.replace("{name:path}", "{name}") in text or path.startswith("/api/v1/review"), path


def test_spans_of_a_blanked_report_still_hold(api: TestClient) -> None:
    record = get(api, "reports/r9").json()
    start, end = record["claims"][1]["content_span"]
    assert record["text"][start:end] == record["claims"][1]["content"]
    assert "inquiry" not in record["text"]


def test_an_answer_of_another_moment(api: TestClient) -> None:
    assert get(api, "incidents?as_known_at=2020-01-01").json()["items"] == []
    assert get(api, "incidents?as_known_at=soon").status_code == 400


def test_faults_are_json_that_helps(api: TestClient) -> None:
    fault = get(api, "incidents/i999").json()["error"]
    assert fault["status"] == 404
    assert fault["todo"]
    assert get(api, "claims?limit=100000").status_code == 422
    assert get(api, "claims?other=NOR").status_code == 400


def test_the_stream_tells_that_something_was_learnt(url: str, tmp_path: Path) -> None:
    import httpx
    import uvicorn

    app = make_app(Settings(ledger=url, folder=tmp_path))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        home = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with httpx.stream("GET", f"{home}/api/v1/stream", timeout=60) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            told_of = (line for line in stream.iter_lines() if line.startswith("data:"))
            before = next(told_of)
            with Ledger.open(url) as ledger:
                ledger.add(shots("later", 9, 9, outlet="Cod Review", published="2024-03-12"))
            assert next(told_of) != before
    finally:
        server.should_exit = True
        thread.join(30)
