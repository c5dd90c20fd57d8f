"""Models to encode with: the two in the package, e5-small, any of sentence-transformers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aligner.models._capitals import is_shouted
from aligner.models._context import ContextEncoder
from aligner.models._static import StaticEncoder, is_static
from aligner.models._transformer import E5Encoder, TransformerEncoder, load_model

__all__ = [
    "CONTEXT_FOLDER",
    "EMBEDDED_FOLDER",
    "ContextEncoder",
    "E5Encoder",
    "StaticEncoder",
    "TransformerEncoder",
    "is_shouted",
    "is_static",
    "load_context",
    "load_embedded",
    "load_model",
]

EMBEDDED_FOLDER = Path(__file__).parent / "base"
CONTEXT_FOLDER = Path(__file__).parent / "aligner-context-1"


@cache
def load_embedded() -> StaticEncoder:
    """Return the static model in the package; it is read once a process."""
    return StaticEncoder.load(EMBEDDED_FOLDER)


@cache
def load_context() -> ContextEncoder:
    """Return the small transformer in the package, over the pieces of the static model."""
    return ContextEncoder(CONTEXT_FOLDER, load_embedded())
