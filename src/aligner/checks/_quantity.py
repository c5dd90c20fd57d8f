"""A quantity read from a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from aligner.checks._place import Place

WEAK, WORD, PLAIN, SURE = range(4)


class Unit(NamedTuple):
    """A unit, and where a text names it; false where there is none.

    Attributes:
        place: of what is counted, the ``km`` of ``km/h``; ``None`` where the number names it as
            well (``zweijährig``).
    """

    name: str = ""
    place: Place | None = None

    def __bool__(self) -> bool:
        return bool(self.name)


NO_UNIT = Unit()


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity and where it stands.

    Attributes:
        kind: ``number``, ``month``, ``weekday``, ``era``, ``unit`` (a unit without a number),
            ``telephone`` or ``code`` (``E4``, whose letters are its unit).
        values: what it may stand for, the likeliest reading first.
        strength: ``WEAK`` can only match, ``WORD`` a small number word, ``PLAIN``, ``SURE`` digits.
        role: ``date``, ``time``, ``ordinal``, ``decade``, ``century``, ``definite`` (``the two``,
            which may go without saying), ``label`` (of the passage) or nothing.
        mantissa: the number before ``million`` and the like, equal to the value without one.
        unit_place: where the unit stands, if it is named by words of its own.
    """

    kind: str
    values: tuple[float, ...]
    start: int
    end: int
    strength: int = SURE
    unit: str = ""
    role: str = ""
    mantissa: float = 0.0
    unit_place: Place | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end

    @property
    def is_loud(self) -> bool:
        """Whether it is sure enough to be missed on the other side."""
        return self.strength > WEAK
