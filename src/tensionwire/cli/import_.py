"""`tensionwire import`: event tables of others into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tensionwire.cli.failing import Failures
    from tensionwire.ledger import Ledger
    from tensionwire.measure.tables import Tally


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", no_args_is_help=True)(import_)


def import_(
    tables: Annotated[list[Path], typer.Argument(metavar="TABLE", help="CSV or TSV files of events, .gz or not.")],
    map: Annotated[
        str | None,
        typer.Option("--map", metavar="FIELD=COLUMN,...", help="Columns: date=day,actor=src,recipient=tgt,cameo=code."),
    ] = None,
    ledger: asking.Url = None,
) -> None:
    """Take event tables into the ledger.

    Known as they are: ICEWS (also rows of date, source, cameo_code, target), GDELT 1.0 and 2.0, Phoenix, ACLED and
    POLECAT. For others say with --map which column is what. A bad row is told with its line; the rest is taken.

    \b
    [bold]Examples[/bold]
    tensionwire import icews.2018.tab.gz
    tensionwire import mine.csv --map date=day,actor=source,recipient=target,cameo=code
    tensionwire import 20191024143000.export.CSV.gz --ledger desk.db
    """
    from tensionwire.cli.failing import ending
    from tensionwire.cli.given import columns
    from tensionwire.errors import TensionwireError, UsageError
    from tensionwire.ledger import Ledger

    with ending() as failures:
        given = columns(map)
        with Ledger.open(ledger) as store:
            for path in tables:
                try:
                    _take(path, given, store, failures)
                except UsageError:
                    raise
                except TensionwireError as error:
                    failures(path, error)


def _take(path: Path, given: Mapping[str, str], store: Ledger, failures: Failures) -> None:
    """One table: whole or not at all, but for its bad rows."""
    from tensionwire.cli.failing import complain
    from tensionwire.measure.tables import Tally, incidents_of, read_table, table_name

    tally = Tally()
    incidents = incidents_of(read_table(path, given=given, tally=tally, on_error=failures))
    added = store.add_table(incidents, name=table_name(path), digest=_digest(path, given))
    complain(f"{path}: {'is in the ledger already' if added.state == 'known' else told(tally)} ({added.report})")


def told(tally: Tally) -> str:
    """What became of a table's rows, in words."""
    days = f", {tally.first} to {tally.last}" if tally.first else ""
    parts = [f"{tally.format}: {tally.told} acts{days}"]
    if tally.no_act:
        parts.append(f"{tally.no_act} statements and the like left out")
    if tally.bad:
        parts.append(f"{tally.bad} bad {'row' if tally.bad == 1 else 'rows'}")
    return "; ".join(parts)


def _digest(path: Path, given: Mapping[str, str]) -> str:
    """The hash of a file, and of how its columns were read."""
    import hashlib

    found = hashlib.sha256(repr(sorted(given.items())).encode() if given else b"")
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            found.update(block)
    return found.hexdigest()
