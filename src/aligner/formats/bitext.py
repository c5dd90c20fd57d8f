"""Rows of a bitext, whatever the file: an id and the texts of two or more languages.

``iter_rows`` streams, so a translation memory of any size is read in bounded memory.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner._errors import InputError
from aligner._tags import language_tag
from aligner.formats._decode import json_value
from aligner.formats._sniff import sniff
from aligner.formats._stream import Stream, opened_again


@dataclass(frozen=True, slots=True)
class Row:
    """One aligned row: texts by language; an empty text stands for a side without a counterpart.

    Attributes:
        id: as the file has it; a number stays one.
        place: where the row stands in the file, for people: ``line 3``, ``unit 17``.
    """

    id: str | int
    texts: Mapping[str, str]
    place: str = ""


def iter_rows(
    path: str | Path,
    *,
    format: str | None = None,
    languages: Sequence[str] | None = None,
    encoding: str | None = None,
) -> Iterator[Row]:
    """Yield the rows of a TMX, XLIFF, TSV, CSV, JSONL or PO file, in the order of the file.

    ``-`` reads standard input.

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
            fix = f"use {known}, or say which; aligner convert makes one of other aligned files"
            raise InputError(str(path), problem, fix=fix)
        yield from reader(stream, languages)


def suffix_format(path: str | Path) -> str:
    """Return the bitext format that the name of *path* stands for, or its bare suffix."""
    suffix = Path(path).suffix.lower().lstrip(".")
    return {"xlf": "xliff", "sdlxliff": "xliff", "mqxliff": "xliff", "tab": "tsv", "pot": "po"}.get(
        suffix, suffix
    )


RowReader = Callable[[Stream, Sequence[str] | None], Iterator[Row]]


def _readers() -> dict[str, RowReader]:
    from aligner.formats import po, tmx, xliff

    return {
        "csv": csv_rows,
        "jsonl": jsonl_rows,
        "po": po.rows,
        "tmx": tmx.rows,
        "tsv": tsv_rows,
        "xliff": xliff.rows,
    }


def jsonl_rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a JSONL file: one object a line, texts under their language."""
    path = stream.name
    for number, line in stream.lines():
        if not line.strip():
            continue
        try:
            value = json_value(line)
        except ValueError as error:
            problem = f"is not valid JSON ({error})"
            fix = "write one JSON object on each line"
            raise InputError(path, problem, place=f"line {number}", fix=fix) from error
        yield _json_row(value, path, number, languages)


def _json_row(value: object, path: str, number: int, languages: Sequence[str] | None) -> Row:
    place = f"line {number}"
    fix = 'a row looks like {"id": "1", "en": "...", "de": "..."}'
    if not isinstance(value, dict):
        raise InputError(path, "is not a JSON object", place=place, fix=fix)
    fields = dict(value)
    for nested in ("texts", "translation"):
        if isinstance(fields.get(nested), dict):
            fields.update(fields.pop(nested))
    for side in ("src", "tgt"):
        if isinstance(fields.get(side), str) and isinstance(fields.get(f"{side}_lang"), str):
            fields[str(fields[f"{side}_lang"])] = fields[side]
    texts = {}
    for key, text in fields.items():
        tag = key if languages and key in languages else language_tag(key)
        if tag and (text is None or isinstance(text, str)):
            texts[tag] = text or ""
    if len(texts) < 2:
        problem = f"has {len(texts)} of the two or more language keys a row needs"
        raise InputError(path, problem, place=place, fix=fix)
    name = fields.get("id", str(number))
    return Row(name if type(name) is int else str(name), texts, place)


def tsv_rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a tab-separated file, with a header line or with *languages* given."""
    lines = ((number, line.rstrip("\r\n").split("\t")) for number, line in stream.lines())
    return table_rows(lines, stream.name, languages)


def csv_rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a CSV file; commas and semicolons are told apart by its first line.

    In a file that aligner wrote, apostrophes that keep a cell from being a formula are taken off.
    """
    from aligner.formats.csv import is_own, restored

    lines = csv_cells(stream)
    first = next(lines, None)
    if first is None:
        yield from table_rows(lines, stream.name, languages)
        return
    ours = is_own(first[1])
    for row in table_rows(itertools.chain([first], lines), stream.name, languages):
        texts = {tag: restored(text) for tag, text in row.texts.items()} if ours else row.texts
        yield Row(row.id, texts, row.place)


def csv_cells(stream: Stream) -> Generator[tuple[int, list[str]], None, None]:
    """Yield the number of the first line of each row of a CSV file, and its cells."""
    lines = (line for _, line in stream.lines())
    first = next(lines, "")
    line = 0
    try:
        reader = csv.reader(
            itertools.chain([first], lines) if first else [],
            delimiter=max(",;\t", key=first.count),
            strict=True,
        )
        for cells in reader:
            line, before = reader.line_num, line
            yield before + 1, cells
    except csv.Error as error:
        fix = "quote cells that hold quotes or line breaks"
        problem = f"is not valid CSV ({error})"
        raise InputError(stream.name, problem, place=f"line {line + 1}", fix=fix) from error


def table_rows(
    lines: Iterator[tuple[int, list[str]]], path: str, languages: Sequence[str] | None
) -> Iterator[Row]:
    """Yield the rows of a table whose numbered *lines* are cut into cells."""
    first = next(lines, None)
    if first is None:
        raise InputError(path, "is empty", fix="give a table with a column for each language")
    number, header = first
    columns = {i: tag for i, name in enumerate(header) if (tag := language_tag(name))}
    names = [name.strip().lower() for name in header]
    id_column = names.index("id") if "id" in names else None
    if len(columns) < 2:
        if not languages or len(languages) > len(header):
            raise InputError(
                path,
                f"names no two languages in its first line ({header[:4]})",
                place="line 1",
                fix="put a line such as id<TAB>en<TAB>de first, or name the languages",
            )
        columns, id_column = dict(enumerate(languages)), None
        yield _table_row(number, header, columns, None)
    _check_distinct(list(columns.values()), path)
    for number, cells in lines:
        if any(cells):
            yield _table_row(number, cells, columns, id_column)


def _check_distinct(names: Sequence[str], path: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        fix = "name the columns apart, such as en-GB and en-US"
        raise InputError(path, f"names the language {twice!r} twice", place="line 1", fix=fix)


def _table_row(number: int, cells: list[str], columns: dict[int, str], at: int | None) -> Row:
    texts = {tag: cells[i] if i < len(cells) else "" for i, tag in columns.items()}
    name = cells[at] if at is not None and at < len(cells) and cells[at] else str(number)
    return Row(name, texts, f"line {number}")
