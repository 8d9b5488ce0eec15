"""What a watcher says as it goes: one line a happening, without secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tensionwire.read.results import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line. `level` is "detail", "news" or "warning"; `source` is the name of what it is about."""

    source: str
    told: str
    level: str = "news"


Tell = Callable[[Notice], None]


def brief(url: str) -> str:
    """An address fit for a log: neither user name, password nor query, which may hold a key.

    >>> brief("https://me:secret@news.example/a?key=1#b")
    'https://news.example/a?...'
    """
    clean = shown(url).partition("#")[0]
    return clean.partition("?")[0] + "?..." if urlsplit(clean).query else clean


def scrubbed(text: str, url: str) -> str:
    """A message about an address, with the address as `brief` shows it."""
    return text.replace(shown(url), brief(url)).replace(url, brief(url))


def some(number: int, noun: str) -> str:
    """A number of things.

    >>> some(1, "item"), some(2000, "item")
    ('1 item', '2,000 items')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def length(seconds: float) -> str:
    """A length of time in words.

    >>> length(90), length(7200), length(5)
    ('2 min', '2 h', '5 s')
    """
    if seconds >= 5400:
        return f"{seconds / 3600:.0f} h"
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
