"""The story sample is whole: its text files, the spans of its segments, its gold beads."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import combinations

import pytest
from _samples import LANGUAGES, SAMPLES, read_segments, read_text

STORY = SAMPLES / "story"
PAIRS = tuple(combinations(LANGUAGES, 2))
Sides = tuple[tuple[int, ...], ...]


def read_beads(name: str, width: int) -> list[tuple[Sides, bool]]:
    beads = []
    for line in (STORY / name).read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        assert columns[width:] in ([], ["moved"])
        sides = tuple(tuple(map(int, c.split(","))) if c else () for c in columns[:width])
        beads.append((sides, len(columns) > width))
    return beads


def ladders() -> list[tuple[str, tuple[str, ...]]]:
    return [("gold.beads.tsv", LANGUAGES), *((f"gold.{a}-{b}.tsv", (a, b)) for a, b in PAIRS)]


def types(name: str, width: int) -> Counter[str]:
    return Counter("-".join(str(len(s)) for s in sides) for sides, _ in read_beads(name, width))


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_plain_nfc_with_unix_line_ends(language: str) -> None:
    text = read_text("story", language)
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\t\ufeff\u00ad")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_segments_cover_the_text_in_order(language: str) -> None:
    text, segments = read_text("story", language), read_segments("story", language)
    assert len(segments) >= 120
    assert {kind for _, _, kind in segments} == {"text", "heading", "item"}
    end_before = 0
    for start, end, kind in segments:
        assert end_before <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[end_before:start].strip()
        assert text[start:end].startswith("- ") == (kind == "item")
        assert "\n" not in text[start:end]
        end_before = end
    assert text[end_before:] == "\n"


@pytest.mark.parametrize(("name", "versions"), ladders())
def test_every_segment_stands_in_exactly_one_bead(name: str, versions: tuple[str, ...]) -> None:
    beads = read_beads(name, len(versions))
    for column, language in enumerate(versions):
        indices = sorted(i for sides, _ in beads for i in sides[column])
        assert indices == list(range(len(read_segments("story", language))))


@pytest.mark.parametrize(("name", "versions"), ladders())
def test_beads_that_did_not_move_come_in_order_without_gaps(
    name: str, versions: tuple[str, ...]
) -> None:
    beads = read_beads(name, len(versions))
    for column in range(len(versions)):
        in_place = [sides[column] for sides, moved in beads if not moved]
        flat = [i for side in in_place for i in side]
        assert flat == sorted(flat)
        assert all(side == tuple(range(side[0], side[0] + len(side))) for side in in_place if side)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_pair_gold_only_refines_the_three_way_gold(source: str, target: str) -> None:
    a, b = LANGUAGES.index(source), LANGUAGES.index(target)
    home: dict[tuple[int, int], int] = {}
    for number, (sides, _) in enumerate(read_beads("gold.beads.tsv", 3)):
        home |= {(column, i): number for column in (a, b) for i in sides[column]}
    for (left, right), _ in read_beads(f"gold.{source}-{target}.tsv", 2):
        assert len({home[a, i] for i in left} | {home[b, i] for i in right}) == 1


def test_three_way_beads_are_of_many_types() -> None:
    counts = types("gold.beads.tsv", 3)
    total = counts.total()
    one_sided = sum(n for kind, n in counts.items() if "0" in kind)
    assert total == 145
    assert counts["1-1-1"] == 90
    assert one_sided == 10
    assert (total - counts["1-1-1"] - one_sided) / total >= 0.25
    assert sum(moved for _, moved in read_beads("gold.beads.tsv", 3)) == 1


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_each_pair_has_every_common_type(source: str, target: str) -> None:
    counts = types(f"gold.{source}-{target}.tsv", 2)
    assert min(counts[kind] for kind in ("1-2", "2-1", "2-2", "1-3")) >= 1
    assert 0.60 <= counts["1-1"] / counts.total() <= 0.80


def test_lines_that_look_alike_occur_several_times() -> None:
    for language, line in {"en": "“Yes.”", "de": "„Ja.“", "sv": "\u2013 Ja."}.items():
        text = read_text("story", language)
        same = [1 for start, end, _ in read_segments("story", language) if text[start:end] == line]
        assert len(same) >= 5
