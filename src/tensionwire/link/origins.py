"""Origins: which reports print one text, be it copied, cut, updated or reprinted in part."""

from __future__ import annotations

from dataclasses import dataclass

from tensionwire.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is kept of a report to know its copies by.

    `words` is the length of its text in words; `published` is an ISO day or datetime.
    """

    signature: bytes
    words: int
    url: str | None = None
    agencies: tuple[str, ...] = ()
    published: str | None = None


def fingerprint(record: Record) -> Fingerprint:
    """The fingerprint of a report."""
    raise NotImplementedError


def signature(text: str) -> bytes:
    """MinHash sketch of the word shingles of a text: the (at most) 128 smallest hashes, uint32, big-endian, sorted."""
    raise NotImplementedError


def bands(signature: bytes) -> tuple[bytes, ...]:
    """Keys (4 bytes each, at most 32) under which to look up texts that may share a stretch with this one.

    A pair that shares two keys or more is worth comparing; look at the latest fifty or so under a key at most,
    since a stock phrase may stand under thousands.
    """
    raise NotImplementedError


def similarity(a: bytes, b: bytes) -> float:
    """Jaccard similarity of two texts' shingles as their signatures tell it, 0 to 1."""
    raise NotImplementedError


def containment(a: bytes, b: bytes) -> float:
    """The share of the shorter text's shingles that the other holds too, 0 to 1."""
    raise NotImplementedError


def same_origin(a: Fingerprint, b: Fingerprint) -> tuple[bool, str]:
    """Whether two reports print one text, and why in plain words."""
    raise NotImplementedError
