"""What is in a file: by the ending of its name, and by how it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tensionwire.errors import InputError
from tensionwire.read.encoding import marked
from tensionwire.read.tables import grouped, table

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*(?:<\?xml|<Sentences?\b)")
_JSON = re.compile(r"\s*[\[{]\s*[\"{\[\]}]")
_MARKDOWN = re.compile(r"\s*(?:#{1,3} \S|---[ \t]*\n[a-zA-Z][\w -]*:)")


@cache
def _endings() -> Mapping[str, tuple[str, str]]:
    return {ending: (kind, advice) for ending, kind, advice in table("formats.tsv")}


def ending(name: str) -> str:
    """The last ending of a name in lower case, that of the compressed file for ".gz".

    >>> ending("a/B.HTML"), ending("x.jsonl.gz"), ending("README")
    ('.html', '.jsonl', '')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1].lower().removesuffix(".gz")
    return "." + last.rsplit(".", 1)[1] if "." in last.lstrip(".") else ""


def part_of_page(name: str) -> bool:
    """True for scripts, pictures and the like that a browser saves beside a page.

    >>> part_of_page("logo.png"), part_of_page("page.html")
    (True, False)
    """
    return _endings().get(ending(name), ("", ""))[0] == "part"


def format_of(name: str, head: bytes, media: str | None = None) -> str:
    """The format of an input: "html", "text", "markdown", "lines", "json", "csv", "tsv" or "petrarch".

    `media` is the type that a server gave; a name or type that is not of news text raises `InputError`.

    >>> format_of("a.txt", b"<!doctype html><p>x"), format_of("-", b'{"text": "x"}'), format_of("-", b"Talks")
    ('html', 'json', 'text')
    """
    kind, advice = _endings().get(ending(name), ("", ""))
    if media and media in _endings() and (not kind or media != "text/plain"):
        kind, advice = _endings()[media]
    begun = _begun(head)
    if kind in ("other", "part"):
        raise InputError(name, f"it is {ending(name) or media}, not news text", advice or "give the report's text")
    if kind == "petrarch" and begun == "html":
        return "html"
    if kind in ("", "text"):
        return begun if begun in ("html", "petrarch") or (not kind and begun) else "text"
    return kind


def _begun(head: bytes) -> str:
    """The format that the first bytes tell, "" when they tell none."""
    text = head[:8192].decode(marked(head) or "utf-8", "replace").lstrip("\ufeff")
    if _HTML.match(text):
        return "html"
    if _XML.match(text):
        return "petrarch"
    if _JSON.match(text):
        return "json"
    return "markdown" if _MARKDOWN.match(text) else _table(text.lstrip().split("\n", 1)[0])


def _table(header: str) -> str:
    """A line of column names, the text among them."""
    for mark, kind in (("\t", "tsv"), (",", "csv")):
        cells = {cell.strip().strip('"').lower() for cell in header.split(mark)}
        if len(cells) > 1 and cells & set(grouped("columns.tsv")["text"]):
            return kind
    return ""
