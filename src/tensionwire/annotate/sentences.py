"""Where sentences end.

Our own, for speed: pysbd 0.3 takes 1.6 ms a sentence, half of what all of coding may take, this 0.01 ms. The price is
some precision: a quotation of several sentences is cut where pysbd keeps it whole. `benchmarks/sentences.py` compares.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from tensionwire.records import Span

# A stop, its closing quotes or brackets, then blank and something that can open a sentence.
_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s)""")
_OPENS = re.compile(r"""\s+["'“‘«(\[\-–—•]*\s?[^\W_]""")
_BREAK = re.compile(r"\n\s*")
_LAST_WORD = re.compile(r"[\w.\-]+$")
_OPENER = re.compile(r"(?:The|An?|He|She|It|They|We|I|In|On|At|But|And|Th[ia]s|Th[eo]se|There|His|Her|Its|If)\b")
LONGEST_TITLE = 400  # characters; what is longer is no headline
_INITIALS = re.compile(r"(?:\w\.)+\w")


@cache
def _abbreviations() -> frozenset[str]:
    text = files("tensionwire.annotate").joinpath("data/abbreviations.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _is_end(text: str, stop: re.Match[str]) -> bool:
    """True when this stop ends a sentence and does not merely shorten a word."""
    opens = _OPENS.match(text, stop.end())
    if not opens:
        return False
    first = opens.group()[-1]
    closed = stop.group()[-1] not in ".!?…"
    if first.islower():
        return False
    if closed or stop.group() != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop.start() - 24), stop.start())
    if not word:
        return True
    last = word.group()
    if len(last) == 1 and last.isalpha() and last.isupper():  # the "J." of a name; a lone "I" ends sentences
        return last == "I"
    if _INITIALS.fullmatch(last):  # "U.S." ends a sentence only before a word that rarely follows it
        return _OPENER.match(text, opens.end() - 1) is not None
    return last.lower() not in _abbreviations()


def sentences(text: str, title: str | None = None) -> tuple[Span, ...]:
    """Spans of the sentences, in order, blanks left out; a line break always ends one, and so does the title of a text
    that begins with it.

    >>> [s.of("He met Gen. Smith. They talked.") for s in sentences("He met Gen. Smith. They talked.")]
    ['He met Gen. Smith.', 'They talked.']
    >>> text = "Envoys Meet In Geneva Talks began on Monday."
    >>> [s.of(text) for s in sentences(text, "Envoys meet in Geneva")]
    ['Envoys Meet In Geneva', 'Talks began on Monday.']
    """
    found: list[Span] = []
    start = 0
    cuts = [(m.start(), m.end()) for m in _BREAK.finditer(text)]
    head = _heading(text, title) if title else None
    if head is not None:
        cuts = [cut for cut in cuts if cut[0] >= head] + [(head, head)]
    cuts += [(m.end(), m.end()) for m in _END.finditer(text, head or 0) if _is_end(text, m)]
    for end, next_start in [*sorted(cuts), (len(text), len(text))]:
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Span(start + lead, start + len(piece.rstrip())))
        start = max(next_start, start)
    return tuple(found)


def _heading(text: str, title: str) -> int | None:
    """Where the title that a text begins with ends, if it does; case and the width of blanks do not matter.

    A single word, and words that the text goes on from in small letters, may just be how its first sentence begins.
    """
    words = title.split()
    if len(words) < 2 or len(title) > LONGEST_TITLE:
        return None
    found = re.match(r"\s*" + r"\s+".join(map(re.escape, words)) + r"(?=\s+(\S))", text, re.IGNORECASE)
    return found.end() if found and not found[1].islower() else None
