"""XLIFF: what is written comes back, and other tools read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, comparison, document

from aligner import Alignment, Bead
from aligner.formats import xliff
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
    return xliff.read_alignment(Source("x.xlf", xliff.render(made).encode()))


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
    assert back.documents[0].segments[0].place == "unit u0"


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


def test_findings_become_notes_with_a_priority() -> None:
    made = comparison()
    written = xliff.render(made.alignment, made.divergences)
    note = '<note id="n1" category="aligner:finding" priority="1">D211 date, critical, 97% sure: '
    assert note in written
    assert "has no counterpart &lt;in German&gt;" in written


def test_rows_have_every_version(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(xliff.render(alignment()), encoding="utf-8")
    rows = list(iter_rows(path))
    assert rows[4].id == "4"
    assert rows[4].texts == {
        "en": "The mayor cut the ribbon.",
        "de": "",
        "sv": "Borgmästaren klippte bandet.",
    }


def test_another_tool_reads_it(tmp_path: Path) -> None:
    oracle = pytest.importorskip("translate.storage.xliff2")
    path = tmp_path / "x.xlf"
    path.write_text(xliff.render(alignment("en", "sv")), encoding="utf-8")
    store = oracle.Xliff2File.parsefile(str(path))
    assert [(u.source, u.target) for u in store.units][1] == (
        "The bridge opens on 3 May.",
        "Bron öppnas den 3 maj.",
    )


def test_languages_may_be_given_where_the_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    unit = (
        '<unit id="1"><segment><source>A<cp hex="zz"/></source><target>B</target></segment></unit>'
    )
    path.write_text(f"<xliff><file>{unit}</file></xliff>", encoding="utf-8")
    (row,) = iter_rows(path, languages=("en", "de"))
    assert row.texts == {"en": "A\N{REPLACEMENT CHARACTER}", "de": "B"}


def test_a_probability_that_is_none_counts_as_one() -> None:
    written = (
        xliff.render(alignment("en", "de")).replace(">0.9900<", ">nan<").replace("0.7900", "?")
    )
    back = xliff.read_alignment(Source("x.xlf", written.encode()))
    assert [round(bead.probability, 2) for bead in back] == [1.0, 1.0, 0.59, 0.39, 0.19]
