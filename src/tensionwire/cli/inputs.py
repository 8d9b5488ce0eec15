"""What the commands that read reports have in common: what to read and how."""

from __future__ import annotations

from typing import Annotated

import typer

Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help="Files, folders, web addresses, or - for standard input."),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication (YYYY-MM-DD) of reports that do not tell it."),
]
Columns = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=COLUMN,...", help="Columns of CSV and JSON Lines: text=body,title=lead."),
]
Private = Annotated[bool, typer.Option("--allow-private", help="Let addresses lead to private networks.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to code with.")]
