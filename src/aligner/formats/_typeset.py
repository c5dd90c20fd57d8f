"""A line of a PDF page, with its place and the type it is set in."""

from __future__ import annotations

from dataclasses import dataclass

_OTHER = 1.08  # times as large is another size


@dataclass(frozen=True, slots=True, order=True)
class Type:
    """What letters are set in; of a scan's letters (size 0) nothing is known."""

    size: float = 0.0
    is_bold: bool = False

    def differs(self, other: Type) -> bool:
        """Whether it is clearly larger or smaller."""
        low, high = sorted((self.size, other.size))
        return low > 0 and high >= _OTHER * low


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        type: of most letters; bold if all of them are.
        edges: the type of the first letter and of the last.
        extent: its left and right end.
        word: how long the first word is.
        base: how high its letters stand on the page; upwards is greater.
        cells: what stands apart on it, as in the row of a table; none for a line of text.
    """

    text: str
    type: Type = Type()
    edges: tuple[Type, Type] = (Type(), Type())
    extent: tuple[float, float] = (0.0, 0.0)
    word: float = 0.0
    base: float = 0.0
    cells: tuple[Line, ...] = ()
