"""Two sites on this machine, and a watcher's surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from watching import Desk, Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    yield from served()


@pytest.fixture
def other() -> Iterator[Site]:
    """Another host: the same machine by another port."""
    yield from served()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
