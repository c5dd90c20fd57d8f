"""What three or more versions say together: words that one lacks, or has alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._words._pair import strengths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from aligner._words._cut import Floats
    from aligner._words._network import Network
    from aligner._words._pair import Table

_CELLS = 4096  # words in a batch
Key: TypeAlias = "tuple[int, int, tuple[int, ...]]"
"""A text, the version that may lack its words, and the rest."""


def witnesses(
    groups: Iterable[Sequence[int]], table: Table, network: Network
) -> dict[tuple[int, int], Floats]:
    """Return by text and other version ``[words, 2]`` log odds.

    The first is of a word being lost in the other version alone, the second of being lost in all
    of them.
    """
    keys = [
        (text, odd, tuple(k for k in group if k not in (text, odd)))
        for group in groups
        if len(group) > 2
        for text in group
        for odd in group
        if odd != text
    ]
    keys.sort(key=lambda key: len(known(table, *key[:2])))
    out: dict[tuple[int, int], Floats] = {}
    for some in _batches(keys, table):
        values, here = inputs(some, table)
        odds = network(values, here)
        for k, (text, odd, _) in enumerate(some):
            out[text, odd] = odds[k, : int(here[k].sum())]
    return out


def _batches(keys: Sequence[Key], table: Table) -> Iterator[Sequence[Key]]:
    start = 0
    while start < len(keys):
        stop = start + 1
        while stop < len(keys):
            if len(known(table, *keys[stop][:2])) * (stop + 1 - start) > _CELLS:
                break
            stop += 1
        yield keys[start:stop]
        start = stop


def inputs(keys: Sequence[Key], table: Table) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what the network sees of each text, and which are words; padded.

    For each word: what is known of it beside the version that may lack it, what is known of it
    beside the rest, and what is known beside the first of the words that the rest has for it.
    """
    rows = []
    for text, odd, rest in keys:
        beside = [known(table, text, odd)]
        beside.append(_mean([known(table, text, k) for k in rest]))
        beside.append(_mean([_linked(table, text, k) @ known(table, k, odd) for k in rest]))
        rows.append(np.concatenate(beside, axis=1))
    longest = max(map(len, rows))
    values = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
    here = np.zeros((len(rows), longest), bool)
    for k, row in enumerate(rows):
        values[k, : len(row)], here[k, : len(row)] = row, True
    return values, here


def known(table: Table, text: int, other: int) -> Floats:
    """Return what is known of the words of *text* beside *other*."""
    return table[text, other].known[0]


def _linked(table: Table, text: int, other: int) -> Floats:
    """Return the share of each word of *other* in what each word of *text* links to."""
    raw = strengths(table[text, other].links)
    out: Floats = raw / raw.sum(1, keepdims=True)
    return out


def _mean(values: Sequence[Floats]) -> Floats:
    out: Floats = values[0] if len(values) == 1 else np.mean(values, axis=0)
    return out
