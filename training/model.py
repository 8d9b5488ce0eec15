"""The network: a BERT encoder with word taggers, and a companion layer that reads one sentence for one span."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training import labels

WIDTH, HEADS, LAYERS, VOCABULARY, POSITIONS = 384, 12, 6, 30522, 512
REACH = 24  # distances from the focus beyond this many words are one
COMPANION_KINDS = [*labels.COMPANIONS, "predicate", "pair"]
ROLE_SIZES = {
    **{k: 1 + 2 * len(v) for k, v in labels.COMPANIONS.items()},
    "predicate": 1 + 2 * len(labels.PREDICATE),
}
SPAN_SIZES = {
    "type": len(labels.TYPES) + 1,  # the last: no event after all
    "mode": len(labels.MODES),
    "status": len(labels.STATUSES),
    "context": len(labels.CONTEXTS),
    "form": len(labels.FORMS),
    "stance": len(labels.STANCES),
    "evidence": len(labels.EVIDENCE),
    "factuality": 1,
    "dated": len(labels.TOLD),
    "placed": len(labels.TOLD),
}
WORD_SIZES = {
    **dict.fromkeys(labels.TAGGERS, 3),
    "sign": len(labels.SIGNS),
    "kind": len(labels.KINDS),
    "sector": len(labels.SECTORS),
}


class Layer(nn.Module):
    """One post-norm transformer layer, named as BERT's weights are."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` [N, T, 384], `mask` [N, 1, 1, T] additive; returns the shape of `x`."""
        n, t, _ = x.shape
        q, k, v = (f(x).view(n, t, HEADS, WIDTH // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, WIDTH)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def additive(mask: Tensor) -> Tensor:
    """[N, T] of 0/1 to an attention bias [N, 1, 1, T]."""
    return (1.0 - mask[:, None, None, :].float()) * -1e4


class Encoder(nn.Module):
    """Pieces to word vectors and word logits.

    `ids`, `mask` [N, T]; `first` [N, W] the position of each word's first piece. Returns `words` [N, W, 384] and
    `logits` [N, W, sum of WORD_SIZES].
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(WIDTH, sum(WORD_SIZES.values()))

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        x = self.word(ids) + self.position.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        bias = additive(mask)
        for layer in self.layers:
            x = layer(x, bias)
        words = torch.gather(x, 1, first[:, :, None].expand(-1, -1, WIDTH))
        return words, self.tag(self.dropout(words))


class Companion(nn.Module):
    """A sentence's word vectors and a span in focus to the span's companions and qualities.

    `words` [N, L, 384], `mask` [N, L] of 0/1, `focus` [N, L] of 0/1, and 2 for the second of a pair, `distance` [N, L]
    in [0, 2 * REACH], `kind` [N].
    Returns role logits [N, L, sum of ROLE_SIZES] and span logits [N, sum of SPAN_SIZES].
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.focus = nn.Embedding(len(COMPANION_KINDS), WIDTH)
        self.distance = nn.Embedding(2 * REACH + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layer = Layer(dropout)
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(WIDTH, sum(ROLE_SIZES.values()))
        self.span = nn.Linear(2 * WIDTH, sum(SPAN_SIZES.values()))
        self.second = nn.Parameter(torch.randn(WIDTH) * 0.5)
        nn.init.normal_(self.focus.weight, std=0.5)
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(
        self, words: Tensor, mask: Tensor, focus: Tensor, distance: Tensor, kind: Tensor
    ) -> tuple[Tensor, Tensor]:
        inside = focus[:, :, None].clamp(max=1.0).to(words.dtype)
        second = (focus[:, :, None] - inside).to(words.dtype)
        x = words + inside * self.focus(kind)[:, None, :] + second * self.second + self.distance(distance)
        x = self.layer(self.norm(x), additive(mask))
        share = inside / inside.sum(1, keepdim=True).clamp(min=1.0)
        pooled = torch.cat([(x * share).sum(1), (words * share).sum(1)], -1)
        return self.roles(self.dropout(x)), self.span(self.dropout(pooled))


@dataclass(slots=True)
class Network:
    """Both halves."""

    encoder: Encoder
    companion: Companion

    def parameters(self) -> list[nn.Parameter]:
        """Every trainable weight."""
        return [p for m in (self.encoder, self.companion) for p in m.parameters() if p.requires_grad]


def from_minilm(weights: Path, dropout: float = 0.1) -> Network:
    """A network that starts from all-MiniLM-L6-v2; the companion's layer starts as a copy of the sixth."""
    from safetensors.torch import load_file

    source = load_file(str(weights))
    encoder, companion = Encoder(dropout), Companion(dropout)
    with torch.no_grad():
        encoder.word.weight.copy_(source["embeddings.word_embeddings.weight"])
        # every piece is of segment 0: its embedding goes into the positions
        encoder.position.weight.copy_(
            source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            _copy_layer(layer, source, number)
        _copy_layer(companion.layer, source, LAYERS - 1)
    encoder.word.weight.requires_grad_(False)
    return Network(encoder, companion)


def _copy(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[f"{name}.weight"])
    module.bias.copy_(source[f"{name}.bias"])


def _copy_layer(layer: Layer, source: dict[str, Tensor], number: int) -> None:
    stem = f"encoder.layer.{number}."
    for part, name in (
        ("query", "attention.self.query"), ("key", "attention.self.key"), ("value", "attention.self.value"),
        ("out", "attention.output.dense"), ("norm", "attention.output.LayerNorm"),
        ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm"),
    ):  # fmt: skip
        _copy(getattr(layer, part), source, stem + name)
