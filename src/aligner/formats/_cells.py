"""Tables on a PDF page: rows of as many texts each, which stand apart and below each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from aligner.formats._page import starts_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.formats._raised import Sign
    from aligner.formats._typeset import Line

_WORD = 0.1  # between words at least, in sizes of the type
_APART = 1.0  # between cells at least
_WIDER = 2.5  # times the room between words of the line
_EQUAL = 0.3  # in sizes; the gaps of a justified line differ no more
_ALIGNED = 3.0  # points; the ends of the cells of a column differ no more
_MANY = 3  # cells of a row that are no line of two words far apart
_WRAPPED = 3  # lines of a cell between two rows at most


class Stretch(NamedTuple):
    """Lines of text, or the rows of a table: the lines of each cell."""

    lines: list[Line]
    rows: list[list[list[Line]]]


def cells_of(signs: Sequence[Sign], size: float) -> Iterator[Sequence[Sign]]:
    """Yield the letters of each cell of a line, all of it where none stand apart."""
    seen = [(at, sign.box) for at, sign in enumerate(signs) if sign.box]
    gaps = [(at, box.left - before.right) for (_, before), (at, box) in pairwise(seen)]
    rooms = [room for _, room in gaps if room > _WORD * size]
    least = _APART * size
    if rooms and min(rooms) <= least:
        least = max(least, _WIDER * min(rooms))
    elif len(rooms) > 1 and max(rooms) - min(rooms) < _EQUAL * size:
        least = max(rooms)
    start = 0
    for at, room in gaps:
        if room > least:
            yield signs[start:at]
            start = at
    yield signs[start:]


def stretches(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Yield the lines of a column parted into text and tables."""
    text: list[Line] = []
    at = 0
    while at < len(lines):
        full = _rows_from(lines, at)
        if len(full) < 2:
            text.append(lines[at])
            at += 1
            continue
        if text:
            yield Stretch(text, [])
            text = []
        end = full[-1] + 1
        yield Stretch([], _with_wrapped(lines, full))
        at = end
    if text:
        yield Stretch(text, [])


def _rows_from(lines: Sequence[Line], start: int) -> list[int]:
    """Return the lines from *start* on that are rows of one table, all cells filled."""
    rows = [start] if _is_row(lines[start]) else []
    for at in range(start + 1, len(lines)):
        if not rows or at - rows[-1] > _WRAPPED:
            break
        if _is_row(lines[at]) and _is_below(lines[rows[-1]], lines[at]):
            rows.append(at)
        elif not _is_part(lines[at], lines[rows[-1]]):
            break
    return rows


def _is_row(line: Line) -> bool:
    """Whether a line has cells, and is no item whose mark stands apart."""
    return len(line.cells) > 1 and not starts_item(f"{line.cells[0].text} X")


def _is_below(before: Line, line: Line) -> bool:
    if len(before.cells) != len(line.cells) or before.type.differs(line.type):
        return False
    return all(
        abs(a.extent[0] - b.extent[0]) < _ALIGNED
        or (abs(a.extent[1] - b.extent[1]) < _ALIGNED and any(map(str.isdigit, a.text + b.text)))
        or (len(line.cells) >= _MANY and _overlap(a, b))
        for a, b in zip(before.cells, line.cells, strict=True)
    )


def _overlap(a: Line, b: Line) -> bool:
    return a.extent[0] < b.extent[1] and b.extent[0] < a.extent[1]


def _is_part(line: Line, row: Line) -> bool:
    """Whether a line is more of some cells of a row: each part of it stands in one column."""
    parts = line.cells or (line,)
    return len(parts) < len(row.cells) and all(
        sum(_overlap(part, cell) for cell in row.cells) == 1 for part in parts
    )


def _with_wrapped(lines: Sequence[Line], full: Sequence[int]) -> list[list[list[Line]]]:
    """Return the cells of each row, with what of them stands on the lines between two rows."""
    rows: list[list[list[Line]]] = []
    owned: dict[int, list[int]] = {at: [at] for at in full}
    for above, below in pairwise(full):
        for at in range(above + 1, below):
            up = lines[above].base - lines[at].base
            down = lines[at].base - lines[below].base
            owned[above if up <= down else below].append(at)
    for at in full:
        cells: list[list[Line]] = [[] for _ in lines[at].cells]
        for line in (lines[k] for k in sorted(owned[at])):
            for part in line.cells or (line,):
                cells[_column(part, lines[at])].append(part)
        rows.append(cells)
    return rows


def _column(part: Line, row: Line) -> int:
    """Return the cell of *row* that a part of a line stands in, or comes nearest to."""
    left, right = part.extent
    shared = [min(right, cell.extent[1]) - max(left, cell.extent[0]) for cell in row.cells]
    return shared.index(max(shared))
