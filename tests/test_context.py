"""The small transformer in the package: what it knows that a sum of words does not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner._encode import Encoder, load_encoder
from aligner._errors import EncoderError
from aligner.models import CONTEXT_FOLDER, ContextEncoder, load_embedded
from aligner.models._context import BLOCK, Packed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aligner._encode import Matrix

TEXTS = [
    "The dog chased the cat through the garden.",
    "The cat chased the dog through the garden.",
    "Der Hund jagte die Katze durch den Garten.",
    "Katten jagade hunden genom trädgården.",
]


@pytest.fixture(scope="module")
def context() -> Encoder:
    return load_encoder("context")


def centred(rows: Matrix) -> Matrix:
    rows = rows - rows.mean(axis=0)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_who_does_what_to_whom_is_told_apart(context: Encoder) -> None:
    dog_first, cat_first, german, swedish = centred(context.encode(TEXTS))
    assert german @ dog_first > german @ cat_first
    assert swedish @ cat_first > swedish @ dog_first
    static = load_embedded().encode(TEXTS)
    assert static[0] @ static[1] > 0.999


def test_a_text_has_the_same_vector_in_any_company(context: Encoder) -> None:
    many = context.encode([*TEXTS, *(f"{k} {text}" for k in range(60) for text in TEXTS)])
    for text, row in zip(TEXTS, many, strict=False):
        np.testing.assert_allclose(context.encode([text])[0], row, atol=1e-5)


def test_rows_have_unit_length_and_empty_texts_none(context: Encoder) -> None:
    rows = context.encode(["", "Ja.", "  ", "word " * 1000])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [0, 1, 0, 1], atol=1e-5)
    assert context.encode([]).shape == (0, rows.shape[1])


def test_translations_are_nearest_to_each_other(context: Encoder) -> None:
    english = ["It rains.", "The shop is closed today.", "She plays the violin very well."]
    swedish = ["Det regnar.", "Affären är stängd idag.", "Hon spelar fiol mycket bra."]
    scores = centred(context.encode(english)) @ centred(context.encode(swedish)).T
    assert scores.argmax(axis=1).tolist() == scores.argmax(axis=0).tolist() == [0, 1, 2]


def test_it_needs_no_torch() -> None:
    program = (
        "import aligner, sys; aligner.load_encoder('context').encode(['Ja.']); "
        "assert not {'torch', 'sentence_transformers'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_it_aligns_by_name_and_says_how_much_it_read() -> None:
    versions = {"en": ["It rains.", "We stay."], "de": ["Es regnet.", "Wir bleiben."]}
    found = aligner.align(versions, encoder="context")
    assert [bead.sides for bead in found.beads] == [((0,), (0,)), ((1,), (1,))]
    assert found.signature.encoder.startswith("aligner-context-1@")
    assert any("aligner-context-1" in note and "4 segments" in note for note in found.notes)


def test_what_stands_for_it_has_its_weights(context: Encoder) -> None:
    class Stand:
        name = context.name
        languages = context.languages

        def encode(self, texts: Sequence[str], /) -> Matrix:
            return context.encode(texts)

    versions = {
        "en": ["It rains.", "We stay in.", "Nobody goes out.", "Well, hardly anybody."],
        "de": ["Es regnet, wir bleiben drin.", "Fast niemand geht hinaus."],
    }
    found = [aligner.align(versions, encoder=encoder) for encoder in (context, Stand())]
    assert found[0].beads == found[1].beads
    other = Stand()
    other.name = "other"
    assert aligner.align(versions, encoder=other).beads != found[0].beads


@pytest.mark.parametrize("name", ["table.safetensors", "layers.safetensors"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(CONTEXT_FOLDER, folder)
    (folder / name).write_bytes(b"\x10" + bytes(40))
    with pytest.raises(EncoderError, match=name):
        ContextEncoder(folder, load_embedded()).encode(["Ja."])
    (folder / name).unlink()
    with pytest.raises(EncoderError, match=name):
        ContextEncoder(folder, load_embedded()).encode(["Ja."])


@given(st.lists(st.integers(0, 15), min_size=BLOCK, max_size=BLOCK), st.sampled_from([0.5, -2.0]))
@settings(max_examples=30)
def test_four_bits_are_steps_of_their_scale(steps: list[int], scale: float) -> None:
    half = BLOCK // 2
    pairs = np.array([[a | b << 4 for a, b in zip(steps[:half], steps[half:], strict=True)]])
    packed = Packed(pairs.astype(np.uint8), np.array([[scale]], np.float16))
    assert packed.rows(slice(None)).tolist() == [[(step - 8) * scale for step in steps]]
