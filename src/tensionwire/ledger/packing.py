"""Texts and records made small, and what a database column can hold."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec

from tensionwire.errors import LedgerError
from tensionwire.records import Record, decode, encode

LEVEL: Final = 4  # a third quicker than 6, for a twentieth more
# PostgreSQL holds no NUL, and no database a lone surrogate.
_unstorable = re.compile("[\x00\ud800-\udfff]")


def storable(words: str) -> str:
    """The words as a column can hold them, one character for one.

    >>> storable("a\\x00b")
    'a\ufffdb'
    """
    return _unstorable.sub("\N{REPLACEMENT CHARACTER}", words)


def held(words: str | None) -> str | None:
    """`storable` for what may be missing."""
    return None if words is None else storable(words)


def packed_text(text: str) -> bytes:
    """The text, deflated; comes back to the letter."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpacked_text(body: bytes) -> str:
    """What `packed_text` packed; raises LedgerError where it is damaged."""
    try:
        return zlib.decompress(body).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise LedgerError("a stored text", f"is damaged ({error})", "run `tensionwire verify`") from error


def packed_record(record: Record) -> bytes:
    """The record without its text, which is kept once by its hash, deflated."""
    bare = replace(record, text="")
    try:
        return zlib.compress(encode(bare), LEVEL)
    except UnicodeEncodeError as error:
        raise LedgerError(record.doc_id, "holds half a character (a lone surrogate)", "clean the text") from error


def unpacked_record(data: bytes, text: str) -> Record:
    """The record with its text; raises LedgerError where it is damaged."""
    try:
        return replace(decode(zlib.decompress(data)), text=text)
    except (zlib.error, msgspec.DecodeError) as error:
        raise LedgerError("a stored record", f"is damaged ({error})", "run `tensionwire verify`") from error


@lru_cache(maxsize=16_384)
def ordinal(day: str | None) -> int:
    """The day's number; 0 where there is none.

    >>> ordinal("0001-01-02"), ordinal("2017-04-04T10:00:00Z"), ordinal(None), ordinal("2017-04")
    (2, 736423, 0, 736420)
    """
    if not day:
        return 0
    missing = {4: "-01-01", 7: "-01"}.get(len(day), "")
    try:
        return date.fromisoformat(day[:10] + missing).toordinal()
    except ValueError:
        return 0


def iso(day: int) -> str | None:
    """The ISO day of an ordinal."""
    return date.fromordinal(day).isoformat() if day > 0 else None


def signed(key: int) -> int:
    """An unsigned 64-bit number as databases hold it."""
    return key - (1 << 64) if key >= 1 << 63 else key
