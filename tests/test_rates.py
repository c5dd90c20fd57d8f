"""How often segments stand alone: what one version leaves out is its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner._dp import Corridor, Costs, posteriors
from aligner._ladder import Link, mirrored
from aligner._rates import Rates, rates_heard, rates_of


def ladder(kinds: str) -> tuple[Link, ...]:
    """Return a ladder: ``=`` is a match, ``<`` a source and ``>`` a target segment alone."""
    i = j = 0
    out = []
    for kind in kinds:
        ends = i + (kind != ">"), j + (kind != "<")
        out.append(Link((i, ends[0]), (j, ends[1]), 1.0))
        i, j = ends
    return tuple(out)


def test_a_version_that_lacks_passages_says_nothing_of_the_other() -> None:
    rates = rates_of(ladder("=====<====<=====<====" * 3))
    assert rates.source > 1 > 0 > rates.target
    assert rates.target < rates.both < rates.source


def test_a_missing_chapter_counts_once() -> None:
    chapter, sentence = (rates_of(ladder("=" * 60 + "<" * n + "=" * 60)) for n in (40, 1))
    assert chapter == sentence


def test_a_faithful_text_has_a_floor() -> None:
    assert rates_of(ladder("=" * 10_000)) == Rates(-1.5, -1.5, -1.5)
    assert rates_of(ladder("=" * 10_000)).at_least_usual() == Rates()


@given(st.text("=<>", max_size=60))
def test_swapping_the_versions_swaps_their_rates(kinds: str) -> None:
    rates, swapped = rates_of(ladder(kinds)), rates_of(mirrored(ladder(kinds)))
    assert (rates.source, rates.target) == (swapped.target, swapped.source)
    assert rates.both == pytest.approx(swapped.both)


def test_what_is_heard_of_a_certain_path_is_what_its_ladder_says() -> None:
    corridor = Corridor.full(30, 29)
    match = np.full((1, 31, 30), np.inf)
    rows = np.arange(1, 31)
    match[0, rows[:12], rows[:12]] = 0.0
    match[0, rows[13:], rows[13:] - 1] = 0.0
    price = np.full(30, 50.0)
    costs = Costs(corridor, ((1, 1),), match, price, price, price[:29], price[:29])
    heard = rates_heard([posteriors(costs)])
    settled = rates_of(ladder("=" * 12 + "<" + "=" * 17))
    for name in ("source", "target", "both"):
        assert getattr(heard, name) == pytest.approx(getattr(settled, name), abs=1e-6)
