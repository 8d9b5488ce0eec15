"""What is found does not hang on the order in which a process happens to keep its sets."""

import os
import subprocess
import sys

import pytest

FEATURES = """
from tensionwire.records import Annotated, Mention, Report, Span, content_hash
from tensionwire.resolve import Resolver, context

text = "Turkish troops and the Turkish army entered Syria. Soldiers fired on Turkish tanks near the Turkish town, said Syria."
mention = Mention(span=Span(51, 59), sentence=1, sector="MIL")
report = Report(doc_id="a", text=text, content_hash=content_hash(text), published="2016-08-24")
annotated = Annotated(report=report, sentences=(Span(0, 50), Span(51, len(text))), mentions=(mention,))
cast = Resolver.load().who.cast(annotated)
seat = cast.scene.seats[0]
for option in context.options(cast.scene.scan, cast.scene.traces, seat, cast.surroundings(seat, person=False)):
    print(option.label, option.features)
"""


def _told(seed: int) -> str:
    run = [sys.executable, "-c", FEATURES]
    return subprocess.run(
        run, env={**os.environ, "PYTHONHASHSEED": str(seed)}, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_candidates_have_their_features_in_one_order(seed: int) -> None:
    told = _told(0)
    assert "here before" in told or "here after" in told
    assert _told(seed) == told
