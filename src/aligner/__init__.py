"""Align two or more language versions of a text and flag where they differ in meaning."""

from aligner import checks, evaluate, formats, pairing, train
from aligner._api import align, check, compare, load_encoder, read, segment
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
from aligner.checks import CheckOptions
from aligner.pairing import pair_documents

__version__ = "0.1.0"

__all__ = [
    "AlignOptions",
    "AlignerError",
    "Alignment",
    "Bead",
    "Block",
    "CheckOptions",
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
    "check",
    "checks",
    "compare",
    "evaluate",
    "formats",
    "load_encoder",
    "pair_documents",
    "pairing",
    "read",
    "segment",
    "train",
]
