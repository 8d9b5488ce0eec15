"""The command line. Each command loads what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `tensionwire` program."""
    try:
        from tensionwire.cli.app import app

        app(prog_name="tensionwire")
    except KeyboardInterrupt:  # before a command began
        raise SystemExit(130) from None
