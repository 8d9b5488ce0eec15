"""A bar on stderr while long work goes on; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from tensionwire.records import Record


def watched(records: Iterable[Record], *, show: bool) -> Iterator[Record]:
    """The records, counted on a bar as they pass."""
    if not (show and sys.stderr.isatty()):
        yield from records
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} reports"),
        TextColumn("{task.fields[sentences]:,} sentences"),
        TimeElapsedColumn(),
    )
    sentences = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None, sentences=0)
        for record in records:
            sentences += len(record.sentences)
            bar.update(task, advance=1, sentences=sentences)
            yield record
