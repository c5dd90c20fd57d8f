"""Vectors of runs of segments where they do not add up: encoded only where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import Encoder, Matrix, unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PRIOR_SEGMENTS = 8  # so many without direction are added to the mean


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """The segments of one version and the encoder that knows what any run of them means.

    Attributes:
        texts: of the segments, cleaned.
        encoder: what encodes a run, its texts joined by spaces.
        centre: what is subtracted from every vector, ``None`` for nothing.
        known: unit vectors by text; parts of a version share it, so nothing is encoded twice.
    """

    texts: tuple[str, ...]
    encoder: Encoder
    centre: Matrix | None = None
    known: dict[str, Matrix] = field(default_factory=dict)

    def picked(self, segments: Iterable[int]) -> Overlaps:
        """Return the overlaps of the given *segments* alone, in that order."""
        texts = tuple(self.texts[k] for k in segments)
        return Overlaps(texts, self.encoder, self.centre, self.known)

    def vectors(self, runs: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], Matrix]:
        """Return the vector of each of *runs*, half-open ranges of segments."""
        if not runs:
            return {}
        return dict(zip(runs, centred(self.unit(runs), self.centre), strict=True))

    def unit(self, runs: Sequence[tuple[int, int]]) -> Matrix:
        """Return what the encoder itself gives for each of *runs*, one at least."""
        texts = [" ".join(text for text in self.texts[slice(*run)] if text) for run in runs]
        missing = list(dict.fromkeys(text for text in texts if text not in self.known))
        if missing:
            self.known.update(zip(missing, self.encoder.encode(missing), strict=True))
        return np.stack([self.known[text] for text in texts])


def centre_of(unit: Matrix) -> Matrix:
    """Return the mean of the rows, drawn towards nothing where they are few.

    The vectors of many transformers all point one way; what sets texts apart is the rest.
    """
    used = unit[np.any(unit, axis=1)]
    centre: Matrix = used.sum(axis=0) / (len(used) + _PRIOR_SEGMENTS)
    return centre.astype(np.float32)


def centred(unit: Matrix, centre: Matrix | None) -> Matrix:
    """Return unit rows of what is left without the *centre*; rows of zeros stay zeros."""
    if centre is None:
        return unit
    return unit_rows(np.where(np.any(unit, axis=1, keepdims=True), unit - centre, 0))
