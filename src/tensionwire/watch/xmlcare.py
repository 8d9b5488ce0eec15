"""What is refused of XML that strangers wrote, before any parser sees it."""

from __future__ import annotations

from typing import Final

from tensionwire.errors import InputError

MOST_TAGS: Final = 100_000
_ENTITY: Final = tuple("<!ENTITY".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def cared(body: bytes, name: str, most: int = MOST_TAGS) -> bytes:
    """The same bytes; raises `InputError` for entities of its own (XML bombs) and for more tags than `most`.

    >>> cared(b"<rss><channel/></rss>", "a")
    b'<rss><channel/></rss>'
    """
    if any(mark in body for mark in _ENTITY):
        raise InputError(name, "it declares entities, which a feed has no need of", "tell its publisher")
    if body.count(b"<") > most:
        raise InputError(name, f"it holds more than {most:,} tags", "watch a smaller one of the same publisher")
    return body
