"""A small real file of every format that is read, for tests that damage files."""

from __future__ import annotations

from functools import cache

from _comparisons import TEXTS, alignment
from test_formats_documents import (
    ASS,
    ODT,
    SRT,
    STYLES,
    TTML,
    book,
    paragraph,
    small_pdf,
    word,
    zipped,
)

from aligner.formats import FORMATS

__all__ = ["ZIPPED", "real_files"]

ZIPPED = frozenset({"docx", "odt", "epub", "xlsx"})


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
