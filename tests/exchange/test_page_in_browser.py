"""The page in a real browser: its policy holds, and a link lights its target."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from harbour import RECORD, hostile
from tensionwire.exchange.html import pages

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    BROWSER is None and os.environ.get("CI") != "true", reason="needs chromium (apt-get install chromium)"
)


def shot(page: Path, picture: Path, *, fragment: str = "", dark: bool = False) -> str:
    """Take a picture and give what the browser has to say."""
    assert BROWSER, "CI must have chromium"
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--enable-logging=stderr",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--window-size=1280,900",
        f"--screenshot={picture}", page.as_uri() + fragment,
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stderr


def test_the_page_is_shown_and_the_policy_holds(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("".join(pages([RECORD, hostile()])), encoding="utf-8")
    light, lit = tmp_path / "light.png", tmp_path / "lit.png"
    assert "CONSOLE" not in shot(page, light)
    assert "CONSOLE" not in shot(page, lit, fragment="#n1-t-e2", dark=True)
    assert light.stat().st_size > 20_000
    assert light.read_bytes() != lit.read_bytes()
