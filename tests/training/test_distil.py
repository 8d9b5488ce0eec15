"""Teachers: what they say as a loss, and how a finished run is taken up. Needs what training needs (`pip install '.[training]'`), and is skipped without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training's own tests need its extra: pip install '.[training]'")

from training.__main__ import finished  # noqa: E402
from training.distil import Distiller  # noqa: E402
from training.examples import Text  # noqa: E402
from training.loop import Plan, Trainer  # noqa: E402
from training.model import Companion, Encoder, Network, Shape, buckets  # noqa: E402

from tensionwire.annotate.sentences import sentences  # noqa: E402
from tensionwire.annotate.windows import parts  # noqa: E402

SMALL = Shape(width=48, layers=1)
WIDER = Shape(width=96, layers=1, relative=True)
TOLD = "The minister accused the neighbour of shelling the town. Talks are planned for Friday, an aide said."


def network(shape: Shape) -> Network:
    return Network(Encoder(shape), Companion(shape)).train(False)


def texts() -> list[Text]:
    return [Text(parts=parts(TOLD, sentences(TOLD)), tagged={})]


@pytest.fixture(autouse=True)
def _seeded() -> None:
    torch.manual_seed(1)
    random.seed(1)


def test_a_student_that_is_its_teacher_has_nothing_to_learn() -> None:
    teacher = network(SMALL)
    loss = Distiller([teacher], texts(), 256, 1)(teacher)
    # contexts are a cross-entropy, which is not zero at its least; all else is a divergence
    free = Distiller([teacher], texts(), 256, 1)(network(SMALL))
    assert float(loss.detach()) < float(free.detach())


def test_learning_from_teachers_of_another_shape_brings_their_words_nearer() -> None:
    student = network(SMALL)
    distil = Distiller([network(WIDER), network(WIDER)], texts(), 256, 1)
    optimiser = torch.optim.Adam(student.parameters(), lr=3e-3)
    losses = []
    for _ in range(12):
        loss = distil(student)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]


def test_distances_are_told_apart_by_side_and_the_nearest_by_one() -> None:
    table = buckets(200, torch.device("cpu"))
    assert table[5, 5] == 0
    assert table[5, 4] == 1
    assert table[4, 5] == 17
    assert table[150, 0] == table[199, 0] == 15  # beyond 128 all are one


def test_finished_runs_are_taken_up_as_their_mean(tmp_path: Path) -> None:
    runs = [tmp_path / name for name in ("a", "c")]
    made = [network(WIDER) for _ in runs]
    for one, run in zip(made, runs, strict=True):
        Trainer(one, Plan(), run)._save()
    taken = finished(network(WIDER), *runs)
    for got, *each in zip(taken.parameters(), *(one.parameters() for one in made), strict=True):
        assert torch.allclose(got, torch.stack(each).mean(0))
    assert not taken.encoder.word.weight.requires_grad  # else a run's weights are not those that a new network trains
