"""The encoder (two ONNX graphs), decoding its spans, and splitting sentences."""

from tensionwire.annotate.encoder import Encoder

__all__ = ["Encoder"]
