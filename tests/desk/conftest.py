"""Desks to test, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.asking import Desk, opened
from ledger.conftest import postgresql_server, postgresql_url, url

__all__ = ["postgresql_server", "postgresql_url", "url"]


@pytest.fixture
def accounts(url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose readers log in, on a file and on a server in turn."""
    desk = opened(url, tmp_path / "desk")
    yield desk
    desk.app.state.desk.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose readers log in, on a file."""
    desk = opened(str(tmp_path / "ledger.db"), tmp_path / "desk")
    yield desk
    desk.app.state.desk.close()


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Argon2id at its least cost: tests log in hundreds of times."""
    from argon2 import PasswordHasher

    from tensionwire.desk.people import hashing

    kept, hashing._hasher = hashing._hasher, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    yield
    hashing._hasher = kept
