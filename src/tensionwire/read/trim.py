"""What is still furniture among the blocks of a page whose headings and paragraphs are marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tensionwire.read.agencies import credit_line
from tensionwire.read.blocks import Block, ended, sectioned, words
from tensionwire.read.furniture import furniture, key
from tensionwire.read.plain import head_of, line_of

# A block this much of which is links, and that is no sentence, leads elsewhere.
LINKED = 0.75
_ANYWHERE = ("player", "teaser", "caption", "share", "nav", "meta", "ad", "appeal", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """The report's own blocks, and the byline and date that stood among them."""

    blocks: tuple[Block, ...]
    byline: str | None = None
    published: str | None = None


def _kind(block: Block) -> str:
    """The kind of furniture of a block, "own" when it is none."""
    if credit_line(block.text):
        return "own"
    kind = furniture(block.text)
    if kind == "legal" and words(block.text) <= 12 and block.linked >= LINKED:
        return "appeal"
    if kind:
        return kind
    if block.kind != "head" and block.linked >= LINKED and not ended(block.text):
        return "teaser"
    return "own"


def _kinds(blocks: Sequence[Block]) -> list[str]:
    """The kinds of the blocks; a caption goes with the credit below it, a heading with its appeal."""
    kinds = [_kind(block) for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        block, following = blocks[index], kinds[index + 1]
        if kinds[index] == "own" and following == "caption" and block.kind == "prose" and not ended(block.text):
            kinds[index] = "caption"
        if kinds[index] == "own" and following in ("appeal", "share") and block.kind == "head":
            kinds[index] = following
    return kinds


def _cut(kinds: Sequence[str], blocks: Sequence[Block], stopped: bool) -> int:
    """Where the report ends: at the mark of its end, else before the legal lines and loose words at the foot.

    `stopped` says that its sentences end in full stops, so that what does not is none.
    """
    for index in range(len(blocks) // 2, len(blocks)):
        if kinds[index] == "stop":
            return index
    end = len(blocks)
    while end and (kinds[end - 1] != "own" or (stopped and _loose(blocks[end - 1]))):
        end -= 1
    return end


def _loose(block: Block) -> bool:
    """True for a heading, a tag, a signature: words at the foot of a page that are no sentence."""
    if block.kind == "head":
        return True
    return (
        not ended(block.text)
        and not credit_line(block.text)
        and words(block.text) <= (3 if block.kind == "item" else 20)
    )


def _start(kinds: Sequence[str], blocks: Sequence[Block], stopped: bool) -> int:
    """Where the report begins: after the kickers, sections and names above its first sentence."""
    start = 0
    while stopped and start < len(blocks) - 1:
        block = blocks[start]
        if kinds[start] == "own" and (block.kind != "prose" or ended(block.text) or words(block.text) > 6):
            break
        if kinds[start] == "own" and line_of(block.text).kind in ("byline", "date"):
            break
        start += 1
    return start


def _announced(blocks: Sequence[Block], kinds: Sequence[str]) -> set[int]:
    """Blocks under a heading such as "Read more" or "More from us": links, and a line or two about each."""
    under: set[int] = set()
    open_ = led = False
    for index, block in enumerate(blocks):
        if block.kind == "head":
            open_ = kinds[index] in ("teaser", "appeal") or (open_ and block.linked >= 0.4)
            led = open_ and (block.linked >= 0.4 or kinds[index] == "appeal")
        elif open_:
            about = led and words(block.text) <= 45
            led = block.linked >= 0.4
            open_ = about or led or not ended(block.text)
        if open_:
            under.add(index)
    return under


def trimmed(blocks: Sequence[Block], *, title: str | None = None, byline: str | None = None) -> Trimmed:
    """Blocks without furniture, without title and byline, which have fields of their own.

    >>> page = [Block(text="By Ana Paz"), Block(text="Envoys met."), Block(text="Read more: Port Burns")]
    >>> cut = trimmed(page)
    >>> [block.text for block in cut.blocks], cut.byline
    (['Envoys met.'], 'Ana Paz')
    """
    kinds = _kinds(blocks)
    under = _announced(blocks, kinds)
    long = [block for block in blocks if block.kind == "prose" and words(block.text) > 8]
    stopped = sum(ended(block.text) for block in long) * 2 > len(long)
    start, end = _start(kinds, blocks, stopped), _cut(kinds, blocks, stopped)
    known = {key(text) for text in (title, byline, *(byline or "").split(", ")) if text}
    found: dict[str, str] = {}
    kept: list[Block] = []
    for index in range(start, end):
        block = blocks[index]
        if kinds[index] in _ANYWHERE or index in under or (known and key(block.text) in known):
            continue
        above = len(kept) < 3 and block.kind != "head" and len(block.text) <= 200
        if above and (kind := line_of(block.text).kind) in ("byline", "date"):
            found.setdefault(kind, block.text)
            continue
        kept.append(block)
    return _with(sectioned(_once(kept)), found)


def _once(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without those that repeat an earlier one word for word."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if words(block.text) < 6 or block.text not in seen:
            kept.append(block)
        seen.add(block.text)
    return kept


def _with(blocks: Sequence[Block], found: dict[str, str]) -> Trimmed:
    """The blocks, with byline and date read from the lines that held them."""
    head = head_of([line_of(text) for text in found.values()])
    return replace(Trimmed(blocks=tuple(blocks)), byline=head.byline, published=head.published)
