"""What the cost model sees of one version: vectors, lengths, anchors, marks and structure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import clean
from aligner._options import MAX_SIDE
from aligner._visible import unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner._overlaps import Overlaps
    from aligner._score._similarity import Floats
    from aligner._types import Document, Segment
    from aligner._vectors import SegmentVectors

_ANCHOR = re.compile(r"\d+(?:[.,:]\d+)*|\b(?:[^\W\d_a-zß-öø-ÿ]\w{2,}+|\w{6,}+)")
_ASKING = "?!\u061f\uff1f\uff01"
_END = 8  # last characters of a segment, where its mark of an end stands
# A comma, a semicolon or a colon at the end, and no mark of an end before a small letter.
_OPEN = re.compile(r"[,;:]\W*$")
_CLOSED = re.compile(r"[.!?\u2026]\W*$")
_SMALL = re.compile(r"\W*[a-zß-öø-ÿ]")
_FIGURES = str.maketrans("123456789", "000000000")
_ENOUGH = 30  # segments
_UNLIKE = 0.4  # of the log of how much longer a version is: more than European languages differ
_QUOTING = '"\u201c\u201d\u201e\u00ab\u00bb'


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One version as arrays over its *n* segments.

    Attributes:
        sums: float32 [n, d], vectors of the segments such that runs add up.
        lengths: float32 [n], characters of the segments.
        anchors: for each segment the tokens that may stand unchanged in the other version:
            numbers, capitalised and long words.
        marks: float32 [3, n], counts of question and exclamation marks, of double quotation
            marks, and whether the segment is something else than running text.
        breaks: float32 [n], whether a block of the document begins with the segment.
        unfinished: float32 [n], whether the segment seems to go on in the next one.
        again: float32 [n], log2 of how many segments read the same, but for figures.
        twice: float32 [n], whether the segment reads as the one before it.
        overlaps: what the encoder gives for runs, where vectors do not add up.
        heavier: what an encoder gives that is asked only where these vectors leave doubt.
    """

    sums: Floats
    lengths: Floats
    anchors: tuple[frozenset[str], ...]
    marks: Floats
    breaks: Floats
    unfinished: Floats
    again: Floats
    twice: Floats
    overlaps: Overlaps | None = None
    heavier: Overlaps | None = None

    def __len__(self) -> int:
        return len(self.sums)

    def part(self, start: int, end: int) -> Side:
        """Return the side of segments *start* to *end* alone."""
        return self._taken(slice(start, end), range(start, end))

    def picked(self, segments: Sequence[int]) -> Side:
        """Return the side of the given *segments* alone, in that order."""
        return self._taken(np.array(segments, np.int64), segments)

    def _taken(self, rows: slice | NDArray[np.int64], segments: Sequence[int]) -> Side:
        """Return the *segments*, which are those *rows* of the arrays."""
        return Side(
            self.sums[rows],
            self.lengths[rows],
            tuple(self.anchors[k] for k in segments),
            self.marks[:, rows],
            self.breaks[rows],
            self.unfinished[rows],
            self.again[rows],
            self.twice[rows],
            self.overlaps and self.overlaps.picked(segments),
            self.heavier and self.heavier.picked(segments),
        )


def side_of(document: Document, vectors: SegmentVectors, kept: Sequence[int]) -> Side:
    """Return the segments *kept* of *document* as the cost model sees them."""
    segments = [document.segments[i] for i in kept]
    texts = [clean(segment.text) for segment in segments]
    blocks = np.array([segment.block for segment in segments], np.int64)
    # Segments that were given one by one each have a block of their own: that says nothing.
    cut = len(set(blocks.tolist())) == len(blocks)
    breaks = np.zeros(len(blocks)) if cut else np.diff(blocks, prepend=-1) != 0
    return Side(
        vectors.sums[np.array(kept, np.int64)],
        np.array([len(text) for text in texts], np.float32),
        tuple(frozenset(_ANCHOR.findall(text)) for text in unnumbered(texts)),
        _marks(segments, texts),
        breaks.astype(np.float32),
        _unfinished(texts),
        _again(texts),
        np.array([a == b for a, b in pairwise(["", *texts])], np.float32),
        vectors.overlaps and vectors.overlaps.picked(kept),
        vectors.heavier and vectors.heavier.picked(kept),
    )


def _marks(segments: Sequence[Segment], texts: Sequence[str]) -> Floats:
    counts = [
        [sum(map(text.count, _ASKING)) for text in texts],
        [sum(map(text.count, _QUOTING)) for text in texts],
        [int(segment.kind != "text") for segment in segments],
    ]
    return np.array(counts, np.float32).reshape(3, -1)


def _unfinished(texts: Sequence[str]) -> Floats:
    """Return for each text whether it seems to go on in the next one."""
    following = [*texts, ""][1:]
    return np.array(
        [
            bool(_OPEN.search(end) or (not _CLOSED.search(end) and _SMALL.match(after)))
            for end, after in zip((text[-_END:] for text in texts), following, strict=True)
        ],
        np.float32,
    )


def of_like_length(source: Side, target: Side) -> tuple[Side, Side]:
    """Return both, with lengths scaled to each other where one version says all in fewer letters.

    So it is with Chinese and English. A version that lacks much is shorter in all but not by the
    segment, one that is cut into fewer segments has longer ones but not more in all.
    """
    if min(len(source), len(target)) < _ENOUGH:
        return source, target
    in_all = float(np.log(target.lengths.sum() / source.lengths.sum()))
    by_segment = in_all - float(np.log(len(target) / len(source)))
    if in_all * by_segment < 0 or min(abs(in_all), abs(by_segment)) < _UNLIKE:
        return source, target
    scale = np.exp(min(in_all, by_segment, key=abs) / 2)
    return (
        replace(source, lengths=(source.lengths * scale).astype(np.float32)),
        replace(target, lengths=(target.lengths / scale).astype(np.float32)),
    )


def _again(texts: Sequence[str]) -> Floats:
    """Return for each text log2 of how many are the same, but for figures: heads, page numbers."""
    seen = [text.translate(_FIGURES) for text in texts]
    counts = Counter(seen)
    return np.log2(np.array([counts[text] for text in seen], np.float32))


def run_totals(values: Floats, *, inner: bool = False) -> Floats:
    """Return the sums over all runs of up to ``MAX_SIDE`` values, float32 [MAX_SIDE, n + 1].

    With ``inner`` the first value of a run does not count.
    """
    totals = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    out = np.zeros((MAX_SIDE, len(totals)), np.float32)
    for size in range(1, min(MAX_SIDE, len(values)) + 1):
        out[size - 1, size:] = totals[size:] - totals[:-size]
        if inner:
            out[size - 1, size:] -= values[: len(values) - size + 1]
    return out
