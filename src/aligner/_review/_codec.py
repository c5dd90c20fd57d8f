"""Values of a project as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, TypeVar

from aligner._review._change import Change, Splice
from aligner._review._state import Finding, Mark, Passage, Row, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Plain = dict[str, object]

T = TypeVar("T")


def dumps(value: object) -> str:
    """Return *value* as JSON; a dataclass is an object of its fields."""
    return json.dumps(value, default=_fields, ensure_ascii=False, separators=(",", ":"))


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is not stored")
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def row_of(value: Mapping[str, object]) -> Row:
    """Return a row from its fields."""
    given = dict(value)
    sides = given.pop("sides")
    return Row(tuple(tuple(side) for side in sides), **given)  # type: ignore[arg-type, attr-defined]  # as written


def passage_of(value: Mapping[str, object]) -> Passage:
    """Return a segment from its fields."""
    return Passage(**value)  # type: ignore[arg-type]  # as written


def version_of(value: Mapping[str, object]) -> Version:
    """Return a version from its fields."""
    return Version(**value)  # type: ignore[arg-type]  # as written


def finding_of(value: Mapping[str, object]) -> Finding:
    """Return a finding from its fields."""
    given = dict(value)
    marks = given.pop("marks")
    placed = {
        name: tuple(Mark(**mark) for mark in found)
        for name, found in marks.items()  # type: ignore[attr-defined]  # as written
    }
    return Finding(marks=placed, **given)  # type: ignore[arg-type]  # as written


def change_of(text: str) -> Change:
    """Return the change that `dumps` wrote."""
    value = json.loads(text)
    return Change(
        _table(value["passages"], passage_of),
        _table(value["rows"], row_of),
        _table(value["findings"], finding_of),
        _table(value["versions"], version_of),
        tuple(
            Splice(s["sequence"], s["at"], s["count"], tuple(s["numbers"]))
            for s in value["splices"]
        ),
        value["next_number"],
    )


def _table(values: Mapping[str, Plain | None], decode: Callable[[Plain], T]) -> dict[int, T | None]:
    return {int(n): None if value is None else decode(value) for n, value in values.items()}
