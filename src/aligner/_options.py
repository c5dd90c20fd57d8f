"""How beads are looked for, and what options of the checks may be."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from aligner._types import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Options = TypeVar("_Options")
MAX_SIDE = 5
"""Most segments of one version that a bead may be allowed to have."""

Anchor: TypeAlias = tuple[str | int, ...]


def _anchors(anchors: Sequence[Sequence[str | int]]) -> tuple[Anchor, ...]:
    rows = tuple(tuple(row) for row in anchors)
    for row in rows:
        names, indices = row[::2], row[1::2]
        whole = all(isinstance(k, int) and not isinstance(k, bool) and k >= 0 for k in indices)
        if len(names) != len(indices) or len(set(names)) < 2 or not whole:
            raise ValueError(f"an anchor is like ('en', 12, 'de', 14), not {row!r}")
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """How beads are looked for.

    Attributes:
        max_side: most segments of one version in a bead.
        max_sum: most segments of two versions in a bead.
        hard_breaks: whether no bead may cross the end of a block; the versions then need the
            same number of blocks.
        anchors: segments known to stand in the same bead, each like ``("en", 12, "de", 14)``: the
            name of a version, then the 0-based index of the segment.
        null_price: cost of leaving a segment unmatched, in nats; by default the model's own.
        cascade: whether the embedded model is asked first, and a heavier encoder only where that
            leaves beads in doubt: the one given, or the small transformer in the package.

    >>> AlignOptions(max_side=3, anchors=(("en", 0, "de", 1),)).max_side
    3
    """

    max_side: int = MAX_SIDE
    max_sum: int = 6
    hard_breaks: bool = False
    anchors: tuple[Anchor, ...] = ()
    null_price: float | None = None
    cascade: bool = False

    def __post_init__(self) -> None:
        for name in ("max_side", "max_sum"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name} must be a whole number, not {value!r}")
        for name in ("hard_breaks", "cascade"):
            if not isinstance(getattr(self, name), bool):
                raise TypeError(f"{name} must be true or false, not {getattr(self, name)!r}")
        if not 1 <= self.max_side <= MAX_SIDE:
            raise ValueError(f"max_side must be 1 to {MAX_SIDE}, not {self.max_side}")
        if self.max_sum < 2:
            raise ValueError(f"max_sum must be at least 2, not {self.max_sum}")
        if self.null_price is not None and not self.null_price > 0:
            raise ValueError(f"null_price must be above 0, not {self.null_price!r}")
        object.__setattr__(self, "anchors", _anchors(self.anchors))

    def __str__(self) -> str:
        changed = (
            f"{field.name}:{getattr(self, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != field.default
        )
        return "|".join(changed).replace(" ", "")


def or_default(options: _Options | None, kind: type[_Options]) -> _Options:
    """Return the *options* that were given, or the usual ones; raise `TypeError` for a dict."""
    if options is not None and not isinstance(options, kind):
        raise TypeError(f"options must be aligner.{kind.__name__}(...), not {options!r}")
    return kind() if options is None else options


def check_confidence(value: float) -> None:
    """Raise `TypeError` or `ValueError` for what is no probability."""
    if not isinstance(value, int | float):
        raise TypeError(f"min_confidence must be a number, not {value!r}")
    if not 0 <= value <= 1:
        raise ValueError(f"min_confidence must be 0 to 1, not {value}")


def check_severities(severities: Mapping[str, str]) -> None:
    """Raise `ValueError` for a severity that does not exist."""
    for code, severity in severities.items():
        if severity not in SEVERITIES:
            known = ", ".join(SEVERITIES)
            raise ValueError(f"severity of {code} must be one of {known}, not {severity!r}")


AlignOptions.__module__ = "aligner"
