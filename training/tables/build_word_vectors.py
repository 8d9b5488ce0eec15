"""Make `link/data/words.npz`: a small vector and a rarity for each whole word of the encoder's vocabulary.

    PYTHONPATH=. python training/tables/build_word_vectors.py

The vectors are the word embeddings of all-MiniLM-L6-v2 (Apache-2.0), centred, projected on their first principal
components, set to length 1 and rounded to int8; on ECB+ topics 1 to 35 they tell triggers of one event from others
better than the encoder's outputs for single words do (average precision 0.36 against 0.33 to 0.34 where the stems
differ). The vocabulary of BERT stands in order of frequency, so a word's rank gives its rarity (Zipf), as in model2vec.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from training.__main__ import base_weights
from training.model import from_minilm

HOME = Path(__file__).parents[2] / "src" / "tensionwire"
TOKENIZER = HOME / "annotate" / "model" / "tokenizer.json"
TARGET = HOME / "link" / "data" / "words.npz"
SIZE = 96


def vocabulary() -> list[tuple[str, int]]:
    """Whole words of letters with their numbers in the vocabulary, the most frequent first."""
    pieces: dict[str, int] = json.loads(TOKENIZER.read_text(encoding="utf-8"))["model"]["vocab"]
    found = [(word, number) for word, number in pieces.items() if word.isalpha() and word.isascii() and len(word) > 1]
    return sorted(found, key=lambda pair: pair[1])


def reduced(vectors: np.ndarray, size: int) -> np.ndarray:
    """Centred, projected on the first principal components and of length 1, as int8 in units of 1/127."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = unit - unit.mean(0)
    _, _, axes = np.linalg.svd(centred[:8000], full_matrices=False)
    low = centred @ axes[:size].T
    low /= np.linalg.norm(low, axis=1, keepdims=True)
    return np.round(low * 127).astype(np.int8)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    words = vocabulary()
    embeddings = from_minilm(base_weights()).encoder.word.weight.detach().numpy()
    vectors = reduced(embeddings[[number for _, number in words]], size)
    names = np.frombuffer("\n".join(word for word, _ in words).encode(), np.uint8)
    np.savez_compressed(TARGET, words=names, vectors=vectors)
    print(f"{len(words)} words, {size} numbers each, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
