"""Align two or more language versions of a text and flag where they differ in meaning."""

import typing as _typing

from aligner import formats
from aligner._api import align, compare, read
from aligner._errors import (
    AlignerError,
    ConfigError,
    EncoderError,
    InputError,
    MissingExtraError,
    OutputError,
)
from aligner._options import AlignOptions
from aligner._progress import ProgressBar
from aligner._types import (
    Alignment,
    Bead,
    Block,
    Comparison,
    Divergence,
    Document,
    InlineCode,
    Segment,
    Signature,
    Span,
)

if _typing.TYPE_CHECKING:
    from aligner import checks, corpus, evaluate, mining, pairing, report, train
    from aligner._align._explain import Candidate
    from aligner._encode import Encoder, load_encoder
    from aligner._review import Project, Review, review
    from aligner._segment import segment
    from aligner._words import WordLink
    from aligner.checks import CheckOptions, check
    from aligner.mining import MinedPair, Mining, mine
    from aligner.pairing import pair_documents

__version__ = "0.1.0"

__all__ = [
    "AlignOptions",
    "AlignerError",
    "Alignment",
    "Bead",
    "Block",
    "Candidate",
    "CheckOptions",
    "Comparison",
    "ConfigError",
    "Divergence",
    "Document",
    "Encoder",
    "EncoderError",
    "InlineCode",
    "InputError",
    "MinedPair",
    "Mining",
    "MissingExtraError",
    "OutputError",
    "ProgressBar",
    "Project",
    "Review",
    "Segment",
    "Signature",
    "Span",
    "WordLink",
    "align",
    "check",
    "checks",
    "compare",
    "corpus",
    "evaluate",
    "formats",
    "load_encoder",
    "mine",
    "mining",
    "pair_documents",
    "pairing",
    "read",
    "report",
    "review",
    "segment",
    "train",
]

# What few programs need is imported when it is first asked for, so that `import aligner` is quick.
_LATER = {
    "Candidate": "aligner._align._explain",
    "CheckOptions": "aligner.checks",
    "Encoder": "aligner._encode",
    "MinedPair": "aligner.mining",
    "Mining": "aligner.mining",
    "WordLink": "aligner._words",
    "check": "aligner.checks",
    "checks": "",
    "corpus": "",
    "evaluate": "",
    "load_encoder": "aligner._encode",
    "mine": "aligner.mining",
    "mining": "",
    "pair_documents": "aligner.pairing",
    "pairing": "",
    "Project": "aligner._review",
    "Review": "aligner._review",
    "report": "",
    "review": "aligner._review",
    "segment": "aligner._segment",
    "train": "",
}


if not _typing.TYPE_CHECKING:  # to type checkers a name that is not imported above is a mistake

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module 'aligner' has no attribute {name!r}")
        from importlib import import_module

        module = import_module(_LATER[name] or f"aligner.{name}")
        return getattr(module, name) if _LATER[name] else module


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
