"""What a reviewer can do, as small values: each knows how to change a draft.

`apply` is the meaning of an operation: a function from a state to the next one, without clock,
chance, files or models. To add an operation, add a class with ``perform`` and a line in
`OPERATIONS`; its fields are what the page sends.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeAlias, get_args, get_type_hints

from aligner._review._change import Draft
from aligner._review._rows import (
    before,
    corrected,
    cut_above,
    finding_at,
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
from aligner._review._state import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner._review._change import Change
    from aligner._review._state import Finding, Sides, State

Numbers: TypeAlias = tuple[int, ...]
LONGEST_TEXT = 20_000


class Operation(Protocol):
    """Something a reviewer does.

    Attributes:
        name: what the log and the page call it.
        corrects: whether it changes beads or texts, so that the rest has to be looked at again.
    """

    name: ClassVar[str]
    corrects: ClassVar[bool]

    def perform(self, draft: Draft) -> None:
        """Change *draft*; raise `ValueError` where that makes no sense."""


def apply(state: State, operation: Operation) -> State:
    """Return the state after *operation*.

    Raises:
        ValueError: if it names what is not there, or asks for what cannot be done.
    """
    return performed(state, operation)[0]


def performed(state: State, operation: Operation) -> tuple[State, Change, Change]:
    """Return the state after *operation*, the change, and the change that takes it back."""
    draft = Draft(state)
    operation.perform(draft)
    if not draft.change:
        raise ValueError(f"{operation.name} changes nothing here")
    return draft.state, draft.change, draft.inverse


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


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say that beads are right, so that nothing but a person changes them; or take it back."""

    rows: Numbers
    confirmed: bool = True
    name: ClassVar[str] = "confirm"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        for number in self.rows:
            row = row_at(draft, number)
            if row.confirmed != self.confirmed:
                draft.rows.put(number, replace(row, confirmed=self.confirmed))


@dataclass(frozen=True, slots=True)
class Settle:
    """Accept or dismiss findings, or open them again; with *similar*, all open ones like them."""

    findings: Numbers
    status: Status
    reason: str = ""
    similar: bool = False
    name: ClassVar[str] = "settle"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        numbers = list(self.findings)
        if self.similar:
            numbers += [n for known in self.findings for n in similar(draft.findings, known)]
        for number in dict.fromkeys(numbers):
            found = finding_at(draft, number)
            if (found.status, found.reason) != (self.status, self.reason):
                settled = replace(found, status=self.status, reason=self.reason)
                draft.findings.put(number, settled)


@dataclass(frozen=True, slots=True)
class Comment:
    """Write a comment on a bead or, with *finding*, on a finding; an empty one takes it away."""

    text: str
    row: int = -1
    finding: int = -1
    name: ClassVar[str] = "comment"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        text = self.text.strip()
        if self.finding >= 0:
            found = finding_at(draft, self.finding)
            if found.comment != text:
                draft.findings.put(self.finding, replace(found, comment=text))
        else:
            row = row_at(draft, self.row)
            if row.comment != text:
                draft.rows.put(self.row, replace(row, comment=text))


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last operation that was not taken back yet; the log knows which."""

    name: ClassVar[str] = "undo"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        raise ValueError("there is nothing to undo")


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was taken back last."""

    name: ClassVar[str] = "redo"
    corrects: ClassVar[bool] = False

    def perform(self, draft: Draft) -> None:
        raise ValueError("there is nothing to redo")


OPERATIONS: dict[str, type[Operation]] = {
    one.name: one
    for one in (
        Merge, Link, Split, Cut, Move, Unlink, MarkMoved, Edit, Confirm, Settle, Comment, Undo, Redo
    )
}  # fmt: skip


def operation_of(value: object) -> Operation:
    """Return the operation that a page sent as plain JSON values: ``name`` and its fields.

    Raises:
        ValueError: if there is no such operation, or a field is missing, unknown or of another
            type.
    """
    if not isinstance(value, dict):
        raise ValueError("an operation is an object")
    given = dict(value)
    name = given.pop("name", None)
    kind = OPERATIONS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ValueError(f"no operation {name!r}; there are {', '.join(OPERATIONS)}")
    types = get_type_hints(kind)
    known = [f.name for f in fields(kind)]  # type: ignore[arg-type]  # each is a dataclass
    for key, content in given.items():
        if key not in known:
            raise ValueError(f"{name} has no {key!r}; it has {', '.join(known) or 'no fields'}")
        given[key] = _checked(content, types[key], f"{key!r} of {name}")
    try:
        return kind(**given)
    except TypeError:
        missing = [key for key in known if key not in given]
        raise ValueError(f"{name} needs {', '.join(missing)}") from None


def _checked(content: object, wanted: object, what: str) -> object:
    if wanted == Numbers and isinstance(content, (list, tuple)):
        return tuple(_checked(one, int, what) for one in content)
    if wanted == Status and content in get_args(Status):
        return content
    if wanted is str and isinstance(content, str) and len(content) <= LONGEST_TEXT:
        return content
    if isinstance(wanted, type) and wanted is not str and type(content) is wanted:
        return content
    raise ValueError(f"{what} cannot be {str(content)[:60]!r}")


def similar(findings: Mapping[int, Finding], number: int) -> list[int]:
    """Return the open findings of the same code that are about the same words."""
    known = findings.get(number)
    if known is None:
        raise ValueError(f"no finding {number}")
    about = subject(known)
    return [
        n
        for n, found in findings.items()
        if found.status == "open" and found.code == known.code and subject(found) == about
    ]


def subject(finding: Finding) -> str:
    """Return what a finding is about: the term, else its message."""
    for key in ("term", "word", "name", "words"):
        if finding.evidence.get(key):
            return str(finding.evidence[key]).casefold()
    return finding.message.casefold()
