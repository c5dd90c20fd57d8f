"""TMX: what is written comes back, and other tools read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _comparisons import alignment, comparison

from aligner.formats import read_alignment, tmx, write
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_unit_of_one_language_alone_lacks_those_that_the_file_has(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    bodies = [{"en": "One."}, {"en": "Two.", "de": "Zwei."}, {"de": "Drei."}, {"sv": "Fyra."}]
    units = "".join(
        "<tu>"
        + "".join(f"<tuv xml:lang='{k}'><seg>{t}</seg></tuv>" for k, t in body.items())
        + "</tu>"
        for body in bodies
    )
    path.write_text(f"<tmx version='1.4'><header/><body>{units}</body></tmx>", encoding="utf-8")
    assert [row.texts for row in iter_rows(path)] == [
        {"en": "One.", "de": ""},
        {"en": "Two.", "de": "Zwei."},
        {"en": "", "de": "Drei."},
        {"en": "", "de": "", "sv": "Fyra."},
    ]


def test_a_memory_of_one_language_has_rows_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    unit = "<tu><tuv xml:lang='en'><seg>One.</seg></tuv></tu>"
    path.write_text(f"<tmx version='1.4'><header/><body>{unit}</body></tmx>", encoding="utf-8")
    assert [row.texts for row in iter_rows(path)] == [{"en": "One."}]


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
