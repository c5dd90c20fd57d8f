"""Models to encode with: the embedded static one, e5-small, any of sentence-transformers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aligner.models._capitals import is_shouted
from aligner.models._static import StaticEncoder, is_static
from aligner.models._transformer import E5Encoder, TransformerEncoder, load_model

__all__ = [
    "EMBEDDED_FOLDER",
    "E5Encoder",
    "StaticEncoder",
    "TransformerEncoder",
    "is_shouted",
    "is_static",
    "load_embedded",
    "load_model",
]

EMBEDDED_FOLDER = Path(__file__).parent / "base"


@cache
def load_embedded() -> StaticEncoder:
    """Return the static model in the package; it is read once a process."""
    return StaticEncoder.load(EMBEDDED_FOLDER)
