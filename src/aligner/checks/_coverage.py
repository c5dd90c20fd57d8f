"""What each version lacks or has alone, by the words of a passage that no other covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from aligner._words import Analysis, Suspicion, embedded_analyser, load_judge

from ._next_door import stands_next_door
from ._sentences import by_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ._registry import Passage, Place

_TOGETHER = 256
_LEAST = 0.3
_WHOLE = 0.6
_NEAR, _REACH = 2, 5
"""Words between the places of two runs, and words beside a run that tell its place."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Words that one version lacks or has alone, or says otherwise.

    Attributes:
        odd: the version at fault where three can vote, else ``None``.
        lacking: versions that have no such words.
        words: as written, by version.
        whole: whether hardly anything of the passages corresponds.
    """

    kind: Literal["omission", "addition", "meaning"]
    confidence: float
    places: Mapping[str, tuple[Place, ...]]
    words: Mapping[str, str]
    odd: str | None = None
    lacking: tuple[str, ...] = field(default=())
    count: int = 1
    whole: bool = False


@lru_cache(maxsize=2)
def verdicts(
    rows: tuple[tuple[Passage, ...], ...], in_order: bool
) -> tuple[tuple[Verdict, ...], ...]:
    """Return what the words of each row of passages tell.

    Args:
        in_order: the rows are a text; what one lacks may stand in the next.
    """
    found: list[tuple[Verdict, ...]] = []
    for start in range(0, len(rows), _TOGETHER):
        found.extend(_some(rows[start : start + _TOGETHER]))
    if in_order:
        found = [
            tuple(
                one
                for one in row
                if one.kind == "meaning" or not stands_next_door(rows, k, one.words, _lacking(one))
            )
            for k, row in enumerate(found)
        ]
    return tuple(found)


def _lacking(one: Verdict) -> tuple[str, ...]:
    return (one.odd,) if one.odd and one.kind == "omission" else one.lacking


def _some(rows: Sequence[tuple[Passage, ...]]) -> list[tuple[Verdict, ...]]:
    passages: list[Passage] = []
    groups: list[tuple[int, ...]] = []
    pairs: list[tuple[int, int]] = []
    for row in rows:
        first = len(passages)
        passages += [passage for passage in row if passage.text.strip()]
        group = tuple(range(first, len(passages)))
        groups.append(group)
        pairs += combinations(group, 2)
    if not pairs:
        return [() for _ in rows]
    texts, languages = [p.text for p in passages], [p.language for p in passages]
    analyser = embedded_analyser()
    analysis = analyser(texts, languages, pairs)
    evidence = analyser.evidence(analysis, [group for group in groups if len(group) > 1])
    doubtful = {group[0] for group in evidence.doubtful}
    suspects = [
        list(evidence.suspicions(group)) if group and group[0] in doubtful else []
        for group in groups
    ]
    judged = _judged(
        [(len(g), one) for g, some in zip(groups, suspects, strict=True) for one in some]
    )
    out, at = [], 0
    for group, some in zip(groups, suspects, strict=True):
        confident = list(zip(some, judged[at : at + len(some)], strict=True))
        at += len(some)
        out.append(_apart(_verdicts(group, confident, passages, analysis)))
    return out


def _judged(suspects: Sequence[tuple[int, Suspicion]]) -> list[float]:
    """Return the probability of each suspicion; the judge depends on how many could vote."""
    names = [f"{'group' if size > 2 else 'pair'}-{one.kind}" for size, one in suspects]
    out = np.zeros(len(suspects), np.float32)
    for name in sorted(set(names)):
        places = [k for k, other in enumerate(names) if other == name]
        values = np.array([suspects[k][1].values for k in places], np.float32)
        out[places] = load_judge(name)(values)
    return [float(p) for p in out]


def _verdicts(
    group: tuple[int, ...],
    suspects: Sequence[tuple[Suspicion, float]],
    passages: Sequence[Passage],
    analysis: Analysis,
) -> Iterator[Verdict]:
    sure = [(one, p) for one, p in suspects if p >= _LEAST]
    for odd in {one.odd: None for one, _ in sure}:
        mine = [(one, p) for one, p in sure if one.odd == odd]
        omitted, added = (
            [(one, p) for one, p in mine if one.kind == kind] for kind in ("omission", "addition")
        )
        for one, p in omitted:
            near = [k for k in added if _same_place(one, k[0], analysis)]
            if near:
                added.remove(near[0])
                surer = max(p, near[0][1])
                yield _verdict("meaning", surer, [one, near[0][0]], group, passages, analysis)
            else:
                yield _verdict("omission", p, [one], group, passages, analysis)
        for one, p in added:
            yield _verdict("addition", p, [one], group, passages, analysis)


def _apart(verdicts: Iterator[Verdict]) -> tuple[Verdict, ...]:
    """Keep the surer of two verdicts on the same words."""
    kept: list[Verdict] = []
    for one in sorted(verdicts, key=lambda verdict: -verdict.confidence):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _overlap(one: Verdict, other: Verdict) -> bool:
    return any(
        a[0] < b[1] and b[0] < a[1]
        for version, where in one.places.items()
        for a in where
        for b in other.places[version]
    )


def _same_place(one: Suspicion, other: Suspicion, analysis: Analysis) -> bool:
    """Whether the words of *other* stand where those of *one* would be expected."""
    pair, turned = analysis.table[one.text, other.text]
    links = pair.links.T if turned else pair.links
    n, m = links.shape
    if min(_size(one) / n, _size(other) / m) > _WHOLE:
        return True
    around = np.array(
        [k for k in range(one.run.first - _REACH, one.run.last + _REACH) if 0 <= k < n], np.int64
    )
    around = around[(around < one.run.first) | (around >= one.run.last)]
    middle = (one.run.first + one.run.last - 1) / 2
    offset = 0.0
    if len(around):
        offset = float(np.median(links[around].argmax(1) - around * m / n))
    away = abs(middle * m / n + offset - (other.run.first + other.run.last - 1) / 2)
    return bool(away <= (_size(one) * m / n + _size(other)) / 2 + _NEAR)


def _size(one: Suspicion) -> int:
    return one.run.last - one.run.first


def _verdict(
    kind: Literal["omission", "addition", "meaning"],
    confidence: float,
    suspects: Sequence[Suspicion],
    group: tuple[int, ...],
    passages: Sequence[Passage],
    analysis: Analysis,
) -> Verdict:
    places: dict[str, tuple[Place, ...]] = {passages[k].version: () for k in group}
    written: dict[str, str] = {}
    shares = []
    for one in suspects:
        for text, run in ((one.text, one.run), *([one.also] if one.also else [])):
            words = analysis.words.of(text)
            spans = analysis.words.spans[words][run.first : run.last]
            passage = passages[text]
            where = by_sentence(passage, (int(spans[0, 0]), int(spans[-1, 1])))
            places[passage.version] = where
            written[passage.version] = passage.text[where[0][0] : where[-1][1]]
        size = analysis.words.of(one.text)
        shares.append((one.run.last - one.run.first) / (size.stop - size.start))
    first = suspects[0]
    return Verdict(
        kind,
        confidence,
        places,
        written,
        passages[first.odd].version if len(group) > 2 else None,
        tuple(version for version, where in places.items() if not where),
        max(one.run.last - one.run.first for one in suspects),
        min(shares) > _WHOLE,
    )
