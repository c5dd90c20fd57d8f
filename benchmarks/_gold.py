"""Gold sets of hand-aligned documents, from ``$ALIGNER_GOLD`` or ``../shared/gold``.

The project's own samples are one more set, ``samples``.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner import Bead, evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Sides = tuple[tuple[int, ...], tuple[int, ...]]

ROOT = Path(__file__).parent.parent
PAIRS = ("en-de", "en-sv", "de-sv")
SAMPLES = "samples"


@dataclass(frozen=True)
class Case:
    """One document in two languages with its gold beads.

    Attributes:
        counts: whether it is added to the line "together": human gold of sentences, not our own.
    """

    set: str
    document: str
    pair: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[Bead, ...]
    granularity: evaluate.Granularity
    counts: bool

    @property
    def name(self) -> str:
        """Set and document."""
        return f"{self.set}/{self.document}"

    @property
    def languages(self) -> tuple[str, str]:
        """The languages of the pair."""
        source, target = self.pair.split("-")
        return source, target


def folder() -> Path:
    """Return the gold folder, or leave with a clear reason."""
    path = Path(os.environ.get("ALIGNER_GOLD", ROOT.parent / "shared" / "gold"))
    if not path.is_dir():
        print(f"skipped: no gold in {path}; set ALIGNER_GOLD", file=sys.stderr)
        raise SystemExit(0)
    return path


def cases(sets: Sequence[str] = (), pairs: Sequence[str] = PAIRS) -> Iterator[Case]:
    """Yield the cases of *sets* (all, if empty) in *pairs*, in a fixed order."""
    root = folder()
    known = sorted(path.parent.name for path in root.glob("*/meta.json"))
    unknown = sorted(set(sets) - {*known, SAMPLES})
    if unknown:
        raise SystemExit(f"unknown set {unknown[0]!r}; there are {', '.join([*known, SAMPLES])}")
    if not sets or SAMPLES in sets:
        yield from _samples(pairs)
    for name in known:
        if sets and name not in sets:
            continue
        meta = json.loads((root / name / "meta.json").read_text(encoding="utf-8"))
        for pair in pairs:
            for gold in sorted(root.glob(f"{name}/*/gold.{pair}.tsv")):
                yield _case(gold, name, pair, meta["granularity"])


def with_own_lines(
    target: Sequence[str], gold: Sequence[Sides], line: Callable[[int, int], str | None]
) -> tuple[list[str], list[Sides]]:
    """Return the target with lines of its own behind some beads, and the new gold.

    Args:
        line: gives the line behind the last target segment *k* of a bead, if there is one, from
            *k* and how many there are with it.
    """
    ends = {there[-1] for _, there in gold if there}
    lines: list[str] = []
    new: dict[int, int] = {}
    own: list[int] = []
    for k, segment in enumerate(target):
        new[k] = len(lines)
        lines.append(segment)
        more = line(k, len(own) + 1) if k in ends else None
        if more is not None:
            own.append(len(lines))
            lines.append(more)
    beads = [(here, tuple(new[k] for k in there)) for here, there in gold]
    return lines, beads + [((), (k,)) for k in own]


def _case(gold: Path, name: str, pair: str, granularity: str) -> Case:
    source, target = (
        tuple(_lines(gold.with_name(f"{language}.txt"))) for language in pair.split("-")
    )
    return Case(
        name,
        gold.parent.name,
        pair,
        source,
        target,
        evaluate.read_ladder(gold),
        evaluate.granularity_of(gold),
        counts=granularity == "sentence",
    )


def _samples(pairs: Sequence[str]) -> Iterator[Case]:
    for pair in pairs:
        for gold in sorted((ROOT / "data" / "samples").glob(f"*/gold.{pair}.tsv")):
            source, target = (_cut(gold.parent, language) for language in pair.split("-"))
            beads = evaluate.read_ladder(gold)
            name = gold.parent.name
            yield Case(SAMPLES, name, pair, source, target, beads, "sentence", counts=False)


def _cut(sample: Path, language: str) -> tuple[str, ...]:
    text = (sample / f"{language}.txt").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in _lines(sample / f"gold.segments.{language}.tsv"))
    return tuple(text[int(row[0]) : int(row[1])] for row in rows)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
