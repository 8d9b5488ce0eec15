"""The hostile record in the format that a test names."""

from __future__ import annotations

import pytest

from harbour import hostile
from tensionwire.exchange import writer


@pytest.fixture
def hostile_text(name: str) -> str:
    return "".join(writer(name)([hostile()]))
