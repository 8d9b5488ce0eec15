"""How many: the lowest and highest number that words of count can mean, by the codebook's conventions.

"more than 80" is 81 to open, "up to 80" open to 80, "nearly 80" 72 to 80, "about 80" 72 to 88, "dozens" 24 to 99.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from tensionwire.ontology.numbers import NumberWords, number_words

Number = int | float


class Quantity(NamedTuple):
    """From `low` to `high`, both inclusive; None is open on that side."""

    low: Number | None
    high: Number | None


class _Token(NamedTuple):
    text: str
    number: float | None


def quantity(words: str) -> Quantity | None:
    """What words of count mean, or None where they hold no number.

    >>> quantity("at least 25 people"), quantity("tens of thousands of refugees")
    (Quantity(low=25, high=None), Quantity(low=20000, high=99999))
    >>> quantity("Two frigates and a tug"), quantity("between $1.5bn and $2 billion")
    (Quantity(low=3, high=3), Quantity(low=1500000000, high=2000000000))
    """
    known = number_words()
    tokens = _tokens(words)
    at = next((n for n, t in enumerate(tokens) if _starts(t, known) and not _negates(tokens, n)), None)
    if at is None or (tokens[0].text in ("a", "an") and any(t.text == "and" for t in tokens[:at])):
        return _without_number(tokens, known)
    bound = _bound(tokens[:at], known)
    part = known.parts.get(_phrase(tokens[:at], known.parts), 1.0)
    low, high, after = _value(tokens, at, known)
    last = _range_end(tokens, at, after, high, known)
    if last is not None:
        return _rounded(low * part, last * part) if bound is None else _bounded(low, last, bound)
    more = _added(tokens, after, known) if bound is None and low == high else 0
    return _bounded(low * part + more, high * part + more, bound)


_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€£¥₹₽,–—-]")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _tokens(words: str) -> list[_Token]:
    return [
        _Token(t.lower(), float(t.replace(",", "")) if _PLAIN.fullmatch(t) else None) for t in _TOKEN.findall(words)
    ]


def _starts(token: _Token, known: NumberWords) -> bool:
    t = token.text
    return token.number is not None or t in known.units or t in known.vague or (t in known.scales and len(t) > 2)


def _negates(tokens: Sequence[_Token], at: int) -> bool:
    """ "no more than": the "no" counts nothing."""
    return tokens[at].text == "no" and at + 1 < len(tokens) and tokens[at + 1].text in ("more", "fewer", "less")


def _value(tokens: Sequence[_Token], at: int, known: NumberWords) -> tuple[float, float, int]:
    """A number of figures or words from a place on: lowest, highest, and where it ends."""
    total = low = high = 0.0
    started = False
    while at < len(tokens):
        token, joint = tokens[at], at + 1 < len(tokens)
        if token.number is not None and not started:
            low = high = token.number
        elif started and [t.text for t in tokens[at : at + 3]] == ["and", "a", "half"]:
            low, high, at = low + 0.5, high + 0.5, at + 2
        elif token.text in _NOBODY:
            return 0.0, 0.0, at + 1
        elif token.text in known.vague:
            a, b = known.vague[token.text]
            low, high = (a, b) if not started else (low, high)
        elif token.text in known.units and not (started and high >= 20 and known.units[token.text] >= 20):
            if started and (high % 10 or high == 10) and high < 100:
                break
            low, high = low + known.units[token.text], high + known.units[token.text]
        elif token.text in known.scales and (started or len(token.text) > 2):
            low, high, total = _scaled(token.text, low, high, total, started, known)
        elif token.text in ("and", "-") and started and joint and _goes_on(tokens, at, high, known):
            at += 1
            continue
        elif token.text == "of" and started and joint and tokens[at + 1].text in ("thousands", "millions", "hundreds"):
            scale = known.vague[tokens[at + 1].text][0] / 2
            low, high, at = low * scale, (high + 1) * scale - 1, at + 1
        else:
            break
        started = True
        at += 1
    return total + low, total + high, at


_NOBODY = frozenset({"no", "none", "nobody", "zero"})


def _scaled(
    word: str, low: float, high: float, total: float, started: bool, known: NumberWords
) -> tuple[float, float, float]:
    """Multiplied by a scale; a vague number takes all up to just under the next whole."""
    scale = known.scales[word]
    if not started or high == 0:
        low = high = 1
    if low != high:
        # "several dozen" is no more than "dozens"
        return (24, 99, total) if word == "dozen" else (low * scale, (high + 1) * scale - 1, total)
    if scale >= 1000:
        return 0.0, 0.0, total + low * scale
    return low * scale, high * scale, total


def _goes_on(tokens: Sequence[_Token], at: int, so_far: float, known: NumberWords) -> bool:
    """ "two hundred and six", "twenty-six": the number is not over at the joint."""
    after, before = tokens[at + 1].text, tokens[at - 1].text
    if tokens[at].text == "and":
        return before in known.scales and after in known.units and not before.startswith("m")
    return before in known.units and (after in known.scales or (so_far >= 20 and known.units.get(after, 99) < 10))


def _range_end(tokens: Sequence[_Token], first: int, after: int, so_far: float, known: NumberWords) -> float | None:
    """The upper end of "80 to 90", "80-90", "between 80 and 90"."""
    between = any(t.text == "between" for t in tokens[:first])
    at = after
    while between and at < len(tokens) and tokens[at].text != "and":
        at += 1
    joints = ("and",) if between else ("to", "-", "–", "—", "or")
    if at + 1 >= len(tokens) or tokens[at].text not in joints:
        return None
    at += 1
    at += tokens[at].text in "$€£¥₹₽"
    if at >= len(tokens) or not _starts(tokens[at], known):
        return None
    high = _value(tokens, at, known)[1]
    return high if high > so_far else None


_OWNERS = frozenset({"a", "an", "her", "his", "their", "its", "another"})


def _added(tokens: Sequence[_Token], after: int, known: NumberWords) -> float:
    """What is counted beside: "two frigates and a tug", "nine rebels, two soldiers and one captive"."""
    more = 0.0
    for at in range(after, len(tokens) - 1):
        joint, next_one = tokens[at].text, tokens[at + 1]
        if joint not in ("and", ","):
            continue
        owned = joint == "and" and next_one.text in _OWNERS
        rest = at + 1 + owned
        if rest < len(tokens) and _starts(tokens[rest], known):
            value, _, end = _value(tokens, rest, known)
            more += 0 if end < len(tokens) and tokens[end].text == "of" else value
        elif owned and next_one.text != "their":
            more += 0.5 if tokens[rest].text == "half" else 1
    return more


def _without_number(tokens: Sequence[_Token], known: NumberWords) -> Quantity | None:
    """ "the third", "a shepherd"."""
    for token in tokens:
        if token.text in known.ordinals:
            return Quantity(known.ordinals[token.text], known.ordinals[token.text])
    one = bool(tokens) and tokens[0].text in ("a", "an")
    return Quantity(1 + round(_added(tokens, 0, known)), 1 + round(_added(tokens, 0, known))) if one else None


def _bound(before: Sequence[_Token], known: NumberWords) -> str | None:
    phrase = _phrase(before, known.bounds)
    return known.bounds[phrase] if phrase else None


def _phrase(before: Sequence[_Token], phrases: object) -> str:
    """The longest phrase of a table among the words before a number."""
    text = " ".join(t.text for t in before)
    return next((p for p in phrases if re.search(rf"\b{re.escape(p)}\b", text)), "")  # type: ignore[attr-defined]


def _bounded(low: float, high: float, bound: str | None) -> Quantity:
    step = 1
    if bound == "above":
        return Quantity(_whole(low + step) if low == high else _whole(low), None)
    if bound == "least":
        return Quantity(_whole(low), None)
    if bound == "most":
        return Quantity(None, _whole(high))
    if bound == "below":
        return Quantity(None, _whole(low - step))
    if bound and low == high:
        return Quantity(_near(low * 0.9, up=True), _whole(high) if bound == "nearly" else _near(high * 1.1, up=False))
    return _rounded(low, high)


def _rounded(low: float, high: float) -> Quantity:
    return Quantity(_whole(low), _whole(high))


def _whole(value: float) -> Number:
    return round(value) if abs(value - round(value)) < 1e-6 else value


def _near(value: float, *, up: bool) -> Number:
    """The whole number just inside; what was below ten keeps its fraction only where it must."""
    return math.ceil(value - 1e-6) if up else math.floor(value + 1e-6)
