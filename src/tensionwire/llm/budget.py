"""How much may be asked: requests and tokens, counted as they are spent."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from tensionwire.llm.failures import BudgetSpent


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was asked so far. `cached` answers cost nothing."""

    requests: int = 0
    tokens: int = 0
    cached: int = 0

    def __str__(self) -> str:
        return f"requests: {self.requests:,}, tokens: {self.tokens:,}, answers from the cache: {self.cached:,}"


class Budget:
    """Limits that hold whatever is under way: what a request will at least cost is set aside before it is sent.

    >>> budget = Budget(max_requests=1)
    >>> budget.take(10); budget.settle(10, 25); budget.spent.tokens
    25
    """

    def __init__(self, *, max_requests: int | None = None, max_tokens: int | None = None) -> None:
        self._max_requests, self._max_tokens = max_requests, max_tokens
        self._lock = Lock()
        self._requests = self._tokens = self._reserved = self._cached = 0

    @property
    def spent(self) -> Spent:
        """What was spent up to now."""
        return Spent(requests=self._requests, tokens=self._tokens, cached=self._cached)

    def take(self, tokens: int) -> None:
        """Set one request of at least so many tokens aside; raises `BudgetSpent` where it is beyond the limits."""
        with self._lock:
            if self._max_requests is not None and self._requests >= self._max_requests:
                raise self._over("--max-requests", self._max_requests, "requests")
            if self._max_tokens is not None and self._tokens + self._reserved + tokens > self._max_tokens:
                raise self._over("--max-tokens", self._max_tokens, "tokens")
            self._requests += 1
            self._reserved += tokens

    def settle(self, reserved: int, tokens: int) -> None:
        """A request is over: it took so many tokens in the end."""
        with self._lock:
            self._reserved -= reserved
            self._tokens += tokens

    def found(self) -> None:
        """An answer came from the cache."""
        with self._lock:
            self._cached += 1

    def _over(self, option: str, limit: int, what: str) -> BudgetSpent:
        why = f"not coded, since the budget of {limit:,} {what} does not allow another request"
        return BudgetSpent(option, why, "raise it and run again: answers so far are kept in the cache")
