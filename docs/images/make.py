"""The pictures of the README, made anew from the shipped sample.

    python docs/images/make.py

Needs chromium for the picture of the page.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import tensionwire as tw
from tensionwire.exchange import html, view
from tensionwire.samples import SAMPLE

HERE = Path(__file__).parent
WIDTH = 104
LINES = 62
THEME = TerminalTheme(
    (27, 29, 33),
    (216, 219, 224),
    [(27, 29, 33), (242, 133, 122), (124, 201, 138), (224, 171, 78),
     (143, 180, 242), (198, 160, 230), (98, 196, 212), (216, 219, 224)],
    [(130, 137, 148), (242, 133, 122), (124, 201, 138), (224, 171, 78),
     (143, 180, 242), (198, 160, 230), (98, 196, 212), (255, 255, 255)],
)  # fmt: skip


def terminal(record: tw.Record) -> str:
    """The head of the terminal page as SVG, without the web font that rich would ask for."""
    page = "".join(view.pages([record], width=WIDTH, colour="standard"))
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    for line in page.splitlines()[:LINES]:
        console.print(Text.from_ansi(line), soft_wrap=True)
    picture = console.export_svg(title="tensionwire code --sample", theme=THEME)
    return re.sub(r"@font-face \{.*?\}", "", picture, flags=re.S).replace("Fira Code, monospace", "monospace")


def photograph(record: tw.Record, target: Path) -> None:
    """The page in a browser."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "record.html"
        page.write_text("".join(html.pages([record])), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--window-size=1240,820", f"--screenshot={target}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    sample = tw.load()(tw.read(str(SAMPLE)))
    (HERE / "view.svg").write_text(terminal(sample), encoding="utf-8")
    photograph(sample, HERE / "page.png")
