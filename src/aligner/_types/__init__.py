"""The values that travel between the stages: documents, beads, alignments, divergences.

Everything here is frozen and knows nothing of files, models or languages. The few methods that
lead to a later stage (``Alignment.write``, ``Comparison.report`` ...) import it when called.
"""

from aligner._types._alignment import Alignment, Signature
from aligner._types._bead import Bead
from aligner._types._comparison import (
    SEVERITIES,
    Comparison,
    Divergence,
    DivergenceType,
    Severity,
)
from aligner._types._document import (
    UNKNOWN_LANGUAGE,
    Block,
    Document,
    InlineCode,
    Kind,
    Segment,
    Span,
)

__all__ = [
    "SCHEMA",
    "SEVERITIES",
    "UNKNOWN_LANGUAGE",
    "Alignment",
    "Bead",
    "Block",
    "Comparison",
    "Divergence",
    "DivergenceType",
    "Document",
    "InlineCode",
    "Kind",
    "Segment",
    "Severity",
    "Signature",
    "Span",
]

SCHEMA = 1  # of the JSON that is written, see schema/

for _value in (
    Span,
    Block,
    InlineCode,
    Segment,
    Document,
    Bead,
    Signature,
    Alignment,
    Divergence,
    Comparison,
):
    _value.__module__ = "aligner"
