"""Other aligners, called as their makers mean it, with the same vectors where they take any.

They come from PyPI: ``pip install galechurch sentweave nltk bertalign``; bertalign needs Python
3.12.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Encoder

Sides: TypeAlias = tuple[tuple[int, ...], ...]

# nltk's programme is quadratic and in Python: a document of this many cells takes it a minute.
_NLTK_CELLS = 4_000_000
_LARGEST = 5


class Lines(Protocol):
    """What is to be aligned, by sentences."""

    @property
    def source(self) -> tuple[str, ...]: ...

    @property
    def target(self) -> tuple[str, ...]: ...


def bertalign(case: Lines, *, encoder: Encoder) -> list[Sides]:
    """Return the beads of bertalign's two passes, every run of up to four sentences encoded."""
    from bertalign import corelib

    vectors, lengths = zip(
        *(_overlaps(side, encoder) for side in (case.source, case.target)), strict=True
    )
    size, other = len(case.source), len(case.target)
    types = corelib.get_alignment_types(2)
    width, path = corelib.find_first_search_path(size, other)
    found = corelib.find_top_k_sents(vectors[0][0], vectors[1][0], k=3)
    pointers = corelib.first_pass_align(size, other, width, path, types, *found)
    first = corelib.first_back_track(size, other, pointers, path, types)
    types = corelib.get_alignment_types(_LARGEST)
    width, path = corelib.find_second_search_path(first, 5, size, other)
    ratio = float(lengths[0][0].sum() / lengths[1][0].sum())
    pointers = corelib.second_pass_align(
        *vectors, *lengths, width, path, types, ratio, -0.1, margin=True, len_penalty=True
    )
    beads = corelib.second_back_track(size, other, pointers, path, types)
    return [(tuple(source), tuple(target)) for source, target in beads]


def _overlaps(lines: Sequence[str], encoder: Encoder) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors and lengths of the runs of each size that end with each line."""
    runs = [
        [" ".join(lines[max(0, i - size) : i + 1]) for i in range(len(lines))]
        for size in range(_LARGEST - 1)
    ]
    lengths = np.array([[len(text.encode()) for text in layer] for layer in runs])
    return np.stack([encoder.encode(layer) for layer in runs]), lengths


def vecalign(case: Lines, *, encoder: Encoder) -> list[Sides]:
    """Return the beads of vecalign's programme; every run of up to four sentences is encoded."""
    from sentweave import align

    known: dict[str, np.ndarray] = {}

    def encode(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encoder.encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it casts infinities on tiny documents
        result = align(case.source, case.target, encode, alignment_max_size=5)
    return [(tuple(a.src_indices), tuple(a.tgt_indices)) for a in result.alignments]


def galechurch(case: Lines) -> list[Sides]:
    """Return the beads that the lengths alone give."""
    from galechurch import align

    beads = align(case.source, case.target, max_block_size=10**9).beads
    return [
        (
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
        )
        for bead in beads
    ]


def nltk(case: Lines) -> list[Sides]:
    """Return the beads of the same by another hand, none for documents that take too long."""
    from nltk.translate.gale_church import align_blocks

    if len(case.source) * len(case.target) > _NLTK_CELLS:
        return []
    lengths = [[len(text) for text in side] for side in (case.source, case.target)]
    return list(_beads_of_links(align_blocks(*lengths), len(case.source), len(case.target)))


def _beads_of_links(links: Sequence[tuple[int, int]], size: int, other: int) -> Iterator[Sides]:
    """Yield the beads that monotone index pairs stand for, and null beads for the rest."""
    here = there = 0
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(links):
        if groups and (i in groups[-1][0] or j in groups[-1][1]):
            groups[-1][0].add(i)
            groups[-1][1].add(j)
        else:
            groups.append(({i}, {j}))
    for source, target in [*groups, ({size}, {other})]:
        yield from (((i,), ()) for i in range(here, min(source)))
        yield from (((), (j,)) for j in range(there, min(target)))
        here, there = max(source) + 1, max(target) + 1
        if min(source) < size:
            yield tuple(sorted(source)), tuple(sorted(target))
