"""Oddities of real files, each written here for the purpose: what is read, and what is refused."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import pytest
from _files import book, paragraph, real_files, word, zipped

import aligner
from aligner import InputError
from aligner.cli import main
from aligner.formats import FORMATS, read_alignment
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path

TMX = (
    '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    '<tmx version="1.4"><header srclang="en"/><body>{}</body></tmx>'
)
XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" '
    'datatype="plaintext" source-language="en" {}><body>{}</body></file></xliff>'
)
CIPHER = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:CipherData>'
    '<e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData></encryption>'
)
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'


def blocks(path: Path) -> list[str]:
    document = aligner.read(path)
    return [document.text[b.start : b.end] for b in document.blocks]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("bom-crlf.txt", b"\xef\xbb\xbfOne.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("old-mac.txt", b"One is here.\r\rTwo is here.\r", ["One is here.", "Two is here."]),
        ("no-end.txt", b"One is here.\n\nTwo is here", ["One is here.", "Two is here"]),
        ("utf16.txt", "Å.\n\nÄ.".encode("utf-16"), ["Å.", "Ä."]),
        ("utf32.txt", "Å.\n\nÄ.".encode("utf-32"), ["Å.", "Ä."]),
        (
            "form-feed.txt",
            b"Page one ends.\fPage two begins.\n",
            ["Page one ends.", "Page two begins."],
        ),
        ("u2028.txt", "One line.\u2028Another line.\n", ["One line.", "Another line."]),
        ("blank.txt", " \n\t\n\u00a0\n", []),
        ("marks.txt", "\u200fשלג לבן.\u200e\n", ["\u200fשלג לבן.\u200e"]),
        ("front.md", "---\nlang: sv\n---\n# Head\n\nText.\n", ["Head", "Text."]),
        (
            "values.md",
            '---\r\ntitle: "Om: b\u00e5tar"\r\ntags:\r\n  - i hamn\r\ndraft:\r\n---\r\nText.\r\n',
            ["Om: b\u00e5tar", "i hamn", "Text."],
        ),
        ("fence.md", "Text.\n\n```py\nprint(1)\n```\n", ["Text.", "print(1)"]),
        ("quote.md", "> One\n> goes on.\n\nTwo.\n", ["One\n> goes on.", "Two."]),
        ("nested.html", "<p>Han <b>b<i>o</i>r</b> h&auml;r.", ["Han bor här."]),
        ("unclosed.html", "<p>One<p>Two<ul><li>a<li>b</ul>", ["One", "Two", "a", "b"]),
        ("hidden.html", "<p>Seen</p><p hidden>no</p><noscript>no</noscript><template>no", ["Seen"]),
        ("pairs.html", "<dl><dt>Word<dd>Meaning</dl>", ["Word", "Meaning"]),
        ("comment.html", "<p>One <!-- <p>no --> two</p>", ["One two"]),
        ("section.html", "<p>One <![if !IE]>two<![endif]> <![x\x01 y>three</p>", ["One two three"]),
        ("section2.html", "<![doctype html><p>One <![\x01no><p>Two", ["One", "Two"]),
        ("runs.docx", word(f"<w:p>{''.join(map(RUN.format, 'Bridge'))}</w:p>"), ["Bridge"]),
        (
            "control.docx",
            word(f"<w:sdt><w:sdtContent>{paragraph('In.')}</w:sdtContent></w:sdt>"),
            ["In."],
        ),
        ("field.docx", word(f"<w:p>{FIELD}{RUN.format('After.')}</w:p>"), ["After."]),
        (
            "link.docx",
            word(f"<w:p><w:hyperlink>{RUN.format('A link.')}</w:hyperlink></w:p><w:p/>"),
            ["A link."],
        ),
        (
            "smart.docx",
            word(f"<w:p><w:smartTag>{RUN.format('Tagged.')}</w:smartTag></w:p>"),
            ["Tagged."],
        ),
        (
            "cues.srt",
            b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Yes.</i>\r\n\r\n"
            b"00:00:03 --> 00:00:04.5\r\nNo number\r\n\r\n3\r\n00:00:05,0 --> 0:00:06,0\r\n\r\n"
            b"4\r\n0:00:07,000 --> 0:00:08,000 X1:1\r\nLast &amp; least",
            ["Yes.", "No number", "Last & least"],
        ),
        (
            "voices.vtt",
            "WEBVTT\n\nNOTE no\n\n00:01.000 --> 00:02.000 align:start\n<v Bo>Hi</v>\n",
            ["Hi"],
        ),
    ],
)
def test_odd_documents_are_read(
    name: str, data: str | bytes, expected: list[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert blocks(path) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "doctype.tmx",
            TMX.format(
                '<tu><tuv lang="EN-us"><seg>A</seg></tuv><tuv xml:lang="sv"><seg>B</seg></tuv></tu>'
            ),
            [("1", {"en-US": "A", "sv": "B"})],
        ),
        (
            "empty.tmx",
            TMX.format(
                '<tu tuid="x"><tuv xml:lang="en"><seg/></tuv><tuv xml:lang="sv"></tuv></tu><tu/>'
            ),
            [("x", {"en": "", "sv": ""}), ("2", {})],
        ),
        (
            "again.tmx",
            TMX.format(
                '<tu><tuv xml:lang="en"><seg>A</seg></tuv>'
                '<tuv xml:lang="en"><seg>B</seg></tuv></tu>'
            ),
            [("1", {"en": "A"})],
        ),
        (
            "rtl.tmx",
            TMX.format('<tu><tuv xml:lang="he"><seg>\u200fא\u200e</seg></tuv></tu>'),
            [("1", {"he": "\u200fא\u200e"})],
        ),
        (
            "alternatives.xlf",
            XLIFF.format(
                'target-language="sv"',
                '<group><trans-unit id="1"><source>A</source><alt-trans><source>n</source>'
                '<target>no</target></alt-trans><target state="new">B</target></trans-unit>'
                "</group>",
            ),
            [("1", {"en": "A", "sv": "B"})],
        ),
        (
            "untranslated.xlf",
            XLIFF.format(
                'target-language="sv"',
                '<trans-unit id="1"><source>A</source></trans-unit>'
                '<trans-unit id="2"><source>B</source><target/></trans-unit>',
            ),
            [("1", {"en": "A", "sv": ""}), ("2", {"en": "B", "sv": ""})],
        ),
        (
            "own-language.xlf",
            XLIFF.format(
                "",
                '<trans-unit id="1"><source>A</source>'
                '<target xml:lang="sv-SE">B</target></trans-unit>',
            ),
            [("1", {"en": "A", "sv-SE": "B"})],
        ),
        (
            "fuzzy.po",
            'msgid ""\nmsgstr "Language: sv\\n"\n\n#, fuzzy\nmsgctxt "menu"\nmsgid ""\n"Open "\n'
            '"file\\n"\nmsgstr "Öppna\\n"\n\n#~ msgid "old"\n#~ msgstr "gammal"\n',
            [("menu", {"en": "Open file\n", "sv": "Öppna\n"})],
        ),
        (
            "semicolons.csv",
            '\ufeffid;en;de\r\n1;"A ""quoted""\nline";3,5\r\n;;\r\n2;b;c;extra\r\n',
            [("1", {"en": 'A "quoted"\nline', "de": "3,5"}), ("2", {"en": "b", "de": "c"})],
        ),
        (
            "capitals.tsv",
            "EN\tDE\tnote\nx\ty\tz\n\nshort\n",
            [("2", {"en": "x", "de": "y"}), ("4", {"en": "short", "de": ""})],
        ),
        (
            "nulls.jsonl",
            '\ufeff{"en":"a","de":null}\n\n{"id":2,"translation":{"en":"x","sv":"y"}}\n',
            [("1", {"en": "a", "de": ""}), (2, {"en": "x", "sv": "y"})],
        ),
    ],
)
def test_odd_bitexts_are_read(
    name: str, data: str, expected: list[tuple[object, dict[str, str]]], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8", newline="")
    assert [(row.id, dict(row.texts)) for row in iter_rows(path)] == expected


def test_a_memory_in_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    made = TMX.format('<tu><tuv xml:lang="sv"><seg>Å</seg></tuv></tu>')
    path.write_bytes(made.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"))
    assert next(iter_rows(path)).texts == {"sv": "Å"}


def test_a_workbook_of_numbers_and_gaps_is_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "en", "de"], [1, 12, "zwölf"], [None, None, None], [2, "=1+1", None]):
        book.active.append(row)
    book.active.merge_cells("D1:E2")
    book.save(tmp_path / "a.xlsx")
    made = read_alignment(tmp_path / "a.xlsx")
    assert [s.text for s in made.documents[0].segments] == ["12"]
    assert [s.text for s in made.documents[1].segments] == ["zwölf"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "word.txt",
            word(paragraph("x")),
            "is no txt but docx, by its content; give it the extension .docx",
        ),
        ("word.odt", word(paragraph("x")), "is no odt but docx"),
        ("word.pdf", word(paragraph("x")), "is no pdf but docx"),
        ("page.docx", b"<!doctype html><p>x", "is no docx but html"),
        ("text.docx", b"just text", "is not a docx file (File is not a zip file); save it again"),
        ("other.docx", zipped({"a.txt": "x"}), "is not a docx file (it has no word/document.xml)"),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "is an encrypted or old Office file",
        ),
        (
            "locked.odt",
            zipped(
                {"META-INF/manifest.xml": "<m:encryption-data xmlns:m='m'/>", "content.xml": "\x01"}
            ),
            "is encrypted; save it without a password",
        ),
        (
            "nul.txt",
            b"One.\0\0\0\0",
            "is not text (it has NUL bytes); if it is in another encoding",
        ),
        ("none.srt", b"Only text here.", "has no subtitles"),
    ],
)
def test_wrong_names_and_locked_files_are_said(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        aligner.read(path)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_a_book_with_locked_chapters_is_refused_and_one_with_locked_fonts_is_read(
    tmp_path: Path,
) -> None:
    import zipfile

    for name, member in (("locked", "OPS/one.xhtml"), ("fonts", "OPS/font.otf")):
        data = io.BytesIO(book("<p>A chapter.</p>"))
        with zipfile.ZipFile(data, "a") as archive:
            if member.endswith("xhtml"):
                member = next(n for n in archive.namelist() if n.endswith("html"))
            archive.writestr("META-INF/encryption.xml", CIPHER.format(member))
        (tmp_path / f"{name}.epub").write_bytes(data.getvalue())
    assert "A chapter." in blocks(tmp_path / "fonts.epub")
    with pytest.raises(InputError, match="is encrypted; use a copy without protection"):
        aligner.read(tmp_path / "locked.epub")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.tmx",
            TMX.format('<tu tuid="q"><tuv><seg>A</seg></tuv></tu>'),
            "unit q: has a text without a lang",
        ),
        ("a.tmx", TMX.format("<tu>")[:-20], "is not valid XML ("),
        ("a.tmx", "<html/>", "is no tmx file: it begins with <html>; check its extension"),
        ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "declares XML entities"),
        (
            "a.xlf",
            XLIFF.format("", '<trans-unit id="7"><source>A</source></trans-unit>'),
            "unit 7: does not say",
        ),
        ("a.xlf", "<tmx/>", "is no xliff file"),
        (
            "a.po",
            'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n',
            "header: does not say its language",
        ),
        ("a.tsv", "en\ten\nx\ty\n", "line 1: names the language 'en' twice"),
        ("a.jsonl", '{"en":"a","de":"b"}\n{"en":\n', "line 2: is not valid JSON"),
    ],
)
def test_broken_bitexts_name_the_place(
    name: str, data: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    assert main(["check", str(path)]) == 3
    shown = capsys.readouterr().err
    assert message in shown
    assert shown.count("\n") == 1


def test_mixed_encodings_are_settled_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_bytes("Grüße aus Köln.\n\n".encode() + "Schöne Straße.\n".encode("cp1252"))
    with pytest.warns(UserWarning, match=r"line 3: not UTF-8, read as cp1252; .* are UTF-8"):
        assert blocks(path) == ["Grüße aus Köln.", "Schöne Straße."]


@pytest.mark.model
def test_composed_and_decomposed_letters_align_alike() -> None:
    import unicodedata

    german = [
        "Die Brücke öffnet im Mai.",
        "Der Bürgermeister fährt über sie.",
        "Müll bleibt liegen.",
    ]
    english = ["The bridge opens in May.", "The mayor drives over it.", "Rubbish is left lying."]
    made = aligner.align({"de": [unicodedata.normalize("NFD", s) for s in german], "en": english})
    assert [bead.type for bead in made] == ["1-1"] * 3


@pytest.mark.parametrize("name", sorted(n for n, f in FORMATS.items() if f.reads))
def test_a_whole_file_of_every_format_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{FORMATS[name].extensions[0]}"
    path.write_bytes(real_files()[name])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert len(blocks(path)) >= 1
