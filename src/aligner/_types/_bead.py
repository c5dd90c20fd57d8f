"""A bead: the segments of two or more versions that correspond."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments of the versions that correspond; a null bead has segments in one version only.

    Attributes:
        versions: names of the versions, in the order of the alignment.
        sides: for each version the 0-based indices of its segments, ascending, maybe empty.
        probability: that the bead is exactly right, 0 to 1.
        moved: whether it stands out of order in at least one version.
        locked: whether a person confirmed it; such a bead is never changed.

    >>> bead = Bead(("en", "de"), ((4,), (5, 6)), probability=0.93)
    >>> bead["de"], bead.type, bead.is_null
    ((5, 6), '1-2', False)
    """

    versions: tuple[str, ...]
    sides: tuple[tuple[int, ...], ...]
    probability: float = field(default=1.0, compare=False)
    moved: bool = False
    locked: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.versions) != len(self.sides):
            raise ValueError(f"{len(self.sides)} sides for {len(self.versions)} versions")
        if not any(self.sides):
            raise ValueError("a bead needs a segment on at least one side")

    def __getitem__(self, version: str) -> tuple[int, ...]:
        """Return the indices of the segments of *version*; raise ``KeyError`` if there is none."""
        try:
            return self.sides[self.versions.index(version)]
        except ValueError:
            known = ", ".join(self.versions)
            raise KeyError(f"no version {version!r}; there are {known}") from None

    def __repr__(self) -> str:
        sides = ", ".join(f"{v}={list(s)}" for v, s in zip(self.versions, self.sides, strict=True))
        return f"<Bead {self.type} {sides} p={self.probability:.2f}{' moved' * self.moved}>"

    def _repr_html_(self) -> str:
        from aligner.report.notebook import bead_html

        return bead_html(self)

    @property
    def is_null(self) -> bool:
        """Whether only one version has segments here."""
        return sum(map(bool, self.sides)) == 1

    @property
    def type(self) -> str:
        """The alignment type, such as ``1-2`` or ``1-1-0``."""
        return "-".join(str(len(side)) for side in self.sides)
