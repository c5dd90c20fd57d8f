"""Passages that changed place: single sentences, blocks, and chance matches that give way."""

from __future__ import annotations

import numpy as np
import pytest
from test_align import Letters, sentences, sides

import aligner
from aligner import AlignOptions, Document
from aligner._pair._aligner import pair_problem
from aligner._pair._confidence import load_confidence
from aligner._pair._ladder import Link, completed
from aligner._pair._moved import find_moved
from aligner._pair._seeds import find_blocks
from aligner._score._side import side_of
from aligner._score._similarity import Background
from aligner._score._weights import load_weights
from aligner._vectors import embed

ENGLISH = """\
We met in Malmö today at the invitation of the Swedish government.
Our countries are linked by a shared sea, by busy roads and by rail.
The new link will cut the journey to Hamburg from five hours to three.
We are aware that infrastructure alone does not make a railway.
Passengers must be able to buy one ticket for the whole journey.
The Commission has welcomed our plans.
We call on it to decide before the summer break.
A working group will report every six months.
Nobody should have to take the plane because the train is too complicated.
We thank the city of Malmö for its hospitality."""
GERMAN = """\
Auf Einladung der schwedischen Regierung sind wir heute in Malmö zusammengekommen.
Unsere Länder verbinden ein gemeinsames Meer, viel befahrene Straßen und die Schiene.
Mit der neuen Verbindung dauert die Fahrt nach Hamburg statt fünf Stunden nur noch drei.
Uns ist bewusst, dass Bauwerke allein noch keine Bahn ausmachen.
Fahrgäste müssen für die ganze Reise eine einzige Fahrkarte kaufen können.
Die Kommission hat unsere Pläne begrüßt.
Wir fordern sie auf, vor der Sommerpause zu entscheiden.
Eine Arbeitsgruppe wird halbjährlich Bericht erstatten.
Niemand soll ins Flugzeug steigen müssen, weil die Bahn zu kompliziert ist.
Der Stadt Malmö danken wir für ihre Gastfreundschaft."""


def moved(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [bead[:-1] for bead in found if "moved" in bead]


def test_beads_of_several_segments_come_out_of_a_moved_block() -> None:
    lines = sentences(60)
    block = [*lines[10:14], f"{lines[14]} {lines[15]}", *lines[16:22]]
    found = sides(lines, [*lines[:10], *lines[22:50], *block, *lines[50:]])
    assert ((14, 15), (42,)) in moved(found)
    assert len(moved(found)) == 11
    assert all(bead[0] and bead[1] for bead in found)


def test_one_sentence_that_two_versions_have_elsewhere_is_one_moved_bead() -> None:
    lines = sentences(30)
    other = [*lines[:8], *lines[9:20], lines[8], *lines[20:]]
    assert moved(sides(lines, other, other)) == [((8,), (19,), (19,))]


def test_an_anchor_holds_a_sentence_that_would_be_taken_for_a_moved_one() -> None:
    lines = sentences(30)
    other = [*lines[:8], *lines[9:20], lines[8], *lines[20:]]
    options = AlignOptions(anchors=(("en", 8, "de", 8),))
    found = sides(lines, other, options=options)
    assert any(8 in bead[0] and 8 in bead[1] for bead in found)  # type: ignore[operator]
    assert not any(8 in bead[0] and 19 in bead[1] for bead in found)  # type: ignore[operator]


def test_two_sentences_that_moved_to_the_same_place_are_two_beads() -> None:
    lines = sentences(30)
    other = [*lines[:5], *lines[6:12], *lines[13:22], lines[12], lines[5], *lines[22:]]
    assert moved(sides(lines, other)) == [((5,), (21,)), ((12,), (20,))]


def test_a_sentence_that_stands_twice_is_not_moved() -> None:
    lines = sentences(30)
    assert moved(sides(lines, [*lines[:20], lines[4], *lines[20:]])) == []


def test_links_of_a_moved_bead_are_those_of_its_pairs() -> None:
    lines = sentences(30)
    other = [*lines[:8], *lines[9:20], lines[8], *lines[20:]]
    made = aligner.align({"en": lines, "de": other, "sv": lines}, encoder=Letters())
    (index,) = (n for n, bead in enumerate(made.beads) if bead.moved)
    assert {(link.versions, link.moved) for link in made.links(index)} == {
        (("en", "de"), True),
        (("en", "sv"), False),
        (("de", "sv"), True),
    }
    assert ((8,), (19,)) in [bead.sides for bead in made.pair("en", "de")]


def test_a_bead_of_which_one_segment_moved_keeps_the_other_in_order() -> None:
    lines = sentences(30)
    freer = " ".join([*lines[10].split()[:4], "otherwise."])
    other = [*lines[:9], freer, lines[9], *lines[11:]]
    source, target = (
        side_of(document, embed(document, Letters()), range(30))
        for document in map(Document.from_segments, (lines, other))
    )
    problem = pair_problem(source, target, AlignOptions(), load_weights())
    matches = [Link((k, k + 1), (k, k + 1), 0.95) for k in (*range(8), *range(11, 30))]
    matches[8:8] = [Link((8, 10), (8, 9), 0.5), Link((10, 11), (9, 10), 0.87)]
    path = completed(matches, (0, 30), (0, 30))
    ladder, found = find_moved(problem, path, load_confidence())
    assert [(one.link.source, one.link.target) for one in found] == [((9, 10), (10, 11))]
    assert {((8, 9), (8, 9)), ((10, 11), (9, 10))} < {(link.source, link.target) for link in ladder}


@pytest.mark.parametrize("free", [([], []), ([0, 1], []), ([], [3])])
def test_without_free_segments_there_are_no_blocks(free: tuple[list[int], list[int]]) -> None:
    sums = Letters().encode(sentences(5))
    rows = np.array(free[0], np.int64), np.array(free[1], np.int64)
    background = Background.of(sums)
    sure = np.array([4]), np.array([4])
    assert find_blocks((sums, sums), rows, sure, (background, background)) == []


def test_seeds_that_follow_one_another_are_a_block_and_the_longest_comes_first() -> None:
    sums = Letters().encode(sentences(40))
    order = [*range(30, 34), *range(4, 30), *range(4), *range(34, 40)]
    background = Background.of(sums)
    free = np.array([0, 1, 2, 30, 31, 32, 33]), np.array([0, 1, 2, 3, 30, 31, 32])
    sure = np.arange(4, 30), np.arange(4, 30)
    blocks = find_blocks((sums, sums[order]), free, sure, (background, background))
    assert [(block.source, block.target) for block in blocks] == [
        ((30, 34), (0, 4)),
        ((0, 3), (30, 33)),
    ]


def test_what_stands_where_it_should_is_in_no_block() -> None:
    sums = Letters().encode(sentences(40))
    order = [*range(9), *range(10, 15), 9, *range(15, 40)]
    background = Background.of(sums)
    rest = np.setdiff1d(np.arange(40), (9, 17))
    sure = rest, np.array([order.index(k) for k in rest])
    free = np.array([9, 17]), np.array([14, 17])
    blocks = find_blocks((sums, sums[order]), free, sure, (background, background))
    assert [(block.source, block.target) for block in blocks] == [((9, 10), (14, 15))]


@pytest.mark.parametrize(("start", "middle", "end"), [(2, 5, 8), (3, 6, 9), (2, 4, 7)])
def test_neighbours_of_one_size_that_changed_places_are_both_aligned(
    start: int, middle: int, end: int
) -> None:
    english, german = (text.splitlines() for text in (ENGLISH, GERMAN))
    other = [*german[:start], *german[middle:end], *german[start:middle], *german[end:]]
    beads = aligner.align({"en": english, "de": other}).beads
    assert {(english[i], other[j]) for bead in beads for i in bead["en"] for j in bead["de"]} == {
        *zip(english, german, strict=True)
    }
