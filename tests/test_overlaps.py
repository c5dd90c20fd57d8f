"""Encoders whose vectors do not add up: runs are encoded where they matter, and nowhere else."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner import AlignOptions
from aligner._dp import Corridor
from aligner._overlaps import Overlaps, centre_of, centred
from aligner._score._evidence import Evidence, allowed
from aligner._score._side import Side
from aligner._score._similarity import Background
from aligner._vectors import embed
from aligner.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aligner._encode import Matrix

SIZE = 48


def word_vector(word: str) -> Matrix:
    rng = np.random.default_rng(zlib.crc32(word.strip(".").lower().encode()))
    return rng.standard_normal(SIZE).astype(np.float32)


class Counting:
    """Sums of word vectors, all leaning one way; it keeps the texts it was given."""

    name = "counting"
    languages: frozenset[str] | None = None

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], /) -> Matrix:
        self.texts.extend(texts)
        rows = np.zeros((len(texts), SIZE), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row += 8 + sum((word_vector(word) for word in text.split()), np.zeros(SIZE, np.float32))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Matrix = rows / lengths
        return unit


class Crossed(Counting):
    """Knows that "left right" as one text is "whole", which the sum of the parts does not say."""

    def encode(self, texts: Sequence[str], /) -> Matrix:
        known = [text.replace("left. right.", "whole. whole.") for text in texts]
        rows = super().encode(known)
        self.texts[-len(texts) :] = texts
        return rows


def sentences(count: int, seed: int = 3) -> list[str]:
    """Return sentences of six words each, no word twice."""
    order = np.random.default_rng(seed).permutation(5000)
    return [" ".join(f"w{word}" for word in order[6 * k : 6 * k + 6]) + "." for k in range(count)]


def beads(
    source: list[str], target: list[str], encoder: Counting, *, cascade: bool = False
) -> list[object]:
    options = AlignOptions(cascade=cascade)
    found = aligner.align({"en": source, "de": target}, encoder=encoder, options=options)
    return [bead.sides for bead in found.beads]


def test_sure_text_is_encoded_once_a_segment() -> None:
    lines, encoder = sentences(40), Counting()
    assert beads(lines, lines, encoder) == [((k,), (k,)) for k in range(40)]
    assert sorted(encoder.texts) == sorted([*lines, *lines])


def test_a_contested_run_is_encoded_and_what_it_says_decides() -> None:
    lines = sentences(30)
    source = [*lines[:15], "left.", "right.", *lines[15:]]
    target = [*lines[:15], "whole. whole.", *lines[15:]]
    encoder = Crossed()
    assert ((15, 16), (15,)) in beads(source, target, encoder)
    assert "left. right." in encoder.texts
    assert len(encoder.texts) < 1.5 * (len(source) + len(target))


def test_no_text_is_encoded_twice_in_three_versions() -> None:
    lines, encoder = sentences(25), Counting()
    split = [*lines[:9], *(f"{half}." for half in lines[9].strip(".").split(" ", 1)), *lines[10:]]
    aligner.align({"en": lines, "de": split, "sv": lines}, encoder=encoder)
    assert encoder.texts.count("left. right.") <= 1
    runs = [text for text in encoder.texts if text not in {*lines, *split}]
    assert len(runs) <= 2 * len(set(runs))


def test_the_effort_is_told() -> None:
    lines, encoder = sentences(20), Counting()
    found = aligner.align({"en": lines, "de": lines}, encoder=encoder)
    assert found.notes[-1] == "counting encoded 40 texts for 40 segments (1.00 a segment)."


def test_vectors_are_centred_and_few_of_them_hardly() -> None:
    unit = Counting().encode(sentences(200))
    assert abs(float((unit @ unit.T).mean())) > 0.5
    found = centred(unit, centre_of(unit))
    assert abs(float((found @ found.T).mean())) < 0.05
    one = centred(unit[:1], centre_of(unit[:1]))
    assert float(one[0] @ unit[0]) > 0.99
    blank = np.zeros((2, SIZE), np.float32)
    assert not centred(blank, centre_of(unit)).any()


def test_rubble_has_no_vector() -> None:
    document = aligner.Document.from_segments(["A sentence.", ", .", "m", "-", "7", "So."])
    rows = embed(document, Counting()).sums.any(axis=1)
    assert rows.tolist() == [True, False, False, False, True, True]


def test_overlaps_of_a_part_share_what_is_known() -> None:
    encoder = Counting()
    whole = Overlaps(("a.", "b.", "", "c."), encoder)
    whole.vectors([(1, 4)])
    part = whole.picked([1, 2, 3])
    assert list(part.vectors([(0, 3)])) == [(0, 3)]
    assert encoder.texts == ["b. c."]


def _side(rng: np.random.Generator, count: int) -> Side:
    return Side(
        rng.standard_normal((count, 8)).astype(np.float32),
        rng.integers(5, 90, count).astype(np.float32),
        tuple(frozenset() for _ in range(count)),
        np.zeros((3, count), np.float32),
        np.zeros(count, np.float32),
        *rng.integers(0, 2, (3, count)).astype(np.float32),
    )


@settings(max_examples=30)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32), st.booleans())
def test_runs_that_add_up_give_the_features_of_the_sums(
    rows: int, columns: int, seed: int, narrow: bool
) -> None:
    rng = np.random.default_rng(seed)
    source, target = _side(rng, rows), _side(rng, columns)
    corridor = Corridor.full(rows, columns)
    if narrow:
        lo = np.clip(np.arange(rows + 1) - 2, 0, columns)
        corridor = Corridor(lo, 6, columns)
    backgrounds = Background.of(source.sums), Background.of(target.sums)
    sums = Evidence(source, target, corridor, backgrounds)
    runs = Evidence(source, target, corridor, backgrounds, ({}, {}))
    for a in range(1, 5):
        for b in range(1, 5):
            inside = allowed(corridor, a, b)
            for ours, theirs in zip(sums.match(a, b), runs.match(a, b), strict=True):
                one, other = (np.broadcast_to(f, inside.shape)[inside] for f in (ours, theirs))
                np.testing.assert_allclose(one, other, atol=2e-3)


class Glossary(Counting):
    """Knows what the words of a language that nobody else knows mean."""

    def __init__(self, **words: str) -> None:
        super().__init__()
        self._words = words

    def encode(self, texts: Sequence[str], /) -> Matrix:
        known = [" ".join(self._words.get(w.strip("."), w) for w in t.split()) for t in texts]
        rows = super().encode(known)
        self.texts[-len(texts) :] = texts
        return rows


@pytest.mark.parametrize(
    ("rokan", "middle"),
    [("inda", [((30, 31), (30,)), ((32,), (31,))]), ("umbr", [((30,), (30,)), ((31, 32), (31,))])],
)
def test_a_cascade_asks_the_heavier_encoder_where_there_is_doubt(
    rokan: str, middle: list[object]
) -> None:
    source = [f"The {k} old houses of the town were sold in {1800 + k}." for k in range(60)]
    target = [f"Die {k} alten Häuser der Stadt wurden {1800 + k} verkauft." for k in range(60)]
    source[30:30] = ["kuvol lemiv.", "rokan.", "pilof serum."]
    target[30:30] = ["tarb oske inda.", "umbr gerv mosta."]
    encoder = Glossary(kuvol="tarb", lemiv="oske", rokan=rokan, pilof="gerv", serum="mosta")
    found = beads(source, target, encoder, cascade=True)
    assert found[29:33] == [((29,), (29,)), *middle, ((33,), (32,))]
    assert 0 < len(encoder.texts) < 0.5 * (len(source) + len(target))


def test_a_cascade_without_doubt_encodes_nothing() -> None:
    lines = [f"The {k} old houses of the town were sold in {1800 + k}." for k in range(40)]
    encoder = Counting()
    assert beads(lines, lines, encoder, cascade=True) == [((k,), (k,)) for k in range(40)]
    assert not encoder.texts


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_cascade_takes_texts_of_a_few_segments(count: int) -> None:
    versions = {"en": sentences(count, 1), "de": sentences(count, 2)}
    options = AlignOptions(cascade=True)
    found = aligner.align(versions, encoder=Counting(), options=options)
    assert sorted(k for bead in found.beads for k in bead["en"]) == list(range(count))


def test_a_cascade_needs_a_heavier_encoder() -> None:
    given = {"en": np.eye(4), "de": np.eye(4)}
    with pytest.raises(ValueError, match="a cascade needs an encoder heavier than a static model"):
        aligner.align(
            {"en": list("abcd"), "de": list("efgh")},
            vectors=given,
            options=AlignOptions(cascade=True),
        )


# What two halves say stands in other words and in another order, so the static model is in doubt.
DOUBTFUL = {
    "en": [
        "The mill has stood by the river since the old days.",
        "Nobody goes there now.",
        "Well, hardly anybody.",
        "Its owner, who died young, left it to the village.",
        "Every autumn the children gather chestnuts in the yard.",
    ],
    "de": [
        "Die Mühle steht seit alten Zeiten am Fluss.",
        "Heute geht fast keiner mehr hin.",
        "Ihr Besitzer starb jung.",
        "Er hinterließ sie dem Dorf.",
        "Jeden Herbst sammeln die Kinder im Hof Kastanien.",
    ],
}


def test_a_cascade_leaves_captions_to_the_embedded_model(tmp_path: Path) -> None:
    captions = {
        "en": "Miller Berg (right) greets Miller Holm. (Photo: Ann Lee)",
        "de": "Müller Holm und Müller Berg vor der Presse. (Foto: Ann Lee)",
    }
    versions = {
        name: "\n\n".join([captions[name], " ".join(DOUBTFUL[name][1:4]), DOUBTFUL[name][4]])
        for name in ("en", "de")
    }
    documents = {}
    for name, text in versions.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        documents[name] = aligner.read(tmp_path / f"{name}.txt")
    assert "caption" in {block.kind for block in documents["en"].blocks}
    encoder = Counting()
    aligner.align(
        documents,
        languages=["en", "de"],
        encoder=encoder,
        options=AlignOptions(cascade=True),
    )
    assert encoder.texts
    assert not [text for text in encoder.texts if "Holm" in text]


def test_the_command_line_asks_the_transformer_in_the_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / f"{name}.txt") for name in DOUBTFUL]
    for name, lines in DOUBTFUL.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    command = ["align", *files, "--lines", "--languages", "en,de", "--format", "ladder"]
    assert main([*command, "--cascade"]) == 0
    found = capsys.readouterr()
    beads = [line.split("\t")[:2] for line in found.out.splitlines()]
    assert beads == [["0", "0"], ["1,2", "1"], ["3", "2,3"], ["4", "4"]]
    assert "aligner-context-1@" in found.err
    assert main(command) == 0
    assert "aligner-context-1@" not in capsys.readouterr().err
