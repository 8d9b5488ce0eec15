"""The desk's settings and its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tensionwire.desk.settings import Settings
from tensionwire.errors import UsageError


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "deep" / "folder")
    key = settings.secret_key()
    assert settings.secret_key() == key
    assert len(key) == 32
    assert (tmp_path / "deep/folder/desk.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk.key").write_bytes(b"short")
    with pytest.raises(UsageError, match="no key of a desk"):
        Settings(folder=tmp_path).secret_key()


def test_addresses() -> None:
    assert Settings(host="::1", port=9).address == "http://[::1]:9/"
    assert Settings(host="localhost").local
    assert not Settings(host="0.0.0.0").local
