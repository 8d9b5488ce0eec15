"""Many reports: order, several at once, cache, budget, and a key that nobody sees."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

import pytest

from llm.conftest import Started, report
from llm.server import NOTHING, Asked, Said, acts, completion, fault, well
from tensionwire.errors import InputError, UsageError
from tensionwire.llm import BudgetSpent, EndpointError, EndpointLost
from tensionwire.llm.cache import Cache
from tensionwire.records import Report, misquotes

NAMES = ("Norway", "Iceland", "Chile", "Peru", "Ghana", "Togo", "Laos", "Nepal")


def many(count: int) -> list[Report]:
    return [report(f"{NAMES[n % 8]} condemned {NAMES[(n + 3) % 8]}. Item {n}.", doc_id=f"r{n}") for n in range(count)]


def test_records_come_in_the_order_of_their_reports(started: Started) -> None:
    def script(asked: Asked) -> Said:
        said = well(asked)
        return Said(said.body, wait=0.15 if asked.number % 3 == 0 else 0.0)

    coder, server = started(script, concurrency=3)
    records = list(coder.pipe(many(12)))
    assert [r.doc_id for r in records] == [f"r{n}" for n in range(12)]
    assert all(len(r.events) == 1 and not misquotes(r) for r in records)
    assert 2 <= server.most <= 3


@pytest.mark.parametrize("limit", [1, 5])
def test_no_more_at_once_than_allowed(started: Started, limit: int) -> None:
    coder, server = started(lambda asked: Said(well(asked).body, wait=0.05), concurrency=limit)
    others = [threading.Thread(target=coder, args=(one,)) for one in many(4)]
    for thread in others:
        thread.start()
    assert len(list(coder.pipe(many(16)))) == 16
    for thread in others:
        thread.join()
    assert server.most == limit


def test_few_reports_are_read_ahead(started: Started) -> None:
    coder, _ = started(concurrency=2)
    taken = 0

    def reports() -> list[Report]:
        nonlocal taken
        for one in many(100):
            taken += 1
            yield one  # type: ignore[misc]

    records = coder.pipe(reports())
    next(iter(records))
    assert taken <= 5
    records.close()  # type: ignore[attr-defined]


def test_an_endpoint_that_fails_time_after_time_ends_the_run(started: Started) -> None:
    coder, server = started(lambda asked: fault(503) if asked.number > 2 else well(asked), retries=0, concurrency=1)
    told: list[object] = []
    with pytest.raises(EndpointError, match="503"):
        list(coder.pipe(many(50), on_error=lambda *error: told.append(error)))
    assert len(told) == 4
    assert len(server.asked) < 15


def test_waiting_ends_when_the_run_does(started: Started) -> None:
    coder, _ = started(lambda asked: fault(429, retry_after="100"), concurrency=2)
    threading.Timer(0.3, coder.close).start()
    start = time.monotonic()
    with pytest.raises(Exception, match="stopped"):
        coder(report())
    assert time.monotonic() - start < 5


def test_an_answer_is_kept(started: Started, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    coder, server = started(cache=folder)
    one = coder(report())
    assert coder(report()) == one
    assert len(server.asked) == 1
    assert str(coder.spent) == "requests: 1, tokens: 100, answers from the cache: 1"
    coder(report("Chile condemned Peru."))
    coder(report(published="2030-01-01"))
    assert len(server.asked) == 3
    assert len(list(folder.rglob("*.json"))) == 3
    assert not list(folder.rglob("*.part"))
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*.json"))


def test_another_model_is_asked_anew(started: Started, tmp_path: Path) -> None:
    for model in ("m", "n"):
        coder, server = started(cache=tmp_path, model=model)
        coder(report())
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"model": 1}', b"\xff", b"[" * 100_000, b'{"model": "m", "prompt": "1", "content": "no"}']
)
def test_a_damaged_answer_is_asked_for_anew(started: Started, tmp_path: Path, damage: bytes) -> None:
    coder, server = started(cache=tmp_path)
    coder(report())
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(damage)
    assert len(coder(report()).events) == 1
    assert len(server.asked) == 2


def test_what_is_no_answer_is_not_kept(started: Started, tmp_path: Path) -> None:
    coder, _ = started(lambda asked: completion("no"), cache=tmp_path)
    with pytest.raises(EndpointError):
        coder(report())
    assert not list(tmp_path.rglob("*.json"))


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--no-cache"):
        Cache(tmp_path / "file" / "answers")


def test_a_budget_leaves_reports_over_and_the_cache_goes_on(started: Started, tmp_path: Path) -> None:
    coder, _ = started(cache=tmp_path, max_requests=3, concurrency=1)
    told: list[tuple[str, Exception]] = []
    records = list(coder.pipe(many(8), on_error=lambda r, error: told.append((r.doc_id, error))))
    assert [r.doc_id for r in records] == ["r0", "r1", "r2"]
    assert [name for name, _ in told] == ["r3", "r4", "r5", "r6", "r7"]
    assert all(isinstance(error, BudgetSpent) and str(error).startswith(name) for name, error in told)
    again, _ = started(cache=tmp_path, base_url=coder.settings.base_url, max_requests=5)
    assert len(list(again.pipe(many(8)))) == 8
    assert again.spent.cached == 3


def test_a_text_without_words_is_not_asked_about(started: Started) -> None:
    coder, server = started()
    record = coder(report(" \n "))
    assert record.events == ()
    assert server.asked == []
    assert "no text" in record.notes[0]


def test_a_long_report_is_asked_about_in_parts(started: Started) -> None:
    text = " ".join(f"{NAMES[n % 8]} condemned {NAMES[(n + 3) % 8]}." for n in range(100))
    coder, server = started()
    record = coder(report(text))
    assert [e.s for e in record.events] == list(range(100))
    assert [e.id for e in record.events] == [f"e{n}" for n in range(1, 101)]
    assert [min(asked.sentences) for asked in server.asked] == [0, 37, 77]
    assert "code from 40 on" in server.asked[1].question


def test_items_of_the_context_belong_to_the_part_before(started: Started) -> None:
    text = " ".join(f"Item {n} rained." for n in range(40)) + " Norway condemned Iceland."
    late = acts(40, "Norway condemned Iceland.")
    early = [{**late[0], "s": 39, "trigger": "rained"}]
    coder, _ = started(lambda asked: completion({**NOTHING, "events": late + early if asked.number else []}))
    assert [(e.s, e.trigger) for e in coder(report(text)).events] == [(40, "condemned")]


def test_a_report_that_is_too_long(started: Started) -> None:
    coder, server = started()
    with pytest.raises(InputError, match="longer than the 200,000 characters"):
        coder(report("word " * 50_000))
    assert server.asked == []


def test_a_sentence_that_is_too_long_is_shown_in_part(started: Started) -> None:
    coder, server = started()
    record = coder(report("Norway condemned Iceland, " + "blah " * 20_000))
    assert len(record.events) == 1
    assert len(server.asked[0].question) < 9_000
    assert any("only the first 8,000 characters" in note for note in record.notes)


def test_another_language_carries_a_note(started: Started) -> None:
    coder, _ = started()
    record = coder(report(language="de"))
    assert any("another language (de)" in note for note in record.notes)


KEY = "sk-very-secret"


def test_the_key_is_sent_and_shown_nowhere(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TENSIONWIRE_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)

    def script(asked: Asked) -> Said:
        token = asked.headers["authorization"]
        if "Peru" in asked.question:
            return fault(400, f"no {token}")
        if "Ghana" in asked.question:
            return fault(401, f"wrong: {token}")
        acted = acts(0, "Norway condemned Iceland.")[0]
        return completion({**NOTHING, "events": [acted | {"place": token}], "why": token})

    coder, server = started(script, cache=tmp_path)
    record = coder(report(f"Norway condemned Iceland. {KEY}"))
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    shown = [repr(vars(coder)), repr(coder.settings), repr(vars(coder._endpoint)), repr(record.notes), record.coder]
    for text, kind in (("Peru condemned Chile.", EndpointError), ("Ghana condemned Togo.", EndpointLost)):
        with pytest.raises(kind) as caught:
            coder(report(text))
        shown += [str(caught.value), repr(caught.value), str(caught.value.__cause__)]
    shown += [path.read_text() for path in tmp_path.rglob("*.json")]
    assert len(list(tmp_path.rglob("*.json"))) == 1
    assert KEY not in "\n".join(shown)
    assert KEY not in caplog.text
