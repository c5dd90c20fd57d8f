"""Readers of documents: HTML, DOCX, ODT, PDF, EPUB and subtitles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from _files import ASS, ODT, SRT, STYLES, TTML, W, book, paragraph, small_pdf, told, word, zipped

from aligner import InputError
from aligner._decode import Source
from aligner.formats import ass, docx, epub, html, odt, pdf, plain, subtitles, ttml

if TYPE_CHECKING:
    from aligner import Document


def texts(document: Document) -> list[str]:
    return [text for *_, text in told(document)]


def page(markup: str | bytes) -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return html.read(Source("x.html", data))


def test_html_tells_blocks_by_their_tags() -> None:
    made = page(
        "<html lang=de><head><title>T</title><style>p{}</style></head><body>\n"
        "<nav><a>Start</a></nav><h2>Die <b>Br</b>ücke</h2>\n"
        "<p>Ein <b>fett</b>er Satz &amp;&nbsp;mehr.</p><ul><li>eins<ul><li>tief</ul></ul>"
        "<figure><figcaption>Die Brücke</figcaption></figure>"
        "<table><tr><td>A<td>B</table><pre>x = 1</pre><script>alert(1)</script>"
    )
    assert made.language == "de"
    assert told(made) == [
        ("boilerplate", 0, "line 2", "Start"),
        ("heading", 2, "line 2", "Die Brücke"),
        ("text", 0, "line 3", "Ein fetter Satz &\N{NO-BREAK SPACE}mehr."),
        ("item", 1, "line 3", "eins"),
        ("item", 2, "line 3", "tief"),
        ("caption", 0, "line 3", "Die Brücke"),
        ("text", 0, "line 3", "A"),
        ("text", 0, "line 3", "B"),
        ("code", 0, "line 3", "x = 1"),
    ]


def test_a_block_of_code_alone_is_code_and_a_poem_set_like_it_is_not() -> None:
    poem = "The river rose, the river fell,\nand no one in the town could tell\n" * 2
    made = page(
        "<ul><li><code>pump --start</code><li>run <code>pump</code></ul><table><tr><td>"
        f'"<kbd>Ctrl</kbd>"<td>12</table><h2><code>pump</code></h2><pre>{poem}</pre>'
    )
    kinds = ["code", "item", "code", "text", "heading", "text"]
    assert [block.kind for block in made.blocks] == kinds


def test_a_letter_with_its_line_ends_has_paragraphs() -> None:
    said = "The board met in May and decided that\nthe lighthouse is to be opened to all in June."
    made = page(f"<p>Mail</p>\n<pre>\nDear all,\n\n{said}\n \n\nYours, Anna\n</pre>")
    assert told(made) == [
        ("text", 0, "line 1", "Mail"),
        ("text", 0, "line 3", "Dear all,"),
        ("text", 0, "line 5", said),
        ("text", 0, "line 9", "Yours, Anna"),
    ]


@pytest.mark.parametrize("said", ["role=navigation", 'role="search"', "class=navfooter"])
def test_what_a_site_prints_around_its_texts_is_told_by_role_and_class(said: str) -> None:
    made = page(f"<div {said}><table><tr><td><a href=x>2.1. Pumps</a></table></div><p>It pumps.")
    assert [block.kind for block in made.blocks] == ["boilerplate", "text"]


def test_the_text_is_believed_rather_than_the_language_that_a_file_states() -> None:
    german = "Die beiden Seiten haben sich auf einen Text geeinigt, der für alle gilt."
    with pytest.warns(UserWarning, match=r"x\.html: says it is in en-US, .* read as de"):
        assert page(f"<html lang=en-US><p>{german}").language == "de"
    assert page(f"<html lang=de-AT><p>{german}").language == "de-AT"
    assert page("<html lang=en><p>Die Brücke</p>").language == "en"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One<br>line<p>Two<br><br>Three", ["One line", "Two", "Three"]),
        ("<div>a<p>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("<p hidden>no</p><p style='display:none'>no</p><p aria-hidden=true>no</p>yes", ["yes"]),
        ("<p>a<!-- no --><wbr>b<span>c</span></p>", ["abc"]),
        ("plain &lt;b&gt; text", ["plain <b> text"]),
        ("<ruby>漢<rt>kan</rt></ruby>", ["漢"]),
        ("<p>never closed <b>here", ["never closed here"]),
        ("", []),
    ],
)
def test_html_reads_what_is_visible(markup: str, expected: list[str]) -> None:
    assert texts(page(markup)) == expected


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset='iso-8859-1'><p>„Brücke“".encode("cp1252"),
        "<p>„Brücke“".encode(),
        "<p>„Brücke“".encode("utf-8-sig"),
        "<p>„Brücke“".encode("utf-16"),
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><p>„Brücke“'.encode(),
    ],
)
def test_html_is_decoded_as_it_says(data: bytes) -> None:
    assert texts(page(data)) == ["„Brücke“"]


def test_docx_knows_headings_items_captions_and_cells() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('Zelle')}</w:tc></w:tr></w:tbl>"
    body = (
        paragraph("Eins", '<w:pStyle w:val="berschrift2"/>')
        + paragraph("Zwei", '<w:pStyle w:val="Own"/>')
        + paragraph("Punkt", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
        + cell
        + paragraph("Ein Bild", '<w:pStyle w:val="Beschriftung"/>')
    )
    made = docx.read(Source("x.docx", word(body, styles=STYLES)))
    assert told(made) == [
        ("heading", 2, "paragraph 1", "Eins"),
        ("heading", 2, "paragraph 2", "Zwei"),
        ("item", 2, "paragraph 3", "Punkt"),
        ("text", 0, "paragraph 4", "Zelle"),
        ("caption", 0, "paragraph 5", "Ein Bild"),
    ]


def test_docx_joins_runs_and_keeps_special_characters() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    inner = "".join(map(run.format, ("Geschäfts", "ord", "nung")))
    inner += "<w:r><w:noBreakHyphen/><w:t>x</w:t><w:br/><w:t>neue Zeile</w:t><w:tab/></w:r>"
    inner += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    inner += '<w:r><w:instrText> PAGE "1" </w:instrText></w:r>'
    made = docx.read(Source("x.docx", word(f"<w:p>{inner}</w:p>")))
    assert texts(made) == ["Geschäftsordnung\N{NON-BREAKING HYPHEN}x neue Zeile"]


def test_docx_reads_tracked_changes_as_accepted_and_says_so() -> None:
    body = (
        "<w:p><w:r><w:t>Der Preis</w:t></w:r>"
        "<w:del><w:r><w:delText> sinkt</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> steigt</w:t></w:r></w:ins></w:p>"
    )
    with pytest.warns(UserWarning, match=r"tracked changes.*1 insertions kept, 1 deletions left"):
        made = docx.read(Source("x.docx", word(body)))
    assert texts(made) == ["Der Preis steigt"]


def test_what_word_writes_itself_is_left_out_and_what_it_parts_is_joined() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:styleId="Inhalt"><w:name w:val="TOC Heading"/></w:style></w:styles>'
    )
    body = (
        paragraph("Contents", '<w:pStyle w:val="Inhalt"/>')
        + paragraph("The talks 2", '<w:pStyle w:val="Verzeichnis1"/>')
        + paragraph("T", '<w:framePr w:dropCap="drop"/>')
        + paragraph("he talks are over.")
        + paragraph("They were long ", "<w:rPr><w:del/></w:rPr>")
        + paragraph("and loud.")
    )
    with pytest.warns(UserWarning, match="1 deletions left out"):
        made = docx.read(Source("x.docx", word(body, styles=styles)))
    assert texts(made) == ["The talks are over.", "They were long and loud."]


def test_docx_footnotes_stand_after_the_text() -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="-1" w:type="separator">{paragraph("-")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Die Note.")}</w:footnote></w:footnotes>'
    )
    with pytest.warns(UserWarning, match=r"footnotes and endnotes \(1\) stand after"):
        made = docx.read(Source("x.docx", word(paragraph("Text"), footnotes=notes)))
    assert told(made)[1] == ("text", 0, "footnote 2", "Die Note.")


def test_docx_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Kasten')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Vor</w:t><mc:AlternateContent xmlns:mc='x'><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(docx.read(Source("x.docx", word(body)))) == ["Vor", "Kasten"]


def test_docx_that_word_would_write_is_read() -> None:
    library = pytest.importorskip("docx")
    made = library.Document()
    made.add_heading("Kapitel", 1)
    made.add_paragraph("Ein Satz.")
    made.add_paragraph("Punkt", style="List Bullet")
    buffer = io.BytesIO()
    made.save(buffer)
    assert told(docx.read(Source("x.docx", buffer.getvalue()))) == [
        ("heading", 1, "paragraph 1", "Kapitel"),
        ("text", 0, "paragraph 2", "Ein Satz."),
        ("item", 1, "paragraph 3", "Punkt"),
    ]


def test_odt_leaves_out_what_is_hidden_and_tables_of_contents() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>The talks 2</text:p></text:index-body>"
        '</text:table-of-content><text:p>They <text:span text:style-name="T1">all </text:span>left'
        '<text:span text:style-name="T2"> early</text:span>.</text:p>'
        '<text:section text:display="none"><text:p>A draft.</text:p></text:section>'
    )
    styles = (
        '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="T2"><style:text-properties style:name="x"/></style:style>'
    )
    content = ODT[: ODT.index("<office:automatic-styles>")] + (
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>"
    )
    assert texts(odt.read(Source("x.odt", zipped({"content.xml": content})))) == [
        "They left early."
    ]


def test_odt_knows_headings_items_and_notes() -> None:
    with pytest.warns(UserWarning, match="x.odt: ") as caught:
        made = odt.read(Source("x.odt", zipped({"content.xml": ODT})))
    assert len(caught) == 2
    assert told(made) == [
        ("heading", 1, "paragraph 1", "Titel"),
        ("heading", 2, "paragraph 2", "Kapitel"),
        ("text", 0, "paragraph 3", "Ein Satz mit Note."),
        ("item", 1, "paragraph 4", "Punkt"),
        ("text", 0, "note 1", "Die Note."),
    ]


def test_epub_reads_the_spine_without_the_contents() -> None:
    made = epub.read(Source("x.epub", book("<?xml version='1.0'?>\n<h1>Ett</h1>\n<p>Det var.</p>")))
    assert made.language == "sv"
    assert told(made) == [
        ("heading", 1, "chapter 1, line 2", "Ett"),
        ("text", 0, "chapter 1, line 3", "Det var."),
    ]


SRT += "\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nJa.\r\n"
VTT = "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\n<v Bo>Hi &amp; {\\an8}bye</v>\n"


def test_the_marks_of_notes_are_no_text() -> None:
    made = Source(
        "x.epub",
        book(
            '<p>A house<sup id="c1"><a epub:type="noteref" href="#n1">1</a></sup> with doors.'
            '<a href="#n2" role="doc-noteref"><sup>2</sup></a></p><p>x<sup>2</sup> is a square, '
            '<a href="#top">up</a>.</p><aside epub:type="footnote" id="n1"><p>'
            '<sup><a href="#c1">1</a></sup>The note.</p></aside>'
        ),
    )
    assert texts(epub.read(made)) == ["A house with doors.", "x2 is a square, up.", "The note."]


def test_links_from_a_note_back_to_the_text_are_no_text() -> None:
    page = (
        '<h2>Past <span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>'
        '<p>A house.<a href="#s1"><sup>1</sup></a> Section <a href="#b">2</a> has it.</p>'
        '<ol><li>A note.<a href="#c1">\u21a9</a></li><li><a href="#c2">^</a> Another.</li></ol>'
        '<p><a href="#s1a">1</a> One more, and <a href="#top">go up</a>.</p>'
    )
    assert texts(html.read(Source("x.html", page.encode()))) == [
        "Past",
        "A house. Section 2 has it.",
        "A note.",
        "Another.",
        "One more, and go up.",
    ]


def test_the_white_space_of_the_mark_of_a_note_parts_sentences() -> None:
    page = (
        '<p>It holds.<sup><a href="#n1">(1) </a></sup>It is old.</p>'
        '<p>It holds.<a href="#n2"><sup>2</sup> </a>It is new.<a href="#n3"><sup>3</sup></a></p>'
    )
    assert texts(html.read(Source("x.html", page.encode()))) == [
        "It holds. It is old.",
        "It holds. It is new.",
    ]


def test_subtitles_keep_their_times() -> None:
    assert told(subtitles.read(Source("x.srt", SRT.encode("utf-8-sig")))) == [
        ("text", 0, "00:00:01.000 --> 00:00:02.500", "Hej på dig!"),
        ("text", 0, "00:00:03.000 --> 00:00:04.000", "Ja."),
    ]
    assert told(subtitles.read(Source("x.vtt", VTT.encode()))) == [
        ("text", 0, "00:01.000 --> 00:02.000", "Hi & bye"),
    ]


CUES = [
    ("TITLE OF THE FILM", 0.0),
    ("Chapter One", 2.0),
    ("She wanted to know what was behind", 4.0),
    ("the little door. It had been", 6.0),
    ("closed since Monday.", 8.0),
    ("JOHANNA: Why?", 10.0),
    ("[door slams]", 12.0),
    ("- I thought...\n- ...that I knew.", 14.0),
    ("\u266a Home again \u266a", 16.0),
    ("Now and then it was as if the", 18.0),
    ("Sea had left.", 30.0),
]


def test_a_sentence_that_runs_over_cues_is_one_and_sounds_are_no_speech() -> None:
    times = [f"00:00:{begin:06.3f} --> 00:00:{begin + 1.5:06.3f}" for _, begin in CUES]
    cues = [f"{time}\n{text}\n" for time, (text, _) in zip(times, CUES, strict=True)]
    made = told(subtitles.read(Source("x.vtt", "\n".join(["WEBVTT\n", *cues]).encode())))
    assert [(kind, text) for kind, *_, text in made] == [
        ("text", "TITLE OF THE FILM"),
        ("text", "Chapter One"),
        (
            "text",
            "She wanted to know what was behind the little door. It had been closed since Monday.",
        ),
        ("text", "Why?"),
        ("boilerplate", "[door slams]"),
        ("text", "- I thought... - ...that I knew."),
        ("text", "Home again"),
        ("text", "Now and then it was as if the"),
        ("text", "Sea had left."),
    ]
    assert made[2][2] == "00:00:04.000 --> 00:00:09.500"


def test_subtitles_with_styles_keep_their_times() -> None:
    assert told(ass.read(Source("x.ass", ASS.encode("utf-8-sig")))) == [
        ("text", 0, "00:00:01.000 --> 00:00:02.500", "Hej på dig!"),
        ("text", 0, "00:00:03.000 --> 00:00:04.500", "Ja, gern."),
    ]
    made = ttml.read(Source("x.ttml", TTML.encode()))
    assert made.language == "sv"
    assert told(made) == [
        ("text", 0, "00:00:01.000 --> 00:00:02:12", "Hej på dig!"),
        ("text", 0, "3s for 1s", "Ja."),
    ]


def test_subtitles_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match=r"x\.ass: has no subtitles; spoken lines begin"):
        ass.read(Source("x.ass", b"[Script Info]\nTitle: x\n"))
    with pytest.raises(InputError, match=r"x\.ttml: is not a TTML file; it needs a body"):
        ttml.read(Source("x.ttml", b"<html><body><p>x</p></body></html>"))


LINE = "The council met on Tuesday and agreed on the order of"


def test_a_table_of_contents_is_read_line_by_line_and_without_its_pages() -> None:
    pytest.importorskip("pypdfium2")
    entries = [
        "The council ........................ 3",
        "The bridge . . . . . . . . . . . . . . 14",
    ]
    made = pdf.read(Source("x.pdf", small_pdf(entries)))
    assert [(kind, text) for kind, *_, text in told(made)] == [
        ("boilerplate", entry) for entry in entries
    ]
    wrapped = f"{LINE}\nbusiness for the year.\n\n{entries[0]}\n{entries[1]}\n"
    assert [block.kind for block in plain.blocks(wrapped)] == ["text", "boilerplate", "boilerplate"]


def test_pdf_lines_become_paragraphs_and_running_heads_are_left_out() -> None:
    pytest.importorskip("pypdfium2")
    pages = [
        ["Gazette 12", "Chapter", LINE, "business for the year.", LINE, "its work and then", "1"],
        ["Gazette 12", "went home.", "2"],
        ["Gazette 12", "The end of it all.", "3"],
    ]
    made = pdf.read(Source("x.pdf", small_pdf(*pages)))
    assert told(made) == [
        ("heading", 1, "page 1", "Chapter"),
        ("text", 0, "page 1", f"{LINE} business for the year."),
        ("text", 0, "page 1", f"{LINE} its work and then went home."),
        ("text", 0, "page 3", "The end of it all."),
    ]


def test_a_scanned_pdf_is_said_to_have_no_text() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(InputError, match=r"x\.pdf: has no text on its 1 pages; run text recog"):
        pdf.read(Source("x.pdf", small_pdf([])))


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("reader", "data", "problem"),
    [
        (docx, b"plain text", "x: is not a docx file"),
        (docx, OLE2, "is an encrypted or old Office file, not docx; open it, take off the pass"),
        (docx, zipped({"other.txt": "x"}), r"has no word/document\.xml\); check its extension"),
        (docx, zipped({"word/document.xml": "<w:p"}), r"x, word/document\.xml, line 1, col"),
        (docx, zipped({"word/document.xml": "x" * 5_000_000}), "which is refused; split the file"),
        (
            docx,
            zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "declares XML entities",
        ),
        (odt, zipped({"mimetype": "x"}), r"has no content\.xml"),
        (odt, zipped({"META-INF/manifest.xml": "<encryption-data/>"}), "is encrypted"),
        (epub, zipped({"mimetype": "x"}), r"has no META-INF/container\.xml"),
        (epub, zipped({"META-INF/container.xml": "<c/>"}), "names no package file"),
        (subtitles, b"only words", "has no subtitles; a cue begins with a line such as"),
        (pdf, b"%PDF-1.4 broken", "is not a readable PDF"),
    ],
)
def test_broken_and_hostile_files_give_one_clear_error(
    reader: object, data: bytes, problem: str
) -> None:
    if reader is pdf:
        pytest.importorskip("pypdfium2")
    read = getattr(reader, "read")  # noqa: B009
    with pytest.raises(InputError, match=problem):
        read(Source("x", data))


def test_a_damaged_archive_is_said() -> None:
    data = bytearray(word(paragraph("text " * 500)))
    data[60:90] = bytes(30)
    with pytest.raises(InputError, match=r"x\.docx"):
        docx.read(Source("x.docx", bytes(data)))


def test_numbers_that_are_none_do_not_stop_a_reader() -> None:
    odd = '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>'
    assert told(docx.read(Source("x.docx", word(paragraph("Punkt", odd)))))[0][:2] == ("item", 1)
    odt_text = ODT.replace('outline-level="2"', 'outline-level="two"').replace('c="2"', 'c="9e9"')
    with pytest.warns(UserWarning, match=r"x\.odt"):
        made = odt.read(Source("x.odt", zipped({"content.xml": odt_text})))
    assert told(made)[1] == ("heading", 1, "paragraph 2", "Kapitel")
