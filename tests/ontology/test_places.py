"""The gazetteer as shipped."""

from __future__ import annotations

import time

import pytest

from tensionwire.ontology.places import key, place_table


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Khān Shaykhūn", "khan shaykhun"), ("N'Djamena", "ndjamena"), ("Tyre-Sud", "tyre sud"), ("İzmir", "izmir")],
)
def test_key(name: str, folded: str) -> None:
    assert key(name) == folded


@pytest.mark.parametrize("name", ["Damascus", "Kyiv", "Kiev", "Bakhmut", "Khan Sheikhoun", "Goma", "Gao", "Hodeida"])
def test_crisis_towns_are_known(name: str) -> None:
    assert place_table().find(name)


def test_tables_hang_together() -> None:
    table = place_table()
    assert table.names == sorted(table.names)
    assert len(table.places) > 70_000
    last = max(int(n) for line in table.names[::97] for n in line.split("\t")[1].split(","))
    assert last < len(table.places)
    assert table.state("SYR") is not None
    assert table.state("XXX") is None


def test_loads_fast() -> None:
    started = time.process_time()
    place_table.__wrapped__()
    assert time.process_time() - started < 0.5
