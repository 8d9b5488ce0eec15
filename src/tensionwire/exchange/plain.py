"""Text of unknown origin made safe to show: a report must not be able to steer a terminal or a page."""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# C0 and C1 controls (ANSI escapes among them), bidirectional embeddings, overrides and isolates, line and
# paragraph separators, annotation marks, tag characters, lone surrogates and noncharacters.
_HOSTILE: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
_hostile = re.compile(f"[{_HOSTILE}]")
# Marks that nobody sees but that move or hide what stands beside them.
_unseen = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]")
_space = re.compile(r"\s+")
_json_hostile = re.compile("[\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")


def visible(text: str) -> str:
    """The text with every hostile character replaced, one for one: offsets stay.

    >>> visible("\\x1b[31mred")
    '\ufffd[31mred'
    """
    return _hostile.sub(REPLACEMENT, text.replace("\r", "\n"))


def line(text: str) -> str:
    """The text on one line, as a terminal may show it.

    >>> line("two\\n  lines\\u202e")
    'two lines\ufffd'
    """
    return _unseen.sub("", visible(_space.sub(" ", text))).strip()


def ascii_controls(json: bytes) -> bytes:
    r"""JSON that says the same with what could steer a terminal written as `\u` escapes.

    >>> ascii_controls('"\x9b31m"'.encode())
    b'"\\u009b31m"'
    """
    if json.isascii() and b"\x7f" not in json:
        return json
    return _json_hostile.sub(lambda hit: f"\\u{ord(hit[0]):04x}", json.decode()).encode()
