"""What an operation does to a state, as data that can be undone, stored and applied again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._review._state import Finding, Passage, Row, State, Version

ROWS = -1
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Splice:
    """In a sequence, *count* numbers from *at* on make way for *numbers*.

    Attributes:
        sequence: the position of a version, or `ROWS` for the order of the rows.
    """

    sequence: int
    at: int
    count: int
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """New values by number, ``None`` for what is gone, and the splices in their order."""

    passages: Mapping[int, Passage | None] = field(default_factory=dict)
    rows: Mapping[int, Row | None] = field(default_factory=dict)
    findings: Mapping[int, Finding | None] = field(default_factory=dict)
    versions: Mapping[int, Version | None] = field(default_factory=dict)
    splices: tuple[Splice, ...] = ()
    next_number: int = 0

    def __bool__(self) -> bool:
        return bool(self.passages or self.rows or self.findings or self.versions or self.splices)

    def then(self, later: Change) -> Change:
        """Return this change and a *later* one as one."""
        return Change(
            {**self.passages, **later.passages},
            {**self.rows, **later.rows},
            {**self.findings, **later.findings},
            {**self.versions, **later.versions},
            self.splices + later.splices,
            max(self.next_number, later.next_number),
        )


class Table(Mapping[int, T]):
    """Values by number that note what was put into them, and what was there before.

    The values are copied when the first is put: most operations touch one table of a state.
    """

    def __init__(self, values: Mapping[int, T]) -> None:
        self._given = values
        self._own: dict[int, T] | None = None
        self.new: dict[int, T | None] = {}
        self.old: dict[int, T | None] = {}

    @property
    def now(self) -> Mapping[int, T]:
        """The values as they are; not to be kept while more are put."""
        return self._given if self._own is None else self._own

    def __getitem__(self, number: int) -> T:
        return self.now[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self.now)

    def __len__(self) -> int:
        return len(self.now)

    def put(self, number: int, value: T | None) -> None:
        """Set or, with ``None``, take away a value."""
        if self._own is None:
            self._own = dict(self._given)
        self.old.setdefault(number, self._own.get(number))
        self.new[number] = value
        if value is None:
            self._own.pop(number, None)
        else:
            self._own[number] = value

    def frozen(self) -> Mapping[int, T]:
        """Return the values for good: what is put from now on goes into a copy."""
        self._given, self._own = self.now, None
        return self._given


class Draft:
    """A state that is being changed; it notes the change, and the one that takes it back."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.versions = Table(dict(enumerate(state.versions)))
        self.passages = Table(state.passages)
        self.rows = Table(state.rows)
        self.findings = Table(state.findings)
        self.next_number = state.next_number
        self._sequences = [list(sequence) for sequence in (*state.sequences, state.order)]
        self._splices: list[Splice] = []
        self._back: list[Splice] = []

    @property
    def order(self) -> Sequence[int]:
        """The numbers of the rows as they are shown."""
        return self._sequences[ROWS]

    def sequence(self, version: int) -> Sequence[int]:
        """Return the numbers of the segments of a version in text order."""
        return self._sequences[version]

    @property
    def state(self) -> State:
        """The state as it is now."""
        return replace(
            self._state,
            versions=tuple(self.versions.values()),
            passages=self.passages.frozen(),
            sequences=tuple(map(tuple, self._sequences[:ROWS])),
            rows=self.rows.frozen(),
            order=tuple(self.order),
            findings=self.findings.frozen(),
            next_number=self.next_number,
        )

    @property
    def change(self) -> Change:
        """What was changed."""
        tables = (self.passages.new, self.rows.new, self.findings.new, self.versions.new)
        return Change(*tables, tuple(self._splices), self.next_number)

    @property
    def inverse(self) -> Change:
        """What takes it back; numbers that were given out stay given out."""
        tables = (self.passages.old, self.rows.old, self.findings.old, self.versions.old)
        return Change(*tables, tuple(reversed(self._back)), self.next_number)

    def new_number(self) -> int:
        """Return a number that nothing has had before."""
        self.next_number += 1
        return self.next_number - 1

    def splice(self, sequence: int, at: int, count: int, *numbers: int) -> None:
        """Replace *count* entries of a sequence from *at* on."""
        old = tuple(self._sequences[sequence][at : at + count])
        if old == numbers:
            return
        self._sequences[sequence][at : at + count] = numbers
        self._splices.append(Splice(sequence, at, count, numbers))
        self._back.append(Splice(sequence, at, len(numbers), old))

    def apply(self, change: Change) -> None:
        """Do what *change* says."""
        for number, passage in change.passages.items():
            self.passages.put(number, passage)
        for number, row in change.rows.items():
            self.rows.put(number, row)
        for number, finding in change.findings.items():
            self.findings.put(number, finding)
        for at, version in change.versions.items():
            self.versions.put(at, version)
        for splice in change.splices:
            self.splice(splice.sequence, splice.at, splice.count, *splice.numbers)
        self.next_number = max(self.next_number, change.next_number)
