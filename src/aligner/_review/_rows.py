"""Work on the rows of a draft that several operations share: find, join, cut, hand over, mark."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from aligner._review._change import ROWS, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._review._state import Finding, Numbers, Passage, Row, Sides


def row_at(draft: Draft, number: int) -> Row:
    """Return a row; raise `ValueError` if there is none."""
    row = draft.rows.get(number)
    if row is None:
        raise ValueError(f"no bead {number}; it may have been merged with another")
    return row


def passage_at(draft: Draft, number: int) -> Passage:
    """Return a segment; raise `ValueError` if there is none."""
    passage = draft.passages.get(number)
    if passage is None:
        raise ValueError(f"no segment {number}")
    return passage


def finding_at(draft: Draft, number: int) -> Finding:
    """Return a finding; raise `ValueError` if there is none."""
    found = draft.findings.get(number)
    if found is None:
        raise ValueError(f"no finding {number}; the passage may have changed")
    return found


def place_of(draft: Draft, number: int) -> int:
    """Return where a row stands in the order of the rows."""
    row_at(draft, number)
    return draft.order.index(number)


def holder(draft: Draft, segment: int) -> int:
    """Return the row that has *segment*."""
    version = passage_at(draft, segment).version
    for number, row in draft.rows.now.items():
        if segment in row.sides[version]:
            return number
    raise ValueError(f"no bead has the segment {segment}")


def type_of(row: Row) -> str:
    """Return the alignment type, such as ``1-2``."""
    return "-".join(str(len(side)) for side in row.sides)


def with_side(sides: Sides, version: int, side: Numbers) -> Sides:
    """Return *sides* with another one for *version*."""
    return (*sides[:version], side, *sides[version + 1 :])


def corrected(row: Row, sides: Sides) -> Row:
    """Return *row* as a person made it: confirmed, so that aligning again leaves it alone."""
    return replace(row, sides=sides, probability=1.0, confirmed=True)


def keep(draft: Draft, number: int, sides: Sides) -> None:
    """Give a row its *sides*; a row that has none left goes, and its findings with it."""
    if any(sides):
        draft.rows.put(number, replace(draft.rows[number], sides=sides))
        return
    draft.splice(ROWS, draft.order.index(number), 1)
    draft.rows.put(number, None)
    _hand_over(draft, number, None)


def insert_below(draft: Draft, above: int, row: Row) -> int:
    """Put *row* below the row *above*, first if that is -1, and return its number."""
    number = draft.new_number()
    draft.rows.put(number, row)
    draft.splice(ROWS, draft.order.index(above) + 1 if above >= 0 else 0, 0, number)
    return number


def join(draft: Draft, first: int, second: int) -> None:
    """Put two rows together, where the first version of both has them."""
    one, other = row_at(draft, first), row_at(draft, second)
    sides = tuple(
        tuple(sorted(a + b, key=draft.sequence(v).index)) if a and b else a + b
        for v, (a, b) in enumerate(zip(one.sides, other.sides, strict=True))
    )
    comment = "\n".join(filter(None, (one.comment, other.comment)))
    draft.rows.put(first, replace(corrected(one, sides), comment=comment, moved=False))
    leading = next(v for v, side in enumerate(sides) if side)
    if sides[leading][0] in other.sides[leading]:
        here, there = draft.order.index(first), draft.order.index(second)
        draft.splice(ROWS, there, 1, first)
        draft.splice(ROWS, here, 1)
    else:
        draft.splice(ROWS, draft.order.index(second), 1)
    draft.rows.put(second, None)
    _hand_over(draft, second, first)
    mark_crossing(draft, first)


def _hand_over(draft: Draft, row: int, to: int | None) -> None:
    for number, found in list(draft.findings.now.items()):
        if found.row == row:
            draft.findings.put(number, None if to is None else replace(found, row=to))


def neighbour(draft: Draft, number: int, down: bool) -> int:
    """Return the next row below or above that did not move."""
    at = place_of(draft, number)
    rest = draft.order[at + 1 :] if down else draft.order[:at][::-1]
    for other in rest:
        if not draft.rows[other].moved:
            return other
    raise ValueError(f"there is no bead {'below' if down else 'above'}")


def before(draft: Draft, version: int, segment: int) -> int:
    """Return the row of the segment before *segment*, of those that did not move; -1 if none."""
    sequence = draft.sequence(version)
    earlier = set(sequence[: sequence.index(segment)])
    at = -1
    for number in draft.order:
        row = draft.rows[number]
        if not row.moved and any(n in earlier for n in row.sides[version]):
            at = number
    return at


def mark_crossing(draft: Draft, number: int) -> None:
    """Mark a row as moved if its segments stand out of order with the rows around it."""
    row = draft.rows[number]
    if not row.moved and any(_crosses(draft, number, v) for v in range(len(row.sides))):
        draft.rows.put(number, replace(row, moved=True))


def _crosses(draft: Draft, number: int, version: int) -> bool:
    side = draft.rows[number].sides[version]
    if not side:
        return False
    at, sequence = draft.order.index(number), draft.sequence(version)
    first, last = sequence.index(side[0]), sequence.index(side[-1])
    above = next(_sides_of(draft, draft.order[:at][::-1], version), ())
    below = next(_sides_of(draft, draft.order[at + 1 :], version), ())
    return bool(
        (above and sequence.index(above[-1]) > first) or (below and sequence.index(below[0]) < last)
    )


def _sides_of(draft: Draft, rows: Sequence[int], version: int) -> Iterator[Numbers]:
    for number in rows:
        row = draft.rows[number]
        if row.sides[version] and not row.moved:
            yield row.sides[version]


def cut_above(draft: Draft, row: Row, segment: int) -> Numbers:
    """Return the cut of *row* above *segment*, near the same share of the text elsewhere."""
    version = passage_at(draft, segment).version
    side = row.sides[version]
    if segment not in side:
        raise ValueError("the segment is not in this bead")
    k = side.index(segment)
    lengths = [[len(draft.passages[n].text) for n in one] for one in row.sides]
    share = sum(lengths[version][:k]) / max(sum(lengths[version]), 1)
    return tuple(
        k if v == version else _nearest_cut(found, share) for v, found in enumerate(lengths)
    )


def _nearest_cut(lengths: Sequence[int], share: float) -> int:
    """Return after how many parts *share* of the whole length is nearest."""
    if not lengths or share == 0:
        return 0
    ends = [0, *accumulate(lengths)]
    return min(range(len(ends)), key=lambda k: abs(ends[k] - share * ends[-1]))


def move_marks(draft: Draft, segment: int, lower: int, end: int, start: int) -> None:
    """Let marks in a segment that was cut follow their text into its *lower* part."""
    cuts = [end, start]

    def moved(number: int, offset: int) -> tuple[int, int]:
        if number != segment or bisect_right(cuts, offset) < 2:
            return number, min(offset, end) if number == segment else offset
        return lower, offset - start

    for number, found in list(draft.findings.now.items()):
        if any(segment in (m.first, m.last) for marks in found.marks.values() for m in marks):
            marks = {
                name: tuple(type(m)(*moved(m.first, m.start), *moved(m.last, m.end)) for m in one)
                for name, one in found.marks.items()
            }
            draft.findings.put(number, replace(found, marks=marks))
