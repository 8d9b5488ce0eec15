"""ECB+ as reports and gold event mentions: 982 news texts of 43 topics with event coreference across documents.

Reads `../shared/corpora/ecbplus` (annotation CC BY 3.0 by its makers; texts of their outlets, never copied here).
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tensionwire import decode, encode, load
from tensionwire.link.tellings import bounds, marks, parties
from tensionwire.records import Event, Party, Record, Report, Telling, content_hash

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "ecbplus"
# The split of Cybulska and Vossen (2015) that later work keeps: the last ten topics are held back.
HELD = frozenset(map(str, range(36, 46)))
_TIGHT = frozenset(".,;:!?)]}%") | {"'s", "n't", "'", "''", "'re", "'ve", "'ll", "'d", "'m", "..."}
_OPEN = frozenset("([{$#") | {"``"}

Token = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A gold event mention: its token numbers, the sentence that holds it, and the chain that it belongs to."""

    id: int
    kind: str
    tokens: tuple[int, ...]
    sentence: int
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text of ECB+: where each token stands in the text (`start`, `end`, sentence, word) and what is annotated.

    `subtopic` tells the two happenings apart that a topic mixes ("1ecb", "1ecbplus").
    """

    name: str
    topic: str
    subtopic: str
    text: str
    tokens: dict[int, Token]
    sentences: dict[int, tuple[int, int]]
    events: tuple[Mention, ...]
    others: tuple[tuple[str, tuple[int, ...]], ...]

    def words(self, tokens: tuple[int, ...]) -> str:
        """The words of a mention."""
        return " ".join(self.tokens[t][3] for t in tokens if t in self.tokens)

    def report(self) -> Report:
        """The text as a report; ECB+ gives no day of publication."""
        return Report(
            doc_id=self.name,
            text=self.text,
            content_hash=content_hash(self.text),
            published_reason="ECB+ gives none",
        )


def documents() -> list[Document]:
    """All documents with their mentions in the checked sentences; raises FileNotFoundError without the corpus."""
    checked = _checked()
    with gzip.open(FOLDER / "ecbplus.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line), checked) for line in lines]


def _checked() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    with gzip.open(FOLDER / "ECBplus_coreference_sentences.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(f"{row['Topic']}_{row['File']}", set()).add(int(row["Sentence Number"]))
    return found


def _document(raw: dict[str, Any], checked: dict[str, set[int]]) -> Document:
    text, tokens, sentences = _text(raw)
    allowed = checked.get(raw["doc"], set())
    return Document(
        name=raw["doc"],
        topic=raw["topic"],
        subtopic=raw["topic"] + ("ecbplus" if raw["doc"].endswith("ecbplus") else "ecb"),
        text=text,
        tokens=tokens,
        sentences=sentences,
        events=tuple(m for m in _events(raw, tokens) if m.sentence in allowed),
        others=tuple(
            (m["type"], tuple(m["tokens"])) for m in raw["mentions"] if m["tokens"] and "ACTION" not in m["type"]
        ),
    )


def _text(raw: dict[str, Any]) -> tuple[str, dict[int, Token], dict[int, tuple[int, int]]]:
    """Words joined as print would have them; a sentence a line."""
    text, number = "", raw["first_token_id"]
    tokens: dict[int, Token] = {}
    sentences: dict[int, tuple[int, int]] = {}
    for index, words in raw["sentences"]:
        text += "\n" if text else ""
        begin, glue = len(text), True
        for word in words:
            shown = {"``": '"', "''": '"'}.get(word, word)
            text += "" if glue or word in _TIGHT else " "
            tokens[number] = (len(text), len(text) + len(shown), index, shown)
            text += shown
            glue = word in _OPEN
            number += 1
        sentences[index] = (begin, len(text))
    return text, tokens, sentences


def _events(raw: dict[str, Any], tokens: dict[int, Token]) -> Iterator[Mention]:
    chains: dict[int, str] = {}
    for link in raw["coref"]:
        local = "" if link["type"] == "CROSS_DOC_COREF" else raw["doc"]
        for source in link["sources"]:
            chains[source] = f"{local}{link['note'] or link['target']}"
    for mention in raw["mentions"]:
        if "ACTION" in mention["type"] and mention["tokens"] and mention["tokens"][0] in tokens:
            yield Mention(
                id=mention["id"],
                kind=mention["type"],
                tokens=tuple(mention["tokens"]),
                sentence=tokens[mention["tokens"][0]][2],
                chain=chains.get(mention["id"], f"{raw['doc']}#{mention['id']}"),
            )


def coded(path: Path, found: list[Document]) -> dict[str, Record]:
    """The shipped coder's record of each document; kept in a file, since coding them takes minutes."""
    if path.is_file():
        return {record.doc_id: record for record in map(decode, path.read_text(encoding="utf-8").splitlines())}
    coder, records = load(), {}
    with path.open("wb") as file:
        for record in coder.pipe(document.report() for document in found):
            file.write(encode(record) + b"\n")
            records[record.doc_id] = record
    return records


def tellings(document: Document, record: Record | None = None) -> list[tuple[Telling, Mention]]:
    """A telling for each gold event mention of the checked sentences.

    Trigger and sentence are the mention's; its participants are those of its sentence (before the trigger: actors,
    after it: recipients), its place is the nearest place of the sentence. Where the coder found an event on the same
    words, type, codes, date and place are the coder's. Each stands as a report of its own, so that mentions of one
    document may be joined: ECB+ has no `same_as`.
    """
    marked = marks(document.text)
    events = list(record.events) if record else []
    return [(_telling(document, mention, marked, record, events), mention) for mention in document.events]


def _telling(
    document: Document, mention: Mention, topic: tuple[str, ...], record: Record | None, events: list[Event]
) -> Telling:
    here = [document.tokens[t] for t in mention.tokens if t in document.tokens]
    start, end = here[0][0], here[-1][1]
    at = document.sentences[mention.sentence]
    beside = [
        (kind, tokens)
        for kind, tokens in document.others
        if document.tokens.get(tokens[0], (0, 0, -1))[2] == here[0][2]
    ]
    people = [(t[0], Party(name=document.words(t))) for kind, t in beside if "HUMAN" in kind]
    places = sorted((abs(t[0] - mention.tokens[0]), document.words(t)) for kind, t in beside if kind.startswith("LOC"))
    told = Telling(
        report=f"{document.name}#{mention.id}",
        event=str(mention.id),
        type="-",
        quad=0,
        score=0.0,
        status="negated" if mention.kind.startswith("NEG") else "actual",
        actor=tuple(party for token, party in people if token < mention.tokens[0]),
        recipient=tuple(party for token, party in people if token > mention.tokens[0]),
        place=places[0][1] if places else None,
        trigger=document.words(mention.tokens),
        sentence=document.text[at[0] : at[1]],
        topic=topic,
    )
    match = [e for e in events if e.trigger_span.start < end and start < e.trigger_span.end]
    return _enriched(told, match[0]) if match else told


def _enriched(told: Telling, event: Event) -> Telling:
    first, last = bounds(event.date)
    where = event.where if event.where and event.where.lat is not None else None
    return replace(
        told,
        type=event.type,
        quad=event.quad,
        mode=event.mode,
        actor=parties(event.actor) or told.actor,
        recipient=parties(event.recipient) or told.recipient,
        first=first,
        last=last,
        place=where.name if where else told.place,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        country=where.code if where else None,
    )
