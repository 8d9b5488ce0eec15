"""Bytes to text: by a mark, as UTF-8, as a page declares, as Windows-1252; else an error that says so."""

from __future__ import annotations

import codecs
import re

from tensionwire.errors import InputError
from tensionwire.read.tables import table

_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_SEVERAL = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Share of control characters from which a file is no text, and of faults that a page may have.
BINARY, FAULTY = 0.01, 0.01


def refuse_binary(head: bytes, name: str) -> None:
    """Raise `InputError` where the first bytes are not of a text."""
    for signature, kind, advice in table("signatures.tsv"):
        if head.startswith(bytes.fromhex(signature)):
            raise InputError(name, f"it is {kind}, not text", advice)
    if marked(head) is None and len(_CONTROLS.findall(head)) > BINARY * len(head):
        raise InputError(name, "it is binary, not text", "give HTML, text, Markdown, JSON Lines, CSV or PETRARCH XML")


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark, or the pattern of zero bytes, tells; None otherwise.

    >>> marked(b"\\xff\\xfeA\\x00"), marked(b"A\\x00B\\x00C\\x00D\\x00"), marked(b"ABCD")
    ('utf-16', 'utf-16-le', None)
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[: len(head) // 2 * 2][:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) >= 8 and max(even, odd) >= 0.3 * len(sample) / 2 and min(even, odd) <= 0.02 * len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def stream_encoding(head: bytes) -> str:
    """The encoding by which to read a long file of rows, from its first bytes.

    >>> stream_encoding("café".encode()), stream_encoding("café".encode("cp1252"))
    ('utf-8', 'cp1252')
    """
    if mark := marked(head):
        return mark
    try:
        # A character that the end of the piece cuts in two is no fault.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < 4096)
    except UnicodeDecodeError:
        return "utf-8" if _SEVERAL.search(head) else "cp1252"
    return "utf-8"


def decoded(data: bytes, name: str) -> str:
    """The text of a file that declares no encoding.

    >>> decoded("Zürich".encode("cp1252"), "a.txt")
    'Zürich'
    """
    if mark := marked(data):
        return _decoded(data, mark, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        # Damaged UTF-8 read as Windows-1252 would come out as nonsense without a word.
        if _SEVERAL.search(data):
            raise _undecodable(name, f"byte {data[fault.start]:#04x} at {fault.start} is not UTF-8") from fault
    return _decoded(data, "cp1252", name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError) as fault:
        at = getattr(fault, "start", 0)
        raise _undecodable(name, f"byte {data[at]:#04x} at {at} is neither UTF-8 nor {encoding}") from fault


def _undecodable(name: str, why: str) -> InputError:
    return InputError(name, why, "save it as UTF-8 (iconv -f ENCODING -t UTF-8)")


def decoded_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of a page; a few broken bytes are replaced.

    Browsers save pages as UTF-8 and leave the old declaration in them: of UTF-8, the header's `charset`,
    what the page declares and Windows-1252, that holds which fits with fewest faults.

    >>> decoded_page('<meta charset="windows-1251"><p>Мир'.encode("cp1251"), "a.html")[-3:]
    'Мир'
    """
    if mark := marked(data):
        return data.decode(mark, "replace")
    declared = _DECLARED.search(data[:8192]) or _DECLARED_XML.search(data[:300])
    labels = ["utf-8", charset, declared[1].decode("ascii", "replace") if declared else None, "cp1252"]
    tried = []
    for encoding in dict.fromkeys(filter(None, (_known(label) for label in labels if label))):
        text = data.decode(encoding, "replace")
        faults = text.count("\ufffd")
        if not faults or (encoding == "utf-8" and len(_SEVERAL.findall(data)) > 10 * faults):
            return text
        tried.append((faults / len(text), text))
    share, text = min(tried, key=lambda one: one[0])
    if share > FAULTY:
        raise _undecodable(name, "its bytes fit neither what it declares nor UTF-8 nor Windows-1252")
    return text


def _known(label: str) -> str | None:
    """The codec for a label of the web, None for one that there is none for."""
    name = label.strip().lower()
    try:
        found = codecs.lookup({row[0]: row[1] for row in table("charsets.tsv")}.get(name, name))
        # Codecs such as "rot13" or "zlib" are no character sets.
        return found.name if found._is_text_encoding else None
    except LookupError:
        return None
