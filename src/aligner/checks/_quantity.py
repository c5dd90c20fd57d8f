"""A quantity read from a text."""

from __future__ import annotations

from dataclasses import dataclass

WEAK, WORD, PLAIN, SURE = range(4)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity and where it stands.

    Attributes:
        kind: ``number``, ``month``, ``weekday``, ``era``, ``unit`` (a unit without a number) or
            ``code`` (``E4``, whose letters are its unit).
        values: what it may stand for, the likeliest reading first.
        strength: ``WEAK`` can only match, ``WORD`` a small number word, ``PLAIN``, ``SURE`` digits.
        role: ``date``, ``time``, ``ordinal``, ``decade``, ``century``, ``definite`` (``the two``,
            which may go without saying) or nothing.
        mantissa: the number before ``million`` and the like, equal to the value without one.
    """

    kind: str
    values: tuple[float, ...]
    start: int
    end: int
    strength: int = SURE
    unit: str = ""
    role: str = ""
    mantissa: float = 0.0

    @property
    def is_loud(self) -> bool:
        """Whether it is sure enough to be missed on the other side."""
        return self.strength > WEAK
