"""The cache of vectors: what is encoded twice, what happens when the file is broken."""

from __future__ import annotations

import multiprocessing
import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aligner._cache import CachedEncoder, cache_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aligner._encode import Matrix


class Slow:
    """Counts what it is asked for; the vector of a text is made of its length."""

    languages = frozenset({"en"})

    def __init__(self, name: str = "slow@1", factor: float = 1.0) -> None:
        self.name = name
        self.asked: list[str] = []
        self._factor = factor

    def encode(self, texts: Sequence[str], /) -> Matrix:
        self.asked += texts
        return np.array([[len(t) * self._factor, 1, 2] for t in texts], np.float32).reshape(-1, 3)


def test_a_text_is_encoded_once_also_by_a_later_process(tmp_path: Path) -> None:
    slow = Slow()
    first = CachedEncoder(slow, tmp_path / "c").encode(["one", "three", "one"])
    again = CachedEncoder(slow, tmp_path / "c").encode(["three", "one", "two"])
    assert slow.asked == ["one", "three", "two"]
    assert first.dtype == np.float32
    np.testing.assert_array_equal(again[:2], first[[1, 0]])


def test_texts_that_look_alike_share_a_vector(tmp_path: Path) -> None:
    slow = Slow()
    CachedEncoder(slow, tmp_path / "c").encode(["a b", "a\u00a0b ", "a\u00ad b"])
    assert slow.asked == ["a b"]


def test_another_model_has_its_own_vectors(tmp_path: Path) -> None:
    path = tmp_path / "c"
    CachedEncoder(Slow(), path).encode(["one"])
    other = Slow("slow@2", factor=2.0)
    assert CachedEncoder(other, path).encode(["one"])[0, 0] == 6
    assert other.asked == ["one"]


def test_name_and_languages_are_those_of_the_encoder(tmp_path: Path) -> None:
    cached = CachedEncoder(Slow(), tmp_path / "c")
    assert (cached.name, cached.languages) == ("slow@1", frozenset({"en"}))
    assert cached.encode([]).shape == (0, 3)


def test_a_damaged_cache_is_set_aside_and_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    path.write_bytes(b"this is no database, but it is long enough to look like one" * 50)
    slow = Slow()
    with pytest.warns(UserWarning, match=r"damaged cache .* set aside as c\.sqlite3\.damaged-"):
        CachedEncoder(slow, path).encode(["one"])
    CachedEncoder(slow, path).encode(["one"])
    assert slow.asked == ["one"]
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_a_torn_row_is_damage_too(tmp_path: Path) -> None:
    path = tmp_path / "c"
    slow = Slow()
    CachedEncoder(slow, path).encode(["one"])
    with sqlite3.connect(path) as base:
        base.execute("UPDATE vectors SET vector = x'0102'")
    base.close()
    with pytest.warns(UserWarning, match="damaged cache"):
        assert CachedEncoder(slow, path).encode(["one"])[0, 0] == 3


def test_a_cache_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.warns(UserWarning, match="cache not used"):
        vectors = CachedEncoder(Slow(), tmp_path / "file" / "c").encode(["one"])
    assert vectors.shape == (1, 3)


def _fill(path: Path, start: int) -> None:
    CachedEncoder(Slow(), path).encode([f"text {i}" for i in range(start, start + 2000)])


def test_two_processes_may_fill_it_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(path, start)) for start in (0, 1000)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    slow = Slow()
    CachedEncoder(slow, path).encode([f"text {i}" for i in range(3000)])
    assert slow.asked == []


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("ALIGNER_CACHE")
    assert cache_folder().name.lower() == "aligner"
