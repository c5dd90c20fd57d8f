"""Score predicted beads against gold: strict and lax, n-m and one-sided beads apart.

The definition is the field's (Sennrich and Volk 2011, as vecalign's scorer counts it). Precision
is over every predicted bead, null beads included; recall is over the gold beads that join at
least two versions. Strict asks for exactly the gold bead; lax for one pair of segments that
stands together in a gold bead. Counts of several files are added before dividing (micro).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Literal

from aligner._errors import InputError
from aligner._types import Bead
from aligner.formats import ladder

Granularity = Literal["sentence", "block"]
GRANULARITIES: tuple[Granularity, ...] = ("sentence", "block")
Sides = tuple[tuple[int, ...], ...]
Beads = Iterable[Bead | Sequence[Sequence[int]]]

# Other tables that stand beside gold ladders.
_NOT_LADDERS = ("docs.", "fine.", "gold.segments.", "ignore.")


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


def files(
    gold: str | Path, predicted: str | Path, *, granularity: Granularity | None = None
) -> Scores:
    """Score a predicted ladder file, or every ladder of a folder, against gold.

    Folders are matched by relative path; ``gold.`` at the front of a name does not count. Beside
    a gold file, ``ignore.<rest of its name>`` lists debatable segments in the same columns, and a
    ``meta.json`` there or one folder up may give the ``granularity``.

    Raises:
        InputError: for a file that is no ladder, a missing prediction, or other segments.
    """
    scores = Scores()
    for gold_path, path in match(Path(gold), Path(predicted)):
        beads = read_ladder(gold_path)
        try:
            scores += alignment(
                beads,
                read_ladder(path),
                granularity=granularity or granularity_of(gold_path),
                ignore=_read_ignored(gold_path, len(beads[0].sides) if beads else 0),
            )
        except ValueError as error:
            fix = "align the same segments as the gold, with --lines"
            raise InputError(str(path), f"{error} ({gold_path})", fix=fix) from None
    return scores


def match(gold: Path, predicted: Path) -> list[tuple[Path, Path]]:
    """Return the pairs of gold and predicted ladders, one pair for two files."""
    for path in (gold, predicted):
        if not path.exists():
            raise InputError(str(path), "no such file or folder")
    if gold.is_dir() != predicted.is_dir():
        problem = f"cannot be scored against {gold}"
        raise InputError(str(predicted), problem, fix="give two files or two folders")
    if not gold.is_dir():
        return [(gold, predicted)]
    found = {_key(path, predicted): path for path in _ladders(predicted)}
    wanted = {_key(path, gold): path for path in _ladders(gold)}
    missing = [path for key, path in wanted.items() if key not in found]
    if not wanted:
        raise InputError(str(gold), "no ladders (.tsv, .ladder) in this folder")
    if missing:
        problem = f"no prediction for {len(missing)} of {len(wanted)} files, such as {missing[0]}"
        raise InputError(str(predicted), problem, fix="give both files the same relative path")
    return [(path, found[key]) for key, path in wanted.items()]


def read_ladder(path: Path) -> tuple[Bead, ...]:
    """Return the beads of a ladder of two or more columns, or of vecalign's output."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(str(path), reason or "cannot be read") from None
    return ladder.parse(text, path=str(path))


def granularity_of(gold: Path) -> Granularity:
    """Return what the ``meta.json`` beside *gold* or one folder up says, else ``sentence``."""
    from aligner.formats._decode import json_value

    for folder in (gold.parent, gold.parent.parent):
        meta = folder / "meta.json"
        if meta.is_file():
            try:
                content = json_value(meta.read_text(encoding="utf-8"))
            except ValueError:
                raise InputError(str(meta), "not valid JSON") from None
            is_block = isinstance(content, dict) and content.get("granularity") == "block"
            return "block" if is_block else "sentence"
    return "sentence"


def _sides(beads: Beads) -> set[Sides]:
    plain = (bead.sides if isinstance(bead, Bead) else bead for bead in beads)
    sides = (tuple(tuple(sorted(side)) for side in bead) for bead in plain)
    return {bead for bead in sides if any(bead)}


def _check_sizes(gold: set[Sides], predicted: set[Sides]) -> None:
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
    gold_links = {link for bead in gold for link in _links(bead)}
    links = {link for bead in predicted for link in _links(bead)}
    right = sum(bead in gold or not gold_links.isdisjoint(_links(bead)) for bead in predicted)
    wanted = list(filter(_is_two_sided, gold))
    found = sum(not links.isdisjoint(_links(bead)) for bead in wanted)
    return Score(right, len(predicted), found, len(wanted))


def _inside(gold: set[Sides], predicted: set[Sides]) -> Score:
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


def _ladders(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in ladder.SUFFIXES
        and path.is_file()
        and not path.name.startswith(_NOT_LADDERS)
    )


def _key(path: Path, folder: Path) -> str:
    relative = path.relative_to(folder)
    return str(relative.with_name(relative.stem.removeprefix("gold.")))


def _read_ignored(gold: Path, versions: int) -> tuple[frozenset[int], ...]:
    path = gold.with_name(f"ignore.{gold.name.removeprefix('gold.')}")
    if not path.is_file():
        return ()
    rows = [line.split("\t")[:versions] for line in path.read_text(encoding="utf-8").splitlines()]
    try:
        return tuple(
            frozenset(int(i) for row in rows for i in row[v].split(",") if i.strip())
            for v in range(versions)
        )
    except (ValueError, IndexError):
        fix = f"give {versions} tab-separated columns of indices, as in the gold"
        raise InputError(str(path), "not a list of segments", fix=fix) from None
