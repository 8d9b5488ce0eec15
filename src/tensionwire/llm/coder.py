"""The coder: a report in parts to the model, its answers verified, resolved and written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Final, Self, TypeVar

import msgspec

from tensionwire.annotate.sentences import sentences
from tensionwire.errors import InputError
from tensionwire.llm import answer, prompt, resolving
from tensionwire.llm.budget import Spent
from tensionwire.llm.cache import Cache, Entry, key_of
from tensionwire.llm.endpoint import Endpoint
from tensionwire.llm.failures import AnswerError, BudgetSpent, EndpointError, EndpointLost
from tensionwire.llm.in_order import in_order
from tensionwire.llm.parts import CHARACTERS, Part, parts
from tensionwire.llm.record import record
from tensionwire.llm.settings import Key, Settings, key_for
from tensionwire.llm.verified import Verified, joined
from tensionwire.llm.verify import verified
from tensionwire.llm.wire import Reply
from tensionwire.pipeline import OnError
from tensionwire.records import Record, Report, Resolved
from tensionwire.resolve import Resolver

T = TypeVar("T")
Read = tuple[answer.Answer, Counter[str]]

LONGEST_REPORT: Final = 200_000
# So many reports in a row without an answer: the endpoint is at fault, not the reports.
_LOST_IN_A_ROW: Final = 5


class EndpointCoder:
    """Codes reports with a language model behind an OpenAI-compatible endpoint.

    `coder(report)` gives the record of one report, `coder.pipe(reports)` those of many. Raises as `Endpoint.ask`
    does, and `InputError` for a report that is too long. Close it, or use it in a `with` statement.
    """

    def __init__(self, settings: Settings, key: Key | None = None) -> None:
        self.settings = settings
        self._endpoint = Endpoint(settings, key or key_for(settings.base_url))
        self._cache = Cache(settings.cache) if settings.cache else None
        self._schema = msgspec.json.encode(answer.schema()).decode()

    @property
    def name(self) -> str:
        """What made a record: program, model and prompt, with their versions."""
        from tensionwire import __version__

        return f"tensionwire {__version__}, {self.settings.name}, prompt {prompt.version()}"

    @property
    def spent(self) -> Spent:
        """What was asked so far."""
        return self._endpoint.budget.spent

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver.load()

    def __call__(self, report: Report) -> Record:
        """The record of one report."""
        return self._record(report, self._asked(report))

    def pipe(self, reports: Iterable[Report], *, on_error: OnError | None = None) -> Iterator[Record]:
        """Records in the order of their reports, several asked for at once.

        With `on_error`, a report that cannot be coded is told to it and left out; else the error is raised. An
        endpoint that no longer answers at all ends the run either way.
        """
        return self._each(reports, self._record, on_error)

    def resolve(self, reports: Iterable[Report], *, on_error: OnError | None = None) -> Iterator[Resolved]:
        """What the model quoted of each report, with whom, when and where it means; errors as in `pipe`."""
        return self._each(reports, self._resolved, on_error)

    def _each(
        self, reports: Iterable[Report], finish: Callable[[Report, Verified], T], on_error: OnError | None
    ) -> Iterator[T]:
        lost = 0
        for report, done in in_order(self._asked, reports, threads=self.settings.concurrency):
            try:
                made = finish(report, done.result())
            except EndpointLost:
                raise
            except Exception as error:
                lost = lost + 1 if isinstance(error, EndpointError) and not isinstance(error, AnswerError) else 0
                if on_error is None or lost >= _LOST_IN_A_ROW:
                    raise
                on_error(report, _of(report, error))
            else:
                lost = 0
                yield made

    def close(self) -> None:
        """Ask nothing more."""
        self._endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, report: Report) -> Verified:
        """The model's answers to the parts of a report, verified."""
        if len(report.text) > LONGEST_REPORT:
            name, limit = report.source or report.doc_id, f"{LONGEST_REPORT:,} characters"
            raise InputError(name, f"is longer than the {limit} that a model is asked to read", "cut it")
        cut = sentences(report.text, report.title)
        return joined([self._part(part, n) for n, part in enumerate(parts(report, cut))])

    def _part(self, part: Part, number: int) -> Verified:
        said, faults = self._answer(part)
        found = verified(said, part, number)
        return replace(found, faults=found.faults + faults)

    def _answer(self, part: Part) -> Read:
        """The model's answer, from the cache if it was given before."""
        asked = prompt.question(part)
        key = key_of(self.settings.base_url, self.settings.model, prompt.instructions(), self._schema, asked)
        kept = self._kept(key)
        if kept is not None:
            self._endpoint.budget.found()
            return kept
        found, reply = self._new(asked)
        if self._cache:
            made = {"model": self.settings.model, "prompt": prompt.version()}
            self._cache.put(key, Entry(**made, content=reply.content, tokens=reply.tokens or 0))
        return found

    def _kept(self, key: str) -> Read | None:
        kept = self._cache.get(key) if self._cache else None
        try:
            return answer.read(kept.content) if kept else None
        except AnswerError:
            return None

    def _new(self, asked: str) -> tuple[Read, Reply]:
        messages = [{"role": "system", "content": prompt.instructions()}, {"role": "user", "content": asked}]
        reply = self._endpoint.ask(messages)
        try:
            return answer.read(reply.content), reply
        except AnswerError:  # may be mere bad luck: once more
            reply = self._endpoint.ask(messages)
            return answer.read(reply.content), reply

    def _resolved(self, report: Report, found: Verified) -> Resolved:
        spans = resolving.annotated(found, report, sentences(report.text, report.title))
        return resolving.informed(self._resolver.resolve(spans), found.parties())

    def _record(self, report: Report, found: Verified) -> Record:
        made = record(found, self._resolved(report, found), self.settings.name)
        return replace(made, coder=self.name, notes=(*made.notes, *_notes(made)))


def _notes(made: Record) -> Iterator[str]:
    if any(sentence.length > CHARACTERS for sentence in made.sentences):
        yield f"Of a sentence that is too long only the first {CHARACTERS:,} characters were shown to the model."
    if made.events or made.claims:
        yield "The model gives no confidence: every item says 1."


def _of(report: Report, error: Exception) -> Exception:
    """The error, with the report that it is about."""
    if isinstance(error, EndpointError | BudgetSpent):
        return type(error)(report.source or report.doc_id, f"{error.what}: {error.why}", error.todo)
    return error
