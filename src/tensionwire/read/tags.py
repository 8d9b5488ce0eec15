"""Tags with thousands of attributes, which cost a parser time by the square of their number, cut down."""

from __future__ import annotations

import re
from collections.abc import Iterator

_START = re.compile(r"<(?:!--|[a-zA-Z])")
# One attribute as HTML's tokenizer reads it (HTML Standard, 13.2.5.32 to 13.2.5.40).
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>][^\s>]*+)?+)?+"
_TAG = re.compile(rf"<([a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE})*+[\s/]*+>?")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_RAW = re.compile(r"script|style|textarea|title|xmp|iframe|noembed|noframes", re.IGNORECASE)
# Below these no tag costs more than some hundredths of a second.
SMALL, LONG, MANY = 100_000, 8_000, 1_000


def slimmed(source: str) -> str:
    """The source with every tag of more than a thousand attributes left without them.

    >>> slimmed("<p class=a>Talks") == "<p class=a>Talks"
    True
    >>> slimmed("<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">Talks")
    '<p>Talks'
    """
    if len(source) < SMALL:
        return source
    parts: list[str] = []
    at = 0
    for start, end, name in _crowded(source):
        parts += [source[at:start], f"<{name}>"]
        at = end
    return "".join([*parts, source[at:]]) if parts else source


def _crowded(source: str) -> Iterator[tuple[int, int, str]]:
    """Where tags with too many attributes start and end, and what they are called."""
    at = 0
    while start := _START.search(source, at):
        if start[0] == "<!--":
            at = _after(source, "-->", start.end())
            continue
        tag = _TAG.match(source, start.start())
        if tag is None:
            at = start.end()
            continue
        at, name = tag.end(), tag[1]
        if at - start.start() > LONG and _count(source, start.start() + 1 + len(name), at) > MANY:
            yield start.start(), at, name
        if _RAW.fullmatch(name):
            closing = re.compile(rf"</{name}", re.IGNORECASE).search(source, at)
            at = closing.end() if closing else len(source)


def _after(source: str, mark: str, start: int) -> int:
    """Where the text goes on behind a mark, its end if the mark does not come."""
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _count(source: str, start: int, end: int) -> int:
    """How many attributes stand between two places, one more than too many at most."""
    for number, _ in enumerate(_ATTRIBUTES.finditer(source, start, end), 1):
        if number > MANY:
            return number
    return 0
