"""How a document is set: its usual type and the room between its lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._visible import RAISED
from aligner.formats._page import starts_item
from aligner.formats._typeset import Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.formats._typeset import Line

_BULLETS = tuple(f"{mark} " for mark in "•‣▪◦●○")
_LOW = 0.1  # of the distances of lines: the usual one within paragraphs
_DISTANCES = (0.5, 4.0)  # of lines below each other, in sizes of their type
_GAP = 1.2  # times the usual distance begins a paragraph
_MOSTLY = 0.75  # of the paragraphs stand apart: all do
_FINAL = (".", "!", "?", ":", "…")
_SHORT = 0.6
_INDENT, _SAME = (0.8, 4.0), 0.3  # in sizes of the type


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set.

    Attributes:
        body: the type of most letters.
        leading: the usual distance of the lines of a paragraph, in sizes, by the size of the type.
        has_gaps: paragraphs stand apart, so lines at the usual distance are one.
        is_justified: lines that go on end where the column does.
    """

    body: Type
    leading: dict[float, float]
    has_gaps: bool = False
    is_justified: bool = False

    @classmethod
    def of(cls, columns: Sequence[Sequence[Line]]) -> Setting:
        """Return how these columns of lines are set."""
        letters: Counter[Type] = Counter()
        distances: defaultdict[float, list[float]] = defaultdict(list)
        for lines in columns:
            for line in lines:
                letters[line.type] += len(line.text)
            for before, line in pairwise(lines):
                if _DISTANCES[0] < (distance := _distance(before, line)) < _DISTANCES[1]:
                    distances[line.type.size].append(distance)
        body = max(letters, key=lambda kind: letters[kind], default=Type())
        usual = {size: sorted(found)[int(_LOW * len(found))] for size, found in distances.items()}
        most = usual.get(body.size, _DISTANCES[1])
        leading = {size: min(distance, most) for size, distance in usual.items()}
        without = cls(body, leading)
        apart = [without.has_gap(*pair) for lines in columns for pair in _ended(lines)]
        full = [is_full for lines in columns for is_full in _going_on(lines)]
        return cls(
            body,
            leading,
            has_gaps=sum(apart) > _MOSTLY * len(apart),
            is_justified=sum(full) > _MOSTLY * len(full),
        )

    def has_gap(self, before: Line, line: Line) -> bool:
        """Whether *line* stands further below the line before than lines of a paragraph do."""
        usual = self.leading.get(line.type.size)
        return usual is not None and _distance(before, line) > _GAP * usual

    def is_larger(self, kind: Type) -> bool:
        """Whether it is clearly larger than the body."""
        return kind.size > self.body.size and kind.differs(self.body)


def is_item(before: Line, line: Line) -> bool:
    """Whether *line* begins a note, or an item: with a bullet, or out of line as items do."""
    if line.text.startswith(_BULLETS) or RAISED.match(line.text):
        return True
    left = before.extent[0] - line.extent[0]
    size = line.type.size
    is_below = starts_item(before.text) and abs(left) < _SAME * size
    return (is_below or left > _INDENT[0] * size > 0) and starts_item(line.text)


def _distance(before: Line, line: Line) -> float:
    """Return how far *line* stands below, in sizes of their type; 0 for another or none."""
    size = line.type.size
    return (before.base - line.base) / size if size and not before.type.differs(line.type) else 0.0


def _going_on(lines: Sequence[Line]) -> Iterator[bool]:
    """Yield of each line that goes on with a small letter whether it ends where the column does."""
    right = max((line.extent[1] for line in lines), default=0.0)
    for before, line in pairwise(lines):
        if line.type.size and line.text[:1].islower():
            yield right - before.extent[1] < _SAME * line.type.size


def _ended(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line that by its length and last letter ends a paragraph, and the line behind."""
    width = max((len(line.text) for line in lines), default=0)
    for before, line in pairwise(lines):
        short = len(before.text) < _SHORT * width
        known = _distance(before, line) > 0 and not is_item(before, line)
        if known and short and before.text.endswith(_FINAL):
            yield before, line
