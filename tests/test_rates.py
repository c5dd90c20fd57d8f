"""How often segments stand alone in two versions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner._dp import Corridor, Costs, posteriors
from aligner._pair._ladder import Link, mirrored
from aligner._pair._rates import rate_heard, rate_of


def ladder(kinds: str) -> tuple[Link, ...]:
    """Return a ladder: ``=`` is a match, ``<`` a source and ``>`` a target segment alone."""
    i = j = 0
    out = []
    for kind in kinds:
        ends = i + (kind != ">"), j + (kind != "<")
        out.append(Link((i, ends[0]), (j, ends[1]), 1.0))
        i, j = ends
    return tuple(out)


def test_more_passages_alone_are_a_greater_rate() -> None:
    rates = [rate_of(ladder(kinds * 12)) for kinds in ("=" * 60, "=" * 59 + "<", "====<", "=<")]
    assert rates == sorted(set(rates))
    assert rates[0] < 0 < rates[2]


def test_a_short_text_says_little() -> None:
    assert 0 < rate_of(ladder("====<")) < rate_of(ladder("====<" * 20))


def test_a_missing_chapter_counts_once() -> None:
    chapter, sentence = (rate_of(ladder("=" * 60 + "<" * n + "=" * 60)) for n in (40, 1))
    assert chapter == pytest.approx(sentence, abs=0.01)


def test_a_faithful_text_has_a_floor() -> None:
    assert rate_of(ladder("=" * 10_000)) == rate_of(ladder("=" * 20_000))


@given(st.text("=<>", max_size=60))
def test_swapping_the_versions_leaves_the_rate(kinds: str) -> None:
    assert rate_of(ladder(kinds)) == rate_of(mirrored(ladder(kinds)))


def test_what_is_heard_of_a_certain_path_is_what_its_ladder_says() -> None:
    corridor = Corridor.full(30, 29)
    match = np.full((1, 31, 30), np.inf)
    rows = np.arange(1, 31)
    match[0, rows[:12], rows[:12]] = 0.0
    match[0, rows[13:], rows[13:] - 1] = 0.0
    price = np.full(30, 50.0)
    costs = Costs(corridor, ((1, 1),), match, price, price, price[:29], price[:29])
    settled = rate_of(ladder("=" * 12 + "<" + "=" * 17))
    assert rate_heard([(costs, posteriors(costs))]) == pytest.approx(settled, abs=1e-6)


def test_segments_that_a_path_goes_round_at_a_free_end_do_not_count() -> None:
    corridor = Corridor(np.zeros(31, np.int64), 91, 90, free_end=True)
    match = np.full((1, *corridor.shape), np.inf)
    match[0, range(1, 31), range(1, 31)] = 0.0
    source, target = np.full(30, 50.0), np.full(90, 50.0)
    costs = Costs(corridor, ((1, 1),), match, source, source, target, target)
    settled = rate_of(ladder("=" * 30))
    assert rate_heard([(costs, posteriors(costs))]) == pytest.approx(settled, abs=1e-6)
