"""Rows of bitext files: what is read, and what is said about broken ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aligner import InputError
from aligner._tags import language_tag
from aligner.formats.bitext import Row, iter_rows

if TYPE_CHECKING:
    from pathlib import Path

TMX = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en"/><body>
<tu tuid="a"><tuv xml:lang="EN-us"><seg>Press <bpt>&lt;b></bpt>Start<ept>&lt;/b></ept> now.</seg>
</tuv>
<tuv xml:lang="de"><seg>Jetzt <hi>Start</hi> drücken.</seg></tuv>
<tuv xml:lang="sv"><seg/></tuv></tu>
<tu><tuv lang="en"><seg>Old</seg></tuv><tuv lang="de"><seg>Alt</seg></tuv></tu>
</body></tmx>"""

XLIFF_12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="de" original="x" datatype="plaintext"><body>
<trans-unit id="1"><source>A <g id="1">B</g><x id="2"/>.</source>
<target>Ein <g id="1">B</g>.</target></trans-unit>
<group><trans-unit id="2"><source>One. Two.</source>
<seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">Eins.</mrk> <mrk mtype="seg" mid="1">Zwei.</mrk></target>
</trans-unit></group>
</body></file></xliff>"""

XLIFF_2 = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"
 srcLang="en" trgLang="sv">
<file id="f"><unit id="u"><segment id="s1"><source>Hello <pc id="1">you</pc>.</source>
<target>Hej.</target></segment>
<ignorable><source> </source></ignorable><segment><source>Bye<ph id="2"/></source></segment>
</unit></file></xliff>"""


def rows_of(tmp_path: Path, name: str, text: str | bytes) -> list[Row]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(iter_rows(path))


def test_tmx_units_give_one_row_each(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "x.tmx", TMX) == [
        Row("a", {"en-US": "Press Start now.", "de": "Jetzt Start drücken.", "sv": ""}, "unit a"),
        Row("2", {"en": "Old", "de": "Alt"}, "unit 2"),
    ]


def test_xliff_12_reads_marked_segments(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "x.xlf", XLIFF_12) == [
        Row("1", {"en": "A B.", "de": "Ein B."}, "unit 1"),
        Row("2/0", {"en": "One.", "de": "Eins."}, "unit 2/0"),
        Row("2/1", {"en": "Two.", "de": "Zwei."}, "unit 2/1"),
    ]


def test_xliff_2_reads_segments_of_a_unit(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "x.xliff", XLIFF_2) == [
        Row("u/s1", {"en": "Hello you.", "sv": "Hej."}, "unit u/s1"),
        Row("u/2", {"en": "Bye", "sv": ""}, "unit u/2"),
    ]


def test_jsonl_takes_any_language_keys(tmp_path: Path) -> None:
    values = [
        {"id": "p", "en": "A", "de": "B", "sv": None, "odd": "de", "op": "none"},
        {"id": 7, "translation": {"en": "A", "fr": "B"}},
        {"src_lang": "en", "tgt_lang": "de", "src": "A", "tgt": "B"},
    ]
    text = "\n".join(map(json.dumps, values)) + "\n\n"
    assert rows_of(tmp_path, "x.jsonl", text) == [
        Row("p", {"en": "A", "de": "B", "sv": ""}, "line 1"),
        Row(7, {"en": "A", "fr": "B"}, "line 2"),
        Row("3", {"en": "A", "de": "B"}, "line 3"),
    ]


def test_tables_are_read_by_their_header(tmp_path: Path) -> None:
    tsv = "\ufeffid\ten\tde\r\n7\tA\t\u201eB\u201c\r\n"
    assert rows_of(tmp_path, "x.tsv", tsv) == [Row("7", {"en": "A", "de": "„B“"}, "line 2")]
    semicolons = 'en;de;note\n"A; b";B;x\n'
    assert rows_of(tmp_path, "x.csv", semicolons) == [Row("2", {"en": "A; b", "de": "B"}, "line 2")]
    utf16 = "en\tde\nA\tÄ\n".encode("utf-16")
    assert rows_of(tmp_path, "y.tsv", utf16) == [Row("2", {"en": "A", "de": "Ä"}, "line 2")]


def test_lines_that_are_not_utf8_are_read_as_cp1252_and_said(tmp_path: Path) -> None:
    table = b"en\tde\nA\t\x84\xe4\nB\t\xf6\nC\t\xc3\xa4\n"
    with pytest.warns(UserWarning, match=r"x\.tsv, line 2: not UTF-8, read as cp1252") as warned:
        rows = rows_of(tmp_path, "x.tsv", table)
    assert [row.texts["de"] for row in rows] == ["„ä", "ö", "ä"]
    assert len(warned) == 1
    (row, *_) = iter_rows(tmp_path / "x.tsv", encoding="latin-1")
    assert row.texts["de"] == "\x84ä"


def test_a_table_without_header_needs_languages(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("A\tB\n")
    assert list(iter_rows(path, languages=("en", "de"))) == [
        Row("1", {"en": "A", "de": "B"}, "line 1")
    ]
    with pytest.raises(InputError, match="line 1: names no two languages"):
        list(iter_rows(path))
    with pytest.raises(InputError, match=r"has 2 columns .* 3 languages are named \(en, de, sv\)"):
        list(iter_rows(path, languages=("en", "de", "sv")))


def test_po_plurals_are_rows_of_their_own(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Language: de\\n"\n\n'
        'msgctxt "menu"\nmsgid "Open"\nmsgstr "Öffnen"\n\n'
        'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d Datei"\nmsgstr[1] "%d Dateien"\n\n'
        '#~ msgid "Old"\n#~ msgstr "Alt"\n'
    )
    assert rows_of(tmp_path, "x.po", text) == [
        Row("menu", {"en": "Open", "de": "Öffnen"}, "line 4"),
        Row("2[0]", {"en": "%d file", "de": "%d Datei"}, "line 8"),
        Row("2[1]", {"en": "%d files", "de": "%d Dateien"}, "line 8"),
    ]


BOMB = """<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>&b;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("x.tmx", "<tmx><body><tu>", r"x\.tmx, line 1, column 16: is not valid XML"),
        ("x.tmx", BOMB, "declares XML entities or external parts, which are refused"),
        (
            "x.xlf",
            '<xliff><file><unit id="4"><segment/></unit></file></xliff>',
            "unit 4: does not say",
        ),
        ("x.jsonl", '{"en": "A", "de": "B"}\n{"en"', r"line 2: is not valid JSON"),
        ("x.jsonl", '{"en": "A"}', "line 1: has 1 of the two or more language keys"),
        ("x.jsonl", "[1]", "line 1: is not a JSON object"),
        ("x.tsv", "en\tde\nA\t".encode("utf-16") + b"\0", "line 2: not utf-16-le"),
        ("x.tsv", b"en\tde\nA\0\tB\n", r"line 2: is not text \(it has NUL bytes\)"),
        ("x.csv", 'en,de\n"A,B\n', "is not valid CSV"),
        ("x.csv", "", "is empty"),
        ("x.po", 'msgid "a"\nmsgstr "b"\n', "header: does not say its language"),
        ("x.pdf", "", "is not a bitext format that aligner reads; use csv, jsonl, po, tmx"),
        ("x.xlsx", "", "aligner convert makes one of other aligned files"),
    ],
)
def test_broken_files_are_named_with_the_place(
    tmp_path: Path, name: str, text: str | bytes, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        rows_of(tmp_path, name, text)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.tmx: no such file"):
        list(iter_rows(tmp_path / "none.tmx"))


@pytest.mark.parametrize(
    ("name", "tag"),
    [("EN", "en"), ("de_ch", "de-CH"), ("zh-hans", "zh-Hans"), ("id", None), ("odd", None)],
)
def test_language_tags_are_brought_to_their_usual_case(name: str, tag: str | None) -> None:
    assert language_tag(name) == tag
