"""Files without a telling name are known by how they begin."""

from __future__ import annotations

import re

import pytest
from _files import ASS, TTML, paragraph, small_pdf, word

from aligner import InputError
from aligner.formats import detect


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (word(paragraph("x")), "docx"),
        (small_pdf(["x"]), "pdf"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<tmx version="1.4">', "tmx"),
        (b'<xliff version="1.2">', "xliff"),
        (b"\n<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<html xml:lang="de">', "html"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "srt"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi", "srt"),
        (ASS.encode("utf-8-sig"), "ass"),
        (TTML.encode(), "ttml"),
        (b'# comment\nmsgid ""\nmsgstr ""', "po"),
        (b'{"id": 1, "en": "A"}\n', "jsonl"),
        (b'{\n "schema": 1', "json"),
        (b"Just <b>text</b>.", "txt"),
        (b"{name}, this is for you.", "txt"),
        (b"", "txt"),
    ],
)
def test_content_tells_where_the_name_does_not(data: bytes, name: str) -> None:
    assert detect("download", data).name == name
    assert detect("-", data).name == name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "XML of a kind"),
        (b'<svg width="4"><text>Sales</text></svg>', "XML of a kind"),
        (b"{\\rtf1\\ansi Hello.}", "rich text"),
        (b"%!PS-Adobe-3.0\n(Hello) show", "PostScript"),
    ],
)
def test_markup_that_is_not_read_is_no_plain_text(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"download: is {kind}.*; save it as DOCX"):
        detect("download", data)
    assert detect("tags.txt", data).name == "txt"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0", "an old Office file (such as .doc); save it as DOCX"),
        (b"7z\xbc\xaf\x27\x1c", "an archive; unpack it first"),
        (b"\x1f\x8b\x08", "packed; unpack it first"),
    ],
)
def test_what_is_no_text_is_told_by_its_beginning(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"download: is {message}")):
        detect("download", data + bytes(99))


def test_the_extension_counts_first() -> None:
    assert detect("x.md", b"<html>").name == "markdown"
