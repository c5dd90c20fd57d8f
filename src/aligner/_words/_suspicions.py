"""Runs of lost words that may be left out of a version, or put in, and what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._words._cut import BREAK_AFTER, BREAK_BEFORE
from aligner._words._runs import Run, best_run, best_runs, widened
from aligner._words._suspicion import RUN_FEATURES, Exchange, Suspicion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._words._cut import Floats
    from aligner._words._pair import Table
    from aligner._words._suspicion import Kind
    from aligner._words._vocabulary import Words

_BOTH = ("omission", "addition")
_MOST = 3  # runs of each version and kind
_NEAR, _REACH = 4, 5
"""Words between the places of two runs, and words beside a run that tell its place."""
_SURE = -6, 2  # log odds between which a word tells how free a text is
_GENEROUS = np.float32(1)
"""Log odds added to each word: what is suspected is judged later."""


Witnesses: TypeAlias = "Mapping[tuple[int, int], Floats]"
"""Of `witnesses`: by text and other version the log odds of being lost there alone, and in all."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of the words of some texts.

    Attributes:
        doubtful: the groups of texts in which some word may be lost.
    """

    doubtful: Sequence[Sequence[int]]
    table: Table
    words: Words
    together: Witnesses

    def suspicions(self, texts: Sequence[int]) -> Iterator[Suspicion]:
        """Yield the worst runs for each version and kind.

        With two versions it cannot be known which is at fault: words of the first that the second
        lacks are called omissions, words of the second alone additions.
        """
        if len(texts) == 2:
            first, second = texts
            yield from self._alone("omission", first, second, second)
            yield from self._alone("addition", second, first, second)
            return
        for odd in texts:
            others = tuple(text for text in texts if text != odd)
            yield from self._added(odd, others)
            yield from self._omitted(odd, others)

    def exchanges(self, suspicions: Sequence[Suspicion]) -> Iterator[Exchange]:
        """Yield what may be said otherwise: the suspicions of a group that stand at one place."""
        for omitted in suspicions:
            for added in suspicions:
                if omitted.odd == added.odd and (omitted.kind, added.kind) == _BOTH:
                    away = self._away(omitted, added)
                    if away <= _NEAR:
                        yield Exchange(omitted, added, _both(omitted, added, away))

    def _away(self, one: Suspicion, other: Suspicion) -> float:
        """Return how many words *other* is off the place where those of *one* are expected."""
        links = self.table[one.text, other.text].links
        n, m = links.shape
        first, last = one.run.first, one.run.last
        around = np.array(
            [*range(max(first - _REACH, 0), first), *range(last, min(last + _REACH, n))], np.int64
        )
        offset = 0.0
        if len(around):
            offset = float(np.median(links[around].argmax(1) - around * m / n))
        middle = (first + last - 1) / 2 * m / n + offset
        away = abs(middle - (other.run.first + other.run.last - 1) / 2)
        sizes = one.run.size * m / n + other.run.size
        return max(float(away - sizes / 2), 0.0)

    def _alone(self, kind: Kind, text: int, other: int, odd: int) -> Iterator[Suspicion]:
        odds = self._lost(text, other) + _GENEROUS
        for rank, run in worst_runs(odds):
            values = _judged(self._values(run, odds, text, (other,)), rank, run.score)
            yield Suspicion(kind, odd, text, (other,), self._phrase(run, odds, text), values)

    def _added(self, odd: int, others: tuple[int, ...]) -> Iterator[Suspicion]:
        """Words of *odd* that no other version has."""
        odds = np.mean([self.together[odd, other][:, 1] for other in others], axis=0) + _GENEROUS
        each = [self._lost(odd, other) for other in others]
        for rank, run in worst_runs(odds):
            least = min(float(lost[run.first : run.last].sum()) for lost in each)
            values = _judged(self._values(run, odds, odd, others), rank, least)
            yield Suspicion("addition", odd, odd, others, self._phrase(run, odds, odd), values)

    def _omitted(self, odd: int, others: tuple[int, ...]) -> Iterator[Suspicion]:
        """Words that the others share and *odd* lacks; the best witness shows them."""
        each = {text: self.together[text, odd][:, 0] + _GENEROUS for text in others}
        text = max(others, key=lambda text: best_run(each[text]).score)
        odds = each[text]
        rest = tuple(other for other in others if other != text)
        kept = np.max([self._lost(text, other) for other in rest], axis=0)
        for rank, run in worst_runs(odds):
            lost = self._lost(text, odd)[run.first : run.last]
            if rank and lost.max() < -_GENEROUS:
                continue  # the pair alone is sure of every word
            other, second, agreed = self._second(text, run, each, rest)
            values = _judged(
                self._values(run, odds, text, (odd,)),
                rank,
                float(lost.sum()),
                kept=-float(kept[run.first : run.last].mean()),
                agreed=agreed,
            )
            also = (other, self._phrase(second, each[other], other)) if second.last else None
            shown = self._phrase(run, odds, text)
            yield Suspicion("omission", odd, text, (odd, *rest), shown, values, also)

    def _second(
        self, text: int, run: Run, each: Mapping[int, Floats], rest: Sequence[int]
    ) -> tuple[int, Run, float]:
        """Return the run of another witness that links best to *run*, and how well."""
        best: tuple[int, Run, float] = (rest[0], Run(0, 0, 0.0), 0.0)
        for other in rest:
            nearest = self.table[text, other].links[run.first : run.last].argmax(1)
            for second in best_runs(each[other], _MOST):
                inside = (nearest >= second.first) & (nearest < second.last)
                if inside.mean() > best[2]:
                    best = other, second, float(inside.mean())
        return best

    def _phrase(self, run: Run, odds: Floats, text: int) -> Run:
        breaks = self.words.flags[self.words.of(text)] & BREAK_AFTER > 0
        return widened(run, odds, breaks)

    def _lost(self, text: int, other: int) -> Floats:
        return self.table[text, other].lost[0]

    def _values(
        self, run: Run, odds: Floats, text: int, others: Sequence[int]
    ) -> tuple[float, ...]:
        """Return what a run of words of *text* that the *others* lack looks like.

        These are the first of ``RUN_FEATURES``, up to what the rest of the texts looks like.
        """
        place = self.words.of(text)
        inside = slice(place.start + run.first, place.start + run.last)
        looks = _looks(inside, place, self.words)
        ratio = float(np.mean([self.table[text, other].ratio for other in others]))
        share = looks[_SHARE]
        left = abs(ratio + float(np.log(max(1 - share, 0.02)))) - abs(ratio)
        back = max(best_run(self._lost(other, text)).score for other in others)
        gain = float(np.mean([self._gain(inside, place, other) for other in others]))
        here = odds[run.first : run.last]
        first = (float(np.log1p(run.score)), float(here.mean()), float(here.max()))
        rest = _doubt(np.delete(odds, slice(run.first, run.last)) - _GENEROUS)
        there = float(np.mean([_doubt(self._lost(other, text)) for other in others]))
        return (*first, *looks, ratio, left, float(np.log1p(back)), gain, rest, there)

    def _gain(self, inside: slice, place: slice, other: int) -> float:
        """Return how much more alike the passages are without the run."""
        there = self.words.vectors_of(self.words.of(other)).sum(0)
        whole = self.words.vectors_of(place).sum(0)
        rest = whole - self.words.vectors_of(inside).sum(0)
        return 10 * (_cosine(rest, there) - _cosine(whole, there))


def worst_runs(odds: Floats) -> Iterator[tuple[int, Run]]:
    """Yield the worst runs with their rank; beside the worst, words get nothing for free.

    Where a clause is gone, every word of the passage is doubted a little.
    """
    for rank, run in enumerate(best_runs(odds, _MOST)):
        if not rank or run.score > _GENEROUS * run.size:
            yield rank, run


def _judged(
    values: tuple[float, ...], rank: int, least: float, *, kept: float = 0.0, agreed: float = 0.0
) -> tuple[float, ...]:
    """Return all ``RUN_FEATURES`` of a run.

    Args:
        values: what it looks like.
        least: its score by the pair that is least sure of it.
        kept: how surely the other versions have its words.
        agreed: the share of its words that another witness shows as well.
    """
    return (*values, float(np.log1p(max(least, 0))), kept, agreed, float(rank))


def _both(omitted: Suspicion, added: Suspicion, away: float) -> tuple[float, ...]:
    mean = np.mean([omitted.values, added.values], axis=0).tolist()
    score, share = (
        min(one.values[RUN_FEATURES.index(name)] for one in (omitted, added))
        for name in ("log score", "share")
    )
    return (*mean, score, share, away)


def _doubt(odds: Floats) -> float:
    """Return the mean log odds of words, none of them surer than `_SURE`: how free a text is."""
    return float(np.clip(odds, *_SURE).mean()) if len(odds) else 0.0


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / max(np.sqrt(float(one @ one) * float(other @ other)), 1e-6))


_SHARE = 2  # of what `_looks` returns


def _looks(inside: slice, place: slice, words: Words) -> tuple[float, ...]:
    """Return the words and the letters of a run, as logarithms, its share, and its breaks."""
    spans, flags = words.spans, words.flags[inside]
    letters = float((spans[inside, 1] - spans[inside, 0]).sum())
    share = letters / float((spans[place, 1] - spans[place, 0]).sum())
    return (
        float(np.log(len(flags))),
        float(np.log(letters)),
        share,
        float(flags[0] & BREAK_BEFORE > 0),
        float(flags[-1] & BREAK_AFTER > 0),
    )
