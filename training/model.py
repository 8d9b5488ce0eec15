"""The network: a BERT encoder with word taggers, and a companion layer that reads one sentence for one span."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tensionwire.annotate.windows import tokenizer
from training import labels

HEADS, VOCABULARY = 12, 30522


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What differs between encoders of one vocabulary; `relative` adds MPNet's bias of distances to attention."""

    width: int = 384
    layers: int = 6
    positions: int = 512
    epsilon: float = 1e-12
    relative: bool = False


SHIPPED = Shape()  # all-MiniLM-L6-v2
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

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.width = width = shape.width
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` [N, T, width], `mask` [N, 1 or heads, 1 or T, T] additive; returns the shape of `x`."""
        n, t, width = x.shape[0], x.shape[1], self.width
        q, k, v = (f(x).view(n, t, HEADS, width // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / (width // HEADS) ** 0.5 + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, width)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def additive(mask: Tensor) -> Tensor:
    """[N, T] of 0/1 to an attention bias [N, 1, 1, T]."""
    return (1.0 - mask[:, None, None, :].float()) * -1e4


BUCKETS = 32


def buckets(length: int, device: torch.device) -> Tensor:
    """[T, T] numbers of MPNet's classes of distance: by side, each of the nearest 8, then by logarithm up to 128."""
    at = torch.arange(length, device=device)
    away = at[:, None] - at[None, :]
    half, near = BUCKETS // 2, BUCKETS // 4
    far = near + (torch.log(away.abs().clamp(min=1).float() / near) / math.log(128 / near) * (half - near)).long()
    side = (away < 0).long() * half
    return side + torch.where(away.abs() < near, away.abs(), far.clamp(max=half - 1))


class Encoder(nn.Module):
    """Pieces to word vectors and word logits.

    `ids`, `mask` [N, T]; `first` [N, W] the position of each word's first piece. Returns `words` [N, W, width] and
    `logits` [N, W, sum of WORD_SIZES].
    """

    def __init__(self, shape: Shape = SHIPPED, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(VOCABULARY, shape.width).requires_grad_(False)  # never trained
        self.position = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(shape.width, sum(WORD_SIZES.values()))
        if shape.relative:
            self.relative = nn.Embedding(BUCKETS, HEADS)

    def pieces(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors [N, T, width] of the pieces."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        bias = additive(mask)
        if self.shape.relative:
            bias = bias + self.relative(buckets(ids.shape[1], ids.device)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        x = self.pieces(ids, mask)
        words = torch.gather(x, 1, first[:, :, None].expand(-1, -1, self.shape.width))
        return words, self.tag(self.dropout(words))


class Companion(nn.Module):
    """A sentence's word vectors and a span in focus to the span's companions and qualities.

    `words` [N, L, width], `mask` [N, L] of 0/1, `focus` [N, L] of 0/1, and 2 for the second of a pair,
    `distance` [N, L] in [0, 2 * REACH], `kind` [N].
    Returns role logits [N, L, sum of ROLE_SIZES] and span logits [N, sum of SPAN_SIZES].
    """

    def __init__(self, shape: Shape = SHIPPED, dropout: float = 0.1) -> None:
        super().__init__()
        width = shape.width
        self.focus = nn.Embedding(len(COMPANION_KINDS), width)
        self.distance = nn.Embedding(2 * REACH + 1, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.layer = Layer(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(width, sum(ROLE_SIZES.values()))
        self.span = nn.Linear(2 * width, sum(SPAN_SIZES.values()))
        self.second = nn.Parameter(torch.randn(width) * 0.5)
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

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.encoder.tag.weight.device

    def train(self, on: bool = True) -> Network:
        """Both halves with or without dropout."""
        self.encoder.train(on)
        self.companion.train(on)
        return self

    def to(self, device: str) -> Network:
        """Both halves moved to a device."""
        self.encoder.to(device)
        self.companion.to(device)
        return self


def from_minilm(weights: Path, dropout: float = 0.1) -> Network:
    """A network that starts from all-MiniLM-L6-v2; the companion's layer starts as a copy of the sixth."""
    from safetensors.torch import load_file

    source = load_file(str(weights))
    encoder, companion = Encoder(SHIPPED, dropout), Companion(SHIPPED, dropout)
    with torch.no_grad():
        encoder.word.weight.copy_(source["embeddings.word_embeddings.weight"])
        # every piece is of segment 0: its embedding goes into the positions
        encoder.position.weight.copy_(
            source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            _copy_layer(layer, source, number)
        _copy_layer(companion.layer, source, SHIPPED.layers - 1)
    return Network(encoder, companion)


MPNET = Shape(width=768, layers=12, epsilon=1e-5, relative=True)


def from_mpnet(folder: Path, dropout: float = 0.1) -> Network:
    """A network that starts from the files of all-mpnet-base-v2, too large to ship: a teacher.

    Its word pieces are BERT's under other numbers: its embeddings are put into BERT's order, so that both networks
    read the same windows.
    """
    from safetensors.torch import load_file

    source = load_file(str(folder / "model.safetensors"))
    encoder, companion = Encoder(MPNET, dropout), Companion(MPNET, dropout)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8")
    number = {piece: n for n, piece in enumerate(vocabulary.splitlines())}
    own = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    pieces = sorted(tokenizer().get_vocab().items(), key=lambda item: item[1])
    rows = torch.tensor([number[own.get(piece, piece)] for piece, _ in pieces])
    with torch.no_grad():
        encoder.word.weight.copy_(source["embeddings.word_embeddings.weight"][rows])
        encoder.position.weight.copy_(source["embeddings.position_embeddings.weight"][2 : 2 + MPNET.positions])
        encoder.relative.weight.copy_(source["encoder.relative_attention_bias.weight"])
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for at, layer in enumerate(encoder.layers):
            _copy_layer(layer, source, at, _MPNET)
        _copy_layer(companion.layer, source, MPNET.layers - 1, _MPNET)
    return Network(encoder, companion)


_BERT = (
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
)  # fmt: skip
_MPNET = (
    "attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o",
    "attention.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
)  # fmt: skip


def _copy(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[f"{name}.weight"])
    module.bias.copy_(source[f"{name}.bias"])


def _copy_layer(layer: Layer, source: dict[str, Tensor], number: int, names: tuple[str, ...] = _BERT) -> None:
    mine = (layer.query, layer.key, layer.value, layer.out, layer.norm, layer.up, layer.down, layer.norm2)
    for part, name in zip(mine, names, strict=True):
        _copy(part, source, f"encoder.layer.{number}.{name}")
