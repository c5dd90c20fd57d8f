"""What is written as JSON is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from _comparisons import alignment, comparison

from aligner.formats import render as render_alignment
from aligner.report import render

jsonschema = pytest.importorskip("jsonschema")
SCHEMAS = Path(__file__).parent.parent / "schema"


def schema(name: str) -> object:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def test_a_comparison_keeps_to_its_schema() -> None:
    jsonschema.validate(json.loads(render(comparison(), "json")), schema("comparison"))


def test_an_alignment_keeps_to_its_schema() -> None:
    jsonschema.validate(json.loads(render_alignment(alignment(), "json")), schema("alignment"))


def test_a_checked_row_keeps_to_its_schema() -> None:
    found = [divergence.to_dict() for divergence in comparison().divergences]
    jsonschema.validate({"id": "7", "divergences": found}, schema("check"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "7", "divergences": [{**found[0], "odd": 3}]}, schema("check"))
