"""Alignments and findings as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import MissingExtraError

if TYPE_CHECKING:
    from pandas import DataFrame

    from aligner._types import Alignment, Comparison

_BEAD = {"type": "string", "probability": "double", "moved": "bool"}
_DIVERGENCE = {
    "code": "string",
    "type": "string",
    "severity": "string",
    "confidence": "double",
    "odd": "string",
    "bead": "int64",
    "message": "string",
}


def bead_rows(alignment: Alignment) -> list[dict[str, object]]:
    """Return one flat row a bead: the texts by version, then type, probability and moved."""
    return [
        {
            **alignment.texts(bead),
            "type": bead.type,
            "probability": round(bead.probability, 4),
            "moved": bead.moved,
        }
        for bead in alignment.beads
    ]


def beads_frame(alignment: Alignment) -> DataFrame:
    """Return the beads as a data frame, indexed by the number of the bead."""
    return _frame(bead_rows(alignment), [*alignment.versions, *_BEAD])


def divergence_rows(comparison: Comparison) -> list[dict[str, object]]:
    """Return one flat row a divergence, with the texts of its bead."""
    alignment = comparison.alignment
    rows = []
    for divergence in comparison.divergences:
        values = divergence.to_dict()
        texts = alignment.texts(alignment.beads[divergence.bead])
        rows.append({**{name: values[name] for name in _DIVERGENCE}, **texts})
    return rows


def divergences_frame(comparison: Comparison) -> DataFrame:
    """Return the divergences as a data frame, with the texts of their beads."""
    columns = [*_DIVERGENCE, *comparison.alignment.versions]
    return _frame(divergence_rows(comparison), columns)


def beads_stream(alignment: Alignment, requested_schema: object = None) -> object:
    """Return the rows of the beads as an Arrow stream."""
    types = {**dict.fromkeys(alignment.versions, "string"), **_BEAD}
    return _stream(bead_rows(alignment), types, requested_schema)


def divergences_stream(comparison: Comparison, requested_schema: object = None) -> object:
    """Return the rows of the divergences as an Arrow stream."""
    types = {**_DIVERGENCE, **dict.fromkeys(comparison.alignment.versions, "string")}
    return _stream(divergence_rows(comparison), types, requested_schema)


def _stream(rows: list[dict[str, object]], types: dict[str, str], requested: object) -> object:
    try:
        import pyarrow  # type: ignore[import-untyped]  # has no types
    except ImportError as error:
        raise MissingExtraError("a data frame of another library", "pyarrow", "tables") from error

    schema = pyarrow.schema([(name, pyarrow.type_for_alias(type)) for name, type in types.items()])
    return pyarrow.Table.from_pylist(rows, schema=schema).__arrow_c_stream__(requested)


def _frame(rows: list[dict[str, object]], columns: list[str]) -> DataFrame:
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise MissingExtraError("to_pandas()", "pandas", "tables") from error

    return DataFrame(rows, columns=columns)
