"""What speaks for a word being covered by the other side, and what against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner._words._cut import BREAK_AFTER, BREAK_BEFORE, CAPITAL, NUMBER

if TYPE_CHECKING:
    from aligner._words._cut import Floats, Ints
    from aligner._words._grid import Grid
    from aligner._words._vocabulary import Words

WORD_FEATURES = (
    "best link",
    "second link",
    "best link with two words",
    "best link as two words, left",
    "best link as two words, right",
    "gain of the left neighbour by it",
    "gain of the right neighbour by it",
    "letters of the nearest word",
    "letters at the best link",
    "share of the best link",
    "share of all links",
    "rival at the best link",
    "similarity gained without it",
    "similarity gained without three words",
    "similarity gained without five words",
    "weight",
    "hub",
    "usual link",
    "shortfall",
    "letters",
    "number",
    "capital",
    "break before",
    "break after",
    "jump from the place expected",
    "best link near the place expected",
    "open words near the place expected",
    "place",
    "similarity of the passages",
    "length ratio",
    "log length",
    "covered here",
    "covered there",
)


_NOWHERE = np.float32(-9)


def features(grid: Grid, words: Words, usual: Floats, ratio: Floats, projected: Floats) -> Floats:
    """Return ``[pairs, source words, features]``: `WORD_FEATURES`, then what the word is about.

    The last are the projected vector of the word, and that of the words it links to.

    Args:
        usual: the link that each word usually has with its translation.
        ratio: log length ratio of each pair, source to target, less what is usual.
        projected: of the vectors of all words.
    """
    links = grid.links
    best = links.max(2)
    nearest = links.argmax(2)
    there = links.max(1)
    source = grid.source
    about = projected.shape[1]
    plain = len(WORD_FEATURES)
    out = np.zeros((*source.here.shape, plain + 2 * about), np.float32)
    columns = [
        *_link_columns(grid, links, best),
        *_letter_columns(grid, nearest),
        *_share_columns(grid, best, nearest),
        *_without(grid),
        source.weights,
        source.hub,
        usual[source.index],
        best - usual[source.index],
        *_looks(words, grid),
        *_place_columns(grid, links, best, nearest, there),
        *_passage_columns(grid, best, there, ratio),
    ]
    for k, column in enumerate(columns):
        out[:, :, k] = column
    out[:, :, plain : plain + about] = projected[source.index]
    out[:, :, plain + about :] = grid.shares @ projected[grid.target.index]
    out *= source.here[:, :, None]
    return out


def _link_columns(grid: Grid, links: Floats, best: Floats) -> list[Floats]:
    """Links of the word, alone and together with its neighbours: compounds are many-to-many."""
    if links.shape[2] > 1:
        second = np.partition(links, -2, axis=2)[:, :, -2]
    else:
        second = np.full_like(best, -1)
    wide = grid.ahead.max(2)
    together = grid.behind.max(1)  # [pairs, source]: words i and i + 1
    left, right = np.full_like(best, -1), np.full_like(best, -1)
    right[:, :-1] = together[:, :-1]
    left[:, 1:] = together[:, :-1]
    left_gain, right_gain = np.zeros_like(best), np.zeros_like(best)
    left_gain[:, 1:] = together[:, :-1] - best[:, :-1]
    right_gain[:, :-1] = together[:, :-1] - best[:, 1:]
    low = np.float32(-1)
    return [
        best,
        np.maximum(second, low),
        np.maximum(wide, low),
        np.maximum(left, low),
        np.maximum(right, low),
        np.maximum(left_gain, low),
        np.maximum(right_gain, low),
    ]


def _letter_columns(grid: Grid, nearest: Ints) -> list[Floats]:
    at = np.take_along_axis(grid.surface, nearest[:, :, None], axis=2)[:, :, 0]
    return [np.maximum(grid.surface.max(2), 0), at]


def _share_columns(grid: Grid, best: Floats, nearest: Ints) -> list[Floats]:
    """Competition: a target word that another word explains better is no cover for this one."""
    links = grid.links
    at = np.take_along_axis(grid.shares_back, nearest[:, :, None], axis=2)[:, :, 0]
    shared = (grid.shares * grid.shares_back).sum(2)
    if links.shape[1] > 1:
        two = np.partition(links, -2, axis=1)[:, -2:, :]
        first = np.take_along_axis(two[:, 1, :], nearest, axis=1)
        second = np.take_along_axis(two[:, 0, :], nearest, axis=1)
        rival = best - np.where(best >= first - 1e-6, second, first)
    else:
        rival = np.ones_like(best)
    return [at, shared, np.clip(rival, -1, 1)]


def _without(grid: Grid) -> list[Floats]:
    """Return how much more alike the passages are without the word, or the words around it."""
    source, target = grid.source, grid.target
    dots = grid.dots.sum(2)
    total = source.own.sum(1, keepdims=True)
    other = np.sqrt(np.maximum(target.own.sum(1, keepdims=True), 1e-6))
    now = dots.sum(1, keepdims=True) / (np.sqrt(np.maximum(total, 1e-6)) * other)
    found = []
    for reach in (0, 1, 2):
        dot, own = _window(dots, reach), _window(source.own, reach)
        square = _window(source.weights**2, reach) + 2 * _inner(source.neighbours, reach)
        rest = np.sqrt(np.maximum(total - 2 * own + square, 1e-3))
        then = (dots.sum(1, keepdims=True) - dot) / (rest * other)
        found.append(np.clip((then - now) * 10, -3, 3).astype(np.float32))
    return found


def _window(values: Floats, reach: int) -> Floats:
    out = values.copy()
    for step in range(1, reach + 1):
        out[:, step:] += values[:, :-step]
        out[:, :-step] += values[:, step:]
    return out


def _inner(neighbours: Floats, reach: int) -> Floats:
    """Return the dots of words next to each other inside a window."""
    out = np.zeros_like(neighbours)
    for step in range(reach):
        out[:, : neighbours.shape[1] - step] += neighbours[:, step:]
        out[:, step + 1 :] += neighbours[:, : neighbours.shape[1] - step - 1]
    return out


def _looks(words: Words, grid: Grid) -> list[Floats]:
    index = grid.source.index
    flags = words.flags[index]
    letters = (words.spans[index, 1] - words.spans[index, 0]).astype(np.float32)
    bits = (NUMBER, CAPITAL, BREAK_BEFORE, BREAK_AFTER)
    return [np.log1p(letters), *((flags & bit > 0).astype(np.float32) for bit in bits)]


def _place_columns(
    grid: Grid, links: Floats, best: Floats, nearest: Ints, there: Floats
) -> list[Floats]:
    """Where the neighbours' links say the word should be, and what is still open there."""
    source, target = grid.source, grid.target
    trust = np.where(source.here, np.clip(best, 0, 1) ** 2, 0) + np.float32(1e-4) * source.here
    n, m = source.counts[:, None], target.counts[:, None]
    steps = np.arange(links.shape[1], dtype=np.float32)[None, :]
    slope = m / n
    offset = nearest - steps * slope
    away = steps[0][:, None] - steps[0][None, :]
    near = np.exp(-np.abs(away) / 3) * (away != 0)
    expected = ((trust * offset) @ near) / np.maximum(trust @ near, 1e-6) + steps * slope
    expected = np.clip(expected, 0, m - 1)
    columns = np.arange(links.shape[2], dtype=np.float32)
    reach = np.abs(columns[None, None, :] - expected[:, :, None])
    kernel = np.exp(-reach / 2) * target.here[:, None, :]
    around = np.where(target.here[:, None, :], links - 0.1 * reach, _NOWHERE).max(2)
    idle = np.clip(0.5 - there, 0, 1) * target.here
    open_words = (kernel * idle[:, None, :]).sum(2)
    jump = np.clip(np.abs(nearest - expected) / 5, 0, 3)
    return [jump, around, open_words, steps / np.maximum(n, 1)]


def _passage_columns(grid: Grid, best: Floats, there: Floats, ratio: Floats) -> list[Floats]:
    source, target = grid.source, grid.target
    product = source.own.sum(1) * target.own.sum(1)
    cosine = grid.dots.sum((1, 2)) / np.sqrt(np.maximum(product, 1e-6))
    here = _mean(best, source.weights * source.here)
    other = _mean(there, target.weights * target.here)
    columns = (cosine, ratio, np.log(source.counts), here, other)
    return [np.broadcast_to(column[:, None], best.shape) for column in columns]


def _mean(values: Floats, weights: Floats) -> Floats:
    mean: Floats = (values * weights).sum(1) / np.maximum(weights.sum(1), 1e-6)
    return mean
