"""Every format that is written and read gives back what it was given."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, document, moved, texts

from aligner import Alignment, Bead, InputError, OutputError
from aligner._decode import Source
from aligner.formats import FORMATS, read_alignment, write
from aligner.formats import aligned_markdown as markdown

if TYPE_CHECKING:
    from pathlib import Path

BOTH = [f for f in FORMATS.values() if f.aligned and f.writes and f.name not in {"tsv", "jsonl"}]
LIBRARIES = {"xlsx": ("xlsxwriter", "openpyxl"), "parquet": ("pyarrow",)}


def again(made: Alignment, name: str, folder: Path) -> Alignment:
    for library in LIBRARIES.get(name, ()):
        pytest.importorskip(library)
    path = folder / f"x{FORMATS[name].extensions[0]}"
    write(made, path)
    return read_alignment(path)


@pytest.mark.parametrize("name", [f.name for f in BOTH])
def test_texts_beads_and_probabilities_come_back(name: str, tmp_path: Path) -> None:
    made = alignment("en", "de")
    back = again(made, name, tmp_path)
    assert back.versions == made.versions
    assert texts(back) == texts(made)
    assert back.beads == made.beads
    assert [b.probability for b in back] == pytest.approx([b.probability for b in made])
    assert all(d.text[s.start : s.end] == s.text for d in back.documents for s in d.segments)


@pytest.mark.parametrize("name", [f.name for f in BOTH if f.name not in {"markdown", "po"}])
def test_moved_beads_and_blank_lines_come_back(name: str, tmp_path: Path) -> None:
    made = moved()
    back = again(made, name, tmp_path)
    assert back.beads == made.beads
    assert texts(back) == texts(made)


@pytest.mark.parametrize("name", ["tsv", "jsonl"])
def test_plain_rows_come_back_as_a_segment_each(name: str, tmp_path: Path) -> None:
    back = again(alignment("en", "de"), name, tmp_path)
    assert texts(back)[1][3] == "Radfahrer <dürfen> sie benutzen. Sie zahlen nichts."
    assert [bead.type for bead in back] == ["1-1", "1-1", "1-1", "1-1", "1-0"]


def test_three_versions_are_too_many_for_po(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="po holds two versions, not 3; write tmx"):
        write(alignment(), tmp_path / "x.po")


def test_po_escapes_and_marks_what_is_doubtful(tmp_path: Path) -> None:
    polib = pytest.importorskip("polib")
    lines = ['"C:\\new"', "a\nb\tc\r"]
    beads = (Bead(("en", "de"), ((0,), (0,)), 0.3), Bead(("en", "de"), ((1,), (1,)), 0.9))
    made = Alignment((document("en", lines), document("de", lines)), beads, SIGNATURE)
    assert texts(again(made, "po", tmp_path)) == [lines, lines]
    catalogue = polib.pofile(str(tmp_path / "x.po"))
    assert [entry.fuzzy for entry in catalogue] == [True, False]


TABLE = """\
| № | en | de | probability | moved |
|--:|---|---|--:|---|
| 1 | A new bridge | Eine neue Brücke | 0.9900 |  |
| 2 | The bridge opens on 3 May. | Die Brücke wird am 5. Mai eröffnet. | 0.7900 |  |
"""


def test_aligned_markdown_is_a_table() -> None:
    made = alignment("en", "de")
    first = markdown.render(replace(made, beads=made.beads[:2]))
    assert first == TABLE
    assert r"Radfahrer \<dürfen\> sie benutzen.<br>Sie zahlen nichts." in markdown.render(made)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no table", "has no table of aligned versions; its header looks like"),
        (
            "| № | a | b | probability | moved |\n|-|-|-|-|-|\n| 1 | x |",
            "line 3: has 2 cells, not 5",
        ),
        (
            "| № | a | b | probability | moved |\n|-|-|-|-|-|\n| 1 | x | y | p | |",
            "line 3: has a probability of 'p'",
        ),
    ],
)
def test_broken_tables_name_their_line(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        markdown.read_alignment(Source("x.md", text.encode()))


def test_parquet_of_others_reads_its_text_columns() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    from aligner.formats import parquet as format

    buffer = io.BytesIO()
    parquet.write_table(pyarrow.table({"en": ["One", None], "sv": ["Ett", "Två"]}), buffer)
    made = format.read_alignment(Source("x.parquet", buffer.getvalue()))
    assert [bead.sides for bead in made] == [((0,), (0,)), ((), (1,))]
    with pytest.raises(InputError, match="is not a readable parquet file"):
        format.read_alignment(Source("x.parquet", b"PAR1 no"))
