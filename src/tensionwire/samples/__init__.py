"""A sample report, written for the package: invented from end to end, and in the public domain."""

from __future__ import annotations

from pathlib import Path

SAMPLE = Path(__file__).with_name("harbour.html")
