"""TMX and XLIFF alike: what is written comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pytest
from _comparisons import NASTY, SIGNATURE, alignment, document, moved, texts

from aligner import Alignment, Bead
from aligner._decode import Source
from aligner.formats import tmx, xliff


class Module(Protocol):
    """What both modules have."""

    def render(self, alignment: Alignment, /) -> str: ...

    def read_alignment(self, source: Source, /) -> Alignment: ...


def again(made: Alignment, format: Module) -> Alignment:
    return format.read_alignment(Source("x.xml", format.render(made).encode()))


@pytest.mark.parametrize("made", [alignment(), alignment("de", "sv"), moved()])
@pytest.mark.parametrize(("format", "place"), [(tmx, "unit 0"), (xliff, "unit u0")])
def test_what_is_written_is_read_back(made: Alignment, format: Module, place: str) -> None:
    back = again(made, format)
    assert back.beads == made.beads
    assert [b.probability for b in back] == pytest.approx([b.probability for b in made])
    assert texts(back) == texts(made)
    assert back.versions == made.versions
    assert back.documents[0].segments[0].place == place


@pytest.mark.parametrize("format", [tmx, xliff])
def test_versions_of_one_language_stay_apart(format: Module) -> None:
    made = alignment("en", "de")
    second = replace(made.documents[1], name="en-2", language="en")
    beads = tuple(Bead(("en", "en-2"), bead.sides) for bead in made)
    back = again(replace(made, documents=(made.documents[0], second), beads=beads), format)
    assert [(d.name, d.language) for d in back.documents] == [("en", "en"), ("en-2", "en")]
    assert back.beads == beads


@pytest.mark.parametrize("format", [tmx, xliff])
def test_odd_characters_survive_or_are_dropped_where_xml_has_none(format: Module) -> None:
    made = Alignment(
        (document("en", NASTY), document("sv", NASTY)),
        tuple(Bead(("en", "sv"), ((i,), (i,))) for i in range(3)),
        SIGNATURE,
    )
    assert texts(again(made, format))[0] == [NASTY[0], NASTY[1], "abc d"]
