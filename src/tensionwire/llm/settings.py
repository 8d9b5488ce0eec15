"""How an endpoint is asked: which model, where, with what patience and within what limits."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tensionwire.errors import UsageError
from tensionwire.llm.address import checked, open_to_readers

# The first of these that is set is sent. OPENAI_API_KEY is often set for another program, so that it goes only
# where nobody on the way can read it.
KEY, FOREIGN_KEY = "TENSIONWIRE_API_KEY", "OPENAI_API_KEY"
TIMEOUT: Final = 300.0
CONCURRENCY: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """An endpoint and its limits. `base_url` is what stands before `/chat/completions`.

    `timeout` and `pause` (the first wait before a request is repeated) are seconds. `max_requests` counts every
    request that is sent, repeated ones too; `max_tokens` what the endpoint says that it read and wrote.
    `cache` is the folder of answers, None for none. Raises `UsageError` for an address that will not do.
    """

    model: str
    base_url: str
    timeout: float = TIMEOUT
    concurrency: int = CONCURRENCY
    max_requests: int | None = None
    max_tokens: int | None = None
    retries: int = 4
    pause: float = 1.0
    cache: Path | None = None
    allow_private: bool = False

    def __post_init__(self) -> None:
        if not (self.model.strip() and self.model.isprintable()):
            raise UsageError("openai:", "names no model", "write --coder openai:MODEL as the endpoint calls it")
        object.__setattr__(self, "base_url", checked(self.base_url, allow_private=self.allow_private))

    @property
    def name(self) -> str:
        """The coder's name: `openai:` and the model."""
        return f"openai:{self.model}"


class Key:
    """The key of an endpoint, which shows itself to nobody."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Key(...)"

    def header(self) -> dict[str, str]:
        """What goes with a request."""
        return {"Authorization": f"Bearer {self._value}"}

    def hidden_in(self, text: str) -> str:
        """The text without the key.

        >>> Key("sk-1").hidden_in("wrong key sk-1")
        'wrong key [key]'
        """
        return text.replace(self._value, "[key]")


def key_for(base_url: str, environment: Mapping[str, str] = os.environ) -> Key | None:
    """The key from the environment; raises `UsageError`, without it, where it cannot be sent.

    >>> names = {"OPENAI_API_KEY": "sk-1"}
    >>> key_for("https://llm.example/v1", names), key_for("http://10.0.0.5/v1", names)
    (Key(...), None)
    """
    names = (KEY,) if open_to_readers(base_url) else (KEY, FOREIGN_KEY)
    name = next((name for name in names if environment.get(name, "").strip()), None)
    if name is None:
        return None
    value = environment[name].strip()
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise UsageError(name, "holds what no key is made of (blanks, line breaks, other letters)", "set it anew")
    return Key(value)


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where this system keeps what a program may lose.

    >>> cache_folder({"XDG_CACHE_HOME": "/c"}).as_posix()
    '/c/tensionwire/answers'
    """
    given = environment.get("XDG_CACHE_HOME")
    if given:
        base = Path(given)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path.home() / ".cache"
    return base / "tensionwire" / "answers"
