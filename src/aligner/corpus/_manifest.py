"""The manifest: which documents there are, and where the versions of each lie."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from aligner._errors import InputError
from aligner._json import json_value
from aligner._tags import language_tag
from aligner.corpus._plan import DOCUMENT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEYS = frozenset({"id", "paths", "options"})
_FIX = "a manifest has 'id', 'paths' by version and, if need be, 'options'"
Placed: TypeAlias = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the manifest.

    Attributes:
        paths: of the versions by name, as the manifest gives them.
        problem: why the row cannot be used, if it cannot.
    """

    id: str
    paths: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of a manifest, in order, and a hash of the file."""

    rows: tuple[Row, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows that are worked on together and written to one file."""

    number: int
    rows: tuple[Row, ...]


def cut(rows: Sequence[Row], size: int) -> list[Shard]:
    """Return the rows in shards of *size*, in order."""
    return [
        Shard(number, tuple(rows[start : start + size]))
        for number, start in enumerate(range(0, len(rows), size))
    ]


def read_manifest(path: str) -> Manifest:
    """Return the rows of *path*; a row that cannot be used says why and fails by itself.

    A relative path is looked for beside the manifest, then in the working folder.

    Raises:
        InputError: if the file cannot be read, is no manifest at all, has unknown columns, or an id
            stands there twice.
    """
    from aligner._decode import decode, load

    data = load(path).data
    suffix = os.path.splitext(path)[1].lower()
    if suffix == ".parquet":
        raw: Iterator[Placed] = _parquet_rows(data, path)
    elif suffix == ".csv":
        raw = _csv_rows(decode(data, path), path)
    else:
        raw = _json_rows(decode(data, path))
    rows: list[Row] = []
    places: dict[str, str] = {}
    is_manifest = False
    for place, value in raw:
        row = _row(value, place, path)
        is_manifest = is_manifest or isinstance(value, Mapping)
        if row.id in places:
            problem = f"the id {row.id!r} stands in {places[row.id]} and in {place}"
            raise InputError(path, problem, fix="give each document an id of its own")
        places[row.id] = place
        rows.append(row)
    if not rows:
        raise InputError(path, "has no documents", fix=_FIX)
    if not is_manifest:
        raise InputError(path, f"is no manifest; {rows[0].problem}", fix=_FIX)
    return Manifest(tuple(rows), blake2b(data, digest_size=16).hexdigest())


def _row(value: object, place: str, name: str) -> Row:
    if not isinstance(value, Mapping):
        return Row(place, problem=f"{place}: {value if isinstance(value, str) else 'no object'}")
    unknown = sorted(set(map(str, value)) - _KEYS)
    if unknown:
        raise InputError(name, f"unknown column {unknown[0]!r}", place=place, fix=_FIX)
    id, paths, options = value.get("id"), value.get("paths"), value.get("options") or {}
    if not isinstance(id, (str, int)) or not str(id).strip():
        return Row(place, problem=f"{place}: no id")
    problem = _problem(paths, options)
    if problem:
        return Row(str(id), problem=f"{place}: {problem}")
    assert isinstance(paths, Mapping)
    assert isinstance(options, Mapping)
    return Row(str(id), dict(paths), dict(options))


def _problem(paths: object, options: object) -> str:
    if not isinstance(paths, Mapping) or not all(
        isinstance(key, str) and isinstance(path, str) for key, path in paths.items()
    ):
        return '\'paths\' must give a path for each version, as {"en": ..., "de": ...}'
    if len([path for path in paths.values() if path]) < 2:
        return f"a document needs two versions or more, not {len(paths)}"
    if not isinstance(options, Mapping):
        return "'options' must be an object"
    unknown = sorted(set(map(str, options)) - set(DOCUMENT_OPTIONS))
    if unknown:
        return f"unknown option {unknown[0]!r}; there are {', '.join(DOCUMENT_OPTIONS)}"
    return ""


def _json_rows(text: str) -> Iterator[Placed]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"line {number}"
            try:
                yield place, json_value(line)
            except ValueError as error:
                yield place, f"not JSON ({error})"


def _csv_rows(text: str, name: str) -> Iterator[Placed]:
    """Yield the rows of a table with a column ``id`` and one column a version.

    The first line tells how cells are parted: spreadsheets write semicolons where the comma is the
    decimal point.
    """
    parted = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True)
    try:
        header = next(table, None)
        _check_header(header, name)
        assert header is not None
        for cells in table:
            place = f"line {table.line_num}"
            if len(cells) == len(header):
                yield place, _from_cells(dict(zip(header, cells, strict=True)))
            elif cells:
                yield place, f"{len(cells)} cells for {len(header)} columns"
    except csv.Error as error:
        raise InputError(name, f"not CSV ({error})", place=f"line {table.line_num}") from None


def _check_header(header: Sequence[str] | None, name: str) -> None:
    if not header or "id" not in header:
        fix = "the first line names the columns, such as id,en,de"
        raise InputError(name, "has no column 'id'", fix=fix)
    for column in header:
        if column not in {"id", "options"} and language_tag(column) is None:
            fix = "besides 'id' and 'options' a column is a language such as 'en'"
            raise InputError(name, f"unknown column {column!r}", place="line 1", fix=fix)
    doubled = next((column for column in header if header.count(column) > 1), None)
    if doubled:
        raise InputError(name, f"two columns are called {doubled!r}", place="line 1")


def _from_cells(cells: Mapping[str, str]) -> object:
    paths = {key: cell for key, cell in cells.items() if key not in {"id", "options"} and cell}
    options: object = {}
    if cells.get("options"):
        try:
            options = json_value(cells["options"])
        except ValueError:
            options = cells["options"]
    return {"id": cells["id"], "paths": paths, "options": options}


def _parquet_rows(data: bytes, name: str) -> Iterator[Placed]:
    """Yield the rows of a table as `_csv_rows` does, or with a column ``paths``."""
    from aligner._errors import MissingExtraError

    try:
        import pyarrow  # type: ignore[import-untyped]  # has no types
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("a parquet manifest", "pyarrow", "tables") from error
    try:
        rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(name, f"not parquet ({error})") from None
    if rows and "paths" not in rows[0]:
        _check_header(list(rows[0]), name)
        rows = [_from_cells({k: str(v or "") for k, v in row.items()}) for row in rows]
    else:
        for row in rows:  # a map column comes as pairs, a struct with all keys of all rows
            paths = row.get("paths")
            pairs = paths.items() if isinstance(paths, dict) else paths or ()
            row["paths"] = {key: path for key, path in pairs if path}
    for number, row in enumerate(rows, 1):
        yield f"row {number}", row
