"""Long texts, decoded window by window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from test_align import Letters, sentences

import aligner
from aligner import AlignOptions, Document
from aligner._pair._aligner import pair_problem
from aligner._pair._coarse import find_band
from aligner._pair._constraints import Constraints
from aligner._pair._corridor import Band
from aligner._pair._windows import Windows
from aligner._score._side import Side, side_of
from aligner._score._weights import load_weights
from aligner._vectors import embed


@pytest.mark.parametrize("lacking", [0, 1])
def test_a_chapter_that_one_version_lacks_takes_nothing_else_along(lacking: int) -> None:
    rng = np.random.default_rng(0)
    meaning = rng.standard_normal((2000, 48), np.float32)
    noisy = [meaning + 0.6 * rng.standard_normal((2000, 48), np.float32) for _ in range(2)]
    kept = np.delete(np.arange(2000), np.arange(500, 1500))
    noisy[lacking] = noisy[lacking][kept]
    lines = [["A line of a book." for _ in rows] for rows in noisy]
    found = aligner.align(*lines, languages=("en", "de"), vectors=noisy)
    pairs = [(bead.sides[lacking], bead.sides[1 - lacking]) for bead in found.beads]
    assert [pair for pair in pairs if all(pair)] == [((i,), (int(k),)) for i, k in enumerate(kept)]
    assert [pair[1] for pair in pairs if not all(pair)] == [(k,) for k in range(500, 1500)]


@pytest.mark.parametrize("chapters", [1, 2, 4])
def test_a_passage_that_is_missing_from_chapters_all_of_a_kind_leaves_the_band_narrow(
    chapters: int,
) -> None:
    rng = np.random.default_rng(0)
    kind = np.repeat(rng.standard_normal((chapters, 48)), 2000 // chapters, axis=0)
    meaning = 1.5 * kind + rng.standard_normal((2000, 48))
    source, target = (
        (meaning + 0.6 * rng.standard_normal((2000, 48))).astype(np.float32) for _ in range(2)
    )
    kept = np.delete(np.arange(2000), np.arange(300, 1100))
    band = find_band(source, target[kept])
    assert np.all((band.lo[kept] <= np.arange(1200)) & (np.arange(1200) < band.hi[kept]))
    assert np.mean(band.hi - band.lo) < 40


def test_long_unrelated_texts_are_left_alone_in_order() -> None:
    vectors = [np.random.default_rng(k).standard_normal((600, 48), np.float32) for k in (1, 2)]
    lines = [["A line of a book."] * 600] * 2
    found = aligner.align(*lines, languages=("en", "de"), vectors=vectors)
    for side in (0, 1):
        seen = [k for bead in found.beads for k in bead.sides[side] if not bead.moved]
        assert seen == list(range(600))
    assert sum(1 for bead in found.beads if all(bead.sides)) <= 5


def side(lines: list[str]) -> Side:
    document = Document.from_segments(lines)
    return side_of(document, embed(document, Letters()), range(len(lines)))


def test_a_band_that_is_too_narrow_is_widened() -> None:
    lines = sentences(60)
    problem = pair_problem(
        side(lines), side([*lines[:20], *lines[32:]]), AlignOptions(), load_weights()
    )
    straight = np.round(np.arange(61) * 48 / 60).astype(np.int64)
    narrow = Band(np.maximum(straight - 2, 0), np.minimum(straight + 3, 49), 48)
    found = [(link.source, link.target) for link in Windows(problem, narrow).links()]
    assert found == [(link.source, link.target) for link in Windows(problem).links()]
    assert sum(1 for source, target in found if target[0] == target[1]) == 12


@pytest.mark.parametrize("anchor", [(300, 340), (340, 300), (400, 100), (100, 400), (490, 10)])
def test_an_anchor_far_from_the_path_of_a_long_text_holds(anchor: tuple[int, int]) -> None:
    lines = sentences(500)
    problem = replace(
        pair_problem(side(lines), side(lines), AlignOptions(), load_weights()),
        constraints=Constraints((anchor,)),
    )
    links = list(Windows(problem).links())
    assert [k for link in links for k in range(*link.source)] == list(range(500))
    assert [k for link in links for k in range(*link.target)] == list(range(500))
    held = [link for link in links if anchor[0] in range(*link.source)]
    assert [anchor[1] in range(*link.target) for link in held] == [True]


@pytest.mark.parametrize("one", [0, 1])
def test_one_segment_and_very_many_have_a_band(one: int) -> None:
    vectors = np.ones((1, 2), np.float32), np.ones((100_000, 2), np.float32)
    band = find_band(vectors[one], vectors[1 - one])
    assert (band.rows, band.columns) == (len(vectors[one]), len(vectors[1 - one]))
