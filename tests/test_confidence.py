"""How sure links and beads are, and which pairs of versions are aligned."""

from __future__ import annotations

import numpy as np
from test_align import Letters, sentences

import aligner
from aligner import Document
from aligner._align._guide import pairs_to_align
from aligner._pair._confidence import link_features, load_confidence, without_chance
from aligner._pair._ladder import Ladder, Link
from aligner._score._side import Side, side_of
from aligner._vectors import embed


def side(lines: list[str]) -> Side:
    document = Document.from_segments(lines)
    return side_of(document, embed(document, Letters()), range(len(lines)))


def match(k: int, probability: float = 0.97) -> Link:
    return Link((k, k + 1), (k, k + 1), probability)


def judged(ladder: Ladder, sides: tuple[Side, Side]) -> Ladder:
    return load_confidence().of_links(ladder, link_features(ladder, sides))


def alone(count: int, first: int = 0) -> Ladder:
    source = [Link((k, k + 1), (first, first), 0.9) for k in range(first, first + count)]
    end = first + count
    return (*source, *(Link((end, end), (k, k + 1), 0.9) for k in range(first, first + count)))


def test_a_link_amid_texts_that_share_nothing_else_is_less_sure() -> None:
    lines = sentences(31)
    full = aligner.align({"en": lines, "de": lines}, encoder=Letters())
    foreign = sentences(31, start=100)
    foreign[15] = lines[15]
    lonely = aligner.align({"en": lines, "de": foreign}, encoder=Letters())
    (found,) = (bead for bead in lonely.beads if all(bead.sides))
    assert found.sides == ((15,), (15,))
    assert found.probability < full.beads[15].probability


def test_a_link_whose_sides_are_liker_to_others_is_less_sure() -> None:
    lines = sentences(31)
    ladder = tuple(match(k) for k in range(31))
    true = judged(ladder, (side(lines), side(lines)))
    swapped = [*lines[:14], lines[15], lines[14], *lines[16:]]
    false = judged(ladder, (side(lines), side(swapped)))
    assert false[14].probability < true[14].probability
    assert false[3].probability > 0.9


def test_only_matches_have_features_and_nulls_keep_their_probability() -> None:
    sides = side(sentences(4)), side(sentences(4))
    ladder = (match(0), *alone(2, first=1), match(3))
    assert [bool(row.any()) for row in link_features(ladder, sides)] == [
        link.is_match for link in ladder
    ]
    found = judged(ladder, sides)
    assert [k.probability for k in found if not k.is_match] == [0.9] * 4


def test_a_pair_that_is_likely_chance_is_two_segments_without_counterpart() -> None:
    before, after = alone(15), alone(15, first=16)
    ladder = (*before, match(15, 0.1), *after)
    null = Link((15, 16), (15, 15), 0.9), Link((16, 16), (15, 16), 0.9)
    assert without_chance(ladder) == (*before, *null, *after)
    joined = (*before, Link((15, 17), (15, 16), 0.1), *alone(15, first=17))
    assert without_chance(joined) == joined


def test_a_pair_amid_others_stays_however_unsure_it_is() -> None:
    ladder = tuple(match(k, 0.1 if k == 15 else 0.99) for k in range(31))
    assert without_chance(ladder) == ladder


def test_many_segments_that_hardly_belong_together_are_left_alone() -> None:
    before, after = (match(k) for k in range(3)), (Link((5, 6), (4, 5), 0.99),)
    ladder = (*before, Link((3, 5), (3, 4), 0.04), *after)
    found = without_chance(ladder)
    assert [(link.source, link.target) for link in found[3:]] == [
        ((3, 4), (3, 3)),
        ((4, 5), (3, 3)),
        ((5, 5), (3, 4)),
        ((5, 6), (4, 5)),
    ]
    assert [link.probability for link in found[3:6]] == [0.96] * 3


def test_a_bead_is_surer_the_more_its_pairs_agree() -> None:
    of_bead = load_confidence().of_bead
    assert of_bead([0.99, 0.99, 0.99], 0.0) > of_bead([0.99, 0.99, 0.6], 0.0)
    assert of_bead([0.99, 0.99, 0.99], 0.0) > of_bead([0.99, 0.99, None], 0.0)
    assert 0 < of_bead([None, None, None], 0.0) < 1


def test_a_move_is_likelier_the_more_it_gains_and_even_at_its_price() -> None:
    confidence = load_confidence()
    gains = np.linspace(0, 20, 9).tolist()
    found = [confidence.of_move(0.9, gain) for gain in gains]
    assert found == sorted(found)
    assert abs(confidence.of_move(0.9, confidence.move_price(0.9)) - 0.5) < 1e-9


def test_in_texts_with_little_in_common_a_move_is_dearer() -> None:
    confidence = load_confidence()
    assert confidence.move_price(0.1) > confidence.move_price(0.9)


def test_all_pairs_of_three_versions_are_aligned_and_of_more_two_pivots_with_each() -> None:
    lines = sentences(40)
    assert pairs_to_align([side(lines)] * 3) == ((0, 1), (0, 2), (1, 2))
    pairs = pairs_to_align([side(lines)] * 9)
    assert len(pairs) == 2 * 9 - 3
    assert {v for pair in pairs for v in pair} == set(range(9))


def test_another_text_is_no_pivot() -> None:
    lines = sentences(40)
    versions = [sentences(40, start=100), *([lines[:k] + lines[k + 1 :] for k in range(6)])]
    pairs = pairs_to_align([side(version) for version in versions])
    assert sum(1 for pair in pairs if 0 in pair) == 2


def test_what_both_pivots_lack_still_links_the_other_versions() -> None:
    lines = sentences(30)
    versions = {f"en-x-{k}": lines for k in range(4)} | {"de": lines, "sv": lines}
    lacking = [*lines[:9], *lines[11:]]
    for name in ("en-x-0", "en-x-1", "en-x-2", "en-x-3"):
        versions[name] = lacking
    made = aligner.align(versions, encoder=Letters())
    assert ((), (), (), (), (9,), (9,)) in [bead.sides for bead in made.beads]
    assert ((9,),) * 4 + ((11,), (11,)) in [bead.sides for bead in made.beads]
