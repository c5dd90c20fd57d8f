"""Count the predicted beads that gold has: strict and lax, n-m and one-sided beads apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from os import PathLike
from typing import Literal

from aligner._types import Bead

Granularity = Literal["sentence", "block"]
GRANULARITIES: tuple[Granularity, ...] = ("sentence", "block")
Sides = tuple[tuple[int, ...], ...]
Beads = Iterable[Bead | Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts behind one precision and recall; a ratio with nothing to divide by is 0.

    Attributes:
        right: predicted beads that are right.
        predicted: predicted beads counted.
        found: gold beads that were found (gold segments, for blocks).
        gold: gold beads counted (gold segments, for blocks).
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Score)))

    @property
    def precision(self) -> float:
        """The share of predicted beads that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold beads that were found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, float | int]:
        """Return the three ratios, rounded to 4 decimals, and the counts."""
        ratios = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return ratios | {f.name: getattr(self, f.name) for f in fields(Score)}


@dataclass(frozen=True, slots=True)
class Scores:
    """What `alignment` counted; add two to score them as one.

    Attributes:
        strict: exactly the gold bead (for blocks: inside one gold bead).
        lax: at least one pair of segments that a gold bead joins.
        two_sided: strict, over beads that join at least two versions, in gold and prediction.
        n_m: strict, over two-sided beads with several segments in one version.
        one_sided: strict, over null beads. Empty for blocks, as is ``n_m``.
    """

    strict: Score = Score()
    lax: Score = Score()
    two_sided: Score = Score()
    n_m: Score = Score()
    one_sided: Score = Score()

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Scores)))

    def items(self) -> Iterator[tuple[str, Score]]:
        """Yield name and score, in the order of the attributes."""
        return ((f.name, getattr(self, f.name)) for f in fields(Scores))

    def to_dict(self) -> dict[str, dict[str, float | int]]:
        """Return the scores as plain JSON values."""
        return {name: score.to_dict() for name, score in self.items()}


def alignment(
    gold: Beads,
    predicted: Beads,
    *,
    granularity: Granularity = "sentence",
    ignore: Sequence[Collection[int]] = (),
) -> Scores:
    """Score *predicted* beads against *gold*.

    Args:
        gold: an `Alignment`, a ladder, or beads as tuples of index tuples.
        granularity: ``block`` where a gold bead is a paragraph or verse of several sentences. A
            predicted bead is then right when it stays inside one gold bead, and recall is the
            share of the segments of two-sided gold beads that right two-sided beads hold.
        ignore: for each version the debatable segments; beads that touch one are left out.

    Raises:
        TypeError: for the path of a file; see `files`.
        ValueError: if the two do not cover the same number of versions and segments.

    >>> gold = [((0,), (0, 1)), ((1,), (2,))]
    >>> alignment(gold, [((0,), (0,)), ((), (1,)), ((1,), (2,))]).strict.recall
    0.5
    """
    if granularity not in GRANULARITIES:
        raise ValueError(f"granularity {granularity!r}; there are {', '.join(GRANULARITIES)}")
    gold_beads, beads = _sides(gold), _sides(predicted)
    _check_sizes(gold_beads, beads)
    gold_beads, beads = (
        {bead for bead in side if not _touches(bead, ignore)} for side in (gold_beads, beads)
    )
    lax = _lax(gold_beads, beads)
    if granularity == "block":
        return Scores(strict=_inside(gold_beads, beads), lax=lax)
    return Scores(
        strict=_exact(gold_beads, beads, gold_kept=_is_two_sided),
        lax=lax,
        two_sided=_exact(gold_beads, beads, _is_two_sided, _is_two_sided),
        n_m=_exact(gold_beads, beads, _is_n_m, _is_n_m),
        one_sided=_exact(gold_beads, beads, _is_one_sided, _is_one_sided),
    )


def _sides(beads: Beads) -> set[Sides]:
    if isinstance(beads, str | PathLike):
        raise TypeError(f"{str(beads)!r} is no alignment; ladder files are for evaluate.files")
    plain = (bead.sides if isinstance(bead, Bead) else bead for bead in beads)
    sides = (tuple(tuple(sorted(side)) for side in bead) for bead in plain)
    return {bead for bead in sides if any(bead)}


def _check_sizes(gold: set[Sides], predicted: set[Sides]) -> None:
    """Raise `ValueError` if the two are not beads of the same segments."""
    versions = sorted({len(bead) for bead in gold | predicted})
    if len(versions) > 1:
        raise ValueError(f"beads of {' and of '.join(map(str, versions))} versions")
    # Some aligners leave null beads out of their ladder; its last segments may be missing then.
    lists_all = any(map(_is_one_sided, predicted))
    for version in range(versions[0] if versions else 0):
        wanted, got = (
            max((bead[version][-1] + 1 for bead in side if bead[version]), default=0)
            for side in (gold, predicted)
        )
        if got > wanted or (got < wanted and lists_all):
            raise ValueError(f"{got} segments in column {version + 1}, the gold has {wanted}")


def _touches(bead: Sides, ignore: Sequence[Collection[int]]) -> bool:
    return any(i in ignored for side, ignored in zip(bead, ignore, strict=False) for i in side)


def _is_one_sided(bead: Sides) -> bool:
    return sum(map(bool, bead)) == 1


def _is_two_sided(bead: Sides) -> bool:
    return sum(map(bool, bead)) > 1


def _is_n_m(bead: Sides) -> bool:
    return _is_two_sided(bead) and any(len(side) > 1 for side in bead)


def _exact(
    gold: set[Sides],
    predicted: set[Sides],
    kept: Callable[[Sides], bool] | None = None,
    gold_kept: Callable[[Sides], bool] | None = None,
) -> Score:
    beads = set(filter(kept, predicted))
    wanted = set(filter(gold_kept, gold))
    return Score(len(beads & gold), len(beads), len(wanted & predicted), len(wanted))


def _links(bead: Sides) -> Iterator[tuple[int, int, int, int]]:
    for (a, left), (b, right) in combinations(enumerate(bead), 2):
        for i in left:
            for j in right:
                yield a, i, b, j


def _lax(gold: set[Sides], predicted: set[Sides]) -> Score:
    """Score beads as right that share a link with the other side."""
    gold_links = {link for bead in gold for link in _links(bead)}
    links = {link for bead in predicted for link in _links(bead)}
    right = sum(bead in gold or not gold_links.isdisjoint(_links(bead)) for bead in predicted)
    wanted = list(filter(_is_two_sided, gold))
    found = sum(not links.isdisjoint(_links(bead)) for bead in wanted)
    return Score(right, len(predicted), found, len(wanted))


def _inside(gold: set[Sides], predicted: set[Sides]) -> Score:
    """Score beads as right that lie inside one bead of the gold, segment by segment."""
    home = {(version, i): bead for bead in gold for version, side in enumerate(bead) for i in side}
    right = {
        bead
        for bead in predicted
        if len({home.get((version, i)) for version, side in enumerate(bead) for i in side}) == 1
    }
    wanted = {key for key, bead in home.items() if _is_two_sided(bead)}
    held = {
        (version, i)
        for bead in filter(_is_two_sided, right)
        for version, side in enumerate(bead)
        for i in side
    }
    return Score(len(right), len(predicted), len(wanted & held), len(wanted))
