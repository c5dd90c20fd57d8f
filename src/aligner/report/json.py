"""The comparison as JSON, the published schema (``schema/comparison.json``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner._types import Comparison


def to_dict(comparison: Comparison) -> dict[str, object]:
    """Return *comparison* as plain JSON values: alignment, divergences, what was skipped."""
    from aligner.formats.json import to_dict

    return {
        **to_dict(comparison.alignment),
        "divergences": [divergence.to_dict() for divergence in comparison.divergences],
        "skipped": list(comparison.skipped),
    }


def to_json(comparison: Comparison) -> str:
    """Return the file: indented by one, so that two runs compare line by line."""
    return json.dumps(to_dict(comparison), ensure_ascii=False, indent=1) + "\n"
