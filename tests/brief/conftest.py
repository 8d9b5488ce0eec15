"""A ledger with a quarrel in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quarrel import filled
from tensionwire.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        filled(opened)
        yield opened
