"""Every operation of the API's own description, asked with much that fits it and much that does not, by all roles."""

from __future__ import annotations

import os
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desk.asking import Desk, opened
from desk.story import told
from tensionwire.desk.identity import Role
from tensionwire.desk.people import tokens

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of libraries that schemathesis brings along
    schemathesis = pytest.importorskip("schemathesis")
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi import checks

EXAMPLES = int(os.environ.get("TENSIONWIRE_API_EXAMPLES", "6"))  # an operation and kind, for each role and database
OPERATIONS = (
    "GET /api/v1/incidents", "GET /api/v1/tellings", "GET /api/v1/claims", "GET /api/v1/figures",
    "GET /api/v1/relations", "GET /api/v1/actors", "GET /api/v1/search", "GET /api/v1/agenda",
    "GET /api/v1/incidents/{key}", "GET /api/v1/reports/{key}", "GET /api/v1/actors/{name}",
    "GET /api/v1/tension/{a}/{b}", "GET /api/v1/news", "GET /api/v1/coverage", "POST /api/v1/reports",
)  # fmt: skip
ENDLESS = "GET /api/v1/stream"  # has tests of its own
ROLES = (None, Role.reader, Role.reviewer, Role.administrator)
# Random words find nothing: in one half of the questions that fit, these take the place of some of them.
KNOWN = {
    "name": ("NOR", "Iceland", "NATO", "Nobody"), "a": ("NOR", "WEST"),
    "b": ("ISL", "Denmark", "NOR"), "actor": ("NOR", "Norway", "NATO"), "other": ("ISL", ""),
    "type": ("ASSAULT", "accuse", ""), "status": ("denies", "actual", "planned", "+", ""), "issue": ("Iceland", ""),
    "place": ("Grindavik", ""), "since": ("2024-02-01", ""), "until": ("2024-03-31", ""), "from": ("2024-03-01",),
    "to": ("2024-03-09",), "day": ("2024-03-09", "2024-03-15"), "outlet": ("Fjord Wire", ""), "incident": ("i5", ""),
    "report": ("r5", ""), "as_known_at": ("", "2020-01-01", "2100-01-01T00:00:00Z"), "confidence": (0, 0.7),
    "q": ("Norway", '"fired on" -Sweden', '"', "-", "*"), "words": ("Norway accused Iceland on March 4, 2024.",),
    "url": ("", "http://127.0.0.1:1/", "file:///etc/passwd"), "published": ("2024-03-05", "2024-03-05", "soon"),
}  # fmt: skip
CHECKS = [
    schemathesis.checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance,
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def open_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An open desk on the story, once for all of these tests, on each kind of database."""
    folder = tmp_path_factory.mktemp("desk")
    url = str(folder / "ledger.db")
    if request.param == "postgresql":
        import psycopg

        server = request.getfixturevalue("postgresql_server")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS described")
            connection.execute("CREATE DATABASE described")
        url = f"{server}/described"
    desk = opened(url, folder, public_read=True)
    told(desk.app.state.desk.ledger)
    yield desk
    desk.app.state.desk.close()


@pytest.fixture(scope="module")
def headers(open_desk: Desk) -> dict[Role | None, dict[str, str]]:
    """What a program of each role sends along; nothing for whoever comes without a name."""
    people, found = open_desk.gate.people, {None: {}}
    for role in ROLES[1:]:
        person = people.accept(people.invite(role), name=role.name.title(), password="correct horse battery")
        found[role] = {"Authorization": f"Bearer {tokens.make(people, person, label='test', role=role)}"}
    return found


@pytest.fixture(scope="module")
def described(open_desk: Desk) -> dict[str, Any]:
    """The operations, by their labels."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app=open_desk.app, headers={"host": "localhost"})
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def test_no_operation_is_left_out(described: dict[str, Any]) -> None:
    assert set(described) == {*OPERATIONS, ENDLESS}


def test_how_one_says_who_one_is_is_described(open_desk: Desk) -> None:
    spec = open_desk.client().get("/api/v1/openapi.json").json()
    assert set(spec["components"]["securitySchemes"]) == {"token", "session"}
    assert set(spec["paths"]["/api/v1/stream"]["get"]["responses"]["200"]["content"]) == {"text/event-stream"}


@pytest.mark.parametrize("label", [*OPERATIONS, ENDLESS])
def test_a_closed_desk_answers_nobody(label: str, desk: Desk) -> None:
    method, path = label.split()
    answer = desk.client().request(method, re.sub(r"{\w+}", "x", path))
    assert answer.status_code in (401, 403), answer.text
    assert answer.json()["error"]["status"] == answer.status_code


def cases(operation: Any, mode: GenerationMode) -> st.SearchStrategy[Any]:
    """Questions to an operation; of those that fit every other one asks for something that is there."""
    made = operation.as_strategy(generation_mode=mode)
    return st.one_of(made, st.builds(familiar, made, st.randoms())) if mode is GenerationMode.POSITIVE else made


def familiar(case: Any, random: Any) -> Any:
    """The same question with known words in it, and fewer filters; a report that can be read."""
    if isinstance(case.body, dict):
        case.body = {name: random.choice(KNOWN[name]) for name in ("words", "published")[: random.choice((1, 1, 2))]}
    for group in (case.path_parameters, case.query, case.body):
        if not isinstance(group, Mapping):
            continue
        for name in list(group):
            if name == "key":
                group[name] = random.choice(("i5", "i9") if "/incidents/" in case.path else ("r5", "r9"))
            elif name in KNOWN:
                group[name] = random.choice(KNOWN[name])
            if group is case.query and name != "q" and random.random() < 0.6:
                del group[name]
    return case


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name if role else "anonymous")
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(
    label: str, role: Role | None, described: dict[str, Any], headers: dict[Role | None, dict[str, str]]
) -> None:
    seen: Counter[int] = Counter()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        _asked(cases(described[label], mode), mode, headers[role], seen)
    allowed = label.startswith("GET") or role is Role.administrator
    wanted = seen[201 if label.startswith("POST") else 200] if allowed else set(seen) <= {400, 401, 403, 404, 405, 422}
    assert wanted, seen


def _asked(strategy: st.SearchStrategy[Any], mode: GenerationMode, sent: dict[str, str], seen: Counter[int]) -> None:
    """Ask each question, hold the answer against the description, and count its status."""
    wanted = [*CHECKS, checks.negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS

    @given(case=strategy)
    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case: Any) -> None:
        answer = case.call(headers={"host": "localhost", **sent})
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=wanted)
        if answer.status_code >= 400:
            fault = answer.json()["error"]
            assert fault["status"] == answer.status_code
            assert fault["what"], fault
            assert fault["why"] or fault["todo"], fault

    ask()
