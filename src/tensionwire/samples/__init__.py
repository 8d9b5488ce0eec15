"""A sample report and a sample crisis, written for the package: invented from end to end, in the public domain."""

from __future__ import annotations

from pathlib import Path

SAMPLE = Path(__file__).with_name("harbour.html")
CRISIS = Path(__file__).parent / "crisis" / "reports.jsonl"
