"""XLIFF: what is written comes back, and other tools read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _comparisons import alignment, comparison

from aligner._decode import Source
from aligner.formats import xliff
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path


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
