"""Weigh the worst run of lost words: is something left out or put in, and in which version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from ._cut import BREAK_AFTER, BREAK_BEFORE, CAPITAL, NUMBER, Floats, Words
from ._runs import Run, best_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ._analyse import Pair

Kind = Literal["omission", "addition"]
RUN_FEATURES = (
    "score",
    "mean",
    "most",
    "score with the third version",
    "score of the second witness",
    "words",
    "letters",
    "share",
    "weight",
    "most weight",
    "capitals",
    "numbers",
    "break before",
    "break after",
    "length ratio",
    "length ratio left",
    "similarity",
    "similarity with the third version",
    "score the other way",
    "log length",
    "rest lost",
)


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
        values = _values(run, odds, text, (other,), table, words, run.score, run.score)
        yield Suspicion(kind, odd, text, (other,), run, values)


def _added(odd: int, others: tuple[int, ...], table: Table, words: Words) -> Iterator[Suspicion]:
    all_odds = [_lost(table, odd, other) for other in others]
    odds = np.min(all_odds, axis=0)
    run = best_run(odds)
    if run.last:
        scores = [float(one[run.first : run.last].sum()) for one in all_odds]
        values = _values(run, odds, odd, others, table, words, max(scores), min(scores))
        yield Suspicion("addition", odd, odd, others, run, values)


def _omitted(odd: int, others: tuple[int, ...], table: Table, words: Words) -> Iterator[Suspicion]:
    """Words that the others share and *odd* lacks, told by the better witness of the others."""
    found = []
    for text in others:
        rest = tuple(other for other in others if other != text)
        kept = np.max([_lost(table, text, other) for other in rest], axis=0)
        odds = np.minimum(_lost(table, text, odd), -kept)
        found.append((best_run(odds), odds, text, rest, kept))
    found.sort(key=lambda one: -one[0].score)
    run, odds, text, rest, kept = found[0]
    if run.last:
        plain = float(_lost(table, text, odd)[run.first : run.last].sum())
        second = found[1][0].score
        also = (found[1][2], found[1][0]) if found[1][0].last else None
        values = _values(run, odds, text, (odd, *rest), table, words, plain, second)
        yield Suspicion("omission", odd, text, (odd, *rest), run, values, also)


def _lost(table: Table, text: int, other: int) -> Floats:
    pair, turned = table[text, other]
    return pair.lost[1 if turned else 0]


def _values(
    run: Run,
    odds: Floats,
    text: int,
    others: tuple[int, ...],
    table: Table,
    words: Words,
    together: float,
    second: float,
) -> tuple[float, ...]:
    place = words.of(text)
    inside = slice(place.start + run.first, place.start + run.last)
    spans, flags = words.spans, words.flags
    weights = np.sqrt(np.einsum("id,id->i", words.vectors[inside], words.vectors[inside]))
    whole = float((spans[place, 1] - spans[place, 0]).sum())
    letters = float((spans[inside, 1] - spans[inside, 0]).sum())
    count = run.last - run.first
    pair, turned = table[text, others[0]]
    ratio = -pair.ratio if turned else pair.ratio
    share = letters / whole
    left = ratio + float(np.log(max(1 - share, 0.02)))
    back = best_run(_lost(table, others[0], text)).score
    third = table[text, others[-1]][0].similarity
    rest = float(np.clip(odds, 0, None).sum()) - float(
        np.clip(odds[run.first : run.last], 0, None).sum()
    )
    return (
        run.score,
        run.score / count,
        float(odds[run.first : run.last].max()),
        together,
        second,
        float(np.log(count)),
        float(np.log(letters)),
        share,
        float(weights.mean()),
        float(weights.max()),
        float((flags[inside] & CAPITAL > 0).mean()),
        float((flags[inside] & NUMBER > 0).mean()),
        float(flags[inside.start] & BREAK_BEFORE > 0),
        float(flags[inside.stop - 1] & BREAK_AFTER > 0),
        ratio,
        abs(left) - abs(ratio),
        pair.similarity,
        third,
        back,
        float(np.log(place.stop - place.start)),
        rest,
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
    return Judge(mean, scale, layers, float(data["prior"]))
