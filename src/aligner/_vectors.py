"""Vectors of the segments of one version, as every aligner stage wants them: sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


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


def weighted(vectors: ArrayLike, texts: Sequence[str], *, name: str) -> SegmentVectors:
    """Return *vectors* of any length as sums: the unit vector times the letters of its text.

    A sentence weighs in a run of sentences by its length, as its tokens would.

    Raises:
        EncoderError: if the vectors do not fit the segments, or hold something that is no number.
    """
    try:
        array = np.asarray(vectors, dtype=np.float32)
    except (TypeError, ValueError):
        raise EncoderError(f"the vectors of {name!r} are not an array of numbers") from None
    if array.ndim != 2:
        shape = list(array.shape)
        raise EncoderError(f"the vectors of {name!r} must be [segments, dimensions], not {shape}")
    if len(array) != len(texts):
        raise EncoderError(
            f"{len(array)} vectors for {len(texts)} segments of {name!r}; "
            "give one vector for each segment, blank ones included"
        )
    if not np.isfinite(array).all():
        raise EncoderError(f"the vectors of {name!r} hold values that are not finite")
    norms = np.linalg.norm(array, axis=1, keepdims=True)
    unit = np.divide(array, norms, out=np.zeros_like(array), where=norms > 0)
    letters = np.array([len("".join(text.split())) for text in texts], dtype=np.float32)
    return SegmentVectors(unit * letters[:, None])
