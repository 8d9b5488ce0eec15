"""Blocks: the paragraphs, sub-headings and list items of a report before they become its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tensionwire.records import Span

# Control characters, and those that turn or hide text: a quoted word must read as it is stored.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u9fff]")
_SPACES = re.compile(r"\s+")
_FINAL = re.compile(r"[.!?…。！？؟।۔՞։:;][\"'”’»›)\]」』*]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph ("prose"), sub-heading ("head") or list item ("item").

    `linked` is the share of its characters that are links to elsewhere.
    """

    text: str
    kind: str = "prose"
    linked: float = 0.0


def plain(text: str) -> str:
    """Text in NFC, without control, bidi and zero-width characters; line ends are `\\n`.

    >>> plain("caf\\u0065\\u0301\\r\\nMos\\u00adcow\\u202e")
    'café\\nMoscow'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _UNWANTED.sub("", text.replace("\x85", "\n").replace("\x0b", "\n").replace("\x0c", "\n\n"))
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _broken(text) else text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _broken(text: str) -> bool:
    """True when halves of surrogate pairs stand in the text, which no UTF-8 can hold."""
    return not text.isascii() and bool(_SURROGATE.search(text))


def squeezed(text: str) -> str:
    """The text on one line, every run of white space (also no-break and thin spaces) one space.

    >>> squeezed("  23\\u00a0countries\\n and more ")
    '23 countries and more'
    """
    return _SPACES.sub(" ", text).strip()


def words(text: str) -> int:
    """How many words; of scripts without spaces, one for every two characters.

    >>> words("Talks resume in Geneva"), words("日本政府は声明を発表")
    (4, 5)
    """
    spaced = len(text.split())
    return spaced if text.isascii() else max(spaced, len(_WIDE.findall(text)) // 2)


def ended(text: str) -> bool:
    """True when the text closes as a sentence does.

    >>> ended('"Not yet."'), ended("Talks Resume")
    (True, False)
    """
    return bool(_FINAL.search(text[-12:]))


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """The text of a report, an empty line between blocks, and the spans of its sub-headings.

    >>> text, heads = joined([Block(text="A."), Block(text="Talks", kind="head"), Block(text="B.")])
    >>> text, [span.of(text) for span in heads]
    ('A.\\n\\nTalks\\n\\nB.', ['Talks'])
    """
    parts: list[str] = []
    heads: list[Span] = []
    at = 0
    for block in blocks:
        if block.kind == "head":
            heads.append(Span(at, at + len(block.text)))
        parts.append(block.text)
        at += len(block.text) + 2
    return "\n\n".join(parts), tuple(heads)


def sectioned(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the sub-headings that head nothing: before any prose, or before another, or last."""
    kept: list[Block] = []
    begun = False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "head" and (not begun or following is None or following.kind == "head"):
            continue
        begun = begun or block.kind != "head"
        kept.append(block)
    return kept
