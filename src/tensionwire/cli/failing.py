"""How a command ends: the exit codes, and one clear line for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

import typer

from tensionwire.errors import TensionwireError, UsageError
from tensionwire.exchange.plain import line

FAILED: Final = 1
WRONG_USAGE: Final = 2
STOPPED: Final = 130
BROKEN_PIPE: Final = 141
ENDED: Final = 143


class Ended(KeyboardInterrupt):
    """SIGTERM: a command ends by it as by Ctrl-C, with nothing left half written and no process behind."""


def complain(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    typer.echo(f"tensionwire: {line(message)}", err=True)


@dataclass(slots=True)
class Failures:
    """Counts what could not be done, and says so as it happens."""

    count: int = 0

    def __call__(self, what: object, error: Exception) -> None:
        """Tell of one item that failed; the others go on."""
        self.count += 1
        complain(str(error) if isinstance(error, TensionwireError) else f"{what}: {_told(error)}")


def _told(error: Exception) -> str:
    return f"could not be coded ({type(error).__name__}: {error}); please report it with the input"


@contextmanager
def ending() -> Iterator[Failures]:
    """Turn the end of a command into its exit code; a reader that went away (`| head`) is no error."""
    failures = Failures()
    try:
        with _ended_by_sigterm():
            yield failures
            sys.stdout.flush()
    except TensionwireError as error:
        complain(str(error))
        raise typer.Exit(WRONG_USAGE if isinstance(error, UsageError) else FAILED) from error
    except BrokenPipeError:
        # What Python still holds for the closed pipe must go nowhere, or it complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except OSError as error:
        complain(f"{error.filename or 'the output'}: {error.strerror or error}; {_todo(error)}")
        raise typer.Exit(FAILED) from error
    except Ended:
        complain("ended")
        raise typer.Exit(ENDED) from None
    except KeyboardInterrupt:
        complain("stopped")
        raise typer.Exit(STOPPED) from None
    if failures.count:
        raise typer.Exit(FAILED)


def _todo(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "it is not all there: " + ("free some space and run it again" if full else "mend that and run it again")


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Within, SIGTERM raises `Ended`; commands that see to it themselves (`watch`, `serve`) do so further in."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
