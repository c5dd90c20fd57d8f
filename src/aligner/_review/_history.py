"""What was done to a project, as far as undo, waiting pages and aligning again have to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._review._corrections import Move
from aligner._review._operations import OPERATIONS, Redo, Undo

if TYPE_CHECKING:
    from aligner._review._change import Change
    from aligner._review._store import Entry

FOLLOWS, UPDATE = "follow", "update"
"""What the log calls aligning again after a correction, and another text of a version."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the operation *number* did.

    Attributes:
        whole: whether a text came anew.
        follows: whether it is what aligning again made of a correction.
    """

    number: int
    change: Change
    whole: bool = False
    follows: bool = False


class History:
    """The operations of the log, one after another.

    Attributes:
        number: of the last operation.
        steps: what each did.
        pending: rows that were corrected and around which nothing was aligned again yet.
        moved: the last correction, if it moved a segment.
    """

    def __init__(self) -> None:
        self.number = 0
        self.steps: list[Step] = []
        self.pending: set[int] = set()
        self.moved: Move | None = None
        self._undo: list[list[int]] = []
        self._redo: list[list[int]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is an operation to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an operation to do again."""
        return bool(self._redo)

    def taken_back_by(self, name: str) -> list[int]:
        """Return the numbers of what the operation *name* takes back, the first one last."""
        stack = {Undo.name: self._undo, Redo.name: self._redo}.get(name)
        return stack[-1][::-1] if stack else []

    def settle(self) -> None:
        """Note that what was corrected has been aligned again."""
        self.pending.clear()
        self.moved = None

    def add(self, entry: Entry) -> None:
        """Take one more operation into account."""
        number, name = entry.number, entry.operation["name"]
        self.number = number
        whole = bool(entry.change.versions)
        self.steps.append(Step(number, entry.change, whole, follows=name == FOLLOWS))
        if name == FOLLOWS:
            self._undo[-1].append(number)
        elif name == Undo.name:
            self._undo.pop()
            self._redo.append([number])
        elif name == Redo.name:
            self._redo.pop()
            self._undo.append([number])
        else:
            self._undo.append([number])
            self._redo.clear()
        kind = OPERATIONS.get(str(name))
        if kind is not None and kind.corrects:
            self.pending |= {n for n, row in entry.change.rows.items() if row is not None}
            fields = {key: entry.operation[key] for key in entry.operation if key != "name"}
            self.moved = Move(**fields) if name == Move.name else None  # type: ignore[arg-type]  # as written
        elif name in (Undo.name, Redo.name, UPDATE):
            self.settle()
