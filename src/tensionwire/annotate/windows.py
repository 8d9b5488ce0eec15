"""Sentences to windows of word pieces, as the encoder reads them.

A window holds whole sentences of one report up to `LIMIT` pieces; it opens with the sentence before, as context
only, where that is short enough. All labels and spans are of *words* (the tokenizer's pre-tokens); a word is
represented by its first piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer

from tensionwire.records import Span

LIMIT = 128
CONTEXT = 40
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sentence (or a piece of an overlong one) as word pieces.

    `first[w]` is the index in `ids` of word w's first piece, `words[w]` its span in the report's text.
    """

    sentence: int
    ids: tuple[int, ...]
    first: tuple[int, ...]
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Parts read together; the first `context` of them are read but not decoded."""

    parts: tuple[Part, ...]
    context: int = 0

    @property
    def ids(self) -> list[int]:
        """Piece ids with the opening and closing marks."""
        return [CLS, *(i for part in self.parts for i in part.ids), SEP]

    @property
    def first(self) -> list[int]:
        """Positions in `ids` of the first piece of each word of the window."""
        found, at = [], 1
        for part in self.parts:
            found += [at + i for i in part.first]
            at += len(part.ids)
        return found

    @property
    def pieces(self) -> int:
        """Length of `ids`."""
        return 2 + sum(len(part.ids) for part in self.parts)


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer that ships with the model."""
    return Tokenizer.from_file(str(files("tensionwire.annotate").joinpath("model/tokenizer.json")))


def parts(text: str, sentences: Sequence[Span], limit: int = LIMIT) -> list[Part]:
    """The sentences as word pieces; one of more than `limit - 2` pieces becomes several parts.

    A sentence with no words at all (only control characters, say) gives none. A heading, which no stop closes, ends
    with a mark of its own where something follows: to an encoder without capitals it would run on into what follows.
    """
    # One by one: handing so little to threads takes longer than doing it.
    encode = tokenizer().encode
    encoded = [encode(s.of(text), add_special_tokens=False) for s in sentences]
    found: list[Part] = []
    for number, (span, pieces) in enumerate(zip(sentences, encoded, strict=True)):
        ids, first, words = list(pieces.ids), _first_pieces(pieces.word_ids), []
        if not first:
            continue
        ends = [*first[1:], len(ids)]
        offsets = pieces.offsets
        for begin, end in zip(first, ends, strict=True):
            words.append((span.start + offsets[begin][0], span.start + offsets[end - 1][1]))
        if number + 1 < len(sentences) and not stopped(text, words[-1][1]):
            ids.append(SEP)
        found += _split(number, ids, first, words, limit - 2)
    return found


def stopped(text: str, end: int) -> bool:
    """Whether what ends there ends with a stop, closing quotes and brackets aside.

    >>> stopped('"He left."', 10), stopped("'He Left'", 9)
    (True, False)
    """
    while end and text[end - 1] in "\"'”’»)]":
        end -= 1
    return end > 0 and text[end - 1] in ".!?…:;"


def _first_pieces(word_ids: Sequence[int | None]) -> list[int]:
    first, before = [], None
    for at, word in enumerate(word_ids):
        if word != before:
            first.append(at)
            before = word
    return first


def _split(number: int, ids: list[int], first: list[int], words: list[tuple[int, int]], room: int) -> list[Part]:
    if len(ids) <= room:
        return [Part(sentence=number, ids=tuple(ids), first=tuple(first), words=tuple(words))]
    found: list[Part] = []
    begin = 0
    while begin < len(first):
        end = begin
        while end < len(first) and (first[end + 1] if end + 1 < len(first) else len(ids)) - first[begin] <= room:
            end += 1
        end = max(end, begin + 1)  # a single word longer than the window is cut
        stop = first[end] if end < len(first) else len(ids)
        found.append(
            Part(
                sentence=number,
                ids=tuple(ids[first[begin] : stop][:room]),
                first=tuple(f - first[begin] for f in first[begin:end]),
                words=tuple(words[begin:end]),
            )
        )
        begin = end
    return found


def windows(found: Sequence[Part], limit: int = LIMIT, context: int = CONTEXT) -> list[Window]:
    """Parts of one report packed in order; every part is decoded in exactly one window."""
    packed: list[Window] = []
    held: list[Part] = []
    before: Part | None = None
    lead, room = 0, limit - 2
    for part in found:
        if held and room < len(part.ids):
            packed.append(Window(parts=tuple(held), context=lead))
            before = held[-1]
            held, lead, room = [], 0, limit - 2
        if not held and before is not None and len(before.ids) <= min(context, room - len(part.ids)):
            held, lead, room = [before], 1, room - len(before.ids)
        held.append(part)
        room -= len(part.ids)
    if held:
        packed.append(Window(parts=tuple(held), context=lead))
    return packed
