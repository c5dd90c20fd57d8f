"""What a file is by its first bytes, where its name does not say."""

from __future__ import annotations

import re

_ARCHIVES = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
)
_ROOTS = (
    (re.compile(rb"<tmx[\s>]"), "tmx"),
    (re.compile(rb"<xliff[\s>]"), "xliff"),
    (re.compile(rb"<(?:\w+:)?tt\s[^>]*ns/ttml"), "ttml"),
    (re.compile(rb"\A\[Script Info\]"), "ass"),
    (re.compile(rb"(?i)\A(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html[\s>])"), "html"),
    (re.compile(rb"\AWEBVTT\b|\A1\r?\n\d\d:\d\d:\d\d,\d{3} -->"), "srt"),
    (re.compile(rb'\Amsgid "|\A#.*\nmsgid "'), "po"),
)
_OBJECT = re.compile(rb'\{\s*(?:["}]|\Z)')
_SAVE, _UNPACK = "save it as DOCX, HTML or text", "unpack it first"
_UNREAD = (
    (re.compile(rb"\A<(?:\?xml|svg)[\s>]"), "XML of a kind that is not read", _SAVE),
    (re.compile(rb"\A\{\\rtf\d"), "rich text (RTF), which is not read", _SAVE),
    (re.compile(rb"\A%!PS"), "PostScript, which is not read", _SAVE),
    (re.compile(rb"\A\xd0\xcf\x11\xe0"), "an old Office file (such as .doc)", _SAVE),
    (re.compile(rb"\A7z\xbc\xaf|\ARar!"), "an archive", _UNPACK),
    (re.compile(rb"\A\x1f\x8b|\ABZh\d|\A\xfd7zXZ"), "packed", _UNPACK),
)


def sniff(data: bytes) -> str | None:
    """Return the name of the format that *data* begins as, or ``None`` for any other text."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _ARCHIVES if mark in data), None)
    head = _head(data)
    if _OBJECT.match(head):
        first = data.lstrip().split(b"\n", 1)[0].rstrip()
        return "jsonl" if first.endswith(b"}") and len(first) > 2 else "json"
    return next((name for root, name in _ROOTS if root.search(head)), None)


def unread(data: bytes) -> tuple[str, str] | None:
    """Return what *data* begins as if that is no format of ours and no text, and what to do."""
    head = _head(data)
    return next(((kind, fix) for root, kind, fix in _UNREAD if root.search(head)), None)


def _head(data: bytes) -> bytes:
    return data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
