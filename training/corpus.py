"""Reports annotated to the codebook as training texts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tensionwire.annotate.sentences import sentences
from tensionwire.annotate.windows import parts, stopped
from tensionwire.records import Annotated, Moment, Report, Span
from tensionwire.resolve.times import moments, reading
from training import labels, standoff
from training.examples import Chars, Focus, Text

Document = dict[str, Any]

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Of further reports it is learnt what their acts are and who takes part in them. Which words are an act or a claim is
# left to the records unless a network doubts (doubts.py): the others mark a fifth more, and a model that learnt all of
# it fell behind.
LEFT = frozenset({"trigger", "content"})


def load(path: Path) -> Iterator[Document]:
    """Documents of a JSON Lines file of annotated reports; those kept without their words are put together."""
    with path.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines if line.strip())
        yield from standoff.documents(rows, SHARED / "corpora") if further(path) else rows


def further(path: Path) -> bool:
    """Whether a file holds further reports, which are neither ours nor of the records."""
    return path.parent == standoff.ANNOTATED


def of_acts(text: Text) -> Text:
    """A text without the tags of acts and claims, and without what is told of claims."""
    tagged = {name: spans for name, spans in text.tagged.items() if name not in LEFT}
    return replace(without_claims(text), tagged=tagged)


def without_claims(text: Text) -> Text:
    """A text without what is told of claims: who speaks, by which words, how."""
    return replace(text, foci=[f for f in text.foci if f.kind != "claim"])


def held_out(document: Document) -> bool:
    """One report in twenty is kept from training, by its id: thresholds are chosen on these."""
    return hashlib.sha1(document["doc_id"].encode()).digest()[0] < 256 // 20


def text_of(document: Document) -> Text:
    """A report's annotation as a training text, cut into sentences as the coder will cut it."""
    body = document["text"]
    events, claims = document["events"], document["claims"]
    tagged: dict[str, list[Chars]] = {
        "trigger": [tuple(e["trigger_span"]) for e in events],
        "content": [tuple(c["content_span"]) for c in claims],
        "count": [tuple(f["span"]) for f in document["figures"]],
        "tie": [tuple(r["span"]) for r in document["relations"]],
        "appointment": [tuple(a["span"]) for a in document["agenda"]],
        "party": sorted({tuple(x["span"]) for x in _entities(document)}, key=lambda s: (s[0], -s[1])),
    }
    classed = [("sector", tuple(x["span"]), _index(labels.SECTORS, x.get("sector"))) for x in _entities(document)]
    classed += [("sign", tuple(r["span"]), labels.SIGNS.index(r["sign"])) for r in document["relations"]]
    known = _known_moments(document)
    foci = [_event(document, e, known) for e in events] + [*_claims(claims), *_pairs(document)]
    cut = sentences(body, heading(document))
    return Text(parts=parts(body, cut), tagged=tagged, classed=classed, foci=foci)


def heading(document: Document) -> str | None:
    """The title with which a report begins: its first sentence, where that has no stop or is told to be the title."""
    first: str = document["sentences"][0]
    return first if first == document.get("title") or not stopped(first, len(first)) else None


def _index(names: list[str], name: str | None) -> int:
    return names.index(name) if name in names else 0


def _entities(document: Document) -> list[Document]:
    found = [x for e in document["events"] for role in ("actor", "recipient") for x in e[role]]
    return [x for x in [*found, *(c["speaker"] for c in document["claims"])] if x.get("span")]


def _event(document: Document, event: Document, known: tuple[Moment, ...]) -> Focus:
    mode = event.get("mode") or "-"
    qualified = f"{event['type']}.{mode}"
    place, date = _place(document, event), _dates(document, event, known)
    return Focus(
        kind="event",
        span=tuple(event["trigger_span"]),
        roles={
            "actor": [tuple(x["span"]) for x in event["actor"]],
            "recipient": [tuple(x["span"]) for x in event["recipient"]],
            "place": place,
            "date": date,
        },
        classes={
            "type": labels.TYPES.index(event["type"]),
            "mode": labels.MODES.index(qualified if qualified in labels.MODES else f"{event['type']}.-"),
            "status": labels.STATUSES.index(event["status"]),
            "context": [labels.CONTEXTS.index(c) for c in event.get("contexts") or [] if c in labels.CONTEXTS],
            "dated": _told(event.get("date"), date),
            "placed": _told(event.get("place"), place),
        },
    )


def _told(value: str | None, here: list[Chars]) -> int:
    """Which of `labels.TOLD` holds of a date or place."""
    return labels.TOLD.index("nowhere" if value in (None, "", "-") else "here" if here else "elsewhere")


def _pairs(document: Document) -> Iterator[Focus]:
    """Each two parties of one sentence that some act relates, with the types of the acts that do."""
    types: dict[tuple[Chars, Chars], set[int]] = {}
    for event in document["events"]:
        actors, recipients = (
            [tuple(x["span"]) for x in event[role] if x.get("span")] for role in ("actor", "recipient")
        )
        pairs = [(a, b) for a in actors for b in recipients]
        if not recipients and len(actors) > 1:
            pairs = [(a, b) for a in actors for b in actors if a != b]
        for pair in pairs:
            types.setdefault(pair, set()).add(labels.TYPES.index(event["type"]))
    for (first, second), some in types.items():
        yield Focus(kind="pair", span=first, second=second, unknown=True, classes={"types": sorted(some)})


def _sentence(document: Document, number: int) -> tuple[int, str]:
    return document["sentence_starts"][number], document["sentences"][number]


def _place(document: Document, event: Document) -> list[Chars]:
    """Where the gold place stands in the event's own sentence, nearest to the trigger."""
    place = event.get("place") or "-"
    start, sentence = _sentence(document, event["s"])
    hits = [m.start() + start for m in re.finditer(re.escape(place), sentence)] if place != "-" else []
    if not hits:
        return []
    nearest = min(hits, key=lambda at: abs(at - event["trigger_span"][0]))
    return [(nearest, nearest + len(place))]


def _dates(document: Document, event: Document, known: tuple[Moment, ...]) -> list[Chars]:
    """The time expression of the event's sentence that means the gold date, nearest to the trigger."""
    date, planned = event.get("date") or "-", event["status"] == "planned"
    start, sentence = _sentence(document, event["s"])
    within = Span(start, start + len(sentence))
    fitting = [m.span for m in known if within.holds(m.span) and date in (m.iso, reading(m, planned=planned))]
    best = min(fitting, key=lambda s: abs(s.start - event["trigger_span"][0]), default=None)
    return [tuple(best)] if best else []


def _known_moments(document: Document) -> tuple[Moment, ...]:
    body = document["text"]
    starts = document["sentence_starts"]
    report = Report(doc_id="", text=body, content_hash="", published=document.get("published") or None)
    cut = tuple(Span(a, a + len(s)) for a, s in zip(starts, document["sentences"], strict=True))
    return moments(Annotated(report=report, sentences=cut))


def _claims(claims: list[Document]) -> Iterator[Focus]:
    """One focus a stretch of content: two speakers of the same words are two claims of one focus."""
    by_content: dict[Chars, list[Document]] = {}
    for claim in claims:
        by_content.setdefault(tuple(claim["content_span"]), []).append(claim)
    for content, group in by_content.items():
        one = group[0]
        yield Focus(
            kind="claim",
            span=content,
            roles={
                "speaker": [tuple(c["speaker"]["span"]) for c in group if c["speaker"].get("span")],
                "cue": [tuple(c["cue_span"]) for c in group if c.get("cue_span")],
            },
            classes={
                "form": labels.FORMS.index(one["form"]),
                "stance": labels.STANCES.index(one["stance"]),
                "evidence": _index(labels.EVIDENCE, one.get("evidence")),
            },
        )
