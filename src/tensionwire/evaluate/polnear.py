"""PolNeAR: attributions of news articles, each a source, a cue and its content, any of them in pieces."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tensionwire.evaluate.benchmark import Benchmark, Row, Subject, identifier, report
from tensionwire.evaluate.cameo_ner import joined
from tensionwire.evaluate.counts import Tally
from tensionwire.evaluate.measures import Measure
from tensionwire.records import Claim, Record, Span

# There the content takes its conjunction with it; in the codebook it starts after it.
_CONJUNCTION = re.compile(r"\b(?:that|whether|if)\s+$", re.IGNORECASE)

_WORD = re.compile(r"\w+|[^\w\s]")
PARTS = ("source", "cue", "content")
HALF = 0.5

Words = Mapping[str, frozenset[int]]


def predict(rows: Sequence[Row], subject: Subject) -> Iterator[dict[str, Any]]:
    """The claims of each article, put together as PolNeAR does."""
    for row, record in zip(rows, subject.code(_reports(rows)), strict=True):
        yield {
            "doc_id": identifier(row),
            "id": identifier(row),
            "text": record.text,
            "attributions": attributions(record),
        }


def _reports(rows: Sequence[Row]) -> Iterator[Any]:
    return (report(r, published=r.get("date") or r.get("published")) for r in rows)


def attributions(record: Record) -> list[dict[str, Any]]:
    """One for each cue; words that go on without a cue belong to the last cue of their speaker."""
    return [_attribution(group, record.text) for group in _groups(record.claims)]


def _groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: c.content_span):
        for group in reversed(groups):
            if _belongs(claim, group):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return groups


def _belongs(claim: Claim, group: Sequence[Claim]) -> bool:
    """The same cue; or without a cue, the same words of another speaker or the next of the same one."""
    if claim.cue_span is not None:
        return any(claim.cue_span == c.cue_span for c in group)
    last = group[-1]
    return claim.content_span == last.content_span or (claim.s - last.s <= 1 and _same_speaker(claim, last))


def _same_speaker(a: Claim, b: Claim) -> bool:
    if a.speaker is None or b.speaker is None:
        return a.speaker is b.speaker
    return a.speaker.span == b.speaker.span or (a.speaker.name is not None and a.speaker.name == b.speaker.name)


def _attribution(group: Sequence[Claim], text: str) -> dict[str, Any]:
    cued = [c for c in group if c.cue_span is not None] or group[:1]
    contents = _contiguous(sorted({_with_conjunction(c.content_span, text) for c in group}), text)
    return {
        "source": _pairs(joined(sorted({c.speaker.span for c in cued if c.speaker}), text)),
        "cue": _pairs(sorted({c.cue_span for c in cued if c.cue_span})),
        "content": _pairs(contents),
    }


def _with_conjunction(span: Span, text: str) -> Span:
    before = _CONJUNCTION.search(text, max(0, span.start - 16), span.start)
    return Span(before.start(), span.end) if before else span


def _contiguous(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans with those that only blanks keep apart made one."""
    found = list(spans[:1])
    for span in spans[1:]:
        if not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def answered(row: Row) -> bool:
    """True when the row holds its attributions."""
    return "attributions" in row


def tally(gold: Row, predicted: Row) -> Tally:
    """Attributions whose contents share half their words; then how well source and cue fit."""
    words = [m.span() for m in _WORD.finditer(gold["text"]) if gold["text"][m.start()].isalnum()]
    wanted, given = (_worded(row, words) for row in (gold, predicted))
    pairs = [(wanted[i], given[j]) for i, j in _matched(wanted, given)]
    counts = Tally()
    identical = [(g, p) for g, p in pairs if g["content"] == p["content"]]
    for key, hit in (
        ("attribution", len(pairs)),
        ("attribution.strict", len(identical)),
        ("attribution.full", sum(g == p for g, p in identical)),
    ):
        counts.put(key, hit, len(given), len(wanted))
    for g, p in pairs:
        for part in PARTS:
            counts.put(f"{part}.words", len(g[part] & p[part]), len(p[part]), len(g[part]))
        counts.right("source.exact", g["source"] == p["source"])
        counts.right("source.overlap", bool(g["source"] & p["source"]) or not (g["source"] or p["source"]))
        counts.right("cue.exact", g["cue"] == p["cue"])
    return counts


def _worded(row: Row, words: Sequence[tuple[int, int]]) -> list[Words]:
    """Attributions as sets of word numbers, those without content left out."""
    found = ({part: _covered(a.get(part) or [], words) for part in PARTS} for a in row.get("attributions") or [])
    return [a for a in found if a["content"]]


def _covered(spans: Iterable[Sequence[int]], words: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Numbers of the words that share a character with a span."""
    found: set[int] = set()
    for start, end in spans:
        first = bisect_right(words, start, key=lambda word: word[1])
        found.update(range(first, bisect_left(words, end, key=lambda word: word[0])))
    return frozenset(found)


def _matched(wanted: Sequence[Words], given: Sequence[Words]) -> list[tuple[int, int]]:
    """One-to-one by the share of common content words, then of cue and source; below half is no match."""
    cells = []
    for i, g in enumerate(wanted):
        for j, p in enumerate(given):
            common = len(g["content"] & p["content"])
            share = common / len(g["content"] | p["content"]) if common else 0.0
            if share >= HALF:
                extra = 0.001 * len(g["cue"] & p["cue"]) + 0.0005 * len(g["source"] & p["source"])
                cells.append((-(share + extra), i, j))
    return _one_to_one(sorted(cells))


def _one_to_one(cells: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for _, i, j in cells:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


POLNEAR = Benchmark(
    name="polnear",
    title="PolNeAR, attributions of US political news",
    predict=predict,
    answered=answered,
    tally=tally,
    measures=(
        Measure(key="attribution", title="attribution, content at least half right", main=True),
        Measure(key="attribution.strict", title="attribution, content identical", main=True),
        Measure(key="attribution.full", title="attribution, all parts identical"),
        Measure(key="source.exact", title="source of a matched one, exact", kind="accuracy", main=True),
        Measure(key="source.overlap", title="source of a matched one, overlap", kind="accuracy"),
        Measure(key="cue.exact", title="cue of a matched one, exact", kind="accuracy", main=True),
        Measure(key="source.words", title="words of the source, matched"),
        Measure(key="cue.words", title="words of the cue, matched"),
        Measure(key="content.words", title="words of the content, matched"),
    ),
)
