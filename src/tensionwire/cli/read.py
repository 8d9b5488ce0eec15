"""`tensionwire read`."""

from __future__ import annotations

from tensionwire.cli.failing import ending
from tensionwire.cli.output import to_stdout
from tensionwire.cli.sources import Sources
from tensionwire.exchange import clean


def run(sources: Sources, format: str) -> None:
    """Show the clean reports of the sources."""
    with ending() as failures:
        to_stdout({"text": clean.pages, "json": clean.document}[format](sources.reports(failures)))
