"""Annotation kept without the words of its text, and put together with them again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from training import corpus, standoff

ROW = {
    "id": "r-1",
    "title": "Minister Warns Neighbour ",
    "text": "The minister warned the neighbour.\nHe gave no reason.",
}
SENTENCES = ["Minister Warns Neighbour", "The minister warned the neighbour.", "He gave no reason."]
TEXT = " ".join(SENTENCES)


def span(words: str, start: int = 0) -> list[int]:
    at = TEXT.index(words, start)
    return [at, at + len(words)]


def document() -> standoff.Document:
    minister = {"text": "The minister", "code": "AAA", "sector": "GOV", "span": span("The minister")}
    event = {
        "id": "e1", "s": 1, "trigger": "warned", "trigger_span": span("warned"), "type": "THREATEN", "status": "actual",
        "actor": [minister], "recipient": [], "date": "-", "place": "-",
    }  # fmt: skip
    claim = {
        "id": "c1", "s": 2, "speaker": minister, "cue": "-", "content": "no reason", "content_span": span("no reason"), "cue_span": None, "form": "indirect", "stance": "asserts",
    }  # fmt: skip
    return {
        "doc_id": "r-1", "published": "2020-01-02", "outlet": "Post", "title": "", "sentences": SENTENCES,
        "sentence_starts": [0, 25, 60], "text": TEXT, "events": [event], "claims": [claim],
        "figures": [{"s": 2, "text": "no reason", "span": span("no reason"), "what": "reasons", "low": 0, "high": 0}],
        "relations": [], "agenda": [],
    }  # fmt: skip


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    with gzip.open(tmp_path / "articles/rferl_blurbs.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(ROW) + "\n")
    return tmp_path


def test_a_document_comes_back_whole(corpora: Path) -> None:
    row = standoff.stripped(document(), "articles/rferl_blurbs", "r-1", corpora)
    assert standoff.restored(json.loads(json.dumps(row)), corpora) == document()


def test_no_word_of_the_text_is_kept(corpora: Path) -> None:
    kept = json.dumps(standoff.stripped(document(), "articles/rferl_blurbs", "r-1", corpora))
    assert not [
        word for word in ("minister", "Minister", "warned", "reason.", "no reason", "neighbour") if word in kept
    ]


def test_sentences_of_another_text_are_refused(corpora: Path) -> None:
    wrong = {**document(), "sentences": ["Something else."]}
    with pytest.raises(ValueError, match=r"r-1: 'Something else\.' does not stand in"):
        standoff.stripped(wrong, "articles/rferl_blurbs", "r-1", corpora)


def test_without_the_archive_there_is_nothing(tmp_path: Path, corpora: Path) -> None:
    row = standoff.stripped(document(), "articles/rferl_blurbs", "r-1", corpora)
    assert list(standoff.documents([row], tmp_path / "absent")) == []


def test_a_treebank_is_an_archive_too(tmp_path: Path) -> None:
    (tmp_path / "treebanks_en").mkdir()
    lines = [f"# newdoc id = d1\n# text = {s}\n1\tx\t_\n\n" for s in SENTENCES[:1]]
    lines += [f"# text = {s}\n1\tx\t_\n\n" for s in SENTENCES[1:]]
    with gzip.open(tmp_path / "treebanks_en/en_x.conllu.gz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    row = standoff.stripped(document(), "treebanks_en/en_x", "d1", tmp_path)
    assert next(standoff.documents([row], tmp_path)) == document()


def test_every_archive_that_is_annotated_has_its_checksum() -> None:
    files = standoff.ANNOTATED.glob("*.jsonl")
    named = {json.loads(line)["archive"] for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    assert named == set(standoff.checksums())


def test_an_archive_that_changed_is_refused(corpora: Path) -> None:
    row = standoff.stripped(document(), "articles/rferl_blurbs", "r-1", corpora)
    with pytest.raises(ValueError, match="not the file that was annotated"):
        list(standoff.documents([row], corpora))


def test_of_further_reports_acts_are_learnt_and_not_which_words_are_acts() -> None:
    whole = corpus.text_of(document())
    text = corpus.of_acts(whole)
    assert set(whole.tagged) - set(text.tagged) == {"trigger", "content"}
    assert [f.kind for f in whole.foci] == ["event", "claim"]
    assert [f.kind for f in text.foci] == ["event"]
