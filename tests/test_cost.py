"""What it costs to leave segments alone."""

from __future__ import annotations

import numpy as np
import pytest

from aligner import formats
from aligner._dp import Corridor
from aligner._encode import load_encoder
from aligner._options import AlignOptions
from aligner._pair._aligner import bead_types
from aligner._score._cost import at_rate, costs
from aligner._score._evidence import Evidence
from aligner._score._side import Side, side_of
from aligner._score._similarity import Background
from aligner._score._weights import load_weights
from aligner._segment import segment_document
from aligner._vectors import embed

TITLED = "# Harbour\n\n## Rules\n\nThe gate is shut. Ask him.\n\n- A lamp\n- A rope\n\nThe end."
PLAIN = "Das Tor ist zu.\n\nFragen Sie die Wache."


def _side(text: str) -> Side:
    document = segment_document(formats.parse(text, format="markdown"))
    vectors = embed(document, load_encoder())
    return side_of(document, vectors, range(len(document.segments)))


@pytest.mark.parametrize("titled", [0, 1], ids=["source", "target"])
def test_a_run_alone_begins_anew_where_headings_or_items_begin_or_end(titled: int) -> None:
    sides = [_side(PLAIN), _side(PLAIN)]
    sides[titled] = _side(TITLED)
    source, target = sides
    evidence = Evidence(
        source,
        target,
        Corridor.full(len(source), len(target)),
        (Background.of(source.sums), Background.of(target.sums)),
    )
    found = costs(evidence, load_weights(), bead_types(AlignOptions()))
    opened, extended = (
        (found.source_open, found.source_extend),
        (found.target_open, found.target_extend),
    )[titled]
    begins = np.isclose(opened, extended)
    # Two headings, two sentences, two items, the last sentence.
    assert begins.tolist() == [False, False, True, False, True, False, True]
    assert (extended[~begins] < opened[~begins]).all()


def test_in_a_faithful_text_passages_alone_are_rarer_but_no_shorter() -> None:
    sides = _side(TITLED), _side(PLAIN)
    corridor = Corridor.full(len(sides[0]), len(sides[1]))
    backgrounds = Background.of(sides[0].sums), Background.of(sides[1].sums)
    evidence = Evidence(*sides, corridor, backgrounds)
    usual = costs(evidence, load_weights(), bead_types(AlignOptions()))
    faithful, free = (at_rate(usual, load_weights(), rate) for rate in (-1.0, 1.0))
    assert (faithful.source_open > usual.source_open).all()
    assert (faithful.source_extend == usual.source_extend).all()
    assert (free.source_open < usual.source_open).all()
    assert (free.source_extend < usual.source_extend).all()
