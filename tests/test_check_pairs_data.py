"""The hand-made rows for the checks are well-formed and cover every family both ways."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Literal, TypedDict, cast

import pytest

ROWS = Path(__file__).parent / "data" / "checks" / "pairs.jsonl"
LANGUAGES: tuple[Literal["en"], Literal["de"], Literal["sv"]] = ("en", "de", "sv")
FAMILIES = (
    "number",
    "date",
    "unit",
    "name",
    "negation",
    "modality",
    "quantifier",
    "repetition",
    "untranslated",
    "wrong_language",
    "punctuation",
    "terminology",
    "order",
    "omission",
    "addition",
    "meaning",
)


class Row(TypedDict):
    """One sentence in three versions and what a check should say of it."""

    id: str
    code_family: str
    fires: bool
    odd: Literal["en", "de", "sv"] | None
    en: str
    de: str
    sv: str
    spans: dict[str, list[list[int]]]


def read_rows() -> list[Row]:
    lines = ROWS.read_bytes().decode("utf-8").splitlines()
    return [cast("Row", json.loads(line)) for line in lines]


def test_every_row_has_the_same_keys_and_its_own_id_and_texts() -> None:
    rows = read_rows()
    assert len(rows) >= 250
    assert all(tuple(row) == tuple(Row.__annotations__) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({tuple(row[language] for language in LANGUAGES) for row in rows}) == len(rows)


def test_texts_are_nfc_without_stray_spaces() -> None:
    for row in read_rows():
        for language in LANGUAGES:
            text = row[language]
            assert text == unicodedata.normalize("NFC", text) == " ".join(text.split())
            assert text
            assert not set("{}") & set(text)


@pytest.mark.parametrize("family", FAMILIES)
def test_family_has_enough_rows_that_fire_and_that_stay_quiet(family: str) -> None:
    rows = [row for row in read_rows() if row["code_family"] == family]
    fires = Counter(row["fires"] for row in rows)
    assert min(fires[True], fires[False]) >= 8
    assert {row["odd"] for row in rows if row["fires"]} >= set(LANGUAGES)


def test_there_is_no_other_family() -> None:
    assert {row["code_family"] for row in read_rows()} == set(FAMILIES)


def test_spans_lie_inside_the_strings_and_on_word_edges() -> None:
    for row in read_rows():
        for language in LANGUAGES:
            text, end_before = row[language], 0
            for start, end in row["spans"].get(language, []):
                assert end_before <= start < end <= len(text), row["id"]
                assert text[start:end] == text[start:end].strip(), row["id"]
                assert not text[max(start - 1, 0) : start + 1].isalnum() or start == 0, row["id"]
                assert not text[end - 1 : end + 1].isalnum() or end == len(text), row["id"]
                end_before = end


def test_only_rows_that_fire_have_spans_and_an_odd_version() -> None:
    for row in read_rows():
        if not row["fires"]:
            assert (row["odd"], row["spans"]) == (None, {}), row["id"]
        elif row["odd"] is not None:
            assert row["odd"] in row["spans"], row["id"]
        else:
            assert set(row["spans"]) == set(LANGUAGES), row["id"]


def test_an_omission_has_spans_only_where_the_words_still_stand() -> None:
    for row in read_rows():
        if row["code_family"] == "omission" and row["fires"] and row["odd"]:
            assert not row["spans"][row["odd"]], row["id"]
            assert sum(bool(spans) for spans in row["spans"].values()) == 2, row["id"]
