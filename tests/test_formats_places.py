"""Where a segment stands in its source is known after every format that keeps segments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import alignment

from aligner.formats import read_alignment

if TYPE_CHECKING:
    from pathlib import Path

    from aligner import Alignment


def placed(*versions: str) -> Alignment:
    """Return an alignment whose first version is a book and whose second has subtitles."""
    made = alignment(*versions)
    places = (
        [f"page {i // 2 + 1}" for i in range(5)],
        [f"00:00:0{i}.000 --> 00:00:0{i}.900" for i in range(5)],
        [f"chapter a | b, line {i}" for i in range(5)],
    )
    documents = (
        document.with_segments(
            [replace(s, place=place) for s, place in zip(document.segments, column, strict=False)]
        )
        for document, column in zip(made.documents, places, strict=False)
    )
    return replace(made, documents=tuple(documents))


@pytest.mark.parametrize("name", ["tmx", "xliff", "csv", "xlsx", "parquet", "json"])
def test_places_come_back(name: str, tmp_path: Path) -> None:
    made = placed()
    made.write(tmp_path / f"a.{name}")
    back = read_alignment(tmp_path / f"a.{name}")
    for before, after in zip(made.documents, back.documents, strict=True):
        wanted = [
            s.place if name == "json" else s.place.replace(" | ", " / ") for s in before.segments
        ]
        assert [s.place for s in after.segments] == wanted
        assert [b.place for b in after.blocks] == wanted


def test_places_come_back_from_po(tmp_path: Path) -> None:
    made = placed("en", "de")
    made.write(tmp_path / "a.po")
    back = read_alignment(tmp_path / "a.po")
    assert [s.place for s in back.documents[0].segments] == [
        s.place for s in made.documents[0].segments
    ]


def test_rows_say_the_places(tmp_path: Path) -> None:
    made = placed()
    made.write(tmp_path / "a.jsonl")
    last = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[3]
    assert '"places": {"en": ["page 2"], "de": ["00:00:03.000 --> 00:00:03.900", "00:0' in last
