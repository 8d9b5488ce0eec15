"""`tensionwire watch`: follow feeds, sitemaps and folders."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tensionwire.cli import asking, coders
from tensionwire.cli.inputs import Private

if TYPE_CHECKING:
    from tensionwire.watch.hand import Code
    from tensionwire.watch.notices import Notice, Tell
    from tensionwire.watch.watcher import Watcher

MOST_THREADS: Final = 4  # as in `code`
_STYLES: Final = {"warning": "yellow", "detail": "dim"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(watch)


def watch(
    feeds: Annotated[
        Path | None, typer.Argument(metavar="feeds.toml", help="What to watch; --example prints one.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Look at each source once and end: for cron.")] = False,
    ledger: asking.Url = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What was seen so far. Default: beside the ledger.")
    ] = None,
    allow_private: Private = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only what goes wrong.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell also of looks that found nothing.")] = False,
    example: Annotated[bool, typer.Option("--example", help="Print a commented feeds.toml and end.")] = False,
    ontology: coders.Ontology = None,
) -> None:
    """Follow feeds, sitemaps and folders, and add every new report to the ledger.

    Keeps to robots.txt, asks each host politely, and resumes where it was stopped. SIGTERM or Ctrl-C: it ends after
    the report in hand.

    \b
    [bold]Examples[/bold]
    tensionwire watch --example > feeds.toml
    tensionwire watch feeds.toml
    tensionwire watch feeds.toml --once --quiet
    tensionwire watch feeds.toml --ontology my.twm
    """
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.errors import UsageError
    from tensionwire.watch.config import example as printed

    with ending() as failures:
        if example:
            to_stdout([printed()])
        elif feeds is None:
            raise UsageError(
                "no file", "nothing says what to watch", "begin with: tensionwire watch --example > feeds.toml"
            )
        else:
            tell = teller(quiet=quiet, verbose=verbose)
            failed = _watched(feeds, ledger, state, once, allow_private, tell, ontology)
            failures.count = failed if once else 0


def _watched(
    path: Path, url: str | None, state: Path | None, once: bool, allow_private: bool, tell: Tell, ontology: Path | None
) -> int:
    """Watch until stopped; gives how much failed."""
    from tensionwire.beside import place
    from tensionwire.ledger import Ledger
    from tensionwire.watch import config
    from tensionwire.watch.state import State
    from tensionwire.watch.watcher import Watcher

    plan = config.load(path)
    code = coder(ontology)
    with Ledger.open(url) as ledger, State(state or place(url, "watch")) as seen:
        watcher = Watcher(plan, ledger=ledger, state=seen, code=code, tell=tell, allow_private=allow_private, once=once)
        with _stopped_by_signals(watcher):
            return watcher.run().failed


def coder(ontology: Path | None = None) -> Code:
    """The shipped coder, loaded when the first report comes: a look that finds nothing costs next to nothing.

    With a custom model on top it is loaded at once: a model that will not do ends the command, no report is to blame.
    """
    from functools import cache

    from tensionwire.cli.jobs import CustomLoad
    from tensionwire.pipeline import Coder

    threads = min(MOST_THREADS, os.cpu_count() or 1)
    if ontology is not None:
        return CustomLoad(path=ontology)(threads)
    loaded = cache(lambda: Coder.load(threads=threads))
    return lambda report: loaded()(report)


@contextmanager
def _stopped_by_signals(watcher: Watcher) -> Iterator[None]:
    """The first SIGTERM or SIGINT ends the watch after the report in hand, the second at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        watcher.stop()
        for one in before:
            signal.signal(one, signal.default_int_handler)

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def teller(*, quiet: bool, verbose: bool) -> Tell:
    """What writes notices to stderr, one line each, with the time of day; colour only on a terminal."""
    from rich.console import Console
    from rich.text import Text

    from tensionwire.exchange.plain import line

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    shown = {"warning"} if quiet else {"warning", "news"} | ({"detail"} if verbose else set())

    def tell(notice: Notice) -> None:
        if notice.level not in shown:
            return
        mark = "! " if notice.level == "warning" else ""
        told = f"{datetime.now():%Y-%m-%d %H:%M:%S} {line(notice.source)}: {mark}{line(notice.told)}"
        if sys.stderr.isatty():
            console.print(Text(told, style=_STYLES.get(notice.level, "")))
        else:
            print(told, file=sys.stderr, flush=True)

    return tell
