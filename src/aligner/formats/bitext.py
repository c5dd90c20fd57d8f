"""Rows of a bitext, whatever the file: an id and the texts of two or more languages.

``iter_rows`` streams, so a translation memory of any size is read in bounded memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._storage import STDIO
from aligner.formats._rows import Row
from aligner.formats._sniff import sniff
from aligner.formats._stream import Stream, opened_again, unpacked_name

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Row", "iter_rows", "suffix_format"]


def iter_rows(
    path: str | PathLike[str],
    *,
    format: str | None = None,
    languages: Sequence[str] | None = None,
    encoding: str | None = None,
) -> Iterator[Row]:
    """Yield the rows of a TMX, XLIFF, TSV, CSV, JSONL or PO file, in the order of the file.

    ``-`` reads standard input; what is called ``.gz`` is unpacked.

    Args:
        format: name of the format; by default what the file name ends in, else how it begins.
        languages: names of the text columns of a table without a header line.

    Raises:
        InputError: if the file cannot be read as its format, with the place where it breaks.
    """
    with opened_again(path, encoding=encoding) as stream:
        named = format or suffix_format(path)
        reader = _readers().get(named) or _readers().get(sniff(stream.head()) or "")
        if reader is None:
            known = ", ".join(sorted(_readers()))
            problem = "is not a bitext format that aligner reads"
            fix = f"use {known}; aligner convert makes one of other aligned files"
            if stream.name == STDIO:
                fix = f"say which it is with --input-format: {known}"
            raise InputError(str(path), problem, fix=fix)
        yield from reader(stream, languages)


def suffix_format(path: str | PathLike[str]) -> str:
    """Return the bitext format that the name of *path* stands for, or its bare suffix."""
    suffix = Path(unpacked_name(os.fspath(path))).suffix.lower().lstrip(".")
    return {"xlf": "xliff", "sdlxliff": "xliff", "mqxliff": "xliff", "tab": "tsv", "pot": "po"}.get(
        suffix, suffix
    )


RowReader = Callable[[Stream, Sequence[str] | None], Iterator[Row]]


def _readers() -> dict[str, RowReader]:
    from aligner.formats import csv, jsonl, po, tmx, tsv, xliff

    return {
        "csv": csv.rows,
        "jsonl": jsonl.rows,
        "po": po.rows,
        "tmx": tmx.rows,
        "tsv": tsv.rows,
        "xliff": xliff.rows,
    }
