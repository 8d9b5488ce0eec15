"""An endpoint that speaks OpenAI's chat completions: asked with patience, within limits, one answer at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tensionwire.llm.budget import Budget
from tensionwire.llm.dialect import Dialect
from tensionwire.llm.failures import AnswerError, EndpointError, EndpointLost
from tensionwire.llm.pace import LONGEST, Pace
from tensionwire.llm.settings import Key, Settings
from tensionwire.llm.wire import Reply, Trouble, post

if TYPE_CHECKING:
    import httpx

# A token is about so many characters, where an endpoint does not count.
_TOKEN: Final = 4
_CONNECTING: Final = 10.0
# What took too long once is tried once more, not four times.
_SLOW_RETRIES: Final = 1

Messages = Sequence[Mapping[str, str]]


class Endpoint:
    """Asks one model; may be used from several threads at once."""

    def __init__(self, settings: Settings, key: Key | None = None) -> None:
        self.settings = settings
        self.budget = Budget(max_requests=settings.max_requests, max_tokens=settings.max_tokens)
        self.pace = Pace(settings.pause)
        self._key, self._dialect = key, Dialect()
        self._turn = BoundedSemaphore(settings.concurrency)
        self._client = _client(settings, key)
        self._answered = False
        self._url = f"{settings.base_url}/chat/completions"

    def ask(self, messages: Messages) -> Reply:
        """The model's reply.

        Raises `EndpointError` where there is none, `EndpointLost` where there will be none for any request,
        `BudgetSpent` where the limits are reached.
        """
        attempt = 0
        while True:
            body = self._dialect.body(self.settings.model, messages)
            found = self._once(body, sum(len(one["content"]) for one in messages) // _TOKEN)
            if isinstance(found, Reply):
                self._answered = True
                return self._checked(found)
            if found.refused is not None and self._dialect.adapted(body, found.refused):
                continue
            self._again_or_raise(found, attempt)
            attempt += 1

    def close(self) -> None:
        """Ask nothing more; who waits for a turn is told so."""
        self.pace.stop()
        self._client.close()

    def hidden(self, text: str) -> str:
        """The text without the key, should a server have sent it back."""
        return self._key.hidden_in(text) if self._key else text

    def _once(self, body: Mapping[str, object], least: int) -> Reply | Trouble:
        with self._turn:
            self.pace.keep()
            self.budget.take(least)
            tokens = 0
            try:
                found = post(self._client, self._url, body, self.settings.timeout)
                if isinstance(found, Reply):
                    tokens = found.tokens if found.tokens is not None else least + len(found.content) // _TOKEN
                return found
            finally:
                self.budget.settle(least, tokens)

    def _checked(self, reply: Reply) -> Reply:
        if reply.cut:
            why = "was cut off for its length"
            todo = "give the server more room (llama.cpp: -c 16384, Ollama: OLLAMA_CONTEXT_LENGTH)"
            raise AnswerError("the model's answer", why, todo)
        return Reply(content=self.hidden(reply.content), tokens=reply.tokens, cut=False)

    def _again_or_raise(self, found: Trouble, attempt: int) -> None:
        """Wait, where another try may do; else say what is wrong."""
        why = self.hidden(found.why)
        most = min(self.settings.retries, _SLOW_RETRIES) if found.slow else self.settings.retries
        if found.lost or (found.strange and not self._answered):
            raise EndpointLost(self._name(), why, found.todo)
        if not found.again:
            raise AnswerError(self._name(), why, found.todo)
        if attempt >= most or (found.wait or 0) > LONGEST:
            tries = f" ({attempt + 1} tries)" if attempt else ""
            raise EndpointError(self._name(), why + tries, found.todo)
        if found.wait is not None:
            self.pace.hold(found.wait)
        self.pace.keep(0 if found.wait is not None else self.pace.pause(attempt))

    def _name(self) -> str:
        return f"{self.settings.name} at {self.settings.base_url}"


def _client(settings: Settings, key: Key | None) -> httpx.Client:
    """A connection that goes nowhere but to the endpoint; proxies of the environment are for https alone."""
    import httpx

    seconds = settings.timeout
    return httpx.Client(
        headers={
            "User-Agent": "tensionwire",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            **(key.header() if key else {}),
        },
        timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECTING), pool=None),
        limits=httpx.Limits(max_connections=settings.concurrency),
        follow_redirects=False,
        trust_env=urlsplit(settings.base_url).scheme == "https",
    )
