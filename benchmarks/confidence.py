"""Fit how sure links, beads and moves are, and print how well the probabilities hold.

    python benchmarks/confidence.py               # held-apart folds, then the shipped fit
    python benchmarks/confidence.py --folds-only  # the held-apart figures alone
    python benchmarks/confidence.py --table       # and keep them for the reports, not the fit

Every document is aligned as it is, with a tenth of one version dropped, with a tenth replaced by
segments of another document, with one version that is another text altogether, and with sentences
moved. A probability holds if so many of the beads that have it are exactly right. Documents are
held apart by name; the expected calibration error has 15 bins.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _calibration import calibration_error, logistic_fit, reliability
from _versions import Text, another, dropped, moved, replaced, texts

from aligner._align._guide import pairs_to_align
from aligner._align._multiway import PairLadders, join
from aligner._align._rounds import Pairwise
from aligner._encode import load_encoder
from aligner._options import AlignOptions
from aligner._pair._confidence import (
    BEAD_FEATURES,
    LINK_FEATURES,
    MOVE_FEATURES,
    Confidence,
    bead_features,
    link_features,
    load_confidence,
    without_chance,
)
from aligner._pair._constraints import Constraints
from aligner._progress import Progress
from aligner._score._side import side_of
from aligner._score._weights import load_weights
from aligner._types import Document
from aligner._vectors import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Encoder
    from aligner._score._side import Side

SETS = ("ntrex", "udhr", "cc", "wmtlit", "ted")
FOLDS = 4
# Sentences that moved are planted some ten times as often as they occur.
PLANTED = 0.1
DATA = Path("src/aligner/data/confidence.json")
Rows = list[tuple[np.ndarray, bool]]


@dataclass
class Aligned:
    """A document as it was aligned two by two, and what is right."""

    kind: str
    text: Text
    pairs: Pairwise
    counts: list[int]
    sides: list[Side]

    @property
    def fold(self) -> int:
        return zlib.crc32(self.text.name.encode()) % FOLDS

    @cached_property
    def features(self) -> dict[tuple[int, int], np.ndarray]:
        """The features of the links of each pair."""
        return {
            (v, w): link_features(ladder, (self.sides[v], self.sides[w]))
            for (v, w), ladder in self.pairs.ladders.items()
        }

    def links(self) -> Iterator[tuple[np.ndarray, bool]]:
        """Yield features of each match of each pair, and whether it is right."""
        for (v, w), ladder in self.pairs.ladders.items():
            gold = self.text.projected(v, w)
            for link, row in zip(ladder, self.features[v, w], strict=True):
                if link.is_match:
                    yield row, (_segments(link.source), _segments(link.target)) in gold

    def moves(self) -> Iterator[tuple[np.ndarray, bool]]:
        """Yield features of each passage that may have moved, and whether it is right."""
        for (v, w), links in self.pairs.moved.items():
            gold = self.text.projected(v, w)
            for found in links:
                sides = _segments(found.link.source), _segments(found.link.target)
                yield np.array([1.0, found.matched, found.gain]), sides in gold

    def beads(self, confidence: Confidence) -> Iterator[tuple[np.ndarray, bool]]:
        """Yield features of each bead of all versions, and whether it is right."""
        if len(self.counts) < 3 or self.kind == "moved":
            return
        ladders = {
            pair: without_chance(confidence.of_links(ladder, self.features[pair]))
            for pair, ladder in self.pairs.ladders.items()
        }
        evidence, gold = PairLadders(ladders), set(self.text.gold)
        for bead in join(self.counts, ladders, confidence):
            sides = tuple(_segments(part) for part in bead.ranges)
            parts = [p for _, p in evidence.of(bead.ranges)]
            lacking = 1 - len(bead.versions) / len(self.counts)
            yield bead_features(parts, lacking), sides in gold


def _segments(part: tuple[int, int]) -> tuple[int, ...]:
    return tuple(range(*part))


def aligned(kind: str, text: Text, encoder: Encoder) -> Aligned:
    """Return the text aligned two by two, with the probabilities that the programme gives."""
    documents = [Document.from_segments(lines) for lines in text.versions.values()]
    sides = [side_of(d, embed(d, encoder), range(len(d.segments))) for d in documents]
    demands = dict.fromkeys(pairs_to_align(sides), Constraints())
    progress = Progress(None, 0)
    pairs = Pairwise(sides, AlignOptions(), load_weights(), demands, load_confidence(), progress)
    pairs.align()
    return Aligned(kind, text, pairs, [len(side) for side in sides], list(sides))


def examples(encoder: Encoder) -> Iterator[Aligned]:
    """Yield every document as it is and damaged."""
    found = list(texts(SETS))
    for seed, (text, other) in enumerate(pairwise([*found, found[0]])):
        version = seed % len(text.versions)
        yield aligned("as it is", text, encoder)
        yield aligned("dropped", dropped(text, version, seed), encoder)
        yield aligned("moved", moved(text, version, seed), encoder)
        if list(text.versions)[version] in other.versions:
            yield aligned("replaced", replaced(text, version, other, seed), encoder)
            yield aligned("another text", another(text, version, other), encoder)


def fitted(rows: Rows, weight: float = 1.0) -> tuple[float, ...]:
    """Return the weights of the logistic model of *rows*.

    Args:
        weight: how much a row that is right counts.
    """
    features, right = np.stack([row for row, _ in rows]), np.array([r for _, r in rows], float)
    return tuple(round(float(w), 4) for w in logistic_fit(features, right, weight))


def fit(items: Sequence[Aligned]) -> Confidence:
    """Return the weights that the documents teach."""
    link = fitted([row for item in items for row in item.links()])
    move = fitted([row for item in items for row in item.moves()], weight=PLANTED)
    start = Confidence(link, (0.0,) * len(BEAD_FEATURES), move)
    bead = fitted([row for item in items for row in item.beads(start)])
    return Confidence(link, bead, move)


def held_apart(items: Sequence[Aligned]) -> dict[str, list[list[float]]]:
    """Print how well the probabilities hold on documents that were not fitted on.

    Returns:
        the reliability of links and of beads.
    """
    found: dict[tuple[str, str], list[tuple[float, float, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        fit_on = [item for item in items if item.fold != fold]
        confidence = fit(fit_on)
        for item in (item for item in items if item.fold == fold):
            rows = {
                "links": (item.links(), confidence.link, 1),
                "beads": (item.beads(confidence), confidence.bead, 1),
                "moves": (item.moves(), confidence.move, 2),
            }
            for name, (parts, weights, raw) in rows.items():
                for row, true in parts:
                    p = 1 / (1 + np.exp(-row @ np.array(weights)))
                    before = 1 / (1 + np.exp(-row[raw]))
                    found[name, item.kind].append((float(before), float(p), true))
                    found[name, "all"].append((float(before), float(p), true))
    print(f"{'':7s}{'':14s}{'count':>7s}{'wrong':>7s}  log loss and error before   after")
    for (name, kind), rows_found in sorted(found.items()):
        table = np.array(rows_found, float)
        right = table[:, 2]
        figures = [
            (_loss(table[:, k], right), calibration_error(table[:, k], right)) for k in (0, 1)
        ]
        print(
            f"{name:7s}{kind:14s}{len(right):7d}{int((1 - right).sum()):7d}  "
            + "   ".join(f"{loss:.4f} {wrong:.4f}" for loss, wrong in figures)
        )
        low = right[table[:, 1] < 0.5]
        print(f"{'':21s}{len(low):7d}{int((1 - low).sum()):7d}  below .5")
    tables = {name: np.array(found[name, "all"], float) for name in ("links", "beads")}
    return {
        name: [[round(c, 4), round(r, 4), n] for n, c, r in reliability(table[:, 1], table[:, 2])]
        for name, table in tables.items()
    }


def _loss(probability: np.ndarray, right: np.ndarray) -> float:
    p = np.clip(probability, 0.001, 0.9995)
    return float(-np.mean(right * np.log(p) + (1 - right) * np.log(1 - p)))


def write(confidence: Confidence, held: dict[str, list[list[float]]]) -> None:
    """Write the weights, and how well they hold, as data of the package."""
    parts = {
        "link": (LINK_FEATURES, confidence.link),
        "bead": (BEAD_FEATURES, confidence.bead),
        "move": (MOVE_FEATURES, confidence.move),
    }
    data: dict[str, object] = {
        "about": "written by benchmarks/confidence.py; see docs/alignment.md"
    }
    data |= {key: dict(zip(names, weights, strict=True)) for key, (names, weights) in parts.items()}
    data["reliability"] = held
    _store(data)


def _store(data: dict[str, object]) -> None:
    DATA.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print("wrote", DATA)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--folds-only", action="store_true")
    kept.add_argument("--table", action="store_true")
    args = parser.parse_args()
    items = list(examples(load_encoder()))
    held = held_apart(items)
    confidence = fit(items)
    prices = ", ".join(f"{confidence.move_price(share):.1f}" for share in (0.1, 0.5, 0.9))
    print(f"price of a move where .1, .5 and .9 of the links are matches: {prices} nats")
    if args.table:
        _store(json.loads(DATA.read_text("utf-8")) | {"reliability": held})
    elif not args.folds_only:
        write(confidence, held)


if __name__ == "__main__":
    main()
