"""From likely pairs to groups: what agrees in every direction, surest first."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import exp
from typing import TYPE_CHECKING

from aligner._tags import told_apart
from aligner.pairing._values import Group, LeftOver, Pairing, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aligner.pairing._likeness import Judge, Likeness
    from aligner.pairing._sketch import Sketch

Pair = tuple[int, int]

# What contrast, margin and neither are worth: logistic fits on the development gold with a third of
# the files removed and a seventh cut to a part, rounded. A part has to stand out more.
_AS_WHOLE = 2.0, 2.0, -3.0
_AS_PART = 5.8, 1.8, -7.8
_FARTHEST = 2.0  # lead over the next candidate, or lag, that counts
_UNRELATED = 3.0
"""Height of the best unrelated candidate, where there is none to compare with."""
_SAME = 0.85
"""Mean cosine from which two texts in one language are versions of each other."""


def grouped(
    sketches: Sequence[Sketch],
    judge: Judge,
    pairs: Iterable[Pair],
    unreadable: tuple[Unreadable, ...],
) -> Pairing:
    """Return the groups among the documents, given which *pairs* are worth a look."""
    ties = _Ties(sketches, judge, pairs)
    clusters = _joined(sketches, ties)
    clusters = _with_second_versions(sketches, ties, clusters)
    groups = sorted(
        (_group(sketches, ties, members) for members in clusters if len(members) > 1),
        key=lambda group: min(group.paths),
    )
    alone = sorted(members[0] for members in clusters if len(members) == 1)
    left = tuple(_left_over(sketches, ties, i) for i in alone)
    return Pairing(tuple(groups), left, unreadable)


class _Ties:
    """The likeness of the pairs looked at, and what each is worth beside its rivals."""

    def __init__(self, sketches: Sequence[Sketch], judge: Judge, pairs: Iterable[Pair]) -> None:
        self._sketches = sketches
        self._judge = judge
        self.found: dict[Pair, Likeness] = {(i, j): judge.likeness(i, j) for i, j in pairs}
        self.near: dict[int, list[int]] = defaultdict(list)
        self._rivals: dict[tuple[int, str, bool], list[tuple[float, int]]] = defaultdict(list)
        for (i, j), likeness in self.found.items():
            self.near[i].append(j)
            self.near[j].append(i)
            if sketches[i].language != sketches[j].language:
                for one, other in ((i, j), (j, i)):
                    key = (one, sketches[other].language, likeness.is_part)
                    self._rivals[key].append((likeness.height, other))
        for rivals in self._rivals.values():
            rivals.sort(reverse=True)

    def likeness(self, i: int, j: int) -> Likeness:
        """Return the likeness of two documents, looking now if need be."""
        pair = min(i, j), max(i, j)
        if pair not in self.found:
            self.found[pair] = self._judge.likeness(*pair)
        return self.found[pair]

    def probability(self, i: int, j: int) -> float:
        """Return how likely two documents in different languages are versions of one text."""
        likeness = self.likeness(i, j)
        if likeness.is_part:  # a long text may have many parts, a part belongs to one text
            short, long = sorted((i, j), key=lambda k: self._sketches[k].size)
            rival = self._rival(short, long, is_part=True)
        else:
            rival = max(self._rival(i, j), self._rival(j, i))
        margin = max(-_FARTHEST, min(_FARTHEST, likeness.height - rival))
        by_contrast, by_margin, constant = _AS_PART if likeness.is_part else _AS_WHOLE
        return 1 / (1 + exp(-(by_contrast * likeness.contrast + by_margin * margin + constant)))

    def _rival(self, i: int, j: int, *, is_part: bool = False) -> float:
        """Return how high the best other candidate of *i* in the language of *j* stands."""
        rivals = self._rivals[i, self._sketches[j].language, is_part]
        return next((height for height, other in rivals if other != j), _UNRELATED)


def _joined(sketches: Sequence[Sketch], ties: _Ties) -> list[list[int]]:
    """Return clusters with at most one document a language.

    The surest pair is joined first. Two clusters are joined if the pairs between them are likely
    on average, those that nobody proposed included: a cycle must close.
    """
    sure = sorted(
        (-probability, pair)
        for pair, likeness in list(ties.found.items())
        if not likeness.is_part
        and sketches[pair[0]].language != sketches[pair[1]].language
        and (probability := ties.probability(*pair)) >= 0.5
    )
    cluster_of = {i: [i] for i in range(len(sketches))}
    for _, (i, j) in sure:
        ours, theirs = cluster_of[i], cluster_of[j]
        languages = {sketches[k].language for k in ours} & {sketches[k].language for k in theirs}
        if ours is theirs or languages or not _agree(ties, ours, theirs):
            continue
        ours.extend(theirs)
        cluster_of.update(dict.fromkeys(theirs, ours))
    return [members for i, members in cluster_of.items() if i == min(members)]


def _agree(ties: _Ties, ours: Sequence[int], theirs: Sequence[int]) -> bool:
    values = [ties.probability(i, j) for i, j in product(ours, theirs)]
    return sum(values) / len(values) >= 0.5


def _with_second_versions(
    sketches: Sequence[Sketch], ties: _Ties, clusters: list[list[int]]
) -> list[list[int]]:
    """Add to each cluster the lone documents that say what its document of that language says."""
    cluster_of = {i: members for members in clusters for i in members}
    same = sorted(
        (-likeness.cosine, pair)
        for pair, likeness in ties.found.items()
        if sketches[pair[0]].language == sketches[pair[1]].language
        and likeness.cosine >= _SAME
        and not likeness.is_part
    )
    for _, (i, j) in same:
        ours, theirs = sorted((cluster_of[i], cluster_of[j]), key=len, reverse=True)
        if ours is not theirs and len(theirs) == 1:
            ours.extend(theirs)
            cluster_of.update(dict.fromkeys(theirs, ours))
    unique = {id(members): members for members in cluster_of.values()}
    return list(unique.values())


def _group(sketches: Sequence[Sketch], ties: _Ties, members: Sequence[int]) -> Group:
    ordered = sorted(members, key=lambda i: (sketches[i].language, sketches[i].path))
    scores = [_score(sketches, ties, i, j) for i in ordered for j in ordered if i < j]
    paths = tuple(sketches[i].path for i in ordered)
    languages = told_apart([sketches[i].language for i in ordered], paths)
    return Group(paths, tuple(languages), sum(scores) / len(scores))


def _score(sketches: Sequence[Sketch], ties: _Ties, i: int, j: int) -> float:
    if sketches[i].language == sketches[j].language:
        return max(0.0, min(1.0, ties.likeness(i, j).cosine))
    return ties.probability(i, j)


def _left_over(sketches: Sequence[Sketch], ties: _Ties, i: int) -> LeftOver:
    """Return the lone document with its nearest, if possible one in another language."""
    own = sketches[i]
    if not ties.near[i]:
        return LeftOver(own.path, own.language)
    foreign = [j for j in ties.near[i] if sketches[j].language != own.language]
    nearest = max(foreign or ties.near[i], key=lambda j: (_score(sketches, ties, i, j), -j))
    score = _score(sketches, ties, i, nearest)
    other = sketches[nearest]
    is_part = score >= 0.5 and own.size < other.size and ties.likeness(i, nearest).is_part
    return LeftOver(own.path, own.language, other.path, score, is_part)
