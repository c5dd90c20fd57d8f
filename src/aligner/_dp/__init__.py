"""The banded dynamic programme: best path, forward-backward, posteriors. Arrays only.

A node ``(i, j)`` means that the first *i* source and the first *j* target segments are used up.
A corridor holds the nodes that may be visited: in row *i* the *width* columns from ``lo[i]`` on.
Match beads take ``a`` source and ``b`` target segments, both at least one. A run of segments that
have no counterpart costs ``open`` for its first and ``extend`` for each further segment (the affine
gaps of Gotoh 1982, J. Mol. Biol. 162); between two matches the source run comes before the target
run, so that every set of beads has exactly one path.

Everything works row by row on NumPy arrays: the only dependency inside a row is the target run,
which is a running minimum (or a running log-sum), so a row costs a handful of array operations.
Rows are short where the band is narrow, and the call of an operation then costs more than its
work; so several corridors are solved side by side, the *i*-th rows of all of them as one.
"""

from aligner._dp._beliefs import posteriors, posteriors_of
from aligner._dp._path import best_path, best_paths
from aligner._dp._values import Corridor, Costs, FloatArray, IntArray, Node, Posteriors, Step

__all__ = [
    "Corridor",
    "Costs",
    "FloatArray",
    "IntArray",
    "Node",
    "Posteriors",
    "Step",
    "best_path",
    "best_paths",
    "posteriors",
    "posteriors_of",
]
