"""Nearest rows among many, without comparing all: a random row of theirs stands for each cell.

Every row of theirs lies in the cell of the nearest such row; a row of ours is compared with what
lies in the few cells nearest to it. With as many cells as the root of the number of rows the work
grows with its power of 1.5 instead of 2. Some pairs are missed this way, fewer as candidates are
looked for from both sides: ``benchmarks/pairing.py --neighbours`` says how many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from aligner.pairing._sketch import Floats

Indices = npt.NDArray[np.int64]

MANY = 30_000
"""Rows a side from which cells are worth it."""
_PROBED = 32  # cells that are searched for each document
_ROWS = 4096  # documents compared with all centres at once


def top_in_cells(ours: Floats, theirs: Floats, count: int) -> tuple[Indices, Floats]:
    """Return for each of our rows the nearest of theirs and their cosines, best first.

    Where the cells looked at hold fewer than *count* rows, the rest have a cosine of -1.
    """
    cells = max(1, int(len(theirs) ** 0.5))
    chosen = np.random.default_rng(0).choice(len(theirs), cells, replace=False)
    centres = theirs[np.sort(chosen)]
    lie, places = _sorted(_nearest(theirs, centres, 1), cells)
    look, rows = _sorted(_nearest(ours, centres, min(_PROBED, cells)), cells)
    cosines = np.full((len(ours), count), -1, np.float32)
    indices = np.zeros((len(ours), count), np.int64)
    for cell in range(cells):
        here, there = rows[look[cell] : look[cell + 1]], places[lie[cell] : lie[cell + 1]]
        if not len(here) or not len(there):
            continue
        value = np.concatenate([cosines[here], ours[here] @ theirs[there].T], axis=1)
        index = np.concatenate([indices[here], np.tile(there, (len(here), 1))], axis=1)
        best = np.argpartition(-value, count - 1, axis=1)[:, :count]
        cosines[here] = np.take_along_axis(value, best, axis=1)
        indices[here] = np.take_along_axis(index, best, axis=1)
    order = np.argsort(-cosines, axis=1, kind="stable")
    return np.take_along_axis(indices, order, axis=1), np.take_along_axis(cosines, order, axis=1)


def _nearest(rows: Floats, centres: Floats, count: int) -> Indices:
    """Return the *count* nearest centres of each row, in any order."""
    found = [
        np.argpartition(-(rows[start : start + _ROWS] @ centres.T), count - 1, axis=1)[:, :count]
        for start in range(0, len(rows), _ROWS)
    ]
    return np.concatenate(found)


def _sorted(cells_of: Indices, cells: int) -> tuple[Indices, Indices]:
    """Return where each cell begins in the second array, which has the rows by cell."""
    flat = cells_of.ravel()
    order = np.argsort(flat, kind="stable")
    return np.searchsorted(flat[order], np.arange(cells + 1)), order // cells_of.shape[1]
