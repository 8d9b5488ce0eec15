"""Plain text as a reader saved it from a page: the report's own lines, its title, byline and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tensionwire.read.agencies import credit_line
from tensionwire.read.blocks import Block, ended, plain, words
from tensionwire.read.dates import date_in
from tensionwire.read.furniture import furniture, key, unwrapped

TITLE_WORDS, SUBHEAD_WORDS, LONG = 30, 10, 20
# Where a credit line or a mark of the end stands at least this far down, the report ends there.
_LATE = 0.4
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|Von|Par|Por|Автор:|Author:|Reporter:)\s+((?:[A-ZÀ-ÖØ-ÞА-Я][\w.'’-]*|and|und|et|y|de|van|von|al|bin|,|&)"
    r"(?:,?\s+(?:[A-ZÀ-ÖØ-ÞА-Я(][\w.'’()-]*|and|und|et|y|de|van|von|al|bin|in|for|&)){0,11})\s*[|·•]?"
)
_UPDATED = re.compile(
    r"\W*(?:last\s+)?(?:updated|modified|aktualisiert|mis à jour|actualizado|обновлено)", re.IGNORECASE
)
# Speech that is cut short is no heading.
_BROKEN_OFF = re.compile(r"(?:--|[—–])[\"”’]?$")
_DIGIT = re.compile(r"\d")
_FILLERS = re.compile(
    r"[\d:./,|·•()+-]+|\b(?:[ap]\.?m\.?|gmt|utc|[a-z]{2,3}t|at|on|published|posted|updated|last|first|date"
    r"|modified|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What reading a page or text found, before it becomes a report."""

    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line and what it is: prose, short, credit, byline, date, or a kind of furniture."""

    text: str
    kind: str

    @property
    def own(self) -> bool:
        """True when the line can be part of the report."""
        return self.kind in ("prose", "short", "credit")


def _dated(line: str) -> str | None:
    """The date that a line consists of, with no more than a few words beside it."""
    if len(line) > 120 or not _DIGIT.search(line):
        return None
    when = date_in(line)
    return when if when and len(_FILLERS.sub(" ", line).split()) <= 4 else None


def line_of(text: str) -> Line:
    """A line with its kind, told from its words and shape alone.

    >>> [line_of(t).kind for t in ("Talks stall.", "Talks Stall", "By Ana Paz", "April 11, 2017", "Print")]
    ['prose', 'short', 'byline', 'date', 'share']
    """
    if credit_line(text):
        return Line(text=text, kind="credit")
    if kind := furniture(text):
        return Line(text=text, kind=kind)
    if _BYLINE.fullmatch(text):
        return Line(text=text, kind="byline")
    if _dated(text):
        return Line(text=text, kind="date")
    prose = words(text) >= LONG or (words(text) > 1 and ended(text)) or (words(text) > 3 and _BROKEN_OFF.search(text))
    return Line(text=text, kind="prose" if prose else "short")


def _bag(text: str) -> frozenset[str]:
    """The longer words of a line by their first five letters, so that "tension" meets "tensions"."""
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", text.lower()))


def _alike(a: str, b: str) -> bool:
    """True for two headlines that say nearly the same."""
    one, two = _bag(a), _bag(b)
    return bool(one and two) and len(one & two) >= 0.75 * min(len(one), len(two)) and min(len(one), len(two)) >= 2


def _without_teasers(lines: Sequence[Line]) -> list[Line]:
    """Lines with headings of films, repeats of announced pieces and repeated lines marked as teasers."""
    announced = [line.text.partition(":")[2] for line in lines if line.kind == "teaser" and ":" in line.text]
    times = Counter(key(line.text) for line in lines if line.kind == "short")
    marked = []
    for index, line in enumerate(lines):
        following = lines[index + 1].kind if index + 1 < len(lines) else ""
        again = times[key(line.text)] > 1 or any(_alike(line.text, other) for other in announced)
        if line.kind == "short" and (following == "player" or again):
            line = replace(line, kind="teaser")
        marked.append(line)
    return marked


def _title_at(lines: Sequence[Line], first: int) -> int | None:
    """Which line above the first prose is the title: the one that shares most words with the report."""
    body = _bag(" ".join(line.text for line in lines[first:] if line.kind == "prose")[:4000])
    above = ("short", "prose")
    wanted = [i for i in range(first) if lines[i].kind in above and words(lines[i].text) <= TITLE_WORDS]
    # A title straight above a film looks like the film's own heading.
    wanted = wanted or [i for i in range(first) if lines[i].kind == "teaser" and furniture(lines[i].text) is None]
    if not wanted:
        return None

    def merit(at: int) -> tuple[float, int]:
        bag = _bag(lines[at].text)
        return (len(bag & body) / (len(bag) or 1) * min(words(lines[at].text), 8), -at)

    return max(wanted, key=merit)


def _first_prose(lines: Sequence[Line]) -> int:
    """Index of the first line that is a paragraph of the report, the number of lines if there is none.

    A question or cry above all else, with a paragraph below, is a title all the same.
    """
    prose = [i for i, line in enumerate(lines) if line.kind == "prose"]
    alone = len(prose) > 1 and not any(line.own for line in lines[: prose[0]])
    if alone and re.search(r"[?!][\"”’»]?$", lines[prose[0]].text) and words(lines[prose[0]].text) <= 16:
        return prose[1]
    return prose[0] if prose else len(lines)


def _end(lines: Sequence[Line]) -> int:
    """Where the report's text ends: after its credit line, at the mark of its end, or before legal lines."""
    sizes = [len(line.text) if line.own else 0 for line in lines]
    total, done = sum(sizes) or 1, 0
    end = len(lines)
    for index, line in enumerate(lines):
        done += sizes[index]
        if done >= _LATE * total and line.kind in ("credit", "stop"):
            end = index + (line.kind == "credit")
            while end < len(lines) and lines[end].kind == "credit":
                end += 1
            break
    while end and lines[end - 1].kind not in ("prose", "credit"):
        end -= 1
    return end


def _body(lines: Sequence[Line]) -> list[Block]:
    """Prose as it stands, one short line between paragraphs as a sub-heading, runs of them not at all."""
    blocks: list[Block] = []
    run: list[Line] = []
    seen: set[str] = set()
    for line in lines:
        if line.kind in ("prose", "credit"):
            if blocks and run:
                blocks += _between(run, blocks[-1])
            run = []
            if len(line.text) < 60 or line.text not in seen:
                blocks.append(Block(text=line.text))
            seen.add(line.text)
        elif line.kind == "short":
            run.append(line)
    return blocks


def _between(run: Sequence[Line], above: Block) -> list[Block]:
    """What short lines between two paragraphs are: a list after a colon, a sub-heading, or page furniture."""
    if above.text.rstrip().endswith(":"):
        return [Block(text=line.text.lstrip("•·▪*- \t"), kind="item") for line in run]
    last = run[-1].text
    if len(run) <= 2 and words(last) <= SUBHEAD_WORDS:
        return [Block(text=last, kind="head")]
    return []


def read_plain(text: str) -> Draft:
    """A draft of a report from plain text with or without page furniture.

    >>> draft = read_plain("News\\n\\nTalks Resume\\n\\nBy Ana Paz\\n\\nEnvoys met.\\n\\nPrint\\n\\nAll go.")
    >>> draft.title, draft.byline, [block.text for block in draft.blocks]
    ('Talks Resume', 'Ana Paz', ['Envoys met.', 'All go.'])
    """
    raw = unwrapped(plain(text))
    lines = _without_teasers([line_of(line) for line in raw])
    first = _first_prose(lines)
    if first == len(lines):
        return Draft(blocks=tuple(Block(text=line.text) for line in lines if line.own or len(lines) == 1))
    at = _title_at(lines, first)
    title = lines[at].text if at is not None else None
    body = lines[first : max(_end(lines), first + 1)]
    kept = [line for line in body if title is None or line.kind == "prose" or key(line.text) != key(title)]
    return replace(head_of(lines[: first + 3]), blocks=tuple(_body(kept)), title=title)


def head_of(lines: Sequence[Line]) -> Draft:
    """Byline and dates from lines at the head of a report."""
    byline = published = modified = None
    for line in lines:
        if line.kind == "byline" and (match := _BYLINE.fullmatch(line.text)):
            byline = byline or match[1].strip(" ,|·•")
        elif line.kind == "date":
            if _UPDATED.match(line.text):
                modified = modified or _dated(line.text)
            else:
                published = published or _dated(line.text)
    return Draft(blocks=(), byline=byline, published=published, modified=modified)
