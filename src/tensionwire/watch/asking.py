"""One polite question to a host: who asks, what is known already, and what to make of the answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from tensionwire.errors import InputError
from tensionwire.read.fetch import Answer, Question, advice, ask
from tensionwire.watch import robots
from tensionwire.watch.robots import Rules

LONGEST_REST: Final = 86400.0  # seconds that a Retry-After may ask for
HOPS: Final = 5
# What will not be different when it is asked again: all of 4xx but these.
_PASSING: Final = frozenset({408, 421, 425, 429})
_FEED: Final = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"


class Trouble(Exception):
    """A question without a useful answer. `lasting`: asking again will not help; `rest` is in seconds."""

    def __init__(
        self, why: str, todo: str = "", *, lasting: bool = False, gone: bool = False, rest: float = 0.0
    ) -> None:
        super().__init__(why)
        self.why, self.todo, self.lasting, self.gone, self.rest = why, todo, lasting, gone, rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: `agent` is what servers are told; `allow_private` lets addresses lead to private networks."""

    agent: str
    allow_private: bool = False

    def rules(self, url: str) -> Rules:
        """What the host of an address allows; a host that does not tell allows nothing for now."""
        question = Question(url=robots.address(url), headers={"User-Agent": self.agent})
        try:
            return robots.rules(ask(question, allow_private=self.allow_private, max_bytes=2 * robots.MAX_BYTES))
        except InputError as error:
            return robots.unreachable(error.why)

    def ask(
        self, url: str, rules: Rules, *, max_bytes: int, etag: str | None = None, modified: str | None = None,
        feed: bool = False,
    ) -> Answer:  # fmt: skip
        """A 200 with its body, a 304, or a redirect to follow elsewhere; raises `Trouble` for all else."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified, "Accept": _FEED if feed else None}
        headers = {"User-Agent": self.agent, **{name: value for name, value in known.items() if value}}
        try:
            answer = ask(
                Question(url=url, headers=headers),
                follow=lambda here, there: host(here) == host(there) and rules.allows(there),
                allow_private=self.allow_private,
                max_bytes=max_bytes,
            )
        except InputError as error:
            raise Trouble(error.why, error.todo) from error
        if answer.status not in (200, 304) and answer.target is None:
            raise refusal(answer)
        return answer


def host(url: str) -> str:
    """The host of an address, with scheme and port: what is asked one question at a time.

    >>> host("https://News.example/a"), host("http://news.example:8080/")
    ('https://news.example:443', 'http://news.example:8080')
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{scheme}://{parts.hostname or ''}:{port or (443 if scheme == 'https' else 80)}"


def refusal(answer: Answer) -> Trouble:
    """An answer that is neither a page nor a way to one."""
    status = answer.status
    lasting = 400 <= status < 500 and status not in _PASSING
    return Trouble(
        f"the server answered {status}", advice(status), lasting=lasting, gone=status == 410, rest=retry_after(answer)
    )


def retry_after(answer: Answer) -> float:
    """Seconds for which a server wants to be left alone, at most a day; 0 where it does not say.

    >>> retry_after(Answer(url="", status=503, headers={"retry-after": "120"}))
    120.0
    """
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_REST)
    until = moment(said)
    return min(max(0.0, until - now(answer)), LONGEST_REST) if until is not None else 0.0


def now(answer: Answer) -> float:
    """The Unix time that the server has, else ours: what it says of dates is judged by its own clock."""
    told = moment(answer.headers.get("date", ""))
    return time.time() if told is None else told


def moment(text: str) -> float | None:
    """The Unix time of an HTTP date.

    >>> moment("Tue, 11 Apr 2017 00:00:00 GMT"), moment("soon")
    (1491868800.0, None)
    """
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
