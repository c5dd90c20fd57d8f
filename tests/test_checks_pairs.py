"""The hand-made rows: what must fire, what must stay quiet, by family of checks.

What a family gets wrong is listed here, so that it cannot get worse unseen.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aligner.checks import CheckOptions, check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner import Divergence

    Row = dict[str, Any]

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
# The rows that a family gets wrong, by their numbers; with two versions, by their pair as well.
WRONG = {
    "modality": "3 4 5 7 9 17",
    "name": "10",
    "negation": "6 9 11 16",
    "quantifier": "3 5 6 7 8",
    "terminology": "1 2 3 5 8 10 14",
    "untranslated": "1 2 7 8",
    "wrong_language": "4 8",
}
WRONG_IN_TWO = {
    "modality": {"en-de": "3 4 5 7 9", "en-sv": "5 9", "de-sv": "4 5 7 17"},
    "name": {"en-de": "4 9", "en-sv": "5 9 10", "de-sv": "5 10"},
    "negation": {"en-de": "4 6 9 11 16", "en-sv": "9", "de-sv": "4 6 16"},
    "quantifier": {"en-de": "3 6 7", "en-sv": "3 6 8", "de-sv": "5 7 8"},
    "terminology": {"en-de": "1 3 4 6 7 9", "en-sv": "2 3 5 6 8 9", "de-sv": "1 2 4 5 7 8"},
    "untranslated": {"en-de": "1 3 7", "en-sv": "2 6 8 9", "de-sv": "1 2 5 7 8"},
    "wrong_language": {"en-de": "12", "en-sv": "4 8 12", "de-sv": "4 8"},
}


def findings(family: str, *versions: str) -> Iterator[tuple[int, Row, list[Divergence]]]:
    """Yield each row of *family* with its number and what is found in some versions of it."""
    options = CheckOptions(select=(CODES[family],), ignore=("D101", "D102", "D103", "D7"))
    if family != "punctuation":
        options = CheckOptions(select=(CODES[family],))
    rows = [row for row in ROWS if row["code_family"] == family]
    texts = [{version: row[version] for version in versions} for row in rows]
    kin = KIN.get(family, {family})
    for row, found in zip(rows, check_rows(texts, options), strict=True):
        number = int(row["id"].rpartition("-")[2])
        yield number, row, [one for one in found if one.type in kin]


@pytest.mark.parametrize("family", sorted(CODES))
def test_family_fires_and_stays_quiet_on_the_hand_made_rows(family: str) -> None:
    wrong = set()
    for number, row, hits in findings(family, "en", "de", "sv"):
        named = row["odd"] is None or any(one.odd == row["odd"] for one in hits)
        right = bool(hits) and named if row["fires"] else not hits
        if not right:
            wrong.add(number)
    assert wrong <= set(map(int, WRONG.get(family, "").split()))


@pytest.mark.parametrize("family", sorted(CODES))
@pytest.mark.parametrize("pair", ["en-de", "en-sv", "de-sv"])
def test_two_versions_fire_where_one_is_odd_and_are_quiet_where_both_agree(
    family: str, pair: str
) -> None:
    wrong = set()
    for number, row, hits in findings(family, *pair.split("-")):
        if row["odd"] is not None or not row["fires"]:
            fires = row["fires"] and row["odd"] in pair
            if bool(hits) != fires:
                wrong.add(number)
    assert wrong <= set(map(int, WRONG_IN_TWO.get(family, {}).get(pair, "").split()))


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
    for _, row, hits in findings(family, "en", "de", "sv"):
        if row["fires"] and hits:
            assert any(_marks(one, row["spans"]) for one in hits), row["id"]


def _marks(finding: Divergence, spans: dict[str, list[list[int]]]) -> bool:
    """Whether all that the finding marks overlaps with what was marked by hand."""
    return all(
        any(span.start < end and start < span.end for start, end in spans.get(version, []))
        for version, marked in finding.spans.items()
        for span in marked
    )
