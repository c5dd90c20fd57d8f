"""What a reviewer can do, as small values: each knows how to change a draft.

`apply` is the meaning of an operation: a function from a state to the next one, without clock,
chance, files or models. To add an operation, add a class with ``perform`` to the corrections or to
the decisions, and a line in `OPERATIONS`; its fields are what the page sends.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar, Protocol, get_args, get_type_hints

from aligner._review._change import Draft
from aligner._review._corrections import Cut, Edit, Link, MarkMoved, Merge, Move, Split, Unlink
from aligner._review._decisions import Comment, Confirm, Settle
from aligner._review._state import Numbers, Status

if TYPE_CHECKING:
    from aligner._review._change import Change
    from aligner._review._state import State

LONGEST_TEXT = 20_000  # characters


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
