"""One request at a time against a real server: patience, dialects, limits, and what is not worth another try."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from email.utils import formatdate
from time import time

import pytest

from llm.conftest import Started, report
from llm.server import NOTHING, Asked, Said, Script, completion, fault, well
from tensionwire.llm import AnswerError, BudgetSpent, EndpointCoder, EndpointError, EndpointLost, Settings


def first(*said: Said, then: Script = well) -> Script:
    """Say these one after the other, then answer."""
    return lambda asked: said[asked.number] if asked.number < len(said) else then(asked)


def always(said: Said) -> Script:
    return lambda asked: said


def test_what_is_asked(started: Started) -> None:
    coder, server = started()
    record = coder(report(title="Two\nlines", outlet="Courier"))
    assert [e.trigger for e in record.events] == ["condemned"]
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.body["model"] == "m"
    assert asked.body["temperature"] == 0
    assert asked.body["response_format"]["type"] == "json_schema"
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert asked.question.splitlines()[:3] == ["Title: Two lines", "Outlet: Courier", "Published: 2031-05-07"]
    assert asked.sentences == {0: "Norway condemned Iceland."}
    assert "authorization" not in asked.headers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529, 408])
def test_trouble_that_passes(started: Started, status: int) -> None:
    coder, server = started(first(fault(status), fault(status)))
    assert len(coder(report()).events) == 1
    assert len(server.asked) == 3


@pytest.mark.parametrize("wait", ["0.4", "date"])
def test_the_wait_that_a_server_asks_for_is_kept(started: Started, wait: str) -> None:
    header = formatdate(time() + 2, usegmt=True) if wait == "date" else wait
    coder, server = started(first(fault(429, retry_after=header)))
    coder(report())
    assert server.asked[1].at - server.asked[0].at >= (0.35 if wait != "date" else 0.5)


def test_a_wait_that_is_too_long_is_not_waited_for(started: Started) -> None:
    coder, server = started(always(fault(429, "slow down", retry_after="3600")))
    with pytest.raises(EndpointError, match="429: slow down"):
        coder(report())
    assert len(server.asked) == 1


def test_trouble_that_does_not_pass(started: Started) -> None:
    coder, server = started(always(fault(500, "out of memory")), retries=2)
    with pytest.raises(EndpointError, match=r"500: out of memory \(3 tries\)"):
        coder(report())
    assert len(server.asked) == 3


def test_a_slow_server_is_asked_once_more(started: Started) -> None:
    coder, server = started(always(Said(wait=1.5)), timeout=0.3)
    with pytest.raises(EndpointError, match=r"did not answer within 0\.3 seconds \(2 tries\); raise --timeout"):
        coder(report())
    assert len(server.asked) == 2


def test_a_server_that_is_slow_once(started: Started) -> None:
    coder, _ = started(first(Said(wait=1.0)), timeout=0.3)
    assert len(coder(report()).events) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (fault(401, "bad key"), "401: bad key; set TENSIONWIRE_API_KEY"),
        (fault(403), "403"),
        (fault(404, "model 'm' not found"), "model 'm' not found; check the model's name"),
        (fault(302, location="http://127.0.0.1:1/v1"), "302"),
        (fault(429, "You exceeded your quota: insufficient_quota"), "see to the account"),
        (Said(b"<html>a web page</html>"), "no chat completion; check --base-url"),
        (Said(b'{"choices": []}'), "no chat completion"),
        (Said(b"\xff\xfe"), "no chat completion"),
    ],
)
def test_what_no_other_request_would_mend_ends_the_run(started: Started, said: Said, why: str) -> None:
    coder, server = started(always(said))
    told: list[object] = []
    with pytest.raises(EndpointLost, match=why):
        list(coder.pipe([report()] * 20, on_error=lambda *error: told.append(error)))
    assert told == []
    assert len(server.asked) <= 2 * 4


def test_nothing_answers_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(model="m", base_url=f"http://127.0.0.1:{port}/v1")
    with (
        EndpointCoder(settings) as coder,
        pytest.raises(EndpointLost, match=r"nothing answers there.*start the server"),
    ):
        coder(report())


@pytest.mark.parametrize("host", ["a\x7fb", "xn--", "a..example"])
def test_an_address_that_is_none(host: str) -> None:
    settings = Settings(model="m", base_url=f"https://{host}/v1")
    with EndpointCoder(settings) as coder, pytest.raises(EndpointLost, match="no address"):
        coder(report())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (completion("{"), "is no JSON"),
        (completion("I cannot do that."), "is no JSON"),
        (completion({"answer": 42}), "holds none of the lists"),
        (completion(json.dumps(NOTHING)[:-9], finish="length"), "cut off for its length.*more room"),
        (completion(""), r"the model declined: an empty answer \(stop\)"),
        (Said(b'{"choices": [{"message": {"content": null, "refusal": "No \\u001b[31m way"}}]}'), "declined: No"),
        (fault(400, "context is full"), "400: context is full"),
        (fault(413), "413"),
        (Said(b"x" * 8_000_001), "larger than 8 MB"),
        (Said(gzip.compress(b"x" * 50_000_000), headers={"content-encoding": "gzip"}), "packs its answer"),
    ],
)
def test_what_costs_one_report(started: Started, said: Said, why: str) -> None:
    coder, _ = started(lambda asked: said if "Peru" in asked.question else well(asked))
    reports = [report(), report("Peru condemned Chile.", doc_id="bad"), report()]
    told: list[str] = []
    records = list(coder.pipe(reports, on_error=lambda r, error: told.append(str(error))))
    assert len(records) == 2
    assert len(told) == 1
    assert told[0].startswith("bad: ")
    assert pytest.raises(AnswerError, match=why)
    with pytest.raises(AnswerError, match=why):
        coder(reports[1])


def test_broken_json_may_be_bad_luck(started: Started) -> None:
    coder, server = started(first(completion("{")))
    assert len(coder(report()).events) == 1
    assert len(server.asked) == 2


def test_a_broken_connection(started: Started) -> None:
    def script(asked: Asked) -> Said:
        return Said(b"x", headers={"content-length": "999"}) if asked.number == 0 else well(asked)

    coder, _ = started(script, timeout=0.5)
    assert len(coder(report()).events) == 1


def refusing(*names: str) -> Callable[[Asked], Said]:
    """A server that knows fewer fields."""

    def script(asked: Asked) -> Said:
        for name in names:
            if name in json.dumps({k: v for k, v in asked.body.items() if k != "messages"}):
                return fault(400, f"Unsupported parameter: '{name}' is not supported with this model.")
        return well(asked)

    return script


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["json_schema"], {"response_format": {"type": "json_object"}, "max_tokens": 16384, "temperature": 0}),
        (["response_format"], {"max_tokens": 16384, "temperature": 0}),
        (["'max_tokens'", '"max_tokens"'], {}),
        (["temperature"], {}),
        (["response_format", "max_tokens", "max_completion_tokens", "temperature"], {}),
    ],
)
def test_a_server_with_another_dialect(started: Started, names: list[str], left: dict[str, object]) -> None:
    coder, server = started(refusing(*names))
    assert len(coder(report()).events) == 1
    sent = server.asked[-1].body
    assert {name: sent[name] for name in left} == left
    before = len(server.asked)
    coder(report("Chile condemned Peru."))
    assert len(server.asked) == before + 1


def test_a_complaint_that_never_ends_is_not_followed_for_ever(started: Started) -> None:
    coder, server = started(always(fault(400, "I do not like your temperature, schema and max_tokens.")))
    with pytest.raises(AnswerError, match="do not like"):
        coder(report())
    assert len(server.asked) < 10


def test_a_budget_of_requests_counts_every_one(started: Started) -> None:
    coder, server = started(first(fault(500), fault(500)), max_requests=2)
    with pytest.raises(BudgetSpent, match="--max-requests: not coded, since the budget of 2 requests"):
        coder(report())
    assert len(server.asked) == 2


def test_a_budget_of_tokens_sets_the_prompt_aside(started: Started) -> None:
    coder, server = started(lambda asked: completion(NOTHING, tokens=4_000), max_tokens=9_000)
    coder(report("One."))
    coder(report("Two."))
    with pytest.raises(BudgetSpent, match="--max-tokens"):
        coder(report("Three."))
    assert len(server.asked) == 2
    assert coder.spent.tokens == 8_000


@pytest.mark.parametrize("tokens", [None, -5])
def test_a_server_that_does_not_count(started: Started, tokens: int | None) -> None:
    coder, _ = started(lambda asked: completion(NOTHING, tokens=tokens))
    coder(report())
    assert coder.spent.tokens > 1_000
