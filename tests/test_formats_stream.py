"""Conversion one bead at a time: the same bytes as by way of the whole alignment."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, document, moved

from aligner import Alignment, Bead, InputError
from aligner.cli import main
from aligner.formats import FORMATS, read_alignment, render, write
from aligner.formats._catalogue import messages
from aligner.formats._numbering import stream
from aligner.formats._stream import Stream, opened_again
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path

STREAMS = [format.name for format in FORMATS.values() if format.streams]
MEMORY = """<tmx version="1.4"><header srclang="en"/><body>
<tu tuid="a"><tuv xml:lang="en"><seg>Press <bpt i="1"/>Start<ept i="1"/>.</seg></tuv>
<tuv xml:lang="de"><seg>Start drücken.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Allein.</seg></tuv><tuv xml:lang="en"><seg> </seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>Old</seg></tuv><tuv xml:lang="de"><seg>Alt</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg/></tuv><tuv xml:lang="de"><seg/></tuv></tu>
</body></tmx>"""
CATALOGUE = """msgid ""
msgstr "Language: de\\nX-Source-Language: en\\n"

# for the menu
#: main.c:3
#, fuzzy
#| msgid "Open"
msgctxt "menu"
msgid ""
"Open "
"a file"
msgstr "Datei öffnen"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d Datei"
msgstr[1] "%d Dateien"

#~| msgid "Older"
#~ msgid "Old\\t\\"one\\""
#~ msgstr "Alt"
"""


def made_files(folder: Path) -> list[Path]:
    """Return files of ours, files edited since, and files of others."""
    for name in STREAMS:
        write(alignment("en", "de"), folder / f"two.{name}")
        write(moved(), folder / f"moved.{name}")
    write(alignment(), folder / "three.tmx")
    write(alignment(), folder / "three.xliff")
    (folder / "memory.tmx").write_text(MEMORY, encoding="utf-8")
    (folder / "catalogue.po").write_text(CATALOGUE, encoding="utf-8")
    (folder / "foreign.csv").write_text("de;en\nEins;One\n;Two\n", encoding="utf-8")
    ours = (folder / "moved.tmx").read_text(encoding="utf-8")
    cut = ours.replace('<prop type="x-segments">3:5 4:5</prop>', "", 1)
    (folder / "cut.tmx").write_text(cut.replace("One.", "One and more."), encoding="utf-8")
    assert cut != ours
    return sorted(folder.iterdir())


@pytest.mark.parametrize("target", STREAMS)
def test_a_streamed_file_is_the_one_made_of_the_alignment(target: str, tmp_path: Path) -> None:
    for path in made_files(tmp_path):
        whole = read_alignment(path)
        if target == "po" and len(whole.versions) > 2:
            continue
        out = tmp_path / "out"
        assert main(["convert", str(path), str(out), "--to", target, "-q"]) == 0, path.name
        assert out.read_bytes() == render(whole, target), path.name


@pytest.mark.parametrize("target", STREAMS)
def test_a_file_that_breaks_late_leaves_nothing(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = '{"en": "One.", "de": "Eins."}\n' * 6_000
    (tmp_path / "rows.jsonl").write_text(rows + "{", encoding="utf-8")
    for out in (str(tmp_path / "out"), "-"):
        assert main(["convert", str(tmp_path / "rows.jsonl"), out, "--to", target]) == 3
        said = capsys.readouterr()
        assert "rows.jsonl, line 6001: is not valid JSON" in said.err
        assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


@pytest.mark.parametrize(
    ("source", "target"), [(n, "jsonl") for n in STREAMS] + [("jsonl", n) for n in STREAMS]
)
def test_beads_are_written_while_the_file_is_read(source: str, target: str) -> None:
    texts = [f"Sentence number {number} of many." for number in range(1_500)]
    beads = tuple(Bead(("en", "de"), ((i,), (i,))) for i in range(len(texts)))
    made = Alignment((document("en", texts), document("de", texts)), beads, SIGNATURE)
    data = io.BytesIO(render(made, source))
    found = Stream(data, "x")
    bitext = stream(lambda languages: FORMATS[source].read_units(found, languages), "x")
    pieces = FORMATS[target].write_units(bitext)
    assert "Sentence number 9 " in next(piece for piece in pieces if "number 9 " in piece)
    assert data.tell() < 0.4 * len(data.getvalue())
    assert "Sentence number 1499 " in "".join(pieces)


def test_a_catalogue_reads_as_others_read_it(tmp_path: Path) -> None:
    polib = pytest.importorskip("polib")
    path = tmp_path / "x.po"
    path.write_text(CATALOGUE, encoding="utf-8")
    ours = list(messages(Stream(io.BytesIO(path.read_bytes()), "x").lines(), "x"))
    theirs = polib.pofile(str(path))
    assert ours[0].sources == [""]
    for message, entry in zip(ours[1:], theirs, strict=True):
        plural = [entry.msgid_plural] if entry.msgid_plural else []
        assert message.sources == [entry.msgid, *plural]
        assert message.targets == (list(entry.msgstr_plural.values()) or [entry.msgstr])
        assert (message.context or None) == entry.msgctxt
        assert (message.obsolete, message.line) == (bool(entry.obsolete), entry.linenum)


def test_a_catalogue_says_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    charset = "Content-Type: text/plain; charset=ISO-8859-2\\n"
    text = f'msgid ""\nmsgstr "Language: cs\\n{charset}"\n\nmsgid "dog"\nmsgstr "štěně"\n'
    path.write_bytes(text.encode("iso-8859-2"))
    assert read_alignment(path).documents[1].text == "štěně"


def test_line_separators_inside_a_message_are_no_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    lines = ["a\u2028b\x85c", "x\x0cy"]
    beads = tuple(Bead(("en", "de"), ((i,), (i,))) for i in range(2))
    write(Alignment((document("en", lines), document("de", lines)), beads, SIGNATURE), path)
    assert [s.text for s in read_alignment(path).documents[0].segments] == lines


@pytest.mark.parametrize("name", [f"two.{name}" for name in STREAMS])
def test_a_packed_bitext_is_read_as_the_one_inside(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, packed = tmp_path / name, tmp_path / f"{name.upper()}.gz"
    write(alignment("en", "de"), plain)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [row.texts for row in iter_rows(packed)] == [row.texts for row in iter_rows(plain)]
    capsys.readouterr()
    assert main(["convert", str(plain), "--to", "tsv"]) == 0
    printed = capsys.readouterr().out
    assert main(["convert", str(packed), "--to", "tsv"]) == 0
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("data", [gzip.compress(MEMORY.encode())[:-9], MEMORY.encode(), b""])
def test_a_packed_file_that_is_broken_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.tmx.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"x\.tmx\.gz"):
        list(iter_rows(path))


def test_a_packed_file_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv.gz"
    path.write_bytes(gzip.compress(b"en\tde\n" + bytes(65 for _ in range(1 << 16)) * 500))
    with pytest.raises(InputError, match=r"x\.tsv\.gz: unpacks to more than 200 times its size"):
        list(iter_rows(path))
    with opened_again(path) as stream, pytest.raises(InputError, match="more than 200 times"):
        stream.whole()
