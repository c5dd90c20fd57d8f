"""Weigh the worst run of lost words: is something left out or put in, and in which version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from ._cut import BREAK_AFTER, BREAK_BEFORE, Floats, Words
from ._runs import Run, best_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ._analyse import Pair

Kind = Literal["omission", "addition"]
RUN_FEATURES = (
    "log score",
    "mean",
    "most",
    "words",
    "letters",
    "share",
    "break before",
    "break after",
    "length ratio",
    "length ratio left",
    "log score the other way",
    "log least score",
)
"""Nothing that depends on the field or on how freely a text is translated: the judge is fitted on
manuals, and must judge novels."""


@dataclass(frozen=True, slots=True, eq=False)
class Suspicion:
    """Words of *text* that *odd* lacks (omission) or has alone (addition).

    Attributes:
        text: place of the text the run stands in; for an addition that is the odd one itself.
        others: the texts it was compared with.
        values: of ``RUN_FEATURES``.
        also: the same words as a further version has them.
    """

    kind: Kind
    odd: int
    text: int
    others: tuple[int, ...]
    run: Run
    values: tuple[float, ...]
    also: tuple[int, Run] | None = None


Table: TypeAlias = "Mapping[tuple[int, int], tuple[Pair, bool]]"
"""The pair of two texts, and whether it is the other way round."""


def suspicions(texts: Sequence[int], table: Table, words: Words) -> Iterator[Suspicion]:
    """Yield the worst run for each version and kind.

    With two versions it cannot be known which is at fault: words of the first that the second
    lacks are called omissions, words of the second alone additions.
    """
    if len(texts) == 2:
        first, second = texts
        yield from _alone("omission", first, second, second, table, words)
        yield from _alone("addition", second, first, second, table, words)
        return
    for odd in texts:
        others = tuple(text for text in texts if text != odd)
        yield from _added(odd, others, table, words)
        yield from _omitted(odd, others, table, words)


def _alone(
    kind: Kind, text: int, other: int, odd: int, table: Table, words: Words
) -> Iterator[Suspicion]:
    odds = _lost(table, text, other)
    run = best_run(odds)
    if run.last:
        values = _values(run, odds, text, other, table, words)
        whole = (*values, float(np.log1p(run.score)))
        yield Suspicion(kind, odd, text, (other,), run, whole)


def _added(odd: int, others: tuple[int, ...], table: Table, words: Words) -> Iterator[Suspicion]:
    """Words of *odd* that no other version has."""
    each = [_lost(table, odd, other) for other in others]
    run = best_run(np.mean(each, axis=0))
    if run.last:
        witnesses = [
            _values(run, odds, odd, other, table, words)
            for odds, other in zip(each, others, strict=True)
        ]
        least = min(float(odds[run.first : run.last].sum()) for odds in each)
        values = _together(witnesses, least)
        yield Suspicion("addition", odd, odd, others, run, values)


def _omitted(odd: int, others: tuple[int, ...], table: Table, words: Words) -> Iterator[Suspicion]:
    """Words that the others share and *odd* lacks; the best witness shows them."""
    found = []
    for text in others:
        rest = tuple(other for other in others if other != text)
        kept = np.max([_lost(table, text, other) for other in rest], axis=0)
        odds = np.minimum(_lost(table, text, odd), -kept)
        found.append((best_run(odds), odds, text))
    found.sort(key=lambda one: -one[0].score)
    (run, _, text), (second, _, other) = found[:2]
    if run.last:
        witnesses = [_values(run, odds, text, odd, table, words) for run, odds, text in found]
        values = _together(witnesses, found[-1][0].score)
        rest = tuple(k for k in others if k != text)
        also = (other, second) if second.last else None
        yield Suspicion("omission", odd, text, (odd, *rest), run, values, also)


def _lost(table: Table, text: int, other: int) -> Floats:
    pair, turned = table[text, other]
    return pair.lost[1 if turned else 0]


def _together(witnesses: Sequence[tuple[float, ...]], least: float) -> tuple[float, ...]:
    """Return what the witnesses say on average, and what the weakest says."""
    mean = np.mean(witnesses, axis=0).tolist()
    return (*mean, float(np.log1p(max(least, 0))))


def _values(
    run: Run, odds: Floats, text: int, other: int, table: Table, words: Words
) -> tuple[float, ...]:
    """Return the features of a run of words of *text* that *other* lacks; it may be empty."""
    place = words.of(text)
    inside = slice(place.start + run.first, place.start + run.last)
    pair, turned = table[text, other]
    ratio = -pair.ratio if turned else pair.ratio
    back = float(np.log1p(best_run(_lost(table, other, text)).score))
    if not run.last:
        return (*[0.0] * 8, ratio, 0.0, back)
    share, *looks = _looks(inside, place, words)
    left = abs(ratio + float(np.log(max(1 - share, 0.02)))) - abs(ratio)
    here = odds[run.first : run.last]
    score = float(np.log1p(max(float(here.sum()), 0)))
    first = (score, float(here.mean()), float(here.max()))
    return (*first, *looks, ratio, left, back)


def _looks(inside: slice, place: slice, words: Words) -> tuple[float, ...]:
    spans, flags = words.spans, words.flags[inside]
    letters = float((spans[inside, 1] - spans[inside, 0]).sum())
    share = letters / float((spans[place, 1] - spans[place, 0]).sum())
    return (
        share,
        float(np.log(len(flags))),
        float(np.log(letters)),
        share,
        float(flags[0] & BREAK_BEFORE > 0),
        float(flags[-1] & BREAK_AFTER > 0),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A small network from ``RUN_FEATURES`` to the probability that the suspicion is right.

    Attributes:
        prior: log odds added: what is found in damaged training text is rarer in real text.
    """

    mean: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]
    prior: float = 0.0

    def __call__(self, values: Floats) -> Floats:
        """Return a probability for each row of features."""
        now = np.clip((values - self.mean) / self.scale, -4, 4)
        for k, (weights, bias) in enumerate(self.layers):
            now = now @ weights + bias
            if k + 1 < len(self.layers):
                now = np.tanh(now)
        probability: Floats = 1 / (1 + np.exp(-(now[:, 0] + self.prior)))
        return probability


@cache
def load_judge(name: str) -> Judge:
    """Return the shipped judge for ``pair-omission``, ``group-addition`` ..."""
    path = resources.files("aligner").joinpath("data", "words.judge.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    one = data[name]
    layers = tuple((np.array(w, np.float32), np.array(b, np.float32)) for w, b in one["layers"])
    mean, scale = np.array(one["mean"], np.float32), np.array(one["scale"], np.float32)
    return Judge(mean, scale, layers, float(data["prior"][name.split("-")[0]]))
