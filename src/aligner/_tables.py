"""Alignments and findings as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import MissingExtraError

if TYPE_CHECKING:
    from pandas import DataFrame

    from aligner._types import Alignment, Comparison


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
    columns = [*alignment.versions, "type", "probability", "moved"]
    return _frame(bead_rows(alignment), columns)


def divergences_frame(comparison: Comparison) -> DataFrame:
    """Return the divergences as a data frame, with the texts of their beads."""
    alignment = comparison.alignment
    plain = ("code", "type", "severity", "confidence", "odd", "bead", "message")
    rows = []
    for divergence in comparison.divergences:
        values = divergence.to_dict()
        texts = alignment.texts(alignment.beads[divergence.bead])
        rows.append({**{name: values[name] for name in plain}, **texts})
    return _frame(rows, [*plain, *alignment.versions])


def _frame(rows: list[dict[str, object]], columns: list[str]) -> DataFrame:
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise MissingExtraError("to_pandas()", "pandas", "tables") from error

    return DataFrame(rows, columns=columns)
