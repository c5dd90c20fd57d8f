"""The embedded model: loading, speed of shape not of clock, sums, pieces, damaged folders."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner._encode import AdditiveEncoder, load_encoder
from aligner._errors import EncoderError
from aligner._visible import unmarked
from aligner.models import EMBEDDED_FOLDER, StaticEncoder, load_embedded
from aligner.train import save_model

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model
TEXTS = [
    "The two sides agreed to meet again in May.",
    "Beide Seiten vereinbarten, sich im Mai wieder zu treffen.",
    "Båda parter kom överens om att träffas igen i maj.",
    "Ein ganz anderer Satz über Obstbäume.",
]


def test_translations_are_nearest_to_each_other() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, AdditiveEncoder)
    vectors = encoder.encode(TEXTS)
    similarity = vectors @ vectors.T
    assert similarity[:3, :3].min() > similarity[:3, 3].max() + 0.1
    assert encoder.languages == frozenset({"en", "de", "sv"})
    assert load_encoder("embedded") is encoder


def test_it_loads_without_torch_and_fits_the_wheel() -> None:
    code = (
        "import sys; from aligner._encode import load_encoder; load_encoder().encode(['a']);"
        "print([m for m in ('torch', 'sklearn', 'nltk', 'scipy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
    files = [path for path in EMBEDDED_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 16_000_000


def test_the_sum_of_two_segments_is_that_of_the_joined_text() -> None:
    encoder = load_embedded()
    one, two, both = encoder.sums([TEXTS[0], TEXTS[3], f"{TEXTS[0]} {TEXTS[3]}"])
    np.testing.assert_allclose(one + two, both, atol=1e-4)


@given(st.lists(st.text(max_size=30), max_size=5))
@settings(max_examples=60)
def test_pieces_add_up_to_sums_and_lie_inside_the_text(texts: list[str]) -> None:
    encoder = load_embedded()
    ids, bounds, spans = encoder.pieces(texts)
    sums = encoder.sums(texts)
    assert len(bounds) == len(texts) + 1
    assert bounds[-1] == len(ids) == len(spans)
    for row, text in enumerate(texts):
        part = slice(bounds[row], bounds[row + 1])
        np.testing.assert_allclose(encoder.table[ids[part]].sum(0), sums[row], atol=1e-4)
        for start, end in spans[part]:
            assert 0 <= start <= end <= len(text)
            assert not text[start:end][:1].isspace()


def test_spans_are_those_of_the_text_as_given() -> None:
    text = "  Zusam\u00admen\u00adarbeit\u00a0 gut"
    ids, _, spans = load_embedded().pieces([text])
    words = [text[start:end] for start, end in spans]
    assert "gut" in words
    assert "".join(words).replace("\u00ad", "") == "Zusammenarbeitgut"
    assert load_embedded().piece(int(ids[-1])) == "▁gut"


def test_texts_that_look_alike_have_one_vector() -> None:
    plain, *others = load_embedded().encode(
        ["gute Zusammenarbeit", "gute Zusam\u00admenarbeit", " gute\u00a0\n Zusammenarbeit  "]
    )
    for other in others:
        np.testing.assert_array_equal(plain, other)


def nearness(one: str, other: str) -> float:
    vectors = load_embedded().encode([one, other])
    return float(vectors[0] @ vectors[1])


@pytest.mark.parametrize(
    ("capitals", "translation"),
    [
        ("TÄTIGKEITSBERICHT DER GEMEINDE", "Report on the activities of the municipality"),
        ("ALLMÄNNA BESTÄMMELSER", "General provisions"),
        ("GROẞE STRAßEN IN DEUTSCHLAND", "Stora gator i Tyskland"),
        ("WARNING: HOT SURFACE", "Varning: het yta"),
    ],
)
def test_a_heading_in_capitals_is_near_its_translation(capitals: str, translation: str) -> None:
    assert nearness(capitals, translation) > 0.4
    assert nearness(capitals, translation.upper()) > 0.4


def test_acronyms_and_roman_numerals_are_read_as_they_are_written() -> None:
    recased = load_embedded().recased
    for text in ("NATO", "The UN and UNESCO met at WHO.", "EU AND US"):
        assert recased(text) == text
    assert recased("KAPITEL VII: GERMANY AND NATO") == "kapitel VII: Germany and NATO"
    assert recased("They SHOULD have known") == "They should have known"


@given(st.text(st.sampled_from("AEIÄÖßẞÞNTRS aeiäösn-.'<>/_*12"), max_size=40))
def test_capitals_marks_and_tags_leave_everything_in_its_place(text: str) -> None:
    model = load_embedded()
    assert len(model.recased(text)) == len(unmarked(text)) == len(text)
    assert model.recased(model.recased(text)) == model.recased(text)
    _, _, spans = model.pieces([text])
    assert all(text[start:end].strip() for start, end in spans.tolist() if start < end)


def test_tags_and_emphasis_are_no_words() -> None:
    plain = "Ring the bell twice"
    for marked in ("<b>Ring</b> the <i class='x'>bell</i> twice", "_Ring_ the **bell** *twice*"):
        assert nearness(marked, plain) > 0.999
    for code in ("set max_side_count = 5 < 6 and 7 > 3", "2 * 3 * 4", "a <- b, c -> d"):
        assert unmarked(code) == code


def test_a_text_has_the_same_vector_in_any_company() -> None:
    encoder = load_embedded()
    np.testing.assert_array_equal(encoder.encode(TEXTS)[2:3], encoder.encode(TEXTS[2:3]))


@pytest.mark.parametrize("name", ["embedded", "context"])
@pytest.mark.parametrize("texts", ["Ein Satz.", ["Ein Satz.", None]])
def test_what_is_no_list_of_texts_is_told(name: str, texts: list[str]) -> None:
    with pytest.raises(TypeError, match="give a list of texts to encode"):
        load_encoder(name).encode(texts)


def test_empty_texts_and_no_texts() -> None:
    encoder = load_embedded()
    assert not encoder.encode(["", " \n", "\u00ad"]).any()
    assert encoder.encode([]).shape == (0, encoder.table.shape[1])
    ids, bounds, spans = encoder.pieces(["", ""])
    assert (len(ids), bounds.tolist(), spans.shape) == (0, [0, 0, 0], (0, 2))


def test_sentence_transformers_gives_the_same_vectors() -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    theirs = sentence_transformers.SentenceTransformer(str(EMBEDDED_FOLDER), device="cpu")
    np.testing.assert_allclose(theirs.encode(TEXTS), load_embedded().encode(TEXTS), atol=1e-3)


def _copy(tmp_path: Path) -> Path:
    return shutil.copytree(EMBEDDED_FOLDER, tmp_path / "copy")


def test_a_copy_in_a_folder_is_the_same_model(tmp_path: Path) -> None:
    encoder = load_encoder(_copy(tmp_path))
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == load_embedded().name


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("model.safetensors", b"broken", r"model\.safetensors: damaged weights"),
        ("model.safetensors", b"", r"model\.safetensors: damaged weights"),
        ("model.safetensors", b"\2\0\0\0\0\0\0\0[]", r"damaged weights: its header is no object"),
        (
            "model.safetensors",
            b'\x3f\0\0\0\0\0\0\0{"embeddings":{"dtype":"I8","shape":[9,9],"data_offsets":[0,81]}}',
            "damaged weights",
        ),
        ("tokenizer.json", b"{}", r"tokenizer\.json: no tokenizer"),
        ("modules.json", b"[", r"modules\.json: not JSON"),
        ("aligner.json", b"[]", r"aligner\.json: expected an object"),
    ],
)
def test_a_damaged_model_names_the_file(
    tmp_path: Path, file: str, content: bytes, message: str
) -> None:
    folder = _copy(tmp_path)
    (folder / file).write_bytes(content)
    with pytest.raises(EncoderError, match=message):
        StaticEncoder.load(folder)


def test_a_table_that_is_too_short_is_refused(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    folder = _copy(tmp_path)
    save_file({"embedding.weight": np.ones((10, 4), np.float32)}, folder / "model.safetensors")
    with pytest.raises(EncoderError, match="10 vectors for"):
        StaticEncoder.load(folder)


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    about = json.loads((folder / "aligner.json").read_text())
    raw = bytearray((folder / "model.safetensors").read_bytes())
    raw[-1] ^= 1
    (folder / "model.safetensors").write_bytes(raw)
    name = StaticEncoder.load(folder).name
    assert name.startswith(about["name"] + "@")
    assert name != load_embedded().name


def test_the_command_describes_encoders(capsys: pytest.CaptureFixture[str]) -> None:
    from aligner.cli import models as command

    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    assert command.run(parser.parse_args(["models"])) == 0
    assert "e5-small" in capsys.readouterr().out
    assert command.run(parser.parse_args(["models", "embedded"])) == 0
    assert "dimensions, languages: de, en, sv" in capsys.readouterr().out


def test_many_texts_have_the_vectors_of_few_and_the_table_stays_packed() -> None:
    encoder = StaticEncoder.load(EMBEDDED_FOLDER)
    few = encoder.sums(TEXTS)
    many = encoder.sums(TEXTS * 500)
    np.testing.assert_array_equal(many[: len(few)], few)
    assert "table" not in vars(encoder)


@pytest.mark.parametrize("storage", ["float32", "float16", "int8"])
def test_sums_are_those_of_the_table_however_it_is_stored(
    tmp_path: Path, storage: Literal["float32", "float16", "int8"]
) -> None:
    own = load_embedded()
    form = (EMBEDDED_FOLDER / "tokenizer.json").read_text(encoding="utf-8")
    save_model(tmp_path / storage, form, own.table, "stored", ["en"], storage)
    stored = StaticEncoder.load(tmp_path / storage)
    np.testing.assert_allclose(stored.table, own.table, rtol=1e-3, atol=1e-4)
    ids, bounds, _ = stored.pieces(TEXTS)
    for row, total in enumerate(stored.sums(TEXTS)):
        pieces = ids[bounds[row] : bounds[row + 1]]
        np.testing.assert_allclose(stored.table[pieces].sum(0), total, atol=1e-4)


def test_factors_of_rows_are_folded_into_tables_of_floats(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    own = load_embedded()
    factors = np.linspace(0.5, 2, len(own.table), dtype=np.float32)
    folder = _copy(tmp_path)
    save_file(
        {"embeddings": own.table.astype(np.float16), "weights": factors},
        folder / "model.safetensors",
    )
    found = StaticEncoder.load(folder)
    before = found.sums(TEXTS)
    np.testing.assert_allclose(found.table, own.table * factors[:, None], atol=2e-2)
    np.testing.assert_array_equal(found.sums(TEXTS), before)


def test_a_saved_model_has_its_pieces_by_alphabet_and_the_same_vectors(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers

    pieces = [("zeta", -2.0), ("<unk>", 0.0), ("alpha", -1.0), ("▁", -3.0), ("be", -4.0)]
    tokenizer = Tokenizer(models.Unigram(pieces, 1))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens(["<unk>"])
    table = np.eye(5, dtype=np.float32)
    save_model(tmp_path / "model", tokenizer.to_str(), table, "tiny", ["en"], "float32")
    found = StaticEncoder.load(tmp_path / "model")
    assert [found.piece(index) for index in range(5)] == ["<unk>", "alpha", "be", "zeta", "▁"]
    sums = found.sums(["alpha zeta", "be ÿ"])
    np.testing.assert_array_equal(sums, [[1, 0, 1, 2, 0], [0, 1, 0, 2, 1]])
