"""Why a bead was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_align import Letters, sentences
from test_realign import alignment

from aligner._score._weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._encode import Matrix


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


class Listening(Letters):
    """Remembers the texts it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], /) -> Matrix:
        self.texts += texts
        return super().encode(texts)


def test_a_bead_of_a_long_text_is_explained_without_encoding_all_of_it() -> None:
    lines = sentences(200)
    made, encoder = alignment(lines, lines), Listening()
    assert made.explain(100, encoder=encoder)[0].bead.sides == ((100,), (100,))
    assert 0 < len(encoder.texts) < 50


def test_sentences_that_may_belong_together_are_encoded_as_one_text() -> None:
    lines, encoder = sentences(15), Listening()
    merged = [*lines[:7], f"{lines[7]} {lines[8][:20]}", *lines[9:]]
    made = alignment(lines, merged)
    index = next(k for k, bead in enumerate(made.beads) if 7 in bead.sides[0])
    found = made.explain(index, encoder=encoder)
    assert f"{lines[7]} {lines[8]}" in encoder.texts
    assert {(7,), (7, 8)} <= {candidate.bead.sides[0] for candidate in found}


def test_a_null_bead_is_explained_beside_its_rivals() -> None:
    lines = sentences(15)
    made = alignment(lines, lines[:4] + lines[5:])
    index = [bead.sides for bead in made.beads].index(((4,), ()))
    found = made.explain(index, encoder=Letters())
    assert found[0].bead.sides == ((4,), ())
    assert all(4 in candidate.bead.sides[0] for candidate in found)
