"""Bytes into text: encodings, line ends, and files that cannot be read."""

# ruff: noqa: RUF001  (quotation marks and dashes are the subject here)

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from aligner import InputError, formats
from aligner._decode import decode

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(codec: str) -> None:
    assert decode("Öl & Straße".encode(codec)) == "Öl & Straße"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zeros(codec: str, tmp_path: Path) -> None:
    assert decode("Öl & Straße – 5 €\n".encode(codec)) == "Öl & Straße – 5 €\n"
    path = tmp_path / "rows.tsv"
    path.write_bytes("id\ten\tde\n1\tOne.\tEins.\n".encode(codec))
    (unit,) = formats.read_alignment(path).to_dicts()
    assert unit["texts"] == {"en": "One.", "de": "Eins."}


@pytest.mark.parametrize("data", [bytes(64), b"a\0\0b", b"text\0"])
def test_zeros_on_both_sides_are_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match=r"is not text \(it has NUL bytes\); .* or --encoding$"):
        decode(data)


def test_utf8_then_cp1252_with_a_warning() -> None:
    assert decode("Öl".encode()) == "Öl"
    with pytest.warns(
        UserWarning, match=r"a\.txt, line 2: not UTF-8, read as cp1252; say encoding="
    ):
        assert decode("Gut.\n„Straße“ – 5 €".encode("cp1252"), "a.txt") == "Gut.\n„Straße“ – 5 €"


def test_an_encoding_overrides(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Łódź".encode("cp1250"))
    assert formats.read(path, encoding="cp1250").text == "Łódź"
    with pytest.raises(
        InputError, match=r"a\.txt, byte 0: not ascii \(ordinal not in range\(128\)\)"
    ):
        formats.read(path, encoding="ascii")
    with pytest.raises(InputError, match=r"a\.txt: unknown encoding 'klingon'"):
        formats.read(path, encoding="klingon")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.txt: no such file"):
        formats.read(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="is a folder, not a file"):
        formats.read(tmp_path)
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\0\0\0")
    with pytest.raises(InputError, match=r"photo\.txt: is not text \(it has NUL bytes\); if it is"):
        formats.read(tmp_path / "photo.txt")
    with pytest.raises(InputError, match="cannot be read"):
        formats.read("a\0b.txt")


def test_an_empty_file_is_a_document_without_blocks(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    document = formats.read(tmp_path / "empty.txt")
    assert (document.text, document.blocks, document.segments) == ("", (), ())


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("Öl.\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert formats.read("-").text == "Öl.\n"


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One.\r\n\r\nTwo.\r\n")
    document = formats.read(tmp_path / "a.txt")
    assert document.text == "One.\r\n\r\nTwo.\r\n"
    assert [(b.start, b.end) for b in document.blocks] == [(0, 4), (8, 12)]
    assert document.path == str(tmp_path / "a.txt")
