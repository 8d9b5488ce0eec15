"""Figures: the counts of a report, how many they mean, of what, and the event they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tensionwire.coding.numbers import quantity
from tensionwire.ontology.numbers import number_words
from tensionwire.records import Count, Event, Figure, Resolved, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[%$€£¥₹₽]")
# A word of fate further off than this (in characters) belongs to something else.
_FAR = 70
_STOP = re.compile(r"[;:]|,\s(?:and|but|while|who|which)\b|\b(?:while|whereas|but)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """See the header of `data/figure_words.tsv`."""

    fates: Mapping[str, str]
    nouns: Mapping[str, str]
    persons: frozenset[str]
    types: Mapping[str, tuple[str, ...]]


def figures(resolved: Resolved, events: Sequence[Event]) -> tuple[Figure, ...]:
    """The figures of a report in text order; a count in which no number can be read has neither end."""
    by_sentence: dict[int, list[Event]] = {}
    for event in events:
        by_sentence.setdefault(event.s, []).append(event)
    counts = sorted(resolved.annotated.counts, key=lambda count: count.span)
    return tuple(
        _figure(f"f{n}", count, resolved, by_sentence.get(count.sentence, [])) for n, count in enumerate(counts, 1)
    )


def _figure(name: str, count: Count, resolved: Resolved, events: Sequence[Event]) -> Figure:
    text, sentence = resolved.annotated.report.text, resolved.annotated.sentences[count.sentence]
    span = _widened(text, count.span, sentence)
    meant = quantity(span.of(text))
    what = _what(text, span, sentence)
    event = _event(span, what, events)
    if event is not None and event.type == "PROTEST" and what in _UNTOLD:
        what = "protesters"
    return Figure(
        id=name,
        s=count.sentence,
        text=span.of(text),
        span=span,
        what=what,
        low=meant.low if meant else None,
        high=meant.high if meant else None,
        event=event.id if event else None,
        confidence=count.confidence,
        made_by="encoder",
    )


@cache
def _before_a_number() -> re.Pattern[str]:
    bounds = "|".join(re.escape(b) for b in number_words().bounds)
    return re.compile(rf"(?:\b(?:{bounds})|[$€£¥])\s?$", re.IGNORECASE)


def _widened(text: str, span: Span, sentence: Span) -> Span:
    """With the words right before it that open or blur the number ("at least", "some", "$")."""
    match = _before_a_number().search(text, max(sentence.start, span.start - 20), span.start)
    return Span(match.start(), span.end) if match else span


def _what(text: str, span: Span, sentence: Span) -> str | None:
    """What is counted: money or a share, what befell people, or the noun itself."""
    words = [w.lower() for w in _WORD.findall(span.of(text))]
    known = figure_words()
    if any(w in number_words().money for w in words):
        return "money"
    if any(w in ("percent", "%") for w in words):
        return "percent"
    noun = next((known.nouns[w] for w in _heads(words) if w in known.nouns), None)
    person = any(w in known.persons for w in words) or not _heads(words)
    fate = _fate(text, span, sentence) if person or noun is None else None
    return fate or noun or next((w for w in _heads(words) if w not in ("whom", "them")), None)


def _heads(words: Sequence[str]) -> list[str]:
    """The nouns that may be counted, likeliest first: the last before "of" or "and", then those after."""
    numbers = number_words()
    plain = [w for w in words if w not in numbers.units and w not in numbers.vague and w not in numbers.scales]
    cut = next((n for n, w in enumerate(plain) if w in ("of", "and", "in", "from", "to") and n), len(plain))
    first = [w for w in plain[:cut] if w not in _SMALL]
    rest = [w for w in plain[cut:] if w not in _SMALL]
    return [*reversed(first), *rest]


# Heads that say nothing of why people are counted.
_UNTOLD = frozenset({None, "people", "persons", "men", "women", "students", "residents", "workers", "supporters"})
_SMALL = frozenset(
    "a an the of and or above below at least more than some about around nearly almost up to as many over under "
    "fewer less in from no other others another additional further between its their his her all only just close "
    "estimated".split()
)


def _fate(text: str, span: Span, sentence: Span) -> str | None:
    """The nearest word around that says what befell those counted, in the figure's own clause."""
    known, best = figure_words(), (float(_FAR), "")
    for match in _WORD.finditer(text, max(sentence.start, span.start - _FAR), min(sentence.end, span.end + _FAR)):
        fate = known.fates.get(match.group().lower())
        if fate is None:
            continue
        gap = text[match.end() : span.start] if match.end() <= span.start else text[span.end : match.start()]
        joined = match.end() <= span.start and " and " in gap
        far = len(gap) + (40 if _STOP.search(gap) else 0) + (25 if "," in gap or joined else 0)
        best = min(best, (far, fate))
    return best[1] or None


def _event(span: Span, what: str | None, events: Sequence[Event]) -> Event | None:
    """The event of the sentence that the figure belongs to: of a fitting type where there is one, the nearest."""
    types = figure_words().types.get(what or "", ())
    fitting = [e for e in events if e.type in types]
    return min(fitting or events, key=lambda e: _away(e.trigger_span, span), default=None)


def _away(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


@cache
def figure_words() -> FigureWords:
    """The table, read once.

    >>> figure_words().fates["wounding"]
    'wounded'
    """
    fates: dict[str, str] = {}
    nouns: dict[str, str] = {}
    persons: set[str] = set()
    types: dict[str, tuple[str, ...]] = {}
    for kind, name, words, fitting in _lines():
        listed = words.split("|")
        if kind == "person":
            persons.update(listed)
            continue
        (fates if kind == "fate" else nouns).update(dict.fromkeys(listed, name))
        types.setdefault(name, tuple(fitting.split()))
    return FigureWords(
        fates=MappingProxyType(fates), nouns=MappingProxyType(nouns), persons=frozenset(persons), types=types
    )


def _lines() -> Iterator[list[str]]:
    path = Path(__file__).parent / "data" / "figure_words.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return (line.split("\t") for line in lines[1:])
