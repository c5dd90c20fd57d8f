"""The sample sets: spans, ladders, counts and checksums of their gold."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import tomllib
import unicodedata
from typing import Any, get_args

import pytest
from _samples import LANGUAGES, SAMPLES, pairs, read_segments, read_text, versions

from aligner._types import SEVERITIES, DivergenceType, Kind

SOURCES: dict[str, Any] = tomllib.loads((SAMPLES / "SOURCES.toml").read_text(encoding="utf-8"))


def read_ladder(name: str, pair: tuple[str, ...] = ()) -> list[tuple[dict[str, list[int]], bool]]:
    names = pair or versions(name)
    file = f"gold.{'-'.join(pair) or 'beads'}.tsv"
    ladder = []
    for line in (SAMPLES / name / file).read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        assert columns[len(names) :] in ([], ["moved"])
        cells = zip(names, columns, strict=False)
        sides = {version: [int(i) for i in cell.split(",") if i] for version, cell in cells}
        assert any(sides.values())
        ladder.append((sides, len(columns) > len(names)))
    return ladder


def read_rows(file: str) -> list[dict[str, Any]]:
    lines = (SAMPLES / "statement" / file).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


DIVERGENCES = read_rows("gold.divergences.jsonl")
TRAPS = read_rows("gold.traps.jsonl")
STATEMENT = {v: read_text("statement", v) for v in LANGUAGES}


def words(row: dict[str, Any], version: str) -> list[str]:
    return [STATEMENT[version][start:end] for start, end in row["spans"][version]]


def of_type(*types: str) -> list[dict[str, Any]]:
    return [row for row in DIVERGENCES if row["type"] in types]


@pytest.mark.parametrize("name", SOURCES)
def test_every_file_is_listed_with_its_checksum(name: str) -> None:
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (SAMPLES / name).iterdir()
    }
    assert SOURCES[name]["sha256"] == files


def test_every_set_has_a_licence_and_a_table() -> None:
    folders = {path.name for path in SAMPLES.iterdir() if path.is_dir()}
    assert set(SOURCES) <= folders
    assert {"statement", "report"} <= set(SOURCES)
    assert all(table["licence"] and table["origin"] for table in SOURCES.values())


@pytest.mark.parametrize("name", SOURCES)
def test_texts_are_plain_composed_utf8(name: str) -> None:
    for version in versions(name):
        text = read_text(name, version)
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text
        assert not text.startswith("\ufeff")
        assert "{" not in text
        assert "}" not in text


@pytest.mark.parametrize("name", SOURCES)
def test_segments_cover_the_text_in_order(name: str) -> None:
    for version in versions(name):
        text, at = read_text(name, version), 0
        for start, end, kind in read_segments(name, version):
            assert kind in get_args(Kind)
            assert not text[at:start].strip()
            assert text[start:end].strip() == text[start:end] != ""
            at = end
        assert not text[at:].strip()


@pytest.mark.parametrize("name", SOURCES)
def test_ladder_holds_every_segment_once(name: str) -> None:
    ladder = read_ladder(name)
    for version in versions(name):
        indices = [i for sides, _ in ladder for i in sides[version]]
        assert sorted(indices) == list(range(len(read_segments(name, version))))
        fixed = [i for sides, moved in ladder if not moved for i in sides[version]]
        assert fixed == sorted(fixed)


@pytest.mark.parametrize(("name", "pair"), [(n, p) for n in SOURCES for p in pairs(n)])
def test_ladder_of_a_pair_lies_inside_the_beads(name: str, pair: tuple[str, str]) -> None:
    ladder = read_ladder(name, pair)
    whole = [sides for sides, _ in read_ladder(name)]
    for version in pair:
        indices = [i for sides, _ in ladder for i in sides[version]]
        assert sorted(indices) == list(range(len(read_segments(name, version))))
        fixed = [i for sides, moved in ladder if not moved for i in sides[version]]
        assert fixed == sorted(fixed)
    for sides, _ in ladder:
        assert any(all(set(sides[v]) <= set(bead[v]) for v in pair) for bead in whole)


@pytest.mark.parametrize("name", SOURCES)
def test_moved_beads_cross_the_others(name: str) -> None:
    for names in [tuple(versions(name)), *pairs(name)]:
        ladder = read_ladder(name, names if len(names) < len(versions(name)) else ())
        fixed = [sides for sides, moved in ladder if not moved]
        for bead, moved in ladder:
            crosses = any(
                (bead[a] < sides[a]) != (bead[b] < sides[b])
                for sides in fixed
                for a, b in itertools.combinations(names, 2)
                if bead[a] and bead[b] and sides[a] and sides[b]
            )
            assert crosses or not moved


@pytest.mark.parametrize(
    ("name", "version", "fewest", "most"),
    [("statement", v, 45, 60) for v in LANGUAGES] + [("report", v, 15, 25) for v in ("en", "de")],
)
def test_versions_have_the_size_they_should(
    name: str, version: str, fewest: int, most: int
) -> None:
    assert fewest <= len(read_segments(name, version)) <= most


def test_reports_share_at_most_two_sentences() -> None:
    shared = [sides for sides, _ in read_ladder("report") if all(sides.values())]
    assert len(shared) <= 2
    assert all(max(map(len, sides.values())) == 1 for sides in shared)


def test_statement_has_splits_joins_and_a_list() -> None:
    types = {"-".join(str(len(s)) for s in sides.values()) for sides, _ in read_ladder("statement")}
    assert {"1-1-1", "1-2-1", "1-1-2", "2-2-1", "2-1-2", "1-1-0", "0-1-1"} <= types
    kinds = {kind for version in LANGUAGES for *_, kind in read_segments("statement", version)}
    assert kinds == {"text", "heading", "caption", "item", "boilerplate"}


def test_every_divergence_type_is_planted() -> None:
    assert {row["type"] for row in DIVERGENCES} == set(get_args(DivergenceType))
    assert 36 <= len(DIVERGENCES) <= 46
    assert len(TRAPS) == 20
    assert len({row["kind"] for row in TRAPS}) == 20


def test_rows_have_the_published_shape() -> None:
    for row in DIVERGENCES:
        assert list(row) == ["id", "type", "severity", "odd", "bead", "spans", "note"]
        assert row["severity"] in SEVERITIES
        assert row["odd"] in (*LANGUAGES, None)
    for row in TRAPS:
        assert list(row) == ["id", "kind", "bead", "spans", "note"]
    ids = [row["id"] for row in DIVERGENCES + TRAPS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("row", DIVERGENCES + TRAPS, ids=lambda row: str(row["id"]))
def test_spans_lie_in_segments_of_their_bead(row: dict[str, Any]) -> None:
    sides, _ = read_ladder("statement")[row["bead"]]
    assert list(row["spans"]) == list(LANGUAGES)
    assert any(row["spans"].values())
    for version, spans in row["spans"].items():
        segments = [read_segments("statement", version)[i][:2] for i in sides[version]]
        for start, end in spans:
            assert any(low <= start < end <= high for low, high in segments)
            assert STATEMENT[version][start:end].strip() == STATEMENT[version][start:end]


def test_traps_and_divergences_keep_apart() -> None:
    for trap, row in itertools.product(TRAPS, DIVERGENCES):
        for version in LANGUAGES if row["type"] not in ("missing", "moved", "length") else ():
            pairs = itertools.product(trap["spans"][version], row["spans"][version])
            assert not any(a[0] < b[1] and b[0] < a[1] for a, b in pairs), (trap["id"], row["id"])


def test_beads_with_an_empty_side_are_the_missing_ones() -> None:
    ladder = read_ladder("statement")
    empty = {i for i, (sides, _) in enumerate(ladder) if not all(sides.values())}
    assert {row["bead"] for row in of_type("missing")} == empty
    for row in of_type("missing"):
        sides = ladder[row["bead"]][0]
        filled = [version for version in LANGUAGES if sides[version]]
        absent = [version for version in LANGUAGES if not sides[version]]
        assert [row["odd"]] == min(filled, absent, key=len)


def test_moved_beads_are_the_moved_ones() -> None:
    moved = {i for i, (_, is_moved) in enumerate(read_ladder("statement")) if is_moved}
    assert {row["bead"] for row in of_type("moved")} == moved


def test_odd_side_of_omissions_is_empty_and_of_additions_alone() -> None:
    for row in of_type("omission", "addition"):
        filled = {v for v in LANGUAGES if row["spans"][v]}
        odd = {row["odd"]}
        assert filled == (odd if row["type"] == "addition" else set(LANGUAGES) - odd)


def test_digits_differ_where_numbers_and_dates_are_planted() -> None:
    for row in of_type("number", "date"):
        values = {v: re.sub(r"\D", "", words(row, v)[0]) or words(row, v)[0] for v in LANGUAGES}
        same = [v for v in LANGUAGES if v != row["odd"]]
        if row["odd"] is None:
            assert len(set(values.values())) == 3
        elif values[same[0]].isdigit():
            assert values[same[0]] == values[same[1]] != values[row["odd"]]


def test_repeated_words_stand_twice() -> None:
    (row,) = of_type("repetition")
    (text,) = words(row, row["odd"])
    half = text[: len(text) // 2]
    assert text == f"{half} {half}"


def test_untranslated_words_are_copies() -> None:
    for row in of_type("untranslated"):
        assert all(text in STATEMENT["en"] for text in words(row, row["odd"]))
    for row in of_type("wrong_language"):
        assert all(text not in STATEMENT["en"] for text in words(row, row["odd"]))


@pytest.mark.parametrize(
    ("kind", "version", "text"),
    [
        ("number", "de", ["48 Millionen"]),
        ("date", "de", ["2. Mai 2019"]),
        ("date", "en", ["12 March 2025"]),
        ("unit", "de", ["700 Gigawatt"]),
        ("unit", "sv", ["40\N{NO-BREAK SPACE}000 kilo"]),
        ("name", "de", ["Lidia Morath"]),
        ("negation", "sv", ["riktar sig mot"]),
        ("negation", "en", ["may"]),
        ("modality", "sv", ["måste"]),
        ("quantifier", "de", ["Sämtliche"]),
        ("addition", "de", [", sofern beide Parlamente zustimmen"]),
        ("addition", "en", ["on Sundays"]),
        ("untranslated", "sv", ["in real time"]),
        ("order", "sv", ["först vägas i Brenning och därefter kontrolleras i Hask"]),
        ("terminology", "de", ["Gemischte Ausschuss"]),
        ("punctuation", "de", ["„Flüsse ohne Grenzen"]),
        ("length", "sv", ["Kulturutbytet ska fortsätta."]),
        ("meaning", "de", ["lehnte", "dankend ab"]),
    ],
)
def test_planted_words_are_marked_on_the_odd_side(kind: str, version: str, text: list[str]) -> None:
    assert text in [words(row, version) for row in of_type(kind) if row["odd"] == version]
