"""Origins: which reports print one text, be it copied, cut, updated or reprinted in part.

A text is kept as a bottom-k MinHash sketch (Broder 1997, "On the resemblance and containment of documents"): the
smallest hashes of its word shingles. Two sketches tell how much two texts share, and, unlike a MinHash of fixed slots,
also how much of a short text stands within a long one. The thresholds are in `data/origins.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import crc32
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from tensionwire.link.tables import numbers
from tensionwire.records import Record

Hashes = NDArray[np.uint32]

SHINGLE = 4
SKETCH = 128
MAX_BANDS = 32
_MIN_BANDS = 6
_BAND_BELOW = np.uint32(2**32 // 16)  # one shingle in 16 is a key
# A run of letters and digits; in scripts without spaces every sign stands alone.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ocid|cmpid|ref|smid|CMP", re.IGNORECASE)


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
    found = words(record.text)
    return Fingerprint(
        signature=_sketch(found),
        words=len(found),
        url=record.url,
        agencies=record.agencies,
        published=record.published,
    )


def words(text: str) -> list[str]:
    """The words of a text without case, marks and blanks.

    >>> words("U.S. strikes: “it’s over”")
    ['u', 's', 'strikes', 'it', 's', 'over']
    """
    return _WORD.findall(text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())


def signature(text: str) -> bytes:
    """MinHash sketch of a text: the (at most) 128 smallest hashes of its 4-word shingles, uint32, big-endian, sorted.

    A text of fewer than four words is one shingle; one without words has an empty signature.
    """
    return _sketch(words(text))


def _sketch(found: list[str]) -> bytes:
    return _shingles(found)[:SKETCH].astype(">u4").tobytes()


def _shingles(found: list[str]) -> Hashes:
    """The distinct hashes of all shingles, sorted."""
    if not found:
        return np.empty(0, np.uint32)
    parts = " ".join(found).encode("utf-8", "surrogatepass").split(b" ")
    each = np.fromiter(map(crc32, parts), np.uint64, len(parts))
    size = min(SHINGLE, len(each))
    mixed = np.zeros(len(each) - size + 1, np.uint64)
    for n in range(size):
        mixed = _mix(mixed + each[n : n + len(mixed)] + np.uint64(n))
    hashes = np.sort((mixed >> np.uint64(32)).astype(np.uint32))
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))]


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): spreads each bit over all."""
    x = (x + np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def bands(signature: bytes) -> tuple[bytes, ...]:
    """Keys (4 bytes each, at most 32) under which to look up texts that may share a stretch with this one.

    They are the shingles whose hash falls below a fixed bound, so that a reprinted part has keys in common with the
    whole wherever it stands. A pair that shares two keys is worth comparing; look at the latest fifty or so under a
    key at most, since a stock phrase may stand under thousands.
    """
    kept = _hashes(signature)
    below = int(np.searchsorted(kept, _BAND_BELOW))
    count = min(MAX_BANDS, max(_MIN_BANDS, below))
    return tuple(signature[n : n + 4] for n in range(0, min(len(signature), 4 * count), 4))


def similarity(a: bytes, b: bytes) -> float:
    """Jaccard similarity of two texts' shingles as their signatures tell it, 0 to 1; 0 where one has none.

    >>> one = signature("Envoys of both states met in Lucca on Tuesday")
    >>> similarity(one, signature("ENVOYS of both states met, in Lucca, on Tuesday."))
    1.0
    """
    shared, one, two = _shared(a, b)
    return shared / (one + two - shared) if shared else 0.0


def containment(a: bytes, b: bytes) -> float:
    """The share of the shorter text's shingles that the other holds too, 0 to 1."""
    shared, one, two = _shared(a, b)
    return shared / min(one, two) if shared else 0.0


def _hashes(signature: bytes) -> Hashes:
    return np.frombuffer(signature, ">u4").astype(np.uint32)


def _shared(a: bytes, b: bytes) -> tuple[int, int, int]:
    """Shared hashes and each text's own, all counted below the bound to which both sketches are complete."""
    one, two = _hashes(a), _hashes(b)
    for sketch in (one, two):
        if len(sketch) == SKETCH:
            one, two = one[one <= sketch[-1]], two[two <= sketch[-1]]
    return len(np.intersect1d(one, two, assume_unique=True)), len(one), len(two)


def same_origin(a: Fingerprint, b: Fingerprint) -> tuple[bool, str]:
    """Whether two reports print one text, and why in plain words."""
    if a.url and b.url and _address(a.url) == _address(b.url):
        return True, f"both stand under one address ({_address(a.url)})"
    limits = numbers("origins.tsv")
    shared, one, two = _shared(a.signature, b.signature)
    alike = shared / (one + two - shared) if shared else 0.0
    within = shared / min(one, two) if shared else 0.0
    if alike >= limits["alike"]:
        return True, f"nearly one text: {alike:.0%} of their wording is shared"
    if shared >= limits["least_shared"] and min(a.words, b.words) >= limits["least_words"]:
        if within >= limits["contained"]:
            return True, f"the shorter stands within the longer: {within:.0%} of its wording"
        agencies = sorted(set(a.agencies) & set(b.agencies))
        if agencies and within >= limits["credited"]:
            return True, f"both credit {' and '.join(agencies)}, and {within:.0%} of the shorter's wording is shared"
    return False, f"{within:.0%} of the shorter's wording is shared, too little for one text"


@lru_cache(maxsize=4096)
def _address(url: str) -> str:
    """A URL without scheme, `www.`, fragment, closing slash and the marks of campaigns."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
