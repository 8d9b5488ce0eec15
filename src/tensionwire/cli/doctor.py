"""`tensionwire doctor`: what is installed, and whether it works."""

from __future__ import annotations

import gzip
import platform
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Final

import typer

from tensionwire import __version__
from tensionwire.cli.failing import FAILED, ending
from tensionwire.errors import TensionwireError
from tensionwire.exchange.plain import line
from tensionwire.records import Report, content_hash, misquotes

PROBE: Final = (
    "Norway condemned Iceland on Monday after trawlers rammed a patrol boat. "
    '"We did nothing of the kind," the Icelandic foreign minister said.'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report; `well` None: nothing to judge."""

    name: str
    told: str
    well: bool | None = None


def run() -> None:
    """Print what was found; exit code 1 when anything is amiss."""
    with ending():
        ill = False
        for finding in findings():
            mark = {True: "ok", False: "!!", None: "  "}[finding.well]
            typer.echo(f"{mark} {finding.name:<14} {line(finding.told)}")
            ill |= finding.well is False
        if ill:
            raise typer.Exit(FAILED)


def findings() -> Iterator[Finding]:
    """Every check in turn."""
    yield Finding(name="tensionwire", told=__version__)
    yield Finding(name="python", told=f"{platform.python_version()} on {platform.platform()}")
    yield from _libraries()
    yield from _model()
    yield from _tables()
    yield _self_check()


def _libraries() -> Iterator[Finding]:
    try:
        needed = metadata.requires("tensionwire") or []
    except metadata.PackageNotFoundError:
        yield Finding(name="libraries", told="run from a source tree: not installed, so not checked")
        return
    for name in sorted(_name(requirement) for requirement in needed if "extra ==" not in requirement):
        try:
            yield Finding(name=name, told=metadata.version(name), well=True)
        except metadata.PackageNotFoundError:
            yield Finding(name=name, told="missing: pip install tensionwire again", well=False)


def _name(requirement: str) -> str:
    """The library of a requirement (PEP 508).

    >>> _name("jinja2>=3.1"), _name("psycopg[binary] >=3.2; extra == 'postgres'"), _name("typer<0.29,>=0.28")
    ('jinja2', 'psycopg', 'typer')
    """
    found = re.match(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", requirement)
    return found.group() if found else requirement


def _model() -> Iterator[Finding]:
    from tensionwire.annotate.manifest import damaged, load_manifest

    try:
        manifest = load_manifest()
    except TensionwireError as error:
        yield Finding(name="model", told=str(error), well=False)
        return
    yield Finding(name="model", told=f"{manifest.version}, trained on data {manifest.data_sha256[:12]}")
    broken = damaged(manifest)
    for file, digest in manifest.sha256.items():
        well = file not in broken
        told = f"sha256 {digest[:12]}" if well else "missing or not as shipped: pip install tensionwire again"
        yield Finding(name="model file", told=f"{file}: {told}", well=well)


def _tables() -> Iterator[Finding]:
    for path, table in sorted(_files(resources.files("tensionwire"), ""), key=lambda found: found[0]):
        data = table.read_bytes()
        lines = (gzip.decompress(data) if path.endswith(".gz") else data).splitlines()
        # The first line that is no comment names the columns.
        rows = sum(1 for row in lines if row.strip() and not row.startswith(b"#")) - 1
        yield Finding(name="table", told=f"{path}: {rows:,} rows", well=rows > 0)


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".tsv", ".tsv.gz")):
            yield path + entry.name, entry


def _self_check() -> Finding:
    from tensionwire.pipeline import Coder

    started = time.perf_counter()
    report = Report(doc_id="probe", text=PROBE, content_hash=content_hash(PROBE), published="2024-03-06")
    try:
        record = Coder.load(threads=1)(report)
    except Exception as error:
        return Finding(name="self-check", told=f"{type(error).__name__}: {error}", well=False)
    faults = misquotes(record)
    if faults or not record.events or not record.claims:
        told = "; ".join(faults) or f"{len(record.events)} events and {len(record.claims)} claims in two sentences"
        return Finding(name="self-check", told=told, well=False)
    took = time.perf_counter() - started
    told = f"{len(record.events)} events and {len(record.claims)} claims, every quote in place, {took:.1f} s"
    return Finding(name="self-check", told=told, well=True)
