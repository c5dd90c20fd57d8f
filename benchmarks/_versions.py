"""Documents in two or three versions with their gold beads, and damaged copies of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import _gold
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Sides = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Text:
    """A document: for each language its segments, and the gold beads of all of them."""

    name: str
    versions: dict[str, tuple[str, ...]]
    gold: tuple[Sides, ...]

    def projected(self, first: int, second: int) -> set[Sides]:
        """Return the gold beads of two of the versions."""
        pairs = {(sides[first], sides[second]) for sides in self.gold}
        return {pair for pair in pairs if any(pair)}


def texts(sets: Sequence[str], pairs: Sequence[str] = _gold.PAIRS) -> Iterator[Text]:
    """Yield the documents of *sets* in all languages of *pairs*.

    Of three pairs the gold beads are those that hold the beads of each; of one pair its own.
    """
    found: dict[str, list[_gold.Case]] = defaultdict(list)
    for case in _gold.cases(sets, pairs):
        found[case.name].append(case)
    for name, cases in found.items():
        versions = {
            language: lines
            for case in cases
            for language, lines in zip(case.languages, (case.source, case.target), strict=True)
        }
        yield Text(name, versions, tuple(_joined(cases, versions)))


def _joined(cases: Sequence[_gold.Case], versions: dict[str, tuple[str, ...]]) -> Iterator[Sides]:
    """Yield the smallest beads of all versions that hold the gold beads of each pair."""
    group = {(v, k): (v, k) for v, lines in versions.items() for k in range(len(lines))}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while group[node] != node:
            node = group[node]
        return node

    for case in cases:
        for bead in case.gold:
            nodes = [
                (v, k) for v, side in zip(case.languages, bead.sides, strict=True) for k in side
            ]
            for node in nodes[1:]:
                group[root(node)] = root(nodes[0])
    parts: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for node in group:
        parts[root(node)].append(node)
    for nodes in parts.values():
        yield tuple(tuple(k for v, k in nodes if v == language) for language in versions)


def joined(parts: Sequence[Text]) -> Text:
    """Return texts in the same languages as one, in a row."""
    versions: dict[str, tuple[str, ...]] = dict.fromkeys(parts[0].versions, ())
    gold: list[Sides] = []
    for part in parts:
        starts = [len(lines) for lines in versions.values()]
        gold += [
            tuple(tuple(k + start for k in side) for side, start in zip(sides, starts, strict=True))
            for sides in part.gold
        ]
        versions = {name: (*lines, *part.versions[name]) for name, lines in versions.items()}
    return Text("joined", versions, tuple(gold))


def rearranged(text: Text, version: int, order: Sequence[int], lines: Sequence[str] = ()) -> Text:
    """Return the text with the segments *order* of one version, in that order.

    Args:
        lines: further segments, numbered on from the version's own; they correspond to nothing.
    """
    language = list(text.versions)[version]
    own = text.versions[language]
    new = {old: k for k, old in enumerate(order)}
    gold: list[Sides] = []
    for sides in text.gold:
        left = tuple(sorted(new[k] for k in sides[version] if k in new))
        changed = (*sides[:version], left, *sides[version + 1 :])
        if any(changed):
            gold.append(changed)
    alone = [k for k, old in enumerate(order) if old >= len(own)]
    gold += [tuple((k,) if v == version else () for v in range(len(text.versions))) for k in alone]
    changed_lines = tuple([*own, *lines][k] for k in order)
    return replace(text, versions={**text.versions, language: changed_lines}, gold=tuple(gold))


def dropped(text: Text, version: int, seed: int, share: float = 0.1) -> Text:
    """Return the text with a *share* of the segments of one version gone."""
    count = len(list(text.versions.values())[version])
    roll = np.random.default_rng(seed).random(count)
    return rearranged(text, version, np.flatnonzero(roll >= share).tolist())


def replaced(text: Text, version: int, other: Text, seed: int, share: float = 0.1) -> Text:
    """Return the text with a *share* of the segments of one version from *other*."""
    language = list(text.versions)[version]
    count, foreign = len(text.versions[language]), other.versions[language]
    rng = np.random.default_rng(seed)
    order = [
        count + int(rng.integers(len(foreign))) if rng.random() < share else k for k in range(count)
    ]
    return rearranged(text, version, order, foreign)


def another(text: Text, version: int, other: Text) -> Text:
    """Return the text with one version that of *other*."""
    language = list(text.versions)[version]
    count, foreign = len(text.versions[language]), other.versions[language]
    return rearranged(text, version, range(count, count + len(foreign)), foreign)


def moved(text: Text, version: int, seed: int, count: int = 2) -> Text:
    """Return the text with some segments of one version a few places off."""
    rng = np.random.default_rng(seed)
    size = len(list(text.versions.values())[version])
    whole = [sides for sides in text.gold if all(len(side) == 1 for side in sides)]
    order = list(range(size))
    for n in rng.choice(len(whole), min(count, len(whole)), replace=False):
        (k,) = whole[n][version]
        order.remove(k)
        order.insert((k + int(rng.integers(4, 9)) * int(rng.choice([-1, 1]))) % size, k)
    return rearranged(text, version, order)
