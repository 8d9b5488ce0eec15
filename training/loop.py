"""Multi-task training with all heads at once; resumable, with a fixed seed."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from training import labels
from training.batches import Batch, FocusBatch, batches, collate, collate_foci
from training.examples import IGNORE, Example, Text, WordFocus, examples
from training.model import ROLE_SIZES, SPAN_SIZES, WORD_SIZES, Network

ROLE_NAMES = {**labels.COMPANIONS, "predicate": labels.PREDICATE}
NOTHING = len(labels.TYPES)  # the type of a focus that is no event


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Hyperparameters. `auxiliary` is the share of auxiliary texts seen per epoch, falling to 0 at the end;
    `taught` weighs what teachers say of unlabelled texts, where there are teachers; of those a step reads
    `taught_pieces` pieces.
    """

    epochs: int = 10
    seed: int = 7
    encoder_rate: float = 2.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    pieces: int = 2048
    auxiliary: float = 0.25
    average: float = 0.998
    negatives: float = 0.7
    taught: float = 1.0
    taught_pieces: int = 2048


TAGGER_WEIGHT = {
    "trigger": 6.0,
    "content": 5.0,
    "count": 2.0,
    "tie": 2.0,
    "appointment": 2.0,
    "party": 2.0,
    "name": 1.5,
}
CLASS_WEIGHT = {"sign": 0.2, "kind": 0.2, "sector": 0.5}
ROLE_WEIGHT = {"event": 6.0, "claim": 5.0, "predicate": 2.0}
SPAN_WEIGHT = {
    "type": 1.0, "mode": 0.5, "status": 0.6, "context": 2.0,
    "form": 0.2, "stance": 0.5, "evidence": 0.2, "factuality": 0.3, "dated": 0.3, "placed": 0.3,
}  # fmt: skip


def _columns(sizes: dict[str, int]) -> dict[str, slice]:
    found, at = {}, 0
    for name, size in sizes.items():
        found[name] = slice(at, at + size)
        at += size
    return found


WORD, ROLE, SPAN = _columns(WORD_SIZES), _columns(ROLE_SIZES), _columns(SPAN_SIZES)
MODES_OF = torch.tensor([[not m.startswith(f"{t}.") for m in labels.MODES] for t in labels.TYPES])


Taught = Callable[[Network], Tensor]  # a further loss of each step, see distil.py


class Trainer:
    """Holds the network, its moving average and the optimiser; `fit` runs or resumes a plan."""

    def __init__(self, network: Network, plan: Plan, folder: Path, taught: Taught | None = None) -> None:
        self.network, self.plan, self.folder, self.taught = network, plan, folder, taught
        self.rng = random.Random(plan.seed)
        torch.manual_seed(plan.seed)
        encoder = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith("tag.")]
        heads = [*network.encoder.tag.parameters(), *network.companion.parameters()]
        self.optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}],
            weight_decay=plan.weight_decay,
        )
        self.parameters = [*encoder, *heads]
        self.mean = [p.detach().clone() for p in self.parameters]
        self.epoch = self.step = 0

    def fit(self, main: list[Text], auxiliary: list[Text]) -> None:
        """Train to the end of the plan; a checkpoint after each epoch lets a stopped run go on."""
        self.resume()
        while self.epoch < self.plan.epochs:
            groups = self._groups(main, auxiliary)
            began, sums = time.time(), 0.0
            for seen, group in enumerate(groups, 1):
                sums += self._update(group, (self.epoch + seen / len(groups)) / self.plan.epochs)
                if seen % 50 == 0:
                    print(
                        f"epoch {self.epoch} {seen}/{len(groups)} loss {sums / seen:.3f} {time.time() - began:.0f}s",
                        flush=True,
                    )
            self.epoch += 1
            self._save()

    def _groups(self, main: list[Text], auxiliary: list[Text]) -> list[list[Example]]:
        """Fresh windows each epoch: their length varies, so that no sentence has always the same neighbours."""
        share = self.plan.auxiliary * max(0.0, 1 - self.epoch / (0.7 * self.plan.epochs))
        some = self.rng.sample(auxiliary, int(len(auxiliary) * share))
        read = [t for t in main if self.rng.random() < t.often]
        windows = [e for t in read for e in examples(t, ROLE_NAMES, self.rng.choice((40, 64, 96, 128, 128)))]
        extra = [e for t in some for e in examples(t, ROLE_NAMES, 128)]
        groups = [*batches(windows, self.plan.pieces, self.rng), *batches(extra, self.plan.pieces, self.rng)]
        self.rng.shuffle(groups)
        return groups

    def _update(self, group: list[Example], progress: float) -> float:
        factor = min(1.0, progress / self.plan.warmup) * max(0.02, 1 - progress)
        for part, rate in zip(self.optimiser.param_groups, (self.plan.encoder_rate, self.plan.head_rate), strict=True):
            part["lr"] = rate * factor
        loss = loss_of(self.network, collate(group).to(self.network.device), self.plan.negatives, self.rng)
        if self.taught:
            loss = loss + self.plan.taught * self.taught(self.network)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        self.step += 1
        decay = min(self.plan.average, self.step / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self.mean, [p.detach() for p in self.parameters], 1 - decay)
        return float(loss.detach())

    def _save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "encoder": self.network.encoder.state_dict(), "companion": self.network.companion.state_dict(),
            "optimiser": self.optimiser.state_dict(), "mean": self.mean, "epoch": self.epoch, "step": self.step,
            "rng": self.rng.getstate(), "torch": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").rename(self.folder / "checkpoint.pt")
        (self.folder / "plan.json").write_text(json.dumps(asdict(self.plan), indent=1))

    def resume(self) -> None:
        """Take up the folder's checkpoint, where there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False, map_location=self.network.device)
        self.network.encoder.load_state_dict(state["encoder"])
        self.network.companion.load_state_dict(state["companion"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.mean, self.epoch, self.step = state["mean"], state["epoch"], state["step"]
        self.rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"].cpu())

    def use_average(self) -> None:
        """Put the moving average of the weights into the network."""
        with torch.no_grad():
            for parameter, mean in zip(self.parameters, self.mean, strict=True):
                parameter.copy_(mean)


def halved(device: torch.device) -> AbstractContextManager[None]:
    """bfloat16 inside the layers: half again as fast where the processor knows it. Losses are counted in float32."""
    return torch.autocast(device.type, dtype=torch.bfloat16)


def encoded(network: Network, batch: Batch) -> tuple[Tensor, Tensor]:
    """Word vectors and logits of a batch of windows, in float32."""
    with halved(network.device):
        words, logits = network.encoder(batch.ids, batch.mask, batch.first)
    return words.float(), logits.float()


def accompanied(network: Network, batch: FocusBatch, words: Tensor) -> tuple[Tensor, Tensor]:
    """Role and span logits of a batch of foci, in float32; `words` [N, W, width] of the windows."""
    sentence = words.reshape(-1, words.shape[-1])[batch.rows]
    with halved(network.device):
        roles, spans = network.companion(sentence, batch.mask, batch.focus, batch.distance, batch.kind)
    return roles.float(), spans.float()


def loss_of(network: Network, batch: Batch, negatives: float, rng: random.Random) -> Tensor:
    """The weighted sum of the losses of all heads that the batch has labels for."""
    words, logits = encoded(network, batch)
    loss = words.new_zeros(())
    for tagger, tags in batch.tags.items():
        if any(tagger in e.tags for e in batch.examples):
            flat = logits[..., WORD[tagger]].reshape(-1, 3)
            loss = loss + TAGGER_WEIGHT[tagger] * F.cross_entropy(flat, tags.reshape(-1), ignore_index=IGNORE)
    loss = loss + _class_loss(batch, logits)
    items = [(n, f) for n, e in enumerate(batch.examples) for f in _sampled(e.foci, rng)]
    items += _near_misses(batch, logits, negatives, rng)
    items += _weak(batch, logits)
    return loss + _all_foci(network, items, words) if items else loss


def _likes(logits: Tensor) -> Tensor:
    """[N, W] on the processor: how much the tagger takes each word for the first of a trigger."""
    return logits[..., WORD["trigger"]].detach().softmax(-1)[..., 1].cpu()


def _weak(batch: Batch, logits: Tensor) -> list[tuple[int, WordFocus]]:
    """Weak foci with the word that the tagger likes best as their trigger, words of roles apart."""
    found = []
    begins = _likes(logits)
    for n, example in enumerate(batch.examples):
        for focus in example.weak:
            likes = begins[n, focus.begin : focus.end].tolist()
            free = [i for i in range(len(likes)) if not focus.roles or focus.roles[i] == 0] or [0]
            best = max(free, key=lambda i: likes[i]) + focus.begin
            found.append((n, replace(focus, focus=(best, best + 1))))
    return found


def rooms(items: list[tuple[int, WordFocus]], device: torch.device) -> Iterator[list[tuple[int, WordFocus]]]:
    """Foci in groups of like sentence length: padding costs time; an accelerator rather has fewer and larger ones."""
    room = 3000 if device.type == "cpu" else 20000
    items = sorted(items, key=lambda item: item[1].end - item[1].begin)
    held: list[tuple[int, WordFocus]] = []
    for number, item in enumerate(items):
        held.append(item)
        following = items[number + 1][1] if number + 1 < len(items) else None
        if following is None or (following.end - following.begin) * (len(held) + 1) > room:
            yield held
            held = []


def _all_foci(network: Network, items: list[tuple[int, WordFocus]], words: Tensor) -> Tensor:
    """The loss of foci, group by group, weighted by their number."""
    loss = words.new_zeros(())
    for held in rooms(items, words.device):
        loss = loss + _focus_loss(network, held, words) * (len(held) / len(items))
    return loss


def _sampled(foci: list[WordFocus], rng: random.Random) -> list[WordFocus]:
    """All foci of a report; of auxiliary predicates at most three a window."""
    return foci if len(foci) <= 3 or foci[0].kind != "predicate" else rng.sample(foci, 3)


def _class_loss(batch: Batch, logits: Tensor) -> Tensor:
    loss = logits.new_zeros(())
    for name, weight in CLASS_WEIGHT.items():
        found = [(n, *span, v) for n, e in enumerate(batch.examples) for c, span, v in e.classed if c == name]
        if found:
            row, begin, end, value = torch.tensor(found, device=logits.device).T
            until = F.pad(logits[..., WORD[name]].cumsum(1), (0, 0, 1, 0))
            means = (until[row, end] - until[row, begin]) / (end - begin)[:, None]
            loss = loss + weight * F.cross_entropy(means, value)
    return loss


def _near_misses(batch: Batch, logits: Tensor, share: float, rng: random.Random) -> list[tuple[int, WordFocus]]:
    """Words that the tagger now finds most like a trigger and that are none: the companion learns to refuse them."""
    found = []
    likes = _likes(logits)
    for n, example in enumerate(batch.examples):
        gold = example.tags.get("trigger")
        if gold is None:
            continue
        begins = likes[n, : len(gold)]
        wanted = max(1, round(share * sum(t == 1 for t in gold)))
        ranked = [i for i in begins.argsort(descending=True).tolist() if gold[i] == 0][: 2 * wanted]
        for i in rng.sample(ranked, min(wanted, len(ranked))):
            home = next(((a, b) for a, b in example.ranges if a <= i < b), None)
            if home:
                found.append((n, WordFocus("event", *home, (i, i + 1), [], {"type": NOTHING})))
    return found


def _focus_loss(network: Network, items: list[tuple[int, WordFocus]], words: Tensor) -> Tensor:
    batch = collate_foci(items, words.shape[1]).to(words.device)
    roles, spans = accompanied(network, batch, words)
    loss = words.new_zeros(())
    for kind, weight in ROLE_WEIGHT.items():
        chosen = [i for i, f in enumerate(batch.foci) if f.kind == kind and f.roles]
        if chosen:
            target = torch.full((len(chosen), roles.shape[1]), IGNORE)
            for row, i in enumerate(chosen):
                target[row, : len(batch.foci[i].roles)] = torch.tensor(batch.foci[i].roles)
            target = target.to(roles.device)
            flat = roles[chosen][..., ROLE[kind]]
            loss = loss + weight * F.cross_entropy(
                flat.reshape(-1, flat.shape[-1]), target.reshape(-1), ignore_index=IGNORE
            )
    for name in SPAN_SIZES:
        chosen = [i for i, f in enumerate(batch.foci) if name in f.classes]
        if chosen:
            loss = loss + SPAN_WEIGHT[name] * _span_loss(
                name, spans[chosen][:, SPAN[name]], [batch.foci[i].classes for i in chosen]
            )
    chosen = [i for i, f in enumerate(batch.foci) if "types" in f.classes]
    if chosen:
        likely = spans[chosen][:, SPAN["type"]].log_softmax(-1)
        barred = torch.full(likely.shape, -1e4)
        for row, i in enumerate(chosen):
            barred[row, batch.foci[i].classes["types"]] = 0.0
        loss = loss - (likely + barred.to(likely.device)).logsumexp(-1).mean()
    return loss


def _span_loss(name: str, logits: Tensor, classes: list[dict]) -> Tensor:
    values = [c[name] for c in classes]
    if name == "factuality":
        return F.smooth_l1_loss(logits[:, 0], torch.tensor(values, device=logits.device))
    if name == "context":
        target = torch.zeros(logits.shape)
        for row, some in enumerate(values):
            target[row, some] = 1.0
        return F.binary_cross_entropy_with_logits(logits, target.to(logits.device))
    if name == "mode":
        types = torch.tensor([c["type"] for c in classes])
        logits = logits.masked_fill(MODES_OF[types].to(logits.device), -1e4)
    return F.cross_entropy(logits, torch.tensor(values, device=logits.device))
