"""`tensionwire export-site`, `verify-site` and `export-review`: what leaves the desk for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tensionwire.cli import asking


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export-site")(export_site)
    app.command("verify-site")(verify_site)
    app.command("export-review")(export_review)


def export_site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder, or a site to write anew.")],
    ledger: asking.Url = None,
    max_pages: Annotated[
        int, typer.Option(min=1, metavar="N", help="Stop after that many pages; those nearest to the first come first.")
    ] = 20_000,
) -> None:
    """Write the desk as pages that open from a disk or stick: no server, no script, nothing asked of anybody.

    Texts are evidence sentences, whole only of outlets marked as free to republish. The list of all files is signed
    with a key of yours; give your readers its public half, which is printed, in some other way than with the site.

    \b
    [bold]Examples[/bold]
    tensionwire export-site crisis/
    tensionwire export-site /media/stick/crisis --ledger desk.db
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.desk.settings import Settings
    from tensionwire.desk.site.exporting import export_site as export

    with ending():
        done = export(folder, Settings(ledger=ledger), most=max_pages)
        if done.left_out:
            complain(f"{done.left_out:,} pages were left out: raise --max-pages to have them")
        complain(f"{done.pages:,} pages in {done.folder}: open index.html")
        typer.echo(f"public key: {done.key}")


def verify_site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the site.")],
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="The public key of whoever published it, as you know it.")
    ] = None,
) -> None:
    """Check a site that was exported: is it signed, and is every file as it was signed? Exit code 1 if not.

    \b
    [bold]Examples[/bold]
    tensionwire verify-site crisis/ --key wqT2...=
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.desk.site.signing import check
    from tensionwire.exchange.plain import line

    with ending():
        found = check(folder, key)
        for fault in found.faults:
            complain(line(fault))
        if found.faults:
            raise typer.Exit(1)
        typer.echo(f"{found.files:,} files are as they were signed at {line(found.made)}")
        typer.echo(f"by the key {line(found.key)}" + ("" if key else "; compare it with what the publisher told you"))


def export_review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Gets records/review.jsonl.")],
    ledger: asking.Url = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Also reports of which only some items were judged.")
    ] = False,
) -> None:
    """Write what persons confirmed and corrected as training records, in the format of the codebook.

    Reports count of which every item was judged and none is disputed.

    \b
    [bold]Examples[/bold]
    tensionwire export-review gold/
    tensionwire evaluate gold/ --split review
    """
    from tensionwire.cli.failing import complain, ending
    from tensionwire.desk.review.export import export
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, read_only=True) as opened:
        path, count = export(opened.store, folder, partial=partial)
        complain(f"{count:,} reports in {path}")
