"""Vectors of the segments of one version, as every aligner stage wants them: sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import AdditiveEncoder, Encoder, clean, vectors_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner._types import Document


@dataclass(frozen=True, slots=True, eq=False)
class SegmentVectors:
    """One vector a segment; the vector of a run of segments is the sum of theirs.

    Attributes:
        sums: float32 ``[segments, dimensions]``; a blank segment has a row of zeros.
        additive: whether the sum is exactly what the encoder gives for the joined text.
    """

    sums: NDArray[np.float32]
    additive: bool = False

    def __post_init__(self) -> None:
        if self.sums.ndim != 2 or self.sums.dtype != np.float32:
            found = f"{self.sums.dtype} {list(self.sums.shape)}"
            raise ValueError(f"sums must be float32 [segments, dimensions], not {found}")

    def __len__(self) -> int:
        return len(self.sums)


def embed(document: Document, encoder: Encoder) -> SegmentVectors:
    """Return the vectors that *encoder* gives the segments of *document*."""
    texts = [segment.text for segment in document.segments]
    if isinstance(encoder, AdditiveEncoder):
        return SegmentVectors(encoder.sums(texts), additive=True)
    return _weighted(encoder.encode(texts), texts)


def given(document: Document, vectors: object) -> SegmentVectors:
    """Return precomputed *vectors*, one row for each segment of *document*.

    Raises:
        EncoderError: if their count is not that of the segments, or a value is not finite.
    """
    return _weighted(vectors_for(document, vectors), [s.text for s in document.segments])


def _weighted(unit: NDArray[np.float32], texts: Sequence[str]) -> SegmentVectors:
    """Return unit rows times the letters of their texts.

    A sentence then weighs in a run of sentences by its length, as its tokens would.
    """
    letters = np.array([len(clean(text)) for text in texts], dtype=np.float32)
    return SegmentVectors(unit * letters[:, None])
