"""What an endpoint understands: servers differ in which fields of a request they take.

A request begins with all that helps: the JSON Schema, temperature 0, a limit on the length of the answer. Where a
server answers that a field will not do, it is said in the next way that servers know, and so for the rest of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final

from tensionwire.llm.answer import schema

# No report needs more; it ends what a model that repeats itself would never end.
LONGEST_ANSWER: Final = 16_384

Fields = Mapping[str, Any]


def _ladders() -> dict[str, tuple[Fields, ...]]:
    """For each help, the ways to ask for it, best first; the last is to do without."""
    held = {"name": "record", "strict": True, "schema": schema()}
    return {
        "response_format": (
            {"response_format": {"type": "json_schema", "json_schema": held}},
            {"response_format": {"type": "json_object"}},
            {},
        ),
        "max_tokens": (
            {"max_tokens": LONGEST_ANSWER},
            {"max_completion_tokens": LONGEST_ANSWER},
            {},
        ),
        "temperature": ({"temperature": 0}, {}),
    }


# Words by which a refusal tells which help it refuses.
_SIGNS: Final = {
    "response_format": ("response_format", "json_schema", "json_object", "schema", "grammar"),
    "max_tokens": ("max_tokens", "max_completion_tokens"),
    "temperature": ("temperature",),
}


class Dialect:
    """The fields that an endpoint takes, as far as it has said by now."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ladders = _ladders()
        self._steps = dict.fromkeys(self._ladders, 0)

    def body(self, model: str, messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """A request in it."""
        body: dict[str, Any] = {"model": model, "messages": list(messages), "stream": False}
        for help, ladder in self._ladders.items():
            body |= ladder[self._steps[help]]
        return body

    def adapted(self, sent: Mapping[str, Any], complaint: str) -> bool:
        """Whether a refusal names a help that can be asked for in another way, or was while this one was under way."""
        words = complaint.lower()
        for help, signs in _SIGNS.items():
            if any(sign in words for sign in signs):
                with self._lock:
                    return self._step(help, sent)
        return False

    def _step(self, help: str, sent: Mapping[str, Any]) -> bool:
        ladder, step = self._ladders[help], self._steps[help]
        names = {name for fields in ladder for name in fields}
        if {name: sent[name] for name in names if name in sent} != ladder[step]:
            return True
        if step + 1 < len(ladder):
            self._steps[help] = step + 1
            return True
        return False
