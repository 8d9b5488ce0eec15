"""Before the reports: masked words of news text, syntax, and roles of verbs, all at once.

all-MiniLM-L6-v2 was tuned to compare sentences, so its last layers speak of sentences more than of words. Some passes
over plain text (masked words), dependency heads (UD: EWT, and GUM where its text is open) and PropBank bring them back
to words, before the few annotated reports are learnt. What is learnt here beyond encoder and companion is thrown away.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tensionwire.annotate.windows import CLS, SEP, Window, parts, windows
from tensionwire.records import Span
from training import auxiliary
from training.batches import batches, collate
from training.examples import IGNORE, Example, Text, examples
from training.loop import ROLE_NAMES, halved, loss_of
from training.model import VOCABULARY, Network, from_minilm, from_mpnet
from training.plain import plain_texts

MASK = 103
RELATIONS = """
    acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj det discourse expl fixed flat goeswith iobj
    list mark nmod nsubj nummod obj obl orphan parataxis punct root vocative xcomp dep
""".split()
_PASSIVE = ("nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "nsubj:outer", "acl:relcl", "nmod:poss", "obl:tmod")
LABELS = [*RELATIONS, *_PASSIVE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Passes over all of it, peak learning rates, padded pieces a step."""

    epochs: int = 1
    rate: float = 2e-4
    head_rate: float = 1e-3
    pieces: int = 2048
    seed: int = 7


@dataclass(slots=True)
class Tree:
    """One window with a dependency tree: for each word the head's index (itself at the root), and the relation."""

    window: Window
    heads: list[int]
    relations: list[int]


class Heads(nn.Module):
    """What only this stage needs: masked words, heads of words, their relations."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.transform, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))
        self.child, self.parent = nn.Linear(width, 128), nn.Linear(width, 128)
        self.relation = nn.Linear(2 * width, len(LABELS))

    def words(self, x: Tensor, table: Tensor) -> Tensor:
        """Logits over the vocabulary of piece vectors [N, width]; `table` is the word embedding."""
        return F.linear(self.norm(F.gelu(self.transform(x))), table, self.bias)

    def arcs(self, x: Tensor) -> Tensor:
        """[N, W, W]: how well each word (second axis) has each other (third) for its head."""
        return self.child(x) @ self.parent(x).transpose(1, 2) / 128**0.5


def trees(corpora: Path) -> Iterator[Tree]:
    """UD sentences of EWT's training part and of the openly licensed documents of GUM's."""
    with gzip.open(corpora / "treebanks_en/en_ewt-ud-train.conllu.gz", "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            yield from _tree(block)
    for block in auxiliary.open_gum_blocks(corpora):
        yield from _tree(block)


def _tree(block: str) -> Iterator[Tree]:
    body, rows, spans = auxiliary.conllu(block)
    cut = windows(parts(body, [Span(0, len(body))])) if body.strip() else []
    if len(cut) != 1 or len(rows) < 4:
        return
    words = [w for part in cut[0].parts for w in part.words]
    place = {at: n for n, (at, _) in reversed(list(enumerate(words)))}
    of_token = [place.get(begin) for begin, _ in spans]
    heads, relations = [IGNORE] * len(words), [IGNORE] * len(words)
    for row, at in zip(rows, of_token, strict=True):
        head = int(row[6]) if row[6].isdigit() else 0
        to = at if head == 0 else of_token[head - 1]
        if at is not None and to is not None:
            heads[at], relations[at] = to, _label(row[7])
    yield Tree(cut[0], heads, relations)


def _label(name: str) -> int:
    found = name if name in LABELS else name.split(":")[0]
    return LABELS.index(found if found in LABELS else "dep")


def _pad(rows: list[list[int]], fill: int) -> Tensor:
    out = torch.full((len(rows), max(map(len, rows))), fill)
    for n, row in enumerate(rows):
        out[n, : len(row)] = torch.tensor(row)
    return out


class Groundwork:
    """Runs the stage on a network."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self.network, self.plan, self.heads = network, plan, Heads(network.encoder.shape.width).to(network.device)
        self.rng = random.Random(plan.seed)
        torch.manual_seed(plan.seed)
        encoder = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith("tag.")]
        others = [*network.encoder.tag.parameters(), *network.companion.parameters(), *self.heads.parameters()]
        self.optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": plan.rate}, {"params": others, "lr": plan.head_rate}], weight_decay=0.01
        )
        self.parameters = [*encoder, *others]

    def fit(self, plain: list[Text], syntax: list[Tree], roles: list[Text]) -> None:
        """All three kinds of batches in random order."""
        total = self.plan.epochs
        for epoch in range(total):
            groups = self._groups(plain, syntax, roles)
            began, sums, counts = time.time(), {}, {}
            for n, (kind, group) in enumerate(groups, 1):
                value = self._update(kind, group, (epoch + n / len(groups)) / total)
                sums[kind] = 0.98 * sums.get(kind, value) + 0.02 * value
                counts[kind] = counts.get(kind, 0) + 1
                if n % 50 == 0:
                    shown = " ".join(f"{k} {v:.3f}" for k, v in sorted(sums.items()))
                    print(f"groundwork {epoch} {n}/{len(groups)} {shown} {time.time() - began:.0f}s", flush=True)

    def _groups(self, plain: list[Text], syntax: list[Tree], roles: list[Text]) -> list[tuple[str, list]]:
        some = [Example(w, {}, [], [], [], []) for text in plain for w in windows(text.parts)]
        found: list[tuple[str, list]] = [("mask", g) for g in batches(some, self.plan.pieces, self.rng)]
        by_length = sorted(syntax, key=lambda t: len(t.heads) + self.rng.random() * 4)
        held: list[Tree] = []
        for tree in by_length:
            held.append(tree)
            if tree.window.pieces * len(held) > self.plan.pieces:
                found.append(("tree", held))
                held = []
        windows_of = [e for text in roles for e in examples(text, ROLE_NAMES, 128)]
        found += [("role", g) for g in batches(windows_of, self.plan.pieces, self.rng)]
        self.rng.shuffle(found)
        return found

    def _update(self, kind: str, group: list, progress: float) -> float:
        factor = min(1.0, progress / 0.05) * max(0.05, 1 - progress)
        for part, rate in zip(self.optimiser.param_groups, (self.plan.rate, self.plan.head_rate), strict=True):
            part["lr"] = rate * factor
        loss = {"mask": self._mask, "tree": self._tree, "role": self._role}[kind](group)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        return float(loss.detach())

    def _pad(self, rows: list[list[int]], fill: int) -> Tensor:
        return _pad(rows, fill).to(self.network.device)

    def _pieces(self, ids: Tensor) -> Tensor:
        with halved(ids.device):
            x = self.network.encoder.pieces(ids, (ids != 0).float())
        return x.float()

    def _mask(self, group: list[Example]) -> Tensor:
        ids = self._pad([e.window.ids for e in group], 0)
        free = (ids != 0) & (ids != CLS) & (ids != SEP)
        chosen = free & (torch.rand(ids.shape, device=ids.device) < 0.15)
        dice = torch.rand(ids.shape, device=ids.device)
        shown = torch.where(chosen & (dice < 0.8), MASK, ids)
        shown = torch.where(chosen & (dice > 0.9), torch.randint(1000, VOCABULARY, ids.shape, device=ids.device), shown)
        x = self._pieces(shown)[chosen]
        with halved(x.device):
            logits = self.heads.words(x, self.network.encoder.word.weight)
        return F.cross_entropy(logits.float(), ids[chosen])

    def _tree(self, group: list[Tree]) -> Tensor:
        x = self._pieces(self._pad([t.window.ids for t in group], 0))
        first = self._pad([t.window.first for t in group], 0)
        words = torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[-1]))
        heads, relations = self._pad([t.heads for t in group], IGNORE), self._pad([t.relations for t in group], IGNORE)
        real = self._pad([[1] * len(t.heads) for t in group], 0).bool()
        scores = self.heads.arcs(words).masked_fill(~real[:, None, :], -1e4)
        loss = F.cross_entropy(scores.reshape(-1, scores.shape[-1]), heads.reshape(-1), ignore_index=IGNORE)
        of_heads = torch.gather(words, 1, heads.clamp(min=0)[:, :, None].expand(-1, -1, words.shape[-1]))
        named = self.heads.relation(torch.cat([words, of_heads], -1))
        return loss + F.cross_entropy(named.reshape(-1, len(LABELS)), relations.reshape(-1), ignore_index=IGNORE)

    def _role(self, group: list[Example]) -> Tensor:
        return loss_of(self.network, collate(group).to(self.network.device), 0.0, self.rng)


def save(network: Network, path: Path) -> None:
    """Encoder and companion as they stand."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"encoder": network.encoder.state_dict(), "companion": network.companion.state_dict()}, path)


def load(network: Network, path: Path) -> None:
    """Begin from what `save` wrote."""
    state = torch.load(path, weights_only=True)
    network.encoder.load_state_dict(state["encoder"])
    mine = network.companion.state_dict()  # heads may have grown since: what differs in shape starts anew
    fitting = {k: v for k, v in state["companion"].items() if k in mine and mine[k].shape == v.shape}
    network.companion.load_state_dict({**mine, **fitting})


def main() -> None:
    """Lay the ground for `python -m training`, in training/runs; with `--teacher` that of the teachers."""
    from training import __main__ as recipe

    parser = argparse.ArgumentParser(prog="python -m training.groundwork", description=__doc__)
    parser.add_argument("--teacher", type=Path, help="folder of all-mpnet-base-v2, to lay the ground of teachers")
    parser.add_argument("--device", default="cpu", help="cuda where there is such a card")
    parser.add_argument("--start", type=Path, help="groundwork to go on with")
    for field in dataclasses.fields(Plan):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    options = parser.parse_args()
    network = from_mpnet(options.teacher) if options.teacher else from_minilm(recipe.base_weights())
    if options.start:
        load(network, options.start)
    plan = Plan(**{f.name: getattr(options, f.name) for f in dataclasses.fields(Plan)})
    stage = Groundwork(network.to(options.device).train(), plan)
    reports = recipe.main_texts(1, 1, 7)
    stage.fit([*plain_texts(recipe.SHARED), *reports], list(trees(recipe.SHARED / "corpora")), recipe.auxiliary_texts())
    save(network.to("cpu"), recipe.HERE / "runs" / ("groundwork_teacher.pt" if options.teacher else "groundwork.pt"))


if __name__ == "__main__":
    main()
