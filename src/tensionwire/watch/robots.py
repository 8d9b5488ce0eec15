"""robots.txt: what a host lets programs fetch, and how fast (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tensionwire.read.fetch import Answer

if TYPE_CHECKING:
    from protego import Protego

NAME: Final = "tensionwire"
MAX_BYTES: Final = 512_000  # of a longer file the rest is not heeded, as the RFC allows
KEPT: Final = 86400.0  # seconds after which the rules are asked for again
KEPT_UNREACHABLE: Final = 300.0
LONGEST_DELAY: Final = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a host allows. `rules` None: everything, or nothing where `unreachable`. `fresh_for` is in seconds."""

    rules: Protego | None = None
    unreachable: str | None = None
    fresh_for: float = KEPT

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        if self.unreachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for, 0 where it does not."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(NAME)
        asked = max(
            self.rules.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0
        )
        return min(max(0.0, asked), LONGEST_DELAY)


def address(url: str) -> str:
    """Where the rules for an address lie.

    >>> address("https://news.example:8443/a/b?c")
    'https://news.example:8443/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def rules(answer: Answer) -> Rules:
    """The rules in an answer: 200 gives them, other 4xx mean that there are none, all else that nothing is allowed."""
    from protego import Protego

    if answer.status == 200:
        text = answer.body[:MAX_BYTES].decode("utf-8", "replace")
        return Rules(rules=Protego.parse(text))
    if 400 <= answer.status < 500 and answer.status != 429:
        return Rules()
    return unreachable(f"robots.txt was answered with {answer.status}")


def unreachable(why: str) -> Rules:
    """The rules of a host that does not give them: nothing may be fetched for now."""
    return Rules(unreachable=why, fresh_for=KEPT_UNREACHABLE)
