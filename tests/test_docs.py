"""The pages say what is so: each command in them runs, on the sample crisis; each link leads somewhere."""

from __future__ import annotations

import gzip
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import typer
from typer.testing import CliRunner

from tensionwire.cli.app import app
from tensionwire.ledger import Filter, Ledger
from tensionwire.pipeline import Coder
from tensionwire.samples import CRISIS, SAMPLE

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")])
# The reference gives forms of commands, not commands; decisions are of their day.
TOLD = [page for page in PAGES if not {"reference", "adr"} & set(page.parts) and page.name != "CHANGELOG.md"]
FENCED = re.compile(r"^```(?:sh|bash)\n(.*?)^```", re.M | re.S)
INDENTED = re.compile(r"^ {4}(tensionwire .*)$", re.M)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
# Only parsed: what asks other machines, never ends, trains for a while (tests/custom does), needs others' keys or texts.
PARSED = re.compile(
    r"https?://|postgresql://|openai:|--key |^serve|^watch (?!--example)|^alerts rules.toml(?! --dry)"
    r"|my\.twm|april\.db|^evaluate|^export-review"
)
SCRIPT = re.compile(r"(?:benchmarks|training)/\w+\.py|-m training\.\w+")

KEY = re.compile(r"\b(?:i\d+|r\d+/e\d+|j\d+)\b")


def commands(page: Path) -> list[str]:
    """The commands of a page as they are typed."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join([*FENCED.findall(text), *INDENTED.findall(text)]).replace("\\\n", " ")
    return [line.strip() for line in blocks.splitlines() if re.match(r"\s*(\S*/)?tensionwire\s", line)]


def words(line: str) -> tuple[list[str], str | None]:
    """The arguments of a command, and the file that its output goes to."""
    found = shlex.split(line, comments=True)[1:]
    for n, word in enumerate(found):
        if word in (">", "2>", "|", "||"):
            return found[:n], found[n + 1] if word == ">" else None
    return found, None


@cache
def program() -> click.Group:
    """The whole command line."""
    return typer.main.get_command(app)  # type: ignore[return-value]


def parsed(arguments: list[str]) -> None:
    """Raise where a command has no such option or argument."""
    command = program().commands[arguments[0]]
    command.make_context(arguments[0], list(arguments[1:]))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with what the pages speak of, and a ledger of the sample crisis; the coder is loaded once."""
    folder, coder = tmp_path_factory.mktemp("home"), Coder.load()
    rows = [json.loads(line) for line in CRISIS.read_text().splitlines()]
    patch = pytest.MonkeyPatch()
    patch.setattr(Coder, "load", lambda **_: coder)
    for name in ("report.html", "saved-page.html", "archive/one.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE, folder / name)
    (folder / "notes.txt").write_text(rows[0]["text"])
    for name in ("articles.jsonl", "january.jsonl"):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows[:2]))
    (folder / "articles.csv").write_text(f"id,body,date\n1,{rows[0]['title']}.,2025-05-12\n")
    (folder / "feb.csv").write_text(f"id,text\n1,{rows[0]['title']}.\n")
    (folder / "safe").mkdir()
    with gzip.open(folder / "icews14_full.tsv.gz", "wt") as table:
        table.write("2014-05-11\tChina\t190\tVietnam\n2014-05-12\tVietnam\t111\tChina\n")
    with Ledger.open(folder / "ledger.db") as ledger:
        from tensionwire.read import read_all

        done = list(ledger.add_all(coder.pipe(r for r in read_all([CRISIS]))))  # type: ignore[misc]
    assert len(done) == 12
    yield folder
    patch.undo()


def keys(ledger: Path) -> Callable[[re.Match[str]], str]:
    """What stands for a key in a page: one that the ledger has; which those are depends on the coder."""
    with Ledger.open(ledger, read_only=True) as opened:
        found = opened.incidents(Filter())
    several = sorted(found, key=lambda one: -len(one.tellings))  # what can be split
    tellings = (f"{told.report}/{told.event}" for one in several for told in one.tellings[-1:])
    fresh = {"i": iter([one.id for one in found]), "r": tellings}
    given: dict[str, str] = {}

    def key(named: re.Match[str]) -> str:
        word = named[0]
        if word.startswith("j"):
            listed = CliRunner().invoke(app, ["judge", "list", "--format", "jsonl"]).stdout
            return str(json.loads(listed.splitlines()[-1])["key"])
        if word not in given:
            given[word] = next(fresh[word[0]])
        return given[word]

    return key


@pytest.mark.parametrize("page", TOLD, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_command_runs(page: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    shutil.copytree(home, here)
    for name in ("crisis.db", "desk.db"):
        shutil.copy(here / "ledger.db", here / name)
    monkeypatch.chdir(here)
    monkeypatch.setenv("TENSIONWIRE_LEDGER", str(here / "ledger.db"))
    monkeypatch.setenv("TENSIONWIRE_DEFINITIONS", str(here / "definitions.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(here / "data"))
    keyed = keys(here / "ledger.db")
    for line in commands(page):
        arguments, into = words(KEY.sub(keyed, re.sub(r" --jobs \d+|/mnt/(?=safe/)", "", line)))
        arguments += ["--max-pages", "20"] if arguments[0] == "export-site" else []
        if PARSED.search(" ".join(arguments)):
            parsed(arguments)
            continue
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        if into:
            (here / into).write_text(result.stdout)


def anchors(page: Path) -> set[str]:
    """What links into a page may name."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", re.sub(r"[`*]", "", head.lower())).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_each_page_is_linked_to() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve() for page in PAGES for link in LINK.findall(page.read_text())
    }
    alone = [
        page for page in PAGES if "docs" in page.parts and page.resolve() not in linked and page.parent.name != "adr"
    ]
    assert [page for page in alone if page != ROOT / "docs" / "README.md"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_script_is_there(page: Path) -> None:
    for named in SCRIPT.findall(page.read_text(encoding="utf-8")):
        path = named if named.endswith(".py") else named.removeprefix("-m ").replace(".", "/") + ".py"
        assert (ROOT / path).exists(), named
