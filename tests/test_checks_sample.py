"""The sample statement: what was planted is found, what was put there as a trap is not."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner import Comparison, Divergence

FOLDER = Path(__file__).parents[1] / "data" / "samples" / "statement"
LANGUAGES = ("en", "de", "sv")


def rows(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"gold.{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


PLANTED = [row for row in rows("divergences") if row["severity"] != "style"]


@lru_cache(maxsize=1)
def comparison() -> Comparison:
    return aligner.compare(*(FOLDER / f"{language}.txt" for language in LANGUAGES))


def touches(found: Divergence, row: dict[str, Any]) -> bool:
    """Whether a finding and a labelled place share a character of some version."""
    return any(
        span.start < end and start < span.end
        for version, places in row["spans"].items()
        for span in found.spans.get(version, ())
        for start, end in places
    )


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: str(row["id"]))
def test_a_planted_divergence_is_found(row: dict[str, Any]) -> None:
    assert any(touches(one, row) for one in comparison().divergences)


@pytest.mark.parametrize("row", rows("traps"), ids=lambda row: str(row["id"]))
def test_a_trap_is_touched_only_by_what_was_planted_around_it(row: dict[str, Any]) -> None:
    found = [one for one in comparison().divergences if touches(one, row)]
    assert all(any(touches(one, p) and one.type == p["type"] for p in PLANTED) for one in found)


def test_what_is_found_above_style_was_planted() -> None:
    loud = [one for one in comparison().divergences if one.severity != "style"]
    assert [
        one.message for one in loud if not any(touches(one, p) for p in rows("divergences"))
    ] == []
