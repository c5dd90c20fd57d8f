"""Parquet for corpora: a row a bead, a column a version, with the layout and the languages."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from aligner._errors import InputError, MissingExtraError
from aligner._json import json_value
from aligner.formats._numbering import alignment_of
from aligner.formats._units import Unit, bitext_of, share

if TYPE_CHECKING:
    from types import ModuleType

    from aligner._decode import Source
    from aligner._types import Alignment

_OWN = ("id", "probability", "moved", "layout", "places")
_LANGUAGES = b"aligner.languages"
ROWS = 50_000_000
_BATCH = 10_000


def _arrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow  # type: ignore[import-untyped]  # has no types
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("parquet", "pyarrow", "tables") from error

    return pyarrow, parquet


def _objects(text: str | bytes | None) -> dict[str, str]:
    """Return an object of strings kept as JSON; anything else is none."""
    try:
        value = json_value(text or "{}")
    except ValueError:
        return {}
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


def render(alignment: Alignment) -> bytes:
    """Return the file; its metadata has the signature and the language of each version."""
    pyarrow, parquet = _arrow()
    rows = list(bitext_of(alignment).units())
    columns: dict[str, list[object]] = {"id": [row.id for row in rows]}
    for version in alignment.versions:
        columns[version] = [row.texts[version] for row in rows]
    columns["probability"] = [row.probability for row in rows]
    columns["moved"] = [row.moved for row in rows]
    columns["layout"] = [json.dumps(dict(row.layouts)) for row in rows]
    columns["places"] = [json.dumps(dict(row.places), ensure_ascii=False) for row in rows]
    languages = {document.name: document.language for document in alignment.documents}
    metadata = {
        _LANGUAGES: json.dumps(languages).encode(),
        b"aligner.signature": str(alignment.signature).encode(),
    }
    table = pyarrow.table(columns).replace_schema_metadata(metadata)
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each row; columns of text are the versions where the file does not say."""
    pyarrow, parquet = _arrow()
    try:
        file = parquet.ParquetFile(io.BytesIO(source.data))
        count = sum(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups))
        if count > ROWS:
            problem = f"has {count:,} rows, {ROWS:,} are read at most"
            raise InputError(source.name, problem, fix="split the file")
        batches = file.iter_batches(_BATCH)  # a whole group is laid out as large as it claims to be
        rows = [row for batch in batches for row in batch.to_pylist()]
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        problem = f"is not a readable parquet file ({error})"
        raise InputError(source.name, problem, fix="write it again") from error
    schema = file.schema_arrow
    stated = (schema.metadata or {}).get(_LANGUAGES)
    languages = _objects(stated) or None
    texts = [f.name for f in schema if pyarrow.types.is_string(f.type) and f.name not in _OWN]
    versions = [name for name in languages or texts if name in texts]
    found = (
        Unit(
            str(row.get("id", number)),
            {version: row[version] or "" for version in versions},
            _objects(row.get("layout")),
            share(row.get("probability", 1.0)),
            bool(row.get("moved", False)),
            f"row {number + 1}",
            places=_objects(row.get("places")),
        )
        for number, row in enumerate(rows)
    )
    return alignment_of(found, source.name, languages=languages)
