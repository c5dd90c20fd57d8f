"""Files for the tests: builders, a small real file of every format, and what a folder holds."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from _comparisons import TEXTS, alignment

from aligner.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from aligner import Document


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **members: str) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(
        {"word/document.xml": document} | {f"word/{k}.xml": v for k, v in members.items()}
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


STYLES = f"""<w:styles {W}>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:styleId="Beschriftung"><w:name w:val="caption"/></w:style></w:styles>"""


ODT = """<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s">
<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>
</office:automatic-styles><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:p text:style-name="P1">Titel</text:p><text:h text:outline-level="2">Kapitel</text:h>
<text:p>Ein<text:s text:c="2"/>Satz<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Die Note.</text:p></text:note-body></text:note> mit<text:tab/>Note.</text:p>
<text:list><text:list-item><text:p>Punkt</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""


def book(chapter: str, **more: str) -> bytes:
    return zipped(
        {
            "META-INF/container.xml": '<c><rootfile full-path="OEBPS/book.opf"/></c>',
            "OEBPS/book.opf": "<package xmlns:dc='d'><metadata><dc:language>sv</dc:language>"
            "</metadata><manifest><item id='a' href='ett%20tv%C3%A5.xhtml'/>"
            "<item id='n' href='nav.xhtml' properties='nav'/></manifest>"
            "<spine><itemref idref='n'/><itemref idref='a'/></spine></package>",
            "OEBPS/ett två.xhtml": chapter,
            "OEBPS/nav.xhtml": "<p>Innehåll",
        }
        | more
    )


SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hej</i> på\r\ndig!\r\n"


ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not spoken
Dialogue: 0,0:00:03.00,0:00:04.50,Default,,0,0,0,,Ja, {\\i1}gern{\\i0}.
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Eva,0,0,0,,Hej\\Npå dig!
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
"""


TTML = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="sv"><head><metadata>x</metadata></head><body><div>
<p begin="00:00:01.000" end="00:00:02:12">Hej <span>på</span><br/>dig!</p>
<p begin="3s" dur="1s"><metadata>x</metadata>Ja.</p><p begin="9s"> </p></div></body></tt>"""


def small_pdf(*pages: list[str]) -> bytes:
    """Return a PDF of one-column pages in Helvetica."""
    shown = ("".join(f"({line}) Tj T* " for line in lines) for lines in pages)
    return pdf_of(*(f"BT /F1 10 Tf 14 TL 50 800 Td {text}ET" for text in shown))


def pdf_of(*streams: str) -> bytes:
    """Return a PDF of pages drawn by these operators; ``/F1`` is Helvetica, ``/F2`` is bold."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for stream in streams:
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        type1 = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
        font = f"<</F1{type1}>>/F2{type1}-Bold>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Contents {len(objects)} 0 R/Resources<</Font{font}>>>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return (out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}").encode("latin-1")


@cache
def real_files() -> dict[str, bytes]:
    """Return the bytes of one file by the name of its format."""
    heading = paragraph(TEXTS["en"][0], '<w:pStyle w:val="berschrift2"/>')
    chapter = "".join(f"<p>{i}. Det var en gång.</p>" for i in range(5))
    files = {
        "txt": "\n".join(TEXTS["de"]).encode(),
        "docx": word(heading + paragraph(TEXTS["en"][1]), styles=STYLES),
        "odt": zipped({"content.xml": ODT}),
        "epub": book(chapter),
        "pdf": small_pdf(TEXTS["en"], TEXTS["en"][::-1]),
        "srt": SRT.encode(),
        "ass": ASS.encode(),
        "ttml": TTML.encode(),
    }
    made = alignment("en", "de")
    for name, format in FORMATS.items():
        if format.writes and (format.reads or format.aligned):
            files[name] = format.render(made)
    return files


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in *folder* and below, by its path there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def told(document: Document) -> list[tuple[str, int, str, str]]:
    """Return kind, level, place and text of each block."""
    return [(b.kind, b.level, b.place, document.text[b.start : b.end]) for b in document.blocks]
