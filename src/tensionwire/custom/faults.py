"""Mistakes in what a user wrote: all of them told at once, each with its file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tensionwire.errors import UsageError

LARGEST = 16_000_000


class Mistakes(UsageError):
    """What is wrong in a file, one `UsageError` a mistake in `each`; nothing was done."""

    def __init__(self, each: Sequence[UsageError]) -> None:
        first = each[0]
        more = f" (and {len(each) - 1} more)" if len(each) > 1 else ""
        super().__init__(first.what, first.why, first.todo + more)
        self.each = tuple(each)

    def __reduce__(self) -> tuple[type[Mistakes], tuple[tuple[UsageError, ...]]]:  # type: ignore[override]
        return Mistakes, (self.each,)


class Faults:
    """Gathers the mistakes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[UsageError] = []

    def add(self, line: int, key: str, why: str, todo: str) -> None:
        """Note one; `line` counts from 1, `key` is the key that is wrong, or empty."""
        at = f"{self.file}, line {line}" + (f", {key}" if key else "")
        self.found.append(UsageError(at, why, todo))

    def close(self) -> None:
        """Raises `Mistakes` where there were any."""
        if self.found:
            raise Mistakes(self.found)


def text_of(path: Path) -> str:
    """The text of a file that a user wrote, UTF-8; raises UsageError where it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(str(path), f"is larger than {LARGEST // 1_000_000} MB", "give fewer examples")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(str(path), error.strerror or str(error), "check the name") from error
    except UnicodeDecodeError as error:
        raise UsageError(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from error


def shown(value: object, most: int = 60) -> str:
    """A value of the user's, short and quoted, for a message.

    >>> shown("x" * 100)[-4:]
    "xx…'"
    """
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= most else text[:most] + "…")
