"""What a network doubts of further reports is left out of the loss. Needs what training needs, and is skipped without."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="training's own tests need its extra: pip install '.[training]'")

from training.batches import collate  # noqa: E402
from training.examples import IGNORE, Focus, Text, examples  # noqa: E402
from training.loop import ROLE_NAMES, WORD  # noqa: E402
from training.model import Companion, Encoder, Network, Shape  # noqa: E402

from tensionwire.annotate.sentences import sentences  # noqa: E402
from tensionwire.annotate.windows import parts  # noqa: E402
from training import doubts  # noqa: E402

BODY = "Rebels attacked the town and troops fled north."
MARKED, UNMARKED = (7, 15), (36, 40)  # "attacked", "fled"


@pytest.fixture
def text() -> Text:
    foci = [
        Focus(kind="event", span=MARKED, roles={"actor": [(0, 6)]}, classes={"type": 3, "mode": 1, "status": 0}),
        Focus(kind="claim", span=MARKED, classes={"stance": 1}),
    ]
    return Text(parts=parts(BODY, sentences(BODY)), tagged={"trigger": [MARKED], "content": []}, foci=foci)


def network(sure_of: dict[int, str]) -> Network:
    """A network that is sure of the tag of each word, outside where nothing else is told."""
    made = Network(Encoder(Shape(width=12, layers=0)), Companion(Shape(width=12, layers=0))).train(False)

    def answer(ids: torch.Tensor, mask: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits = torch.zeros(1, first.shape[1], max(columns.stop for columns in WORD.values()))
        for tagger in doubts.DOUBTED:
            logits[..., WORD[tagger].start] = 9.0
        for word in sure_of:
            logits[0, word, WORD["trigger"].start : WORD["trigger"].stop] = torch.tensor([0.0, 9.0, 0.0])
        return torch.zeros(1, first.shape[1], 12), logits

    made.encoder.forward = answer  # type: ignore[method-assign]
    return made


def test_what_the_network_finds_as_annotated_is_all_counted(text: Text) -> None:
    told = doubts.doubted(network({1: "B"}), text)
    assert told.unsure == {"trigger": [], "content": []}
    assert told.foci == text.foci


def test_an_act_that_it_finds_unlikely_and_one_that_it_misses_are_not_counted(text: Text) -> None:
    told = doubts.doubted(network({6: "B"}), text)
    assert told.unsure["trigger"] == [MARKED, UNMARKED]
    (window,) = examples(told, ROLE_NAMES, 128)
    assert window.tags["trigger"] == [0, IGNORE, 0, 0, 0, 0, IGNORE, 0, 0]
    assert collate([window]).tags["trigger"][0].tolist() == [0, IGNORE, 0, 0, 0, 0, IGNORE, 0, 0]


def test_of_a_doubted_act_its_parties_are_learnt_but_not_that_it_is_one(text: Text) -> None:
    act, claim = doubts.doubted(network({}), text).foci
    assert act == replace(text.foci[0], classes={"status": 0})
    assert claim == text.foci[1]
