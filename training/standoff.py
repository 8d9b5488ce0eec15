"""Annotation of texts that are not ours to give away: kept without their words, put together with them to train.

A row of `data/standoff/*.jsonl` says in which archive of the shared folder its text stands and where its sentences are
cut there; every text that the annotation quotes is left out, its span is kept. `restored` gives the document back.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from training.auxiliary import joined, packed_rows

Document = dict[str, Any]

ANNOTATED = Path(__file__).resolve().parent / "data/standoff"

# Fields that quote the text, each with the field of its span.
QUOTED = {"text": "span", "trigger": "trigger_span", "cue": "cue_span", "content": "content_span"}


def _titled(row: Document) -> str:
    return f"{row['title'].strip()} {row['text']}".replace("\n", " ")


def _words(row: Document) -> str:
    return " ".join(joined(words)[0] for words in row["sentences"])


def _numbered(row: Document) -> str:
    return " ".join(joined(words)[0] for _, words in row["sentences"])


def _plain(row: Document) -> str:
    return " ".join(row["text"].split())


# How the text of a row of an archive of JSON Lines is read, by the archive's name; all others are treebanks.
TOLD: dict[str, Callable[[Document], str]] = {
    "articles/rferl_blurbs": _titled,
    "articles/articles": lambda row: str(row["text"]),
    "doc_events/rams_dev": _words,
    "doc_events/rams_test": _words,
    "doc_events/wikievents_dev": _plain,
    "doc_events/wikievents_test": _plain,
    "ecbplus/ecbplus": _numbered,
}


def _path(name: str, corpora: Path) -> Path:
    return corpora / f"{name}.{'jsonl' if name in TOLD else 'conllu'}.gz"


@cache
def archive(name: str, corpora: Path) -> dict[str, str]:
    """Texts of an archive by id; where its rows have none, by their number."""
    path = _path(name, corpora)
    if name not in TOLD:
        return _treebank(path)
    return {str(row.get("id", number)): TOLD[name](row) for number, row in enumerate(packed_rows(path))}


def _treebank(path: Path) -> dict[str, str]:
    """Documents of a CoNLL-U file: the text lines of their sentences."""
    found: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                sentences = found.setdefault(line.split("=", 1)[1].strip(), [])
            elif line.startswith("# text = "):
                sentences.append(line.split("=", 1)[1].strip())
    return {document: " ".join(sentences) for document, sentences in found.items()}


def stripped(document: Document, name: str, row: str, corpora: Path) -> Document:
    """A document without its words; ValueError where its sentences are not those of the archive's text, in order."""
    told, at, cuts = archive(name, corpora)[row], 0, []
    for sentence in document["sentences"]:
        start = told.find(sentence, at)
        if start < 0:
            raise ValueError(f"{document['doc_id']}: {sentence!r} does not stand in {name} {row}")
        at = start + len(sentence)
        cuts.append([start, at])
    left = {k: v for k, v in document.items() if k not in ("text", "title", "sentences", "sentence_starts")}
    return {**_bare(left), "archive": name, "row": row, "cuts": cuts}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(v) for v in value]
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if not (k in QUOTED and value.get(QUOTED[k]))}
    return value


def restored(row: Document, corpora: Path) -> Document:
    """The document of a row, with text, sentences and all that it quotes."""
    told = archive(row["archive"], corpora)[row["row"]]
    sentences = [told[start:end] for start, end in row["cuts"]]
    starts, at = [], 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    text = " ".join(sentences)
    rest = {k: v for k, v in row.items() if k not in ("archive", "row", "cuts")}
    return {**_worded(rest, text), "title": "", "sentences": sentences, "sentence_starts": starts, "text": text}


def _worded(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_worded(v, text) for v in value]
    if isinstance(value, dict):
        quoted = {k: text[slice(*value[span])] for k, span in QUOTED.items() if value.get(span)}
        return {**{k: _worded(v, text) for k, v in value.items()}, **quoted}
    return value


def documents(rows: Iterable[Document], corpora: Path) -> Iterator[Document]:
    """All rows whose archive is there; without the shared folder none.

    Raises ValueError where an archive is not the one that was annotated: its spans would point at other words.
    """
    for row in rows:
        if _path(row["archive"], corpora).exists():
            _same(row["archive"], corpora)
            yield restored(row, corpora)


@cache
def _same(name: str, corpora: Path) -> None:
    path = _path(name, corpora)
    annotated, found = checksums().get(name), hashlib.sha256(path.read_bytes()).hexdigest()
    if annotated not in (None, found):
        raise ValueError(
            f"{path} is not the file that was annotated (SHA-256 {annotated}): take that, or annotate anew"
        )


@cache
def checksums() -> dict[str, str]:
    """SHA-256 of each archive as annotated, by name."""
    lines = (ANNOTATED / "archives.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
