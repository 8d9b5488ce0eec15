"""What the arguments name, as reports one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tensionwire.cli.failing import Failures
from tensionwire.records import Report

_date = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Inputs and how to read them."""

    inputs: tuple[str, ...]
    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False

    @classmethod
    def of(
        cls, inputs: Sequence[str] | None, *, sample: bool, published: str | None, columns: str | None,
        allow_private: bool,
    ) -> Sources:  # fmt: skip
        """The sources that the options of a command name; raises UsageError where they make no sense."""
        raise NotImplementedError

    def reports(self, failures: Failures) -> Iterator[Report]:
        """Every report that can be read; the others are told to `failures`."""
        raise NotImplementedError
