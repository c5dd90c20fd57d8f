"""A stretch of an alignment aligned again, and what other work on one asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_align import Letters, sentences

import aligner
from aligner import Document, EncoderError, Span


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
