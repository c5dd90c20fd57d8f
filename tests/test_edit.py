"""Work on an alignment that exists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from test_align import Letters, sentences

import aligner
from aligner import Document, EncoderError, Span
from aligner._weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._encode import Matrix


def alignment(*versions: list[str]) -> aligner.Alignment:
    names = ["en", "de", "sv"][: len(versions)]
    return aligner.align(dict(zip(names, versions, strict=True)), encoder=Letters())


def test_realigning_a_stretch_of_a_good_alignment_changes_nothing() -> None:
    lines = sentences(20)
    before = alignment(lines, lines[:5] + lines[6:])
    assert before.realign((3, 12), encoder=Letters()).beads == before.beads


def test_realigning_mends_a_broken_stretch_and_keeps_what_is_locked() -> None:
    lines = sentences(12)
    good = alignment(lines, lines)
    names = good.versions
    wrong = aligner.Bead(names, ((3, 4), (3,)), locked=False), aligner.Bead(names, ((), (4,)))
    kept = replace(good.beads[5], locked=True)
    beads = (*good.beads[:3], *wrong, kept, *good.beads[6:])
    mended = replace(good, beads=beads).realign(Span(2, 8), encoder=Letters())
    assert [bead.sides for bead in mended.beads] == [bead.sides for bead in good.beads]
    assert mended.beads[5].locked


def test_realigning_beads_that_are_not_there_is_refused() -> None:
    lines = sentences(3)
    with pytest.raises(ValueError, match="no beads 2 to 9; there are 3"):
        alignment(lines, lines).realign((2, 9), encoder=Letters())


def test_another_encoder_has_to_be_given() -> None:
    lines = sentences(3)
    with pytest.raises(EncoderError, match="made with the encoder"):
        alignment(lines, lines).realign((0, 1))


@pytest.mark.model
def test_an_encoder_may_be_given_by_its_name_everywhere() -> None:
    made = aligner.align({"en": ["One.", "Two."], "de": ["Eins.", "Zwei."]})
    assert made.realign((0, 2), encoder="embedded").beads == made.beads
    assert made.explain(0, encoder="embedded") == made.explain(0)
    added = made.add("sv", Document.from_segments(["Ett.", "Två."]), encoder="embedded")
    assert added.versions == ("en", "de", "sv")


def test_a_further_version_joins_the_beads_that_are_there() -> None:
    lines = sentences(15)
    before = alignment(lines, lines[:4] + lines[5:])
    extra = ["Nothing of this stands anywhere else."]
    third = Document.from_segments([*lines[:8], *extra, *lines[8:]], language="sv")
    after = before.add("sv", third, encoder=Letters())
    assert after.versions == ("en", "de", "sv")
    assert [bead.sides[:2] for bead in after.beads if any(bead.sides[:2])] == [
        bead.sides for bead in before.beads
    ]
    assert ((4,), (), (4,)) in [bead.sides for bead in after.beads]
    assert ((), (), (8,)) in [bead.sides for bead in after.beads]
    assert ((9,), (8,), (10,)) in [bead.sides for bead in after.beads]


def test_a_version_cannot_be_added_twice() -> None:
    lines = sentences(3)
    with pytest.raises(ValueError, match="there is a version 'de' already"):
        alignment(lines, lines).add("de", Document.from_segments(lines), encoder=Letters())


def test_a_bead_is_explained_by_costs_that_add_up() -> None:
    lines = sentences(15)
    found = alignment(lines, lines[:4] + lines[5:]).explain(2, encoder=Letters())
    assert found[0].bead.sides == ((2,), (2,))
    assert found[0].probability > 0.9
    for candidate in found:
        assert sum(candidate.parts.values()) == pytest.approx(candidate.cost, abs=1e-3)
        assert 2 in candidate.bead.sides[0] or 2 in candidate.bead.sides[1]


def test_a_bead_is_explained_by_the_weights_that_aligned_it() -> None:
    lines = sentences(15)
    of_letters = alignment(lines, lines).explain(2, encoder=Letters())
    assert of_letters[0].parts["type"] == -load_weights("transformer").of_type(1, 1)


class Counting(Letters):
    """Counts the texts it is given."""

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: Sequence[str], /) -> Matrix:
        self.texts += len(texts)
        return super().encode(texts)


def test_a_bead_of_a_long_text_is_explained_without_encoding_all_of_it() -> None:
    lines = sentences(200)
    made, encoder = alignment(lines, lines), Counting()
    assert made.explain(100, encoder=encoder)[0].bead.sides == ((100,), (100,))
    assert 0 < encoder.texts < 50


def test_a_null_bead_is_explained_beside_its_rivals() -> None:
    lines = sentences(15)
    made = alignment(lines, lines[:4] + lines[5:])
    index = [bead.sides for bead in made.beads].index(((4,), ()))
    found = made.explain(index, encoder=Letters())
    assert found[0].bead.sides == ((4,), ())
    assert all(4 in candidate.bead.sides[0] for candidate in found)
