"""The ladder: one bead a line, a column of 0-based segment indices for each version.

    0<TAB>0<TAB>0.9981
    1,2<TAB>1<TAB>0.9120
    3<TAB><TAB>0.6604<TAB>moved

Columns stand in the order of the versions, indices are joined by commas, an empty side is an
empty column. Then come the bead's probability with 4 decimals and, for moved beads, ``moved``.
Gold ladders leave the last two out. vecalign's ``[0]:[0, 1]:0.29`` is read as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._types import Alignment, Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".ladder", ".tsv")

_SIDE = re.compile(r"(\d+(,\d+)*)?")
_PROBABILITY = re.compile(r"[01]\.\d+")
_VECALIGN = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\](?::[-+.\deE]+)?")


def render(alignment: Alignment) -> str:
    """Return the beads of *alignment* as a ladder."""
    return "".join(f"{line(bead)}\n" for bead in alignment.beads)


def line(bead: Bead) -> str:
    r"""Return one bead as a line of a ladder, without the line end.

    >>> line(Bead(("en", "de"), ((1, 2), (1,)), 0.912))
    '1,2\t1\t0.9120'
    """
    columns = [",".join(map(str, side)) for side in bead.sides]
    return "\t".join([*columns, f"{bead.probability:.4f}"] + ["moved"] * bead.moved)


def parse(text: str, *, path: str, versions: Sequence[str] = ()) -> tuple[Bead, ...]:
    """Return the beads of a ladder; versions not named are called ``1``, ``2`` and so on.

    Lines that are empty on every side say nothing and are left out, as vecalign's scorer does.

    Raises:
        InputError: for a line that is no bead, or one with another number of columns.
    """
    beads: list[Bead] = []
    columns = len(versions)
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        sides, probability, moved = _parse_line(row, path, number)
        columns = columns or len(sides)
        if len(sides) != columns:
            problem = f"{len(sides)} columns of segments instead of {columns}"
            raise InputError(path, problem, place=f"line {number}")
        if any(sides):
            names = tuple(versions) or tuple(str(i + 1) for i in range(columns))
            beads.append(Bead(names, sides, probability, moved))
    return tuple(beads)


def _parse_line(
    row: str, path: str, number: int
) -> tuple[tuple[tuple[int, ...], ...], float, bool]:
    vecalign = _VECALIGN.fullmatch(row.strip())
    cells = [s.replace(" ", "") for s in vecalign.groups()] if vecalign else row.split("\t")
    moved = cells[-1] == "moved"
    cells = cells[:-1] if moved else cells
    probability = 1.0
    if _PROBABILITY.fullmatch(cells[-1]):
        probability = min(float(cells.pop()), 1.0)
    if len(cells) < 2 or not all(_SIDE.fullmatch(cell) for cell in cells):
        raise InputError(
            path,
            f"not a bead: {row[:60]!r}",
            place=f"line {number}",
            fix="a ladder has tab-separated columns of indices such as '0,1<TAB>0'",
        )
    sides = tuple(tuple(int(i) for i in cell.split(",") if i) for cell in cells)
    return sides, probability, moved
