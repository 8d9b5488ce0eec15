"""Log-in, review by keys, and the static site from a disk, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk.asking import PASSWORD, Desk
from desk.serving import served
from desk.story import hostile, told
from desk.test_browser import AXE, PATIENCE, browser
from ledger.making import clash
from tensionwire.desk.identity import Role
from tensionwire.desk.people.installing import first_address
from tensionwire.desk.settings import Settings
from tensionwire.desk.site.exporting import export_site
from tensionwire.ledger import Ledger
from tensionwire.ledger.reviewing import verdicts_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]


@pytest.fixture
def home(desk: Desk) -> Iterator[str]:
    """The desk with accounts, served on a free port."""
    ledger: Ledger = desk.app.state.desk.ledger
    ledger.add(clash(title="A clash at sea"))
    with served(desk.app, lifespan="off") as address:
        yield address


def _page(browser: Browser, faults: list[str], requests: list[str]) -> Page:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    return page


def test_from_the_first_link_to_a_judgement_by_two_keys(browser: Browser, home: str, desk: Desk) -> None:
    faults: list[str] = []
    requests: list[str] = []
    page = _page(browser, faults, requests)
    page.goto(home + "/welcome/" + str(first_address(desk.app)).rpartition("/")[2])
    page.fill("[name=name]", "Ada")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main button")
    page.goto(home + "/review")
    page.click("text=A clash at sea")
    for key, kind in (("c", "confirm"), ("r", "reject")):
        page.wait_for_function("document.activeElement.name === 'verdict'")
        before = page.evaluate("document.activeElement.form.action")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "before => document.activeElement.form && document.activeElement.form.action !== before", arg=before
        )
        assert verdicts_of(desk.app.state.desk.ledger.store)[-1].kind == kind
    form = page.locator("form[action$='/c1']")
    form.locator("[value=confirm]").focus()
    page.keyboard.press("e")
    form.locator("select[name='field.stance']").select_option("denies")
    form.locator("[value=correct]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**after=c1*")
    said = verdicts_of(desk.app.state.desk.ledger.store)[-1]
    assert (said.item, said.kind, said.value, said.by) == ("c1", "correct", {"stance": "denies"}, "Ada")
    assert all(url.startswith(home + "/") for url in requests), requests
    assert faults == []


def test_words_that_are_marked_go_into_the_form_that_adds_an_item(browser: Browser, home: str, desk: Desk) -> None:
    desk.member("Ada", Role.reviewer)
    page = _page(browser, faults := [], [])
    _log_in(page, home)
    page.goto(home + "/review/r1#add")
    page.click("#add summary")
    page.evaluate("""() => {
        const node = document.querySelector('[data-s="2"]').firstChild, range = document.createRange();
        range.setStart(node, node.data.indexOf('urged')); range.setEnd(node, node.data.indexOf(' over the'));
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.dispatch_event(".sentences", "mouseup")
    assert page.input_value("[name='field.event.trigger']") == "urged calm"
    assert page.input_value("[data-add] [name=s]") == "2"
    page.select_option("[name='field.event.type']", "REQUEST")
    page.fill("[name='field.event.actor']", "Denmark | DNK | GOV")
    page.click("[data-add] button")
    page.wait_for_url("**/review/r1#e3")
    said = verdicts_of(desk.app.state.desk.ledger.store)[-1]
    assert (said.kind, said.item, said.by) == ("add", "e3", "Ada")
    assert faults == []


def test_typing_into_a_field_judges_nothing(browser: Browser, home: str, desk: Desk) -> None:
    desk.member("Ada", Role.reviewer)
    page = _page(browser, [], [])
    _log_in(page, home)
    page.goto(home + "/review/r1")
    page.locator("[name=reason]").first.focus()
    page.keyboard.type("recce")
    assert page.locator("[name=verdict]:checked").count() == 0
    assert verdicts_of(desk.app.state.desk.ledger.store) == ()


def test_axe_finds_nothing_serious_where_people_log_in_and_judge(browser: Browser, home: str, desk: Desk) -> None:
    desk.member("Ada", Role.administrator)
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    for path in ("/log-in", "/review/r1", "/review/agreement", "/review/history", "/review", "/people", "/account"):
        if path == "/review/r1":
            _log_in(page, home)
        page.goto(home + path)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        serious = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]
        assert not serious, (path, serious)


def test_the_site_opens_from_a_disk_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        told(ledger)
        ledger.add(hostile())
    export_site(tmp_path / "site", Settings(ledger=str(tmp_path / "ledger.db"), folder=tmp_path / "own"))
    faults: list[str] = []
    requests: list[str] = []
    page = _page(browser, faults, requests)
    page.goto((tmp_path / "site" / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
    page.click("nav >> text=Incidents")
    page.click("a[href^='incident/']")
    assert "/incident/" in page.url
    page.click("a[href^='../report/']")
    assert page.locator("h1").count() == 1
    for name in sorted((tmp_path / "site" / "report").iterdir()):
        page.goto(name.as_uri())
    assert all(url.startswith("file:") for url in requests), requests
    assert faults == []


def _log_in(page: Page, home: str) -> None:
    page.goto(home + "/log-in")
    page.fill("[name=name]", "Ada")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(home + "/")
