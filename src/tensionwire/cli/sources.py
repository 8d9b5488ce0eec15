"""What the arguments name, as reports one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tensionwire.cli.failing import Failures
from tensionwire.errors import UsageError
from tensionwire.records import Report

if TYPE_CHECKING:
    from tensionwire.read import InputFailure

FIELDS: Final = ("doc_id", "text", "title", "published", "url", "outlet", "language", "byline", "modified")


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
        given = tuple(inputs or ())
        if sample:
            from tensionwire.samples import SAMPLE

            given = (*given, str(SAMPLE))
        if not given:
            raise UsageError("no input", "there is nothing to read", "name a file, a folder, an address, or -")
        return cls(inputs=given, published=published, columns=_columns(columns), allow_private=allow_private)

    def reports(self, failures: Failures) -> Iterator[Report]:
        """Every report that can be read; the others are told to `failures`."""
        from tensionwire.read import read_all

        outcomes = read_all(
            self.inputs, published=self.published, columns=self.columns, allow_private=self.allow_private
        )
        return _readable(outcomes, failures)


def _readable(outcomes: Iterable[Report | InputFailure], failures: Failures) -> Iterator[Report]:
    for outcome in outcomes:
        if isinstance(outcome, Report):
            yield outcome
        else:
            failures(outcome.source, outcome.error)


def _columns(given: str | None) -> dict[str, str]:
    """What `--map text=body,title=headline` says.

    >>> _columns("text=body, id=nr")
    {'text': 'body', 'doc_id': 'nr'}
    """
    found = {}
    for pair in (given or "").split(","):
        name, equals, column = (part.strip() for part in pair.partition("="))
        name = "doc_id" if name == "id" else name
        if pair.strip() and not (name in FIELDS and equals and column):
            raise UsageError(f"--map {pair.strip()}", "is no FIELD=COLUMN", f"use a field of {', '.join(FIELDS)}")
        if pair.strip():
            found[name] = column
    return found
