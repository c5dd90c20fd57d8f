"""TMX: what is written comes back, and other tools read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, comparison, document

from aligner import Alignment, Bead
from aligner.formats import read_alignment, tmx, write
from aligner.formats._decode import Source
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path

NASTY = (
    "= 1 & <b>\r\nline\ttab",
    "“smart” ‏עברית‏ \N{NO-BREAK SPACE}x\u2028y",
    "a\x00b\x0bc \ud800d",
)


def again(made: Alignment) -> Alignment:
    return tmx.read_alignment(Source("x.tmx", tmx.render(made).encode()))


def texts(made: Alignment) -> list[list[str]]:
    return [[s.text for s in d.segments] for d in made.documents]


def moved() -> Alignment:
    """Return an alignment with a moved bead, a blank line and a bead of two segments."""
    left = document("en", ["One.", "Two.", "", "Four."])
    right = document("de", ["Zwei.", "Eins.", "", "Vier,", "vier."])
    versions = ("en", "de")
    beads = (
        Bead(versions, ((0,), (1,)), 0.9),
        Bead(versions, ((1,), (0,)), 0.8, moved=True),
        Bead(versions, ((2,), (2,)), 1.0),
        Bead(versions, ((3,), (3, 4)), 0.7123),
    )
    return Alignment((left, right), beads, SIGNATURE)


@pytest.mark.parametrize("made", [alignment(), alignment("de", "sv"), moved()])
def test_what_is_written_is_read_back(made: Alignment) -> None:
    back = again(made)
    assert back.beads == made.beads
    assert [b.probability for b in back] == pytest.approx([b.probability for b in made])
    assert texts(back) == texts(made)
    assert back.versions == made.versions
    assert back.documents[0].segments[0].place == "unit 0"


def test_versions_of_one_language_stay_apart() -> None:
    made = alignment("en", "de")
    second = replace(made.documents[1], name="en-2", language="en")
    beads = tuple(Bead(("en", "en-2"), bead.sides) for bead in made)
    back = again(replace(made, documents=(made.documents[0], second), beads=beads))
    assert [(d.name, d.language) for d in back.documents] == [("en", "en"), ("en-2", "en")]
    assert back.beads == beads


def test_odd_characters_survive_or_are_dropped_where_xml_has_none() -> None:
    made = Alignment(
        (document("en", NASTY), document("sv", NASTY)),
        tuple(Bead(("en", "sv"), ((i,), (i,))) for i in range(3)),
        SIGNATURE,
    )
    assert texts(again(made))[0] == [NASTY[0], NASTY[1], "abc d"]


def test_findings_become_notes_and_properties() -> None:
    made = comparison()
    written = tmx.render(made.alignment, made.divergences)
    assert '<prop type="x-finding">D211 date critical 0.9700</prop>' in written
    assert "<note>D211 critical: 5 May in German, 3 May in the others</note>" in written


def test_a_unit_without_counterpart_has_one_language(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(tmx.render(alignment()), encoding="utf-8")
    rows = list(iter_rows(path))
    assert rows[4].texts == {
        "en": "The mayor cut the ribbon.",
        "sv": "Borgmästaren klippte bandet.",
    }


def test_another_tool_reads_it(tmp_path: Path) -> None:
    oracle = pytest.importorskip("translate.storage.tmx")
    path = tmp_path / "x.tmx"
    path.write_text(tmx.render(alignment("en", "sv")), encoding="utf-8")
    with path.open("rb") as file:
        store = oracle.tmxfile(file, "en", "sv")
    assert [(u.source, u.target) for u in store.units][1] == (
        "The bridge opens on 3 May.",
        "Bron öppnas den 3 maj.",
    )


def test_units_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(
        '<tmx version="1.4"><body><tu tuid="greeting"><tuv xml:lang="en"><seg>Hi</seg></tuv>'
        '<tuv xml:lang="sv"><seg>Hej</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    for name in ("y.tmx", "y.xlf"):
        write(read_alignment(path), tmp_path / name)
        back = read_alignment(tmp_path / name)
        assert back.documents[1].segments[0].place == "unit greeting"
    assert '<tu tuid="greeting">' in (tmp_path / "y.tmx").read_text(encoding="utf-8")
