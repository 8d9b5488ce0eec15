"""Settings files in TOML: every key checked, and each error names its line and what to write there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from tensionwire.errors import UsageError

T = TypeVar("T")
MAX_BYTES: Final = 1_000_000
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a settings file: take each key that is known, then call `done`.

    `heading` is how the table is written in the file ("[[feed]]"), `nth` counts those of one heading from 0.
    """

    file: str
    lines: tuple[str, ...]
    values: dict[str, Any]
    heading: str = ""
    nth: int = 0
    taken: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None) -> str | None:
        """A text; empty ones are refused."""
        return self._value(key, default, _text, 'is no text; write it in quotes: "..."')

    def need(self, key: str, todo: str) -> str:
        """A text that must be there."""
        found = self.text(key)
        if found is None:
            self.refuse(key, "is missing", todo)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of them."""
        return self._value(key, (), _texts, 'is no list of texts; write ["one", "two"]')

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return self._value(key, default, _flag, "is neither; write true or false")

    def number(self, key: str, default: float, *, low: float = 0, high: float = 1e12) -> float:
        """A number within bounds."""
        found = self._value(key, default, _number, "is no number; write it without quotes")
        if not low <= found <= high:
            self.refuse(key, "is out of bounds", f"write a number from {low:g} to {high:g}")
        return found

    def seconds(self, key: str, default: float, *, low: float = 0) -> float:
        """A length of time, in seconds: "90s", "10m", "2h", "1d"."""
        found = self._value(key, default, seconds, 'is no length of time; write "90s", "10m", "2h" or "1d"')
        if found < low:
            self.refuse(key, "is too short", f'write "{low:g}s" or more')
        return found

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One of some words."""
        given = self.text(key)
        found = default if given is None else given
        if found not in options:
            self.refuse(key, "is none of those known", f"write one of {', '.join(options)}")
        return found

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """A regular expression."""
        return self._value(key, None, re.compile, "is no regular expression; check it")

    def tables(self, key: str) -> list[Table]:
        """The tables `[[key]]`, in their order."""
        self.taken.add(key)
        given = self.values.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self.refuse(key, "is no list of tables", f"write it as [[{key}]] with its keys below")
        return [self._inner(one, f"[[{key}]]", nth) for nth, one in enumerate(given)]

    def table(self, key: str) -> Table:
        """The table `[key]`, empty where there is none."""
        self.taken.add(key)
        given = self.values.get(key, {})
        if not isinstance(given, dict):
            self.refuse(key, "is no table", f"write it as [{key}] with its keys below")
        return self._inner(given, f"[{key}]", 0)

    def _inner(self, values: dict[str, Any], heading: str, nth: int) -> Table:
        return Table(file=self.file, lines=self.lines, values=values, heading=heading, nth=nth)

    def done(self) -> None:
        """Raise `UsageError` for a key that nobody asked for."""
        for key in self.values:
            if key not in self.taken:
                near = get_close_matches(key, self.taken, 1)
                known = ", ".join(sorted(self.taken))
                self.refuse(key, "is not known here", f"did you mean {near[0]}?" if near else f"known here are {known}")

    def refuse(self, key: str, why: str, todo: str) -> NoReturn:
        """Raise `UsageError` about a key of this table."""
        given = f" = {_shown(self.values[key])}" if key in self.values else ""
        place = f"{self.file}, line {self._line(key)}: {self.heading} ".rstrip()
        raise UsageError(f"{place} {key}{given}", why, todo)

    def _value(self, key: str, default: T, read: Callable[[Any], T], why: str) -> T:
        self.taken.add(key)
        if key not in self.values:
            return default
        try:
            return read(self.values[key])
        except (ValueError, TypeError, re.error):
            said, _, todo = why.partition("; ")
            self.refuse(key, said, todo)

    def _line(self, key: str) -> int:
        """The line of a key as it is usually written; that of the heading, or 1, where it is not found."""
        first, end = self._stretch()
        written = re.compile(rf"""\s*\[*["']?{re.escape(key)}["']?\s*[=.\]]""")
        return next((n for n in range(first, end) if written.match(self.lines[n - 1])), first)

    def _stretch(self) -> tuple[int, int]:
        """The line on which this table begins, and the one behind its end."""
        behind = len(self.lines) + 1
        if not self.heading:
            return 1, behind
        heads = {n: re.sub(r"\s|#.*", "", text) for n, text in enumerate(self.lines, 1) if text.lstrip()[:1] == "["}
        mine = [n for n, head in heads.items() if head == self.heading]
        if self.nth >= len(mine):
            return 1, 1
        return mine[self.nth], next((n for n in heads if n > mine[self.nth]), behind)


def load(path: Path) -> Table:
    """The settings of a file; raises `UsageError` where it cannot be read or is no TOML."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as fault:
        raise UsageError(str(path), f"cannot be read ({fault.strerror})", "check the path") from fault
    if len(data) > MAX_BYTES:
        raise UsageError(str(path), "is larger than any settings file", "check the path")
    return loads(data, str(path))


def loads(data: bytes, name: str) -> Table:
    """The settings in some bytes.

    >>> loads(b'[watch]\\nevery = "10m"\\n', "feeds.toml").table("watch").seconds("every", 60)
    600.0
    """
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as fault:
        raise UsageError(name, "is not in UTF-8", "save it as UTF-8") from fault
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UsageError(name, f"is no valid TOML ({fault})", "put texts in quotes and check the line") from fault
    return Table(file=name, lines=tuple(text.splitlines()), values=values)


def seconds(given: str | float) -> float:
    """A length of time in seconds; raises `ValueError` for what is none.

    >>> [seconds(given) for given in ("90s", "10m", "1.5h", "1d", 30)]
    [90.0, 600.0, 5400.0, 86400.0, 30.0]
    """
    if isinstance(given, bool):
        raise ValueError(given)
    if isinstance(given, (int, float)):
        return float(given)
    found = _LENGTH.fullmatch(given.strip().lower())
    if found is None:
        raise ValueError(given)
    return float(found[1]) * _UNITS[found[2]]


def _shown(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "..."
    return f'"{value[:60]}"' if isinstance(value, str) else str(value).lower()


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(one) for one in value) if isinstance(value, list) else (_text(value),)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(value)
    return float(value)
