"""Gold documents as perfect annotations, so that resolving and coding can be measured alone.

`annotated(document)` gives the spans, types, modes and statuses that a flawless encoder would find; what
the resolver has to find out (codes, names, dates, places) is withheld. `documents(path)` reads a gold file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tensionwire.records import (
    Annotated,
    Appointment,
    Attribution,
    Count,
    Mention,
    Report,
    Span,
    Tie,
    Trigger,
    content_hash,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"

Document = dict[str, Any]


def documents(path: Path) -> Iterator[Document]:
    """Gold documents of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def report(document: Document) -> Report:
    """The gold text as a report in structured input would be read: to the letter."""
    text = document["text"]
    return Report(
        doc_id=document["doc_id"],
        text=text,
        content_hash=content_hash(text),
        title=document.get("title") or None,
        outlet=document.get("outlet") or None,
        published=document.get("published") or None,
    )


def annotated(document: Document) -> Annotated:
    """The annotations of a flawless encoder for a gold document."""
    starts = document["sentence_starts"]
    sentences = tuple(Span(a, a + len(s)) for a, s in zip(starts, document["sentences"], strict=True))
    return Annotated(
        report=report(document),
        sentences=sentences,
        triggers=tuple(_trigger(e) for e in document["events"]),
        attributions=tuple(_attribution(c) for c in document["claims"]),
        counts=tuple(Count(span=Span(*f["span"]), sentence=f["s"]) for f in document["figures"]),
        ties=tuple(Tie(span=Span(*r["span"]), sentence=r["s"], sign=r["sign"]) for r in document["relations"]),
        appointments=tuple(Appointment(span=Span(*a["span"]), sentence=a["s"]) for a in document["agenda"]),
    )


def _mention(entity: Document, sentence: int) -> Mention:
    sector = entity.get("sector") or "-"
    return Mention(span=Span(*entity["span"]), sentence=sentence, sector=sector, sector_confidence=1.0)


def _trigger(event: Document) -> Trigger:
    mode = event.get("mode")
    return Trigger(
        span=Span(*event["trigger_span"]),
        sentence=event["s"],
        type=event["type"],
        mode=None if mode in (None, "", "-") else mode,
        status=event["status"],
        contexts=tuple(event.get("contexts") or ()),
        actors=tuple(_mention(x, event["s"]) for x in event["actor"]),
        recipients=tuple(_mention(x, event["s"]) for x in event["recipient"]),
    )


def _attribution(claim: Document) -> Attribution:
    speaker = claim["speaker"]
    return Attribution(
        content=Span(*claim["content_span"]),
        sentence=claim["s"],
        cue=Span(*claim["cue_span"]) if claim.get("cue_span") else None,
        speakers=(_mention(speaker, claim.get("speaker_s", claim["s"])),) if speaker.get("span") else (),
        form=claim["form"],
        stance=claim["stance"],
    )
