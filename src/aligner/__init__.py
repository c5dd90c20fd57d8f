"""Align two or more language versions of a text and flag where they differ in meaning."""

from aligner._errors import (
    AlignerError,
    ConfigError,
    EncoderError,
    InputError,
    MissingExtraError,
    OutputError,
)
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
    "Alignment",
    "AlignerError",
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
]
