"""How similar any part of one version is to any part of another, coarse enough to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner._encode import Encoder
    from aligner._types import Alignment, Document

# Segments of both versions together that are encoded for a picture; that takes a fifth of a second.
MOST = 4_000


def similarity_matrix(
    alignment: Alignment, source: str, target: str, *, cells: int = 96
) -> NDArray[np.float32] | None:
    """Return ``[source, target]`` similarities between 0 and 1, where 0 is what is usual.

    Beyond *cells* segments a row or column stands for a run of them. Only what the embedded model
    aligned has a matrix, as other encoders are slow, and only up to `MOST` segments.
    """
    encoder = embedded_encoder(alignment)
    documents = alignment.document(source), alignment.document(target)
    sizes = [len(document.segments) for document in documents]
    if encoder is None or not all(sizes) or sum(sizes) > MOST:
        return None
    rows, columns = (_runs(document, encoder, cells) for document in documents)
    found = rows @ columns.T
    usual, best = np.quantile(found, 0.5), np.quantile(found.max(axis=1), 0.9)
    return np.asarray(np.clip((found - usual) / max(best - usual, 1e-6), 0, 1), np.float32)


def embedded_encoder(alignment: Alignment) -> Encoder | None:
    """Return the embedded model, if it made *alignment*."""
    from aligner.models import load_embedded

    encoder = load_embedded()
    return encoder if encoder.name == alignment.signature.encoder else None


def _runs(document: Document, encoder: Encoder, cells: int) -> NDArray[np.float32]:
    """Return one unit row for each run of segments."""
    from aligner._vectors import embed

    sums = embed(document, encoder).sums
    count = min(cells, len(sums))
    starts = np.arange(count) * len(sums) // count
    runs = np.add.reduceat(sums, starts, axis=0)
    return unit_rows(runs)
