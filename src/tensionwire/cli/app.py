"""The commands and their options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tensionwire.cli import (
    add,
    agenda,
    alerts,
    ask,
    bloc,
    coders,
    import_,
    issue,
    judge,
    keep,
    report,
    serve,
    site,
    tension,
    watch,
)
from tensionwire.cli.inputs import Columns, Inputs, Jobs, Private, Published

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False, add_completion=False,
    epilog="Begin with: [bold]tensionwire code --sample[/bold]",
)  # fmt: skip


class Format(StrEnum):
    """What `code` writes."""

    view = "view"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    plover = "plover"


class Clean(StrEnum):
    """What `read` writes."""

    text = "text"
    json = "json"


Sample = Annotated[bool, typer.Option("--sample", help="Take the invented report that ships in the package.")]


def _version(asked: bool) -> None:
    if asked:
        from tensionwire import __version__

        typer.echo(f"tensionwire {__version__}")
        raise typer.Exit


@app.callback()
def tensionwire(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turn news reports into records: who did what to whom, who says so and who denies it.

    Every item points at the words that prove it.
    """


@app.command(no_args_is_help=True)
def code(
    inputs: Inputs = None,
    sample: Sample = False,
    published: Published = None,
    format: Annotated[
        Format | None,
        typer.Option(help="Default: as the name of --output ends; else view on a terminal, jsonl in a pipe."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help="Write a file, or a folder with one file a report."),
    ] = None,
    jobs: Jobs = 1,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Leave out what the model is less sure of.")
    ] = 0.0,
    map: Columns = None,
    allow_private: Private = False,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help="Default: colour on a terminal.")] = None,
    coder: coders.Name = coders.SHIPPED,
    base_url: coders.BaseUrl = None,
    concurrency: coders.Concurrency = 4,
    timeout: coders.Timeout = 300,
    max_requests: coders.MaxRequests = None,
    max_tokens: coders.MaxTokens = None,
    cache: coders.CacheFolder = None,
    no_cache: coders.NoCache = False,
    ontology: coders.Ontology = None,
) -> None:
    """Code reports: events, claims, figures, relations and agenda, each with its evidence.

    Reads saved web pages, plain text, Markdown, JSON Lines and CSV of articles, PETRARCH XML, and what web
    addresses lead to.

    \b
    [bold]Examples[/bold]
    tensionwire code report.html
    tensionwire code notes.txt --published 2025-05-14 --format html -o notes.html
    tensionwire code archive/ --jobs 4 --format csv -o events.csv
    tensionwire code articles.jsonl --map text=body,published=date -o records.jsonl
    tensionwire code report.html --coder openai:qwen3 --base-url http://127.0.0.1:8080/v1
    tensionwire code report.html --ontology my.twm
    """
    from tensionwire.cli import code as command
    from tensionwire.cli.failing import ending
    from tensionwire.cli.sources import Sources

    limits = coders.Limits(
        concurrency=concurrency, timeout=timeout, max_requests=max_requests, max_tokens=max_tokens,
        cache=cache, no_cache=no_cache, allow_private=allow_private,
    )  # fmt: skip
    with ending() as failures:
        wanted = command.Wanted(
            format=format.value if format else None, output=output, jobs=jobs,
            min_confidence=min_confidence, color=color, endpoint=coders.endpoint(coder, base_url, limits),
            ontology=ontology,
        )  # fmt: skip
        sources = Sources.of(inputs, sample=sample, published=published, columns=map, allow_private=allow_private)
        command.run(sources, wanted, failures)


@app.command(no_args_is_help=True)
def read(
    inputs: Inputs = None,
    sample: Sample = False,
    published: Published = None,
    format: Annotated[Clean, typer.Option(help="The text, or all that is known of the report.")] = Clean.text,
    map: Columns = None,
    allow_private: Private = False,
) -> None:
    """Show the clean report alone: what is left of a page when its furniture is gone.

    \b
    [bold]Examples[/bold]
    tensionwire read report.html
    tensionwire read https://news.example/report --format json
    """
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.cli.sources import Sources
    from tensionwire.exchange import clean

    with ending() as failures:
        sources = Sources.of(inputs, sample=sample, published=published, columns=map, allow_private=allow_private)
        write = {Clean.text: clean.pages, Clean.json: clean.document}[format]
        to_stdout(write(sources.reports(failures)))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record, which `--format json` and `jsonl` follow.

    \b
    [bold]Examples[/bold]
    tensionwire schema > record.schema.json
    """
    from tensionwire.cli.failing import ending
    from tensionwire.cli.output import to_stdout
    from tensionwire.exchange.jsonl import schema as pieces

    with ending():
        to_stdout(pieces())


@app.command()
def doctor() -> None:
    """Say what is installed, check model and tables, code one sentence; exit code 1 if anything is amiss."""
    from tensionwire.cli import doctor as command

    command.run()


class Starter(StrEnum):
    """What `train --example` prints."""

    ontology = "ontology"
    examples = "examples"


@app.command(no_args_is_help=True)
def train(
    ontology: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", help="Your types: name and description each.")
    ] = None,
    examples: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="5 to 20 examples a type, and counter-examples.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.twm", help="The model. Default: named as the ontology's file."),
    ] = None,
    example: Annotated[Starter | None, typer.Option(help="Print a starter to edit, and do nothing else.")] = None,
) -> None:
    """Make a coder for types of your own from a few examples each; says how good it is on what it did not see.

    \b
    [bold]Examples[/bold]
    tensionwire train --example ontology > my.yaml
    tensionwire train --example examples > my.jsonl
    tensionwire train --ontology my.yaml --examples my.jsonl -o my.twm
    tensionwire code report.html --ontology my.twm
    """
    from tensionwire.cli import train as command
    from tensionwire.cli.failing import ending

    with ending():
        if example is not None:
            command.print_starter(example.value)
        else:
            command.run(ontology, examples, output)


@app.command(no_args_is_help=True)
def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="Folder of sets, each a folder SET with SPLIT.jsonl.")],
    split: Annotated[str, typer.Option(help="Which half of each set: the name of its file.")] = "dev",
    predictions: Annotated[
        Path | None, typer.Option(metavar="OUT_DIR", help="Write one file of predictions a set here.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write every measure here ('-': print it).")
    ] = None,
    bootstrap: Annotated[
        int, typer.Option(min=0, help="Draws for the 95% intervals over documents; 0 leaves them out.")
    ] = 1000,
    coder: coders.Names = None,
    base_url: coders.BaseUrls = None,
    concurrency: coders.Concurrency = 4,
    timeout: coders.Timeout = 300,
    max_requests: coders.MaxRequests = None,
    max_tokens: coders.MaxTokens = None,
    cache: coders.CacheFolder = None,
    no_cache: coders.NoCache = False,
    allow_private: Private = False,
    ontology: coders.Ontology = None,
) -> None:
    """Hold coders against benchmark sets and show how good their records are, side by side.

    \b
    [bold]Examples[/bold]
    tensionwire evaluate gold/ --split dev --predictions out/
    tensionwire evaluate gold/ --coder shipped --coder openai:qwen3 --base-url http://127.0.0.1:8080/v1
    """
    from tensionwire.cli.failing import ending
    from tensionwire.evaluate.command import evaluate as run

    limits = coders.Limits(
        concurrency=concurrency, timeout=timeout, max_requests=max_requests, max_tokens=max_tokens,
        cache=cache, no_cache=no_cache, allow_private=allow_private,
    )  # fmt: skip
    names = coder or [coders.SHIPPED]
    with ending() as failures, coders.tested(names, base_url or [], limits, failures, ontology) as tested:
        run(gold_dir, split, predictions, json_file, bootstrap, tested)


for command in (add, agenda, alerts, ask, bloc, import_, issue, judge, keep, report, serve, site, tension, watch):
    command.register(app)
