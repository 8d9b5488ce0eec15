"""Markdown: front matter, headings, paragraphs and lists, without the marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tensionwire.read.blocks import Block, plain, squeezed
from tensionwire.read.dates import stamp
from tensionwire.read.plain import Draft
from tensionwire.read.trim import trimmed

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$")
_ITEM = re.compile(r"^ {0,9}(?:[-*+]|\d{1,3}[.)])[ \t]+(.*)")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]{1,200}\]:[ \t]*\S+")
_INLINE = (
    (re.compile(r"!\[[^\]]{0,500}\]\([^)\s]{0,2000}[^)]{0,200}\)"), ""),
    (
        re.compile(r"\[([^\[\]]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:[ \t]+[\"'][^)]{0,200})?\)"),
        r"\1",
    ),
    (re.compile(r"\[([^\[\]]{1,500})\]\[[^\]]{0,200}\]"), r"\1"),
    (re.compile(r"\[\^[^\]]{1,40}\]"), ""),
    (re.compile(r"<(https?://[^>\s]{1,2000})>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]{0,500}>"), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"~~([^~\n]{1,2000})~~"), r"\1"),
    (re.compile(r"`{1,2}([^`\n]{1,2000})`{1,2}"), r"\1"),
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
# Escaped marks wait in the private use area while the others are taken away.
_HIDING = 0xE000


def inline(text: str) -> str:
    """A line without the marks of emphasis, links, pictures and code.

    >>> inline("**Envoys** [met](https://example.org/a_(b)) in _Geneva_ ![map](m.png)")
    'Envoys met in Geneva'
    """
    text = _ESCAPED.sub(lambda found: chr(_HIDING + ord(found[1])), text)
    for expression, into in _INLINE:
        text = expression.sub(into, text)
    return squeezed(re.sub("[\ue021-\ue07e]", lambda found: chr(ord(found[0]) - _HIDING), text))


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the front matter (one line each) and the text below it.

    >>> front_matter("---\\ntitle: 'Talks'\\ndate: 2017-04-11\\n---\\nEnvoys met.")
    ({'title': 'Talks', 'date': '2017-04-11'}, 'Envoys met.')
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields = (_FIELD.fullmatch(line.strip()) for line in found[1].split("\n"))
    values = {match[1].strip().lower(): match[2].strip().strip("\"'") for match in fields if match}
    return {name: value for name, value in values.items() if value}, text[found.end() :]


@dataclass(slots=True, kw_only=True)
class _Page:
    """Blocks as they grow line by line."""

    blocks: list[Block] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    kind: str = "prose"

    def close(self, kind: str = "prose", level: int = 0) -> None:
        """End the open paragraph; what follows is of another kind."""
        text = inline(" ".join(self.open))
        if text:
            self.blocks.append(Block(text=text, kind=self.kind))
            self.levels.append(level)
        self.open, self.kind = [], kind

    def heading(self, text: str, level: int) -> None:
        """A heading of its own."""
        self.close("head")
        self.open = [text]
        self.close(level=level)


def _page(text: str) -> _Page:
    """The blocks of a text with the level of each heading (0 for others)."""
    page, fence = _Page(), ""
    for raw in text.split("\n"):
        line = _QUOTE.sub("", raw)
        if fence:
            fence = "" if raw.strip().startswith(fence) else fence
        elif found := _FENCE.match(raw):
            page.close()
            fence = found[1]
        elif found := _HEADING.match(line):
            page.heading(found[2], len(found[1]))
        elif page.open and page.kind == "prose" and (found := _UNDERLINE.match(line)):
            under, page.open = " ".join(page.open), []
            page.heading(under, 1 if found[1][0] == "=" else 2)
        elif not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
            page.close()
        elif found := _ITEM.match(line):
            page.close("item")
            page.open = [found[1]]
        else:
            page.open.append(line.strip())
    page.close()
    return page


def _title(page: _Page, fields: Mapping[str, str]) -> tuple[str | None, Sequence[Block]]:
    """The title (front matter, else the first heading above the text) and the blocks below it."""
    at = next((i for i, block in enumerate(page.blocks) if block.kind == "head"), None)
    above = at is not None and (page.levels[at] == 1 or at == 0)
    title = fields.get("title") or (page.blocks[at].text if above and at is not None else None)
    heading = at is not None and page.blocks[at].text == title
    return title, page.blocks[at + 1 :] if heading and at is not None else page.blocks


def read_markdown(text: str) -> Draft:
    """A draft of a report from Markdown.

    >>> draft = read_markdown("# Talks Resume\\n\\nEnvoys **met**.\\n\\n## Reactions\\n\\nNone came.")
    >>> draft.title, [(block.kind, block.text) for block in draft.blocks]
    ('Talks Resume', [('prose', 'Envoys met.'), ('head', 'Reactions'), ('prose', 'None came.')])
    """
    fields, body = front_matter(plain(text))
    title, blocks = _title(_page(body), fields)
    cut = trimmed(blocks, title=title)
    return Draft(
        blocks=tuple(cut.blocks),
        title=title,
        byline=fields.get("author") or fields.get("byline") or cut.byline,
        published=stamp(fields.get("published") or fields.get("date")) or cut.published,
        modified=stamp(fields.get("modified") or fields.get("updated")),
        outlet=fields.get("outlet") or fields.get("publisher"),
        url=fields.get("url") or fields.get("canonical"),
        language=fields.get("language") or fields.get("lang"),
    )
