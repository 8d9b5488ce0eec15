"""The desk in a real browser: nothing leaves it, nothing is amiss, all of it is reachable, scripts are not needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desk.serving import served
from desk.story import hostile, told
from tensionwire.desk.app import make_app
from tensionwire.desk.identity import Role, User
from tensionwire.desk.settings import Settings
from tensionwire.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PATIENCE = 120_000  # ms; the machine may be busy
PAGES = (
    "/", "/pairs", "/pair/NOR/ISL", "/incident/i5", "/report/r5", "/actor/NOR", "/actors", "/agenda?month=2024-03", "/map",
    "/search?what=claims", "/add", "/api", "/nowhere",
)  # fmt: skip


def _missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed; with CI=true the tests in a browser may not be skipped")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    if not CHROMIUM.exists():
        _missing("chromium (apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright (pip install playwright)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"], timeout=PATIENCE
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk on a ledger with the story and a hostile report, served on a free port to an editor."""
    folder = tmp_path_factory.mktemp("desk")
    with Ledger.open(str(folder / "ledger.db")) as ledger:
        told(ledger)
        ledger.add(hostile())
    app = make_app(
        Settings(ledger=str(folder / "ledger.db"), folder=folder),
        identify=lambda request: User(name="ada", role=Role.editor),
    )
    with served(app) as address:
        yield address


@dataclass
class Visit:
    """A page that is open, with every request that it made and everything that it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Any]:
    """Open a page; options are those of a browser's context."""
    contexts = []

    def opened(path: str, **options: Any) -> Visit:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        found = Visit(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("pageerror", lambda error: found.faults.append(str(error)))
        found.page.on("console", lambda message: found.faults.append(message.text) if message.type == "error" else None)
        found.page.on("dialog", lambda dialog: (found.faults.append(dialog.message), dialog.dismiss()))
        found.page.goto(home + path, wait_until="load")
        return found

    yield opened
    for context in contexts:
        context.close()


def test_nothing_leaves_the_desk_and_nothing_is_amiss(visit: Any, home: str) -> None:
    for path in (*PAGES, "/report/r15", "/?day=2024-03-12"):
        found = visit(path)
        found.page.wait_for_timeout(200)
        assert found.requests, path
        assert all(url.startswith((home + "/", "data:")) for url in found.requests), (path, found.requests)
        faults = [fault for fault in found.faults if path != "/nowhere" or "404" not in fault]
        assert not faults, (path, faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Any, scheme: str) -> None:
    for path in PAGES:
        page = visit(path, color_scheme=scheme, bypass_csp=True).page
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        serious = [
            (
                one["id"],
                one["help"],
                [node["html"][:150] + " " + str(node.get("failureSummary"))[:200] for node in one["nodes"][:3]],
            )
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert not serious, (path, serious)


def test_pages_hold_their_content_without_scripts(visit: Any) -> None:
    for path, words in (
        ("/", "Largest moves"), ("/pair/NOR/ISL", "What made it"), ("/incident/i5", "done by Norway"),
        ("/report/r5", "fired on"), ("/actor/NOR", "Recent acts"), ("/agenda?month=2024-03", "to meet in Oslo"),
        ("/map", "The same as a list"), ("/search?what=claims", "unprovoked"),
    ):  # fmt: skip
        page = visit(path, java_script_enabled=False).page
        assert words.casefold() in page.inner_text("main").casefold(), path
    page.goto(page.url.split("/search")[0] + "/pair/NOR/ISL")
    page.fill("#choose [name=from]", "2024-03-04")
    page.fill("#choose [name=to]", "2024-03-04")
    page.click("#choose button")
    assert "trawler" in page.inner_text("#made")
    assert "quota" not in page.inner_text("#made")


def test_a_stroke_over_the_chart_opens_those_days(visit: Any) -> None:
    found = visit("/pair/NOR/ISL", viewport={"width": 1280, "height": 900})
    chart = found.page.locator("figure.chart svg")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    left, right, height = box["x"], box["x"] + box["width"], box["y"] + box["height"] / 2
    with found.page.expect_response(lambda response: "/pair/NOR/ISL?" in response.url):
        found.page.mouse.move(left + (right - left) * 0.1, height)
        found.page.mouse.down()
        found.page.mouse.move(left + (right - left) * 0.3, height, steps=3)
        found.page.mouse.up()
    found.page.wait_for_function("document.querySelector('#made').innerText.includes('round')")
    assert "trawler" not in found.page.inner_text("#made")
    assert "from=2024-02" in found.page.url
    assert not found.faults


def test_words_and_records_light_up_together(visit: Any) -> None:
    page = visit("/report/r5", viewport={"width": 1280, "height": 900}).page
    page.hover("text=fired on")
    assert "lit" in (page.get_attribute("#e1", "class") or "")
    page.hover("h1")
    page.focus("a.ref[href='#c1']")
    assert "lit" in (page.get_attribute("#c1", "class") or "")
    page.keyboard.press("Enter")
    assert page.url.endswith("#c1")


def test_the_whole_page_is_reached_by_keyboard(visit: Any) -> None:
    page = visit("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_phone_needs_no_sideways_scrolling(visit: Any) -> None:
    for path in (*PAGES, "/report/r15"):
        page = visit(path, viewport={"width": 390, "height": 844}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_right_to_left_text_runs_that_way(visit: Any) -> None:
    page = visit("/search?q=أدانت").page
    assert page.locator("q.said").first.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_page_says_when_the_ledger_has_learnt_something(visit: Any, home: str) -> None:
    import httpx

    page = visit("/").page
    page.wait_for_timeout(3_000)
    words = "Norway accused Iceland of lying in Oslo on March 5, 2024."
    httpx.post(
        f"{home}/api/v1/reports", json={"words": words, "published": "2024-03-06"}, timeout=120
    ).raise_for_status()
    page.wait_for_selector("#news a")
    assert "new" in page.inner_text("#news")
