"""Versions given as paragraphs: their sentences decide which paragraphs correspond."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_align import Letters, sentences

import aligner
from aligner import AlignOptions, Bead, Document
from aligner._align._finer import Cut, cut_again, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("en", "de", "sv", "fr")
Sides = tuple[tuple[int, ...], ...]


def paragraphs(*parts: Sequence[int]) -> list[str]:
    """Return paragraphs of the sentences with these numbers."""
    known = sentences(40)
    return [" ".join(known[k].capitalize() for k in part) for part in parts]


def aligned(*versions: list[str], options: AlignOptions | None = None) -> aligner.Alignment:
    given = dict(zip(NAMES, versions, strict=False))
    return aligner.align(given, encoder=Letters(), options=options)


def sides(*versions: list[str], options: AlignOptions | None = None) -> list[Sides]:
    return [bead.sides for bead in aligned(*versions, options=options).beads]


def test_paragraphs_that_end_elsewhere_are_one_bead() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9), range(9, 12))
    other = paragraphs(range(5), range(5, 6), range(6, 9), range(9, 12))
    assert sides(one, other) == [((0, 1), (0, 1)), ((2,), (2,)), ((3,), (3,))]


def test_a_long_paragraph_is_linked_with_all_its_parts() -> None:
    """A bead of single segments has four a side at most; this one needs six."""
    one = paragraphs(range(3), range(3, 9), range(9, 12))
    other = paragraphs(range(3), *([k] for k in range(3, 9)), range(9, 12))
    assert sides(one, other) == [((0,), (0,)), ((1,), (1, 2, 3, 4, 5, 6)), ((2,), (7,))]


def test_a_paragraph_without_counterpart_stands_alone_and_a_missing_sentence_does_not() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9), range(9, 12))
    other = paragraphs(range(3), range(6, 8), range(9, 12))
    assert sides(one, other) == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,))]


def test_three_versions_cut_into_other_paragraphs() -> None:
    one = paragraphs(range(4), range(4, 8), range(8, 12))
    other = paragraphs(range(4), range(4, 6), range(6, 8), range(8, 12))
    third = paragraphs(range(4), range(8, 12))
    found = aligned(one, other, third)
    assert [bead.sides for bead in found.beads] == [
        ((0,), (0,), (0,)),
        ((1,), (1, 2), ()),
        ((2,), (3,), (1,)),
    ]
    assert [bead.sides for bead in found.pair("en", "de")] == [
        ((0,), (0,)),
        ((1,), (1, 2)),
        ((2,), (3,)),
    ]


def test_the_links_of_a_bead_are_those_of_its_paragraphs() -> None:
    one = paragraphs(range(4), range(4, 8), range(8, 12))
    other = paragraphs(range(4), range(4, 6), range(6, 8), range(8, 12))
    links = aligned(one, other, one).links(1)
    assert {(link.versions, link.sides) for link in links} == {
        (("en", "de"), ((1,), (1, 2))),
        (("en", "sv"), ((1,), (1,))),
        (("de", "sv"), ((1, 2), (1,))),
    }


def test_a_paragraph_in_another_place_is_one_moved_bead() -> None:
    one = paragraphs(*([3 * k, 3 * k + 1, 3 * k + 2] for k in range(8)))
    other = [*one[:2], *one[3:7], one[2], one[7]]
    found = aligned(one, other)
    assert [bead.sides for bead in found.beads if bead.moved] == [((2,), (6,))]
    assert [bead.sides for bead in found.beads if not bead.moved] == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((3,), (2,)),
        ((4,), (3,)),
        ((5,), (4,)),
        ((6,), (5,)),
        ((7,), (7,)),
    ]


def test_blank_lines_between_paragraphs_stay_where_they_are() -> None:
    first, second, third = paragraphs(range(3), range(3, 6), range(6, 9))
    one, other = [first, "", second, third], [first, second, "", third]
    assert sides(one, other) == [
        ((0,), (0,)),
        ((1,), ()),
        ((2,), (1,)),
        ((), (2,)),
        ((3,), (3,)),
    ]


def test_a_greatest_size_of_beads_means_the_segments_as_given() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9))
    other = paragraphs(range(5), range(5, 6), range(6, 9))
    found = sides(one, other, options=AlignOptions(max_side=1))
    assert all(len(side) <= 1 for bead in found for side in bead)


def test_an_anchor_names_segments_as_given() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9))
    other = paragraphs(range(10, 13), range(13, 16), range(6, 9))
    options = AlignOptions(anchors=(("en", 1, "de", 1),))
    assert ((1,), (1,)) in sides(one, other, options=options)


def test_vectors_are_one_row_for_each_segment_as_given() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9))
    rows = np.eye(3, 8, dtype=np.float32)
    found = aligner.align({"en": one, "de": one}, vectors={"en": rows, "de": rows})
    assert [bead.sides for bead in found.beads] == [((k,), (k,)) for k in range(3)]


def test_a_version_of_paragraphs_joins_an_alignment_of_paragraphs() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9), range(9, 12))
    other = paragraphs(range(3), range(3, 9), range(9, 12))
    new = Document.from_segments(other, language="sv")
    found = aligned(one, one).add("sv", new, encoder=Letters())
    assert found.beads[0].sides == ((0,), (0,), (0,))
    assert found.beads[3].sides == ((3,), (3,), (2,))


def test_a_stretch_of_paragraphs_is_found_again() -> None:
    one = paragraphs(range(3), range(3, 6), range(6, 9), range(9, 12))
    other = paragraphs(range(5), range(5, 6), range(6, 9), range(9, 12))
    found = aligned(one, other)
    again = found.realign((0, len(found.beads)), encoder=Letters())
    assert [bead.sides for bead in again.beads] == [bead.sides for bead in found.beads]


def test_a_bead_is_as_sure_as_its_least_sure_segment_and_that_as_its_surest_sentence() -> None:
    cuts = [_cut("en", [0, 0, 1, 2, 2]), _cut("de", [0, 0, 0])]
    found = joined(
        [
            Bead(NAMES[:2], ((0,), (0,)), 0.9),
            Bead(NAMES[:2], ((1,), (1,)), 0.4),
            Bead(NAMES[:2], ((2,), (2,)), 0.7),
            Bead(NAMES[:2], ((3,), ()), 0.8),
            Bead(NAMES[:2], ((4,), ()), 0.6),
        ],
        cuts,
    )
    assert [(bead.sides, bead.probability) for bead in found] == [
        (((0, 1), (0,)), 0.7),
        (((2,), ()), 0.6),
    ]


def test_what_moved_out_of_a_segment_that_stands_in_order_is_not_told() -> None:
    cuts = [_cut("en", [0, 0, 1]), _cut("de", [0, 1])]
    beads = [
        Bead(NAMES[:2], ((0,), (0,)), 0.9),
        Bead(NAMES[:2], ((1,), (1,)), 0.9, moved=True),
        Bead(NAMES[:2], ((2,), ()), 0.9),
    ]
    found = [(bead.sides, bead.moved) for bead in joined(beads, cuts)]
    assert sorted(found) == [(((), (1,)), False), (((0,), (0,)), False), (((1,), ()), False)]


def test_a_whole_text_in_one_segment_is_one_bead_with_all_of_the_other() -> None:
    count = 3000
    beads = [Bead(NAMES[:2], ((k,), (k,))) for k in range(count)]
    found = joined(beads, [_cut("en", [0] * count), _cut("de", range(count))])
    assert [bead.sides for bead in found] == [((0,), tuple(range(count)))]


def test_what_stands_alone_at_an_end_does_not_join_two_beads() -> None:
    cuts = [_cut("en", [0, 0, 1]), _cut("de", [0, 1, 1])]
    beads = [
        Bead(NAMES[:2], ((0,), (0,))),
        Bead(NAMES[:2], ((), (1,))),
        Bead(NAMES[:2], ((1,), ())),
        Bead(NAMES[:2], ((2,), (2,))),
    ]
    assert [bead.sides for bead in joined(beads, cuts)] == [((0,), (0,)), ((1,), (1,))]


def test_segments_that_no_order_fits_are_one_bead() -> None:
    """Each stands before another: en 0 before de 1, de 1 before sv 0, sv 0 before en 0."""
    cuts = [_cut("en", [0, 0]), _cut("de", [0, 1]), _cut("sv", [0, 1]), _cut("fr", [0, 1])]
    beads = [
        Bead(NAMES, ((0,), (0,), (), ())),
        Bead(NAMES, ((), (1,), (), (0,))),
        Bead(NAMES, ((), (), (0,), (1,))),
        Bead(NAMES, ((1,), (), (1,), ())),
    ]
    assert [bead.sides for bead in joined(beads, cuts)] == [((0,), (0, 1), (0, 1), (0, 1))]


@st.composite
def ladders(draw: st.DrawFn) -> tuple[list[Bead], list[Cut]]:
    """Return beads of sentences in two to four versions, and the segments they are parts of."""
    versions = draw(st.integers(2, 4))
    sizes = st.tuples(*[st.integers(0, 2)] * versions).filter(_is_bead)
    beads, ends = [], [0] * versions
    for counts in draw(st.lists(sizes, min_size=1, max_size=8)):
        side = tuple(tuple(range(e, e + n)) for e, n in zip(ends, counts, strict=True))
        moved = draw(st.integers(0, 5)) == 0 and sum(map(bool, side)) > 1
        beads.append(Bead(NAMES[:versions], side, draw(st.floats(0, 1)), moved))
        ends = [e + n for e, n in zip(ends, counts, strict=True)]
    cuts = []
    for name, count in zip(NAMES, ends, strict=False):
        steps = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        owner = tuple(int(k) for k in np.cumsum(steps) - (steps[0] if steps else 0))
        cuts.append(_cut(name, owner))
    return beads, cuts


def _is_bead(sizes: tuple[int, ...]) -> bool:
    """Whether several versions are linked, or one segment stands alone."""
    return sum(map(bool, sizes)) > 1 or sum(sizes) == 1


def _cut(name: str, owner: Sequence[int]) -> Cut:
    """Return a version whose sentences are parts of these segments."""
    count = max(owner, default=-1) + 1
    document = replace(Document.from_segments([f"t{k}" for k in range(count)]), name=name)
    return Cut(document, Document.from_segments([f"s{k}" for k in owner]), tuple(owner))


@given(ladders())
def test_every_segment_is_in_one_bead_and_the_rest_stands_in_order(
    case: tuple[list[Bead], list[Cut]],
) -> None:
    beads, cuts = case
    found = joined(beads, cuts)
    for v, cut in enumerate(cuts):
        there = [k for bead in found for k in bead.sides[v]]
        assert sorted(there) == list(range(len(cut.document.segments)))
        in_order = [k for bead in found if not bead.moved for k in bead.sides[v]]
        assert in_order == sorted(in_order)


@given(ladders())
def test_segments_are_one_bead_if_their_sentences_say_so(
    case: tuple[list[Bead], list[Cut]],
) -> None:
    """A naive oracle: joined are segments that share a bead, and what lies between two of them."""
    beads, cuts = case
    in_order = [replace(bead, moved=False) for bead in beads]
    parts = [_places(bead, cuts) for bead in in_order if sum(map(bool, bead.sides)) > 1]
    standing = {place for bead in in_order for place in _places(bead, cuts)}
    merged = True
    while merged:
        merged = False
        for one, other in combinations(parts, 2):
            if one & other:
                parts = [part for part in parts if part not in (one, other)]
                parts.append(_filled(one | other, standing))
                merged = True
                break
    found = [_segments(bead) for bead in joined(in_order, cuts)]
    for part in parts:
        assert any(part <= bead for bead in found)
    if len(cuts) == 2:
        assert all(part in found for part in parts)


def _places(bead: Bead, cuts: Sequence[Cut]) -> set[tuple[int, int]]:
    return {(v, cuts[v].owner[k]) for v, side in enumerate(bead.sides) for k in side}


def _segments(bead: Bead) -> set[tuple[int, int]]:
    return {(v, k) for v, side in enumerate(bead.sides) for k in side}


def _filled(part: set[tuple[int, int]], standing: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the part with what stands between two of its segments."""
    return {
        (v, k)
        for v, k in standing
        if any(w == v and j <= k for w, j in part) and any(w == v and j >= k for w, j in part)
    }


@pytest.mark.parametrize(
    "text", ["Er kam am 7. Mai.", "Er ging z. B. nach Bonn.", "„Halt!“, rief er."]
)
def test_a_segment_of_one_sentence_needs_no_second_cut(text: str) -> None:
    document = Document.from_segments([text], language="de")
    assert not cut_again(document, AlignOptions()).is_finer
