"""A folder of benchmark sets from end to end, with a coder that answers from memory."""

import io
import json

import pytest
from rich.console import Console

from one_sentence import actor, claim, event, record
from tensionwire.errors import InputError, UsageError
from tensionwire.evaluate import BENCHMARKS, Subject, evaluate
from tensionwire.evaluate.table import markdown, plain, table
from tensionwire.records import Annotated, Identity, Resolved, Span, decode

TEXT = "Norway's premier urged Ghana to free the crew, aides said."


def coded(report):
    """One request and one claim, whatever the sentence."""
    urged = event(
        TEXT,
        "urged",
        "REQUEST",
        [actor(TEXT, "Norway's premier", "NOR", "GOV")],
        [actor(TEXT, "Ghana", "GHA")],
    )
    said = claim(TEXT, "Norway's premier urged Ghana to free the crew", cue="said", speaker="aides")
    return record(TEXT, doc_id=report.doc_id, events=[urged], claims=[said])


def resolved(report):
    annotated = Annotated(report=report, sentences=(Span(0, len(report.text)),))
    return Resolved(annotated=annotated, identities={}, places={})


SUBJECT = Subject(
    code=lambda reports: map(coded, reports),
    resolve=lambda reports: map(resolved, reports),
    identify=lambda words, **known: Identity(name=words, code="NOR", sector="GOV"),
)

PARTIES = {
    "source": [{"text": "Norway's premier", "code": "NOR", "sector": "GOV", "start": 0, "end": 16}],
    "target": [{"text": "Ghana", "code": "GHA", "sector": None, "start": 23, "end": 28}],
}
GOLD = {
    "records": {
        "doc_id": "r1",
        "published": "",
        "events": [
            {
                "type": "REQUEST",
                "trigger_span": [17, 22],
                "status": "actual",
                "actor": [{"span": [0, 16], "code": "NOR", "sector": "GOV"}],
                "recipient": [{"span": [23, 28], "code": "GHA"}],
            }
        ],
        "claims": [
            {
                "speaker": {"span": [47, 52]},
                "cue_span": [53, 57],
                "content_span": [0, 45],
                "form": "indirect",
                "stance": "asserts",
            }
        ],
    },
    "plover_gsr": {"id": "g1", "events": [{"type": "DEMAND", "type_2021": "REQUEST", **PARTIES}]},
    "plv": {"id": "p1", "events": [{"type": "REQUEST", **PARTIES}]},
    "cameo_class": {"id": "c1", "label": 0},
    "cameo_ner": {
        "id": "n1",
        "spans": [{"role": "source", "start": 0, "end": 16}, {"role": "target", "start": 23, "end": 28}],
    },
    "polnear": {
        "doc_id": "l1",
        "date": "2016-01-01",
        "attributions": [{"source": [[47, 52]], "cue": [[53, 57]], "content": [[0, 45]]}],
    },
    "re3d": {"doc_id": "d1", "entities": [], "relations": []},
    "ngec_actors": {"id": "q1", "query": "Norway's premier", "gold": {"country": "NOR", "code_1": "GOV"}},
}
ANSWERS = {
    "plover_gsr": ["events"],
    "plv": [],
    "cameo_class": ["label"],
    "cameo_ner": ["spans"],
    "polnear": ["attributions"],
    "re3d": ["entities", "relations"],
    "records": ["events", "claims"],
    "ngec_actors": ["gold"],
}


def write(folder, rows, split="dev"):
    for name, row in rows.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        line = json.dumps({"text": TEXT, **row})
        (folder / name / f"{split}.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder


def without_answers(name, row):
    if name == "plv":
        return row | {"events": [{k: v for k, v in e.items() if k != "type"} for e in row["events"]]}
    return {k: v for k, v in row.items() if k not in ANSWERS[name]}


def test_perfect_answers_score_one_everywhere(tmp_path):
    outcomes = list(evaluate(write(tmp_path, GOLD), lambda: SUBJECT))
    assert [o.benchmark for o in outcomes] == list(BENCHMARKS)
    for outcome in outcomes:
        values = {e.measure.name: e.value for e in outcome.estimates}
        assert set(values.values()) <= {1.0, None}, (outcome.benchmark.name, values)
        assert outcome.benchmark.name == "re3d" or any(e.value == 1 for e in outcome.estimates if e.measure.main)


def test_predictions_need_no_gold_and_do_not_change_with_it(tmp_path):
    bare = write(tmp_path / "bare", {n: without_answers(n, r) for n, r in GOLD.items()}, split="test")
    full = write(tmp_path / "full", GOLD, split="test")
    blind, seen = (
        list(evaluate(folder, lambda: SUBJECT, split="test", predictions=tmp_path / out))
        for folder, out in ((bare, "a"), (full, "b"))
    )
    for one, other in zip(blind, seen, strict=True):
        assert one.predictions.read_bytes() == other.predictions.read_bytes()
    assert [o.scored for o in blind] == [0] * len(GOLD)
    assert "predicted, not scored" in markdown(blind)


def test_predictions_of_records_are_records(tmp_path):
    folder = write(tmp_path, {"records": GOLD["records"]})
    (outcome,) = evaluate(folder, lambda: SUBJECT, predictions=tmp_path / "out")
    written = decode(outcome.predictions.read_bytes())
    assert (written.doc_id, written.text) == ("r1", TEXT)


def test_only_what_stands_there_is_run(tmp_path):
    folder = write(tmp_path, {"cameo_ner": GOLD["cameo_ner"]})
    heard = []
    (outcome,) = evaluate(folder, lambda: SUBJECT, before=heard.append)
    assert [b.name for b in heard] == [outcome.benchmark.name] == ["cameo_ner"]


def test_an_empty_folder_and_a_broken_line_say_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="records, plover_gsr"):
        list(evaluate(tmp_path, lambda: SUBJECT))
    (tmp_path / "plv").mkdir()
    (tmp_path / "plv" / "dev.jsonl").write_text('{"id": "a"}\n{"id": \n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        list(evaluate(tmp_path, lambda: SUBJECT))


def test_table_markdown_and_json_tell_the_same(tmp_path):
    outcomes = list(evaluate(write(tmp_path, GOLD), lambda: SUBJECT))
    console = Console(width=140, file=io.StringIO())
    console.print(table(outcomes))
    figures = plain(outcomes)
    assert set(figures) == set(GOLD)
    for text in (console.file.getvalue(), markdown(outcomes)):
        for name in figures:
            assert name in text
    assert figures["cameo_class"]["measures"]["class"]["value"] == 1.0
    assert figures["plover_gsr"]["measures"]["type (macro)"]["kind"] == "macro F1"
