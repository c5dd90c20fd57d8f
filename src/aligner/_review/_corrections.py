"""Operations that change beads or texts: after them the rest is aligned and checked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from aligner._review._rows import (
    before,
    corrected,
    cut_above,
    holder,
    insert_below,
    join,
    keep,
    mark_crossing,
    move_marks,
    neighbour,
    passage_at,
    place_of,
    row_at,
    type_of,
    with_side,
)
from aligner._review._state import Numbers  # noqa: TC001  # a page's values are checked against the fields

if TYPE_CHECKING:
    from aligner._review._change import Draft
    from aligner._review._state import Sides


@dataclass(frozen=True, slots=True)
class Merge:
    """Join a bead with the one below it."""

    row: int
    name: ClassVar[str] = "merge"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        at = place_of(draft, self.row)
        if at + 1 == len(draft.order):
            raise ValueError("there is no bead below the last one")
        join(draft, self.row, draft.order[at + 1])


@dataclass(frozen=True, slots=True)
class Link:
    """Join beads wherever they stand; the result is marked as moved if it crosses others."""

    rows: Numbers
    name: ClassVar[str] = "link"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        if len(set(self.rows)) < 2:
            raise ValueError("a link needs two beads or more")
        first, *others = dict.fromkeys(self.rows)
        for other in others:
            join(draft, first, other)


@dataclass(frozen=True, slots=True)
class Split:
    """Cut a bead in two: for each version the number of segments that stay in the upper part.

    With *segment* instead the cut is above this segment, and in the other versions where the same
    share of the text is above it.
    """

    row: int
    at: Numbers = ()
    segment: int = -1
    name: ClassVar[str] = "split"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        row = row_at(draft, self.row)
        at = self.at or cut_above(draft, row, self.segment)
        sides = row.sides
        if len(at) != len(sides) or any(
            not 0 <= k <= len(s) for k, s in zip(at, sides, strict=True)
        ):
            raise ValueError(f"a bead of {type_of(row)} is not cut at {'-'.join(map(str, at))}")
        upper = tuple(side[:k] for side, k in zip(sides, at, strict=True))
        lower = tuple(side[k:] for side, k in zip(sides, at, strict=True))
        if not any(upper) or not any(lower):
            raise ValueError("both parts of a bead need a segment; to cut one in two, use cut")
        draft.rows.put(self.row, corrected(row, upper))
        insert_below(draft, self.row, replace(corrected(row, lower), comment=""))


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut a segment in two at an offset of its text; both parts stay in the bead."""

    segment: int
    at: int
    name: ClassVar[str] = "cut"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        passage = passage_at(draft, self.segment)
        first, rest = passage.text[: self.at], passage.text[self.at :]
        upper, lower = first.rstrip(), rest.lstrip()
        if self.at < 0 or not upper or not lower:
            raise ValueError("both parts of a segment need text")
        between = first[len(upper) :] + rest[: len(rest) - len(lower)]
        number, home = draft.new_number(), holder(draft, self.segment)
        draft.passages.put(self.segment, replace(passage, text=upper))
        draft.passages.put(number, replace(passage, text=lower, before=between))
        sequence = draft.sequence(passage.version)
        draft.splice(passage.version, sequence.index(self.segment) + 1, 0, number)
        row = draft.rows[home]
        side = row.sides[passage.version]
        k = side.index(self.segment) + 1
        sides = with_side(row.sides, passage.version, (*side[:k], number, *side[k:]))
        draft.rows.put(home, corrected(row, sides))
        move_marks(draft, self.segment, number, len(upper), passage.text.index(lower, len(upper)))


@dataclass(frozen=True, slots=True)
class Move:
    """Move a segment to the bead below or above, with those of its side that are in the way.

    This says that it belongs there, not that what else is there does: a bead that nobody has
    confirmed is aligned again around it.
    """

    segment: int
    down: bool
    name: ClassVar[str] = "move"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        version = passage_at(draft, self.segment).version
        source = holder(draft, self.segment)
        target = neighbour(draft, source, self.down)
        row, other = draft.rows[source], draft.rows[target]
        side = row.sides[version]
        k = side.index(self.segment)
        going, staying = (side[k:], side[:k]) if self.down else (side[: k + 1], side[k + 1 :])
        there = other.sides[version]
        arrived = going + there if self.down else there + going
        draft.rows.put(target, replace(other, sides=with_side(other.sides, version, arrived)))
        keep(draft, source, with_side(row.sides, version, staying))
        mark_crossing(draft, target)


@dataclass(frozen=True, slots=True)
class Unlink:
    """Take the segments of one version out of a bead; they become a bead of their own."""

    row: int
    version: int
    name: ClassVar[str] = "unlink"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        row = row_at(draft, self.row)
        if not 0 <= self.version < len(row.sides):
            raise ValueError(f"no version {self.version}; there are {len(row.sides)}")
        side = row.sides[self.version]
        empty: Sides = ((),) * len(row.sides)
        rest = with_side(row.sides, self.version, ())
        if not side or not any(rest):
            raise ValueError("there is nothing to unlink in this version")
        alone = replace(corrected(row, with_side(empty, self.version, side)), moved=False)
        linked = sum(map(bool, rest)) > 1
        draft.rows.put(self.row, replace(corrected(row, rest), moved=row.moved and linked))
        below = before(draft, self.version, side[0]) if row.moved else self.row
        insert_below(draft, below, replace(alone, comment=""))


@dataclass(frozen=True, slots=True)
class MarkMoved:
    """Say that a bead stands in another place in one version, or that it does not."""

    row: int
    moved: bool
    name: ClassVar[str] = "mark_moved"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        row = row_at(draft, self.row)
        if row.moved != self.moved:
            draft.rows.put(self.row, replace(corrected(row, row.sides), moved=self.moved))


@dataclass(frozen=True, slots=True)
class Edit:
    """Give a segment another text."""

    segment: int
    text: str
    name: ClassVar[str] = "edit"
    corrects: ClassVar[bool] = True

    def perform(self, draft: Draft) -> None:
        passage, text = passage_at(draft, self.segment), " ".join(self.text.split())
        if not text:
            raise ValueError("a segment cannot be empty; unlink it instead")
        if text == passage.text:
            return
        kind = "text" if passage.kind == "blank" else passage.kind
        draft.passages.put(self.segment, replace(passage, text=text, kind=kind))
        home = holder(draft, self.segment)
        draft.rows.put(home, corrected(draft.rows[home], draft.rows[home].sides))
