"""The briefing: everything in it, nothing fetched, every word of a report escaped, no whole report that is not free."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from typer.testing import CliRunner

from ledger.making import Draft
from quarrel import HOSTILE
from tensionwire.brief.briefing import Wish, briefing
from tensionwire.brief.report import page
from tensionwire.cli.app import app
from tensionwire.ledger import Ledger
from tensionwire.measure.issues import issue
from tensionwire.measure.sides import side

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


def shown(ledger: Ledger, **wish: Any) -> str:
    return "".join(page(briefing(ledger, Wish(a=side("NOR"), b=side("ISL"), **wish))))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", str(lxml_html.fromstring(text.encode()).text_content()))


def test_it_holds_what_the_ledger_knows_of_the_pair(ledger: Ledger) -> None:
    text = shown(ledger)
    told = words(text)
    for part in (
        "Norway and Iceland",
        "Norway → Iceland: ASSAULT",
        "2 outlets, 2 origins",
        "to meet in Oslo on March 20",
    ):
        assert part in told
    assert "“Norway fired on a trawler of Iceland off Grindavik on March 4, killing at least 3 sailors.”" in told
    assert 'href="https://harbour.example/1"' in text
    assert "<svg" in text


def test_accounts_and_counts_stand_side_by_side(ledger: Ledger) -> None:
    told = words(shown(ledger))
    assert "its ships fired no shot at anybody" in told
    assert "At least 9 sailors" in told
    assert "at least 3 sailors" in told


def test_what_happened_among_others_is_there_where_both_speak_of_it(ledger: Ledger) -> None:
    draft = Draft(
        "Denmark fired on a harbour of Sweden on March 7.",
        "Norway said that Denmark had fired first.",
        "Iceland said that Denmark never fired a shot.",
    )
    draft.event("fired on", "ASSAULT", "DNK", "SWE", date="2024-03-07")
    draft.claim("Denmark had fired first", "NOR", about="e1", stance="accuses")
    draft.claim("Denmark never fired a shot", "ISL", about="e1", stance="denies", disputes="c1")
    ledger.add(draft.record("d5", published="2024-03-08"))
    told = words(shown(ledger))
    assert "Among others, and spoken of by these two" in told
    assert told.count("Denmark → Sweden: ASSAULT") == 1
    assert "Denmark never fired a shot" in told
    assert "Among others" not in words(shown(ledger, issue=issue("Syria")))


def test_nothing_runs_and_nothing_is_fetched(ledger: Ledger) -> None:
    text = shown(ledger)
    root = lxml_html.fromstring(text.encode())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not root.xpath("//script | //img | //iframe | //link | //object | //form | //*[@style] | //*[@src]")
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    assert len(root.xpath("//style")) == 1
    assert {a.get("rel") for a in root.xpath("//a[starts-with(@href, 'http')]")} == {"noreferrer noopener"}
    assert not root.xpath("//a[starts-with(@href, 'javascript')]")


def test_hostile_words_stay_words(ledger: Ledger) -> None:
    text = shown(ledger)
    assert HOSTILE.partition("(")[0] not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert 'alert("x")' in words(text)


def test_whole_reports_only_where_the_outlet_is_free(ledger: Ledger) -> None:
    closed = words(shown(ledger))
    assert "urged calm over the cod banks" not in closed
    ledger.set_free("Harbour Post", by="the publisher")
    assert "urged calm over the cod banks" in words(shown(ledger))


def test_links_within_the_page_lead_somewhere(ledger: Ledger) -> None:
    root = lxml_html.fromstring(shown(ledger).encode())
    ids = [element.get("id") for element in root.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in root.xpath("//a[starts-with(@href, '#')]")} <= set(ids)


def test_an_issue_a_time_and_a_limit_narrow_it(ledger: Ledger) -> None:
    assert "Norway → Iceland: ACCUSE" not in words(shown(ledger, until="2024-03-05"))
    assert "more that weigh less" in words(shown(ledger, most=1))
    assert "No incident in this time" in words(shown(ledger, issue=issue("Syria")))
    assert "No incident in this time" in words(shown(ledger, since="2030-01-01"))


def test_the_command(ledger: Ledger, tmp_path: Path) -> None:
    def run(*arguments: object) -> Any:
        return CliRunner().invoke(app, [str(one) for one in (*arguments, "--ledger", tmp_path / "ledger.db")])

    written = run("report", "NOR", "Iceland", "--html", tmp_path / "b.html")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (tmp_path / "b.html").read_text("utf-8") == run("report", "NOR", "ISL", "--html", "-").stdout
    wrong = run("report", "Norwai", "ISL", "--html", "-")
    assert wrong.exit_code == 2
    assert "did you mean" in wrong.stderr


@pytest.mark.skipif(
    BROWSER is None and os.environ.get("CI") != "true", reason="needs chromium (apt-get install chromium)"
)
def test_a_browser_finds_nothing_amiss(ledger: Ledger, tmp_path: Path) -> None:
    assert BROWSER, "CI must have chromium"
    path, picture = tmp_path / "b.html", tmp_path / "b.png"
    path.write_text(shown(ledger), encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
               "--window-size=1100,1400", f"--screenshot={picture}", path.as_uri()]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stderr
    assert "CONSOLE" not in told
    assert picture.stat().st_size > 20_000
