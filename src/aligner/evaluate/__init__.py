"""Score predicted beads against gold: strict and lax, n-m and one-sided beads apart.

The definition is the field's (Sennrich and Volk 2011, as vecalign's scorer counts it). Precision
is over every predicted bead, null beads included; recall is over the gold beads that join at
least two versions. Strict asks for exactly the gold bead; lax for one pair of segments that
stands together in a gold bead. Counts of several files are added before dividing (micro).
"""

from aligner.evaluate._files import files, granularity_of, match, read_ladder
from aligner.evaluate._scores import (
    GRANULARITIES,
    Beads,
    Granularity,
    Score,
    Scores,
    Sides,
    alignment,
)

__all__ = [
    "GRANULARITIES",
    "Beads",
    "Granularity",
    "Score",
    "Scores",
    "Sides",
    "alignment",
    "files",
    "granularity_of",
    "match",
    "read_ladder",
]

for _value in (Score, Scores):
    _value.__module__ = __name__
