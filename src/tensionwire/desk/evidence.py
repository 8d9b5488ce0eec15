"""A report with its evidence marked: whole or, where it may not be passed on, the sentences that prove something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tensionwire.exchange.marks import Mark, Segment, marks, paragraphs, segments
from tensionwire.exchange.markup import Markup, el, esc, join
from tensionwire.exchange.outline import QUADS
from tensionwire.records import Record, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, heading or sentence. `gap`: something before it is not shown."""

    words: Markup
    heading: bool = False
    gap: bool = False


def passages(record: Record, *, whole: bool) -> Iterator[Passage]:
    """The text of a report as it may be shown."""
    found = marks(record)
    heads = set(record.subheads)
    shown = list(paragraphs(record.text)) if whole else evidence(record, found)
    end = 0
    for span in shown:
        gap = not whole and bool(record.text[end : span.start].strip())
        yield Passage(
            words=join(_segment(record.text, one) for one in segments(span, found)), heading=span in heads, gap=gap
        )
        end = span.end


def evidence(record: Record, found: Sequence[Mark] | None = None) -> list[Span]:
    """The sentences that prove an item, in their order."""
    seen = [mark.span for mark in (marks(record) if found is None else found) if mark.kind]
    return [sentence for sentence in record.sentences if any(span.overlap(sentence) for span in seen)]


def _segment(text: str, segment: Segment) -> Markup:
    anchors = join(el("i", id=f"t-{mark.anchor}", class_="anchor") for mark in segment.begins if mark.anchor)
    words = esc(segment.span.of(text))
    if segment.covers:
        kinds = " ".join(dict.fromkeys(mark.kind for mark in _outer_first(segment.covers) if mark.kind))
        items = " ".join(dict.fromkeys(mark.item for mark in segment.covers))
        words = el("span", words, class_=kinds or None, data_items=items)
    return join([anchors, words, *(_ref(mark) for mark in segment.ends if mark.kind)])


def _outer_first(covers: Iterable[Mark]) -> list[Mark]:
    return sorted(covers, key=lambda mark: -mark.span.length)


def _ref(mark: Mark) -> Markup:
    quad = mark.kind[-1] if mark.kind and mark.kind.startswith("event") else ""
    sign = QUADS[int(quad)].sign if quad else ""
    shade = f"ref q{quad}" if quad else "ref"
    return el("a", sign + mark.item, href=f"#{mark.item}", class_=shade, data_items=mark.item)
