"""The hand-made rows: what must fire, what must stay quiet, by family of checks.

A family that does not find everything has the share it finds here, so that it cannot get worse
unseen; the rest waits for word links.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.checks import CheckOptions, check_rows

if TYPE_CHECKING:
    from aligner import Divergence

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/checks/pairs.jsonl").read_text("utf-8").splitlines()
]
KIN = {
    "number": {"number", "unit", "date"},
    "unit": {"unit", "number"},
    "date": {"date", "number"},
    "wrong_language": {"wrong_language", "untranslated"},
    "untranslated": {"untranslated", "wrong_language"},
    "punctuation": {"punctuation", "modality"},
}
CODES = {
    "number": "D2",
    "unit": "D2",
    "date": "D2",
    "name": "D3",
    "negation": "D401",
    "modality": "D402",
    "quantifier": "D404",
    "repetition": "D503",
    "untranslated": "D50",
    "wrong_language": "D50",
    "punctuation": "D",
    "terminology": "D505",
}
# Of ten rows that must fire, and of ten that must stay quiet, at least so many do.
FIRES = {
    "number": 10,
    "unit": 10,
    "date": 10,
    "name": 8,
    "negation": 8,
    "modality": 4,
    "quantifier": 5,
    "repetition": 10,
    "untranslated": 5,
    "wrong_language": 7,
    "punctuation": 10,
    "terminology": 4,
}
QUIET = {"negation": 8, "modality": 8, "repetition": 9, "terminology": 7}


def results(family: str) -> dict[bool, list[bool]]:
    options = CheckOptions(select=(CODES[family],), ignore=("D101", "D102", "D103", "D7"))
    if family != "punctuation":
        options = CheckOptions(select=(CODES[family],))
    rows = [row for row in ROWS if row["code_family"] == family]
    texts = [{key: row[key] for key in ("en", "de", "sv")} for row in rows]
    kin, right = KIN.get(family, {family}), defaultdict(list)
    for row, found in zip(rows, check_rows(texts, options), strict=True):
        hits = [one for one in found if one.type in kin]
        odd = row["odd"] is None or any(one.odd == row["odd"] for one in hits)
        right[row["fires"]].append(bool(hits) and odd if row["fires"] else not hits)
    return right


@pytest.mark.parametrize("family", sorted(CODES))
def test_family_fires_and_stays_quiet_on_the_hand_made_rows(family: str) -> None:
    right = results(family)
    fired, quiet = right[True], right[False]
    assert sum(fired) >= FIRES[family] * len(fired) // 10
    assert sum(quiet) >= QUIET.get(family, 10) * len(quiet) // 10


# The same where only two versions are at hand: which one is wrong is then not known.
TWO_FIRE = FIRES | {"name": 6, "negation": 7, "untranslated": 3, "terminology": 0}
TWO_QUIET = {"negation": 9, "modality": 9, "wrong_language": 9}


@pytest.mark.parametrize("family", sorted(CODES))
def test_two_versions_fire_where_one_is_odd_and_are_quiet_where_both_agree(family: str) -> None:
    rows = [row for row in ROWS if row["code_family"] == family]
    kin, fired, quiet = KIN.get(family, {family}), [], []
    options = CheckOptions(select=(CODES[family],))
    for pair in combinations(("en", "de", "sv"), 2):
        texts = [{version: row[version] for version in pair} for row in rows]
        for row, found in zip(rows, check_rows(texts, options), strict=True):
            hit = any(one.type in kin for one in found)
            if row["fires"] and row["odd"] in pair:
                fired.append(hit)
            elif not row["fires"] or row["odd"]:
                quiet.append(not hit)
    assert sum(fired) >= TWO_FIRE[family] * len(fired) // 10
    assert sum(quiet) >= TWO_QUIET.get(family, 10) * len(quiet) // 10


@pytest.mark.parametrize(
    "family",
    [
        "date",
        "modality",
        "name",
        "negation",
        "number",
        "quantifier",
        "repetition",
        "wrong_language",
    ],
)
def test_what_is_marked_is_what_is_wrong(family: str) -> None:
    rows = [row for row in ROWS if row["code_family"] == family and row["fires"]]
    texts = [{key: row[key] for key in ("en", "de", "sv")} for row in rows]
    kin = KIN.get(family, {family})
    for row, found in zip(
        rows, check_rows(texts, CheckOptions(select=(CODES[family],))), strict=True
    ):
        hits = [one for one in found if one.type in kin]
        assert not hits or any(_marks(one, row["spans"]) for one in hits), row["id"]


def _marks(finding: Divergence, spans: dict[str, list[list[int]]]) -> bool:
    """Whether all that the finding marks overlaps with what was marked by hand."""
    return all(
        any(span.start < end and start < span.end for start, end in spans.get(version, []))
        for version, marked in finding.spans.items()
        for span in marked
    )
