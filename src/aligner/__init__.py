"""Align two or more language versions of a text and flag where they differ in meaning."""

from aligner import evaluate, formats
from aligner._api import align, load_encoder, read, segment
from aligner._errors import (
    AlignerError,
    ConfigError,
    EncoderError,
    InputError,
    MissingExtraError,
    OutputError,
)
from aligner._options import AlignOptions
from aligner._types import (
    Alignment,
    Bead,
    Block,
    Comparison,
    Divergence,
    Document,
    Segment,
    Signature,
    Span,
)

__version__ = "0.1.0"

__all__ = [
    "AlignOptions",
    "AlignerError",
    "Alignment",
    "Bead",
    "Block",
    "Comparison",
    "ConfigError",
    "Divergence",
    "Document",
    "EncoderError",
    "InputError",
    "MissingExtraError",
    "OutputError",
    "Segment",
    "Signature",
    "Span",
    "align",
    "evaluate",
    "formats",
    "load_encoder",
    "read",
    "segment",
]
