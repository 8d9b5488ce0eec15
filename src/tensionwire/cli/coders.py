"""Which coder, by name: the shipped one, or a model behind an endpoint with its address and limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tensionwire.errors import UsageError

if TYPE_CHECKING:
    from tensionwire.evaluate import Subject
    from tensionwire.llm import EndpointCoder, Settings

SHIPPED: Final = "shipped"
_OPENAI: Final = "openai:"
_PANEL: Final = "With --coder openai:MODEL"
_NAMES: Final = "shipped, or openai:MODEL for a model behind an OpenAI-compatible endpoint."

Name = Annotated[str, typer.Option("--coder", metavar="CODER", help=_NAMES)]
Names = Annotated[
    list[str] | None, typer.Option("--coder", metavar="CODER", help=f"{_NAMES} May be given more than once.")
]
BaseUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", rich_help_panel=_PANEL, help="What stands before /chat/completions."),
]
BaseUrls = Annotated[
    list[str] | None,
    typer.Option(
        "--base-url", metavar="URL", rich_help_panel=_PANEL,
        help="What stands before /chat/completions: one for all such coders, or one for each, in order.",
    ),
]  # fmt: skip
Concurrency = Annotated[
    int, typer.Option(min=1, max=256, metavar="N", rich_help_panel=_PANEL, help="Requests under way at once.")
]
Timeout = Annotated[
    float, typer.Option(min=1, metavar="SECONDS", rich_help_panel=_PANEL, help="How long to wait for an answer.")
]
MaxRequests = Annotated[
    int | None, typer.Option(min=0, metavar="N", rich_help_panel=_PANEL, help="Send no more requests than this.")
]
MaxTokens = Annotated[
    int | None, typer.Option(min=0, metavar="N", rich_help_panel=_PANEL, help="Spend no more tokens than this.")
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", metavar="DIR", rich_help_panel=_PANEL, help="Keep answers here, not in the user's cache."),
]
Ontology = Annotated[
    Path | None,
    typer.Option("--ontology", metavar="MODEL.twm", help="Find types of your own too: a model that `train` made."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", rich_help_panel=_PANEL, help="Keep no answers, use none.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the options say of all endpoints."""

    concurrency: int
    timeout: float
    max_requests: int | None = None
    max_tokens: int | None = None
    cache: Path | None = None
    no_cache: bool = False
    allow_private: bool = False


def endpoint(name: str, base_url: str | None, limits: Limits) -> Settings | None:
    """The endpoint that a coder's name and address stand for, None for the shipped coder; raises UsageError."""
    if name == SHIPPED:
        for option in _foreign(base_url, limits):
            raise UsageError(option, "is for another coder than the shipped one", "add --coder openai:MODEL")
        return None
    if not name.startswith(_OPENAI):
        raise UsageError(f"--coder {name}", "is no coder", f"name {SHIPPED} or {_OPENAI}MODEL")
    if base_url is None:
        todo = "add --base-url, such as http://127.0.0.1:8080/v1 (llama.cpp) or https://api.openai.com/v1"
        raise UsageError(f"--coder {name}", "needs the address of an endpoint: reports go nowhere unasked", todo)
    from tensionwire.llm.settings import Settings, cache_folder

    return Settings(
        model=name.removeprefix(_OPENAI),
        base_url=base_url,
        timeout=limits.timeout,
        concurrency=limits.concurrency,
        max_requests=limits.max_requests,
        max_tokens=limits.max_tokens,
        cache=None if limits.no_cache else limits.cache or cache_folder(),
        allow_private=limits.allow_private,
    )


def _foreign(base_url: str | None, limits: Limits) -> list[str]:
    """The options given that mean nothing to the shipped coder."""
    given = {
        "--base-url": base_url is not None,
        "--max-requests": limits.max_requests is not None,
        "--max-tokens": limits.max_tokens is not None,
        "--cache": limits.cache is not None,
        "--no-cache": limits.no_cache,
    }
    return [option for option, is_given in given.items() if is_given]


@contextmanager
def asking(settings: Settings) -> Iterator[EndpointCoder]:
    """The coder of an endpoint; at the end stderr says what was spent."""
    from tensionwire.cli.failing import complain
    from tensionwire.llm import EndpointCoder

    with EndpointCoder(settings) as coder:
        try:
            yield coder
        finally:
            complain(f"{settings.name}: {coder.spent}")


@contextmanager
def tested(
    names: Sequence[str],
    base_urls: Sequence[str],
    limits: Limits,
    told: Callable[[object, Exception], None],
    ontology: Path | None,
) -> Iterator[dict[str, Callable[[], Subject]]]:
    """What `evaluate` puts to the test, by name; each is loaded when it is called for.

    `told` hears of each report that a coder could not code. Raises UsageError for names or addresses that do
    not fit together. `ontology` is a custom model on top of the shipped coder.
    """
    if ontology is not None and SHIPPED not in names:
        raise UsageError(f"--ontology {ontology}", "is for the shipped coder", "add --coder shipped")
    found: dict[str, Callable[[], Subject]] = {}
    with ExitStack() as stack:
        for name, settings in zip(names, _endpoints(names, base_urls, limits), strict=True):
            label = name if settings is None or name not in found else f"{name} at {settings.base_url}"
            if label in found:
                raise UsageError(f"--coder {label}", "is named twice", "name each coder once")
            found[label] = partial(_subject, settings, stack, told, ontology)
        yield found


def _subject(
    settings: Settings | None, stack: ExitStack, told: Callable[[object, Exception], None], ontology: Path | None
) -> Subject:
    from tensionwire.evaluate import subject

    if settings is not None:
        return subject.asked(stack.enter_context(asking(settings)), told)
    if ontology is None:
        return subject.shipped()
    from tensionwire import custom

    return subject.subject_of(custom.load(ontology))


def _endpoints(names: Sequence[str], base_urls: Sequence[str], limits: Limits) -> list[Settings | None]:
    foreign = [name for name in names if name != SHIPPED]
    if not foreign:
        endpoint(SHIPPED, next(iter(base_urls), None), limits)
    if len(base_urls) not in (0, 1, len(foreign)):
        what = f"{len(base_urls)} --base-url for {len(foreign)} --coder openai:MODEL"
        raise UsageError(what, "does not say which is whose", "give one for all, or one for each")
    addresses = iter(base_urls if len(base_urls) != 1 else list(base_urls) * len(foreign))
    return [None if name == SHIPPED else endpoint(name, next(addresses, None), limits) for name in names]
