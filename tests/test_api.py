"""The public functions: what a version may be, languages, vectors, notes, signatures."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

import aligner
from aligner import AlignOptions, Document, EncoderError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

EN = ["The cat sat on the mat.", "It was raining all day.", "Nobody came to see it."]
DE = ["Die Katze saß auf der Matte.", "Es regnete den ganzen Tag.", "Niemand kam, um es zu sehen."]
SV = ["Katten satt på mattan.", "Det regnade hela dagen.", "Ingen kom för att se det."]
ONE_TO_ONE = [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


class Letters:
    """A tiny encoder: counts of letters."""

    name = "letters"
    languages = frozenset({"en", "de"})

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return unit rows of letter counts."""
        rows = np.array([[text.count(c) for c in "abcdefgh"] for text in texts], dtype=np.float32)
        rows = rows.reshape(len(texts), 8)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return np.asarray(rows / lengths, dtype=np.float32)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return an English, a German and a Swedish file."""
    paths = []
    for name, sentences in (("a.txt", EN), ("b.txt", DE), ("c.txt", SV)):
        path = tmp_path / name
        path.write_text(" ".join(sentences) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def sides(alignment: aligner.Alignment) -> list[tuple[tuple[int, ...], ...]]:
    """Return the sides of the beads."""
    return [bead.sides for bead in alignment.beads]


@pytest.mark.model
def test_lists_are_segments_already_cut() -> None:
    alignment = aligner.align(DE, EN, languages=("de", "en"))
    assert alignment.versions == ("de", "en")
    assert sides(alignment) == ONE_TO_ONE
    assert alignment.signature.segmenter == "given"


@pytest.mark.model
def test_paths_strings_that_name_files_and_texts_are_told_apart(files: list[Path]) -> None:
    text = files[1].read_text(encoding="utf-8")
    alignment = aligner.align({"en": str(files[0]), "de": text, "sv": files[2]})
    assert [d.path for d in alignment.documents] == [str(files[0]), None, str(files[2])]
    assert [len(d.segments) for d in alignment.documents] == [3, 3, 3]
    assert all(len(bead.sides) == 3 for bead in alignment)


def test_a_string_that_looks_like_a_file_and_is_none_is_refused() -> None:
    with pytest.raises(InputError, match=r"missing\.txt: no such file; give a text of one word"):
        aligner.align("missing.txt", "auch.md")


@pytest.mark.model
@pytest.mark.parametrize("letters", [250, 300, 5000])
def test_a_long_line_is_a_text(letters: int) -> None:
    text = ("The harbour opens at seven. " * 200)[:letters]
    (document,) = aligner.align({"en": text, "de": "Der Hafen öffnet um sieben."}).documents[:1]
    assert document.text == text


@pytest.mark.model
def test_a_text_that_ends_like_a_file_name_is_a_text() -> None:
    alignment = aligner.align("He opened readme.txt", "Er öffnete readme.txt")
    assert [d.text for d in alignment.documents] == [
        "He opened readme.txt",
        "Er öffnete readme.txt",
    ]


@pytest.mark.model
def test_documents_keep_their_segments_languages_and_names() -> None:
    english = Document.from_segments(EN, language="en")
    german = Document(" ".join(DE), language="de", name="draft")
    alignment = aligner.align(english, german)
    assert alignment.versions == ("en", "draft")
    assert [d.language for d in alignment.documents] == ["en", "de"]


@pytest.mark.model
def test_languages_are_identified_and_explicit_ones_win(files: list[Path]) -> None:
    assert aligner.align(*files).versions == ("en", "de", "sv")
    alignment = aligner.align(*files, languages=["sv", "en", "de"])
    assert alignment.versions == ("sv", "en", "de")


@pytest.mark.model
def test_a_name_that_is_a_language_tag_is_the_language() -> None:
    alignment = aligner.align({"sv-FI": SV, "draft": DE})
    assert [(d.name, d.language) for d in alignment.documents] == [
        ("sv-FI", "sv-FI"),
        ("draft", "de"),
    ]


@pytest.mark.model
def test_under_four_words_no_language_is_guessed() -> None:
    alignment = aligner.align(["Guten Morgen."], ["Good morning."])
    assert alignment.versions == ("und", "und-2")
    assert "The language of und is not known." in alignment.notes


@pytest.mark.model
def test_two_versions_in_one_language_get_a_number_and_a_note() -> None:
    alignment = aligner.align(DE, DE, languages=("de", "de"))
    assert alignment.versions == ("de", "de-2")
    assert alignment.notes == (
        "The versions de and de-2 are in the same language (de).",
        "The versions de and de-2 are the same text.",
    )
    assert sides(alignment) == ONE_TO_ONE


def test_versions_that_read_as_one_language_are_in_those_of_their_paths(tmp_path: Path) -> None:
    english = "They have agreed that the two of them will share what is in the river with us. "
    paths = [tmp_path / "en" / "guide.txt", tmp_path / "sv" / "guide.txt", tmp_path / "b.txt"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(english * 2, encoding="utf-8")
    alignment = aligner.align(*paths[:2], encoder=Letters())
    assert [document.language for document in alignment.documents] == ["en", "sv"]
    told = f"{paths[1]} is said to be sv, but its text looks like en (1.00)."
    assert told in alignment.notes
    alignment = aligner.align(paths[0], paths[2], encoder=Letters())
    assert [document.language for document in alignment.documents] == ["en", "en"]


def test_a_text_in_another_language_than_declared_is_noted_and_aligned(tmp_path: Path) -> None:
    english = "They have agreed that the two of them will share what is in the river with us. "
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(english * 2, encoding="utf-8")
    alignment = aligner.align(*paths, languages=("de", "en"), encoder=Letters())
    told = f"{paths[0]} is said to be de, but its text looks like en (1.00)."
    assert told in alignment.notes
    assert not any("declared en" in note for note in alignment.notes)
    assert sides(alignment) == ONE_TO_ONE[:2]


def test_a_language_the_encoder_does_not_know_is_noted() -> None:
    alignment = aligner.align(EN, SV, languages=("en", "sv"), encoder=Letters())
    note = "The encoder letters does not know the language sv; the alignment may be poor."
    assert alignment.notes[0] == note
    assert alignment.signature.encoder == "letters"


@pytest.mark.model
def test_a_side_without_sentences_gives_null_beads_and_a_note() -> None:
    alignment = aligner.align(EN, [], languages=("en", "de"))
    assert sides(alignment) == [((0,), ()), ((1,), ()), ((2,), ())]
    assert alignment.notes == ("The version de has no segments.",)
    assert aligner.align("", "", languages=("en", "de")).beads == ()


@pytest.mark.model
def test_three_versions_with_an_empty_one_still_link_the_others() -> None:
    alignment = aligner.align({"en": EN, "de": [], "sv": SV})
    assert sides(alignment) == [((0,), (), (0,)), ((1,), (), (1,)), ((2,), (), (2,))]


@pytest.mark.model
def test_lines_are_segments_blank_ones_included(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("One sentence. Two of them.\n\nThree.\n", encoding="utf-8")
    alignment = aligner.align(path, ["Eins.", "", "Drei."], languages=("en", "de"), lines=True)
    assert [s.text for s in alignment.documents[0].segments] == [
        "One sentence. Two of them.",
        "",
        "Three.",
    ]
    assert sorted(sides(alignment)) == [((), (1,)), ((0,), (0,)), ((1,), ()), ((2,), (2,))]
    assert alignment.signature.segmenter == "lines"


def test_a_segmenter_of_the_callers_own_is_used() -> None:
    alignment = aligner.align(
        "a b", "b a", languages=("en", "de"), segmenter=str.split, encoder=Letters()
    )
    assert [s.text for s in alignment.documents[0].segments] == ["a", "b"]
    assert alignment.signature.segmenter == "callable:str.split"


@pytest.mark.model
def test_precomputed_vectors_are_taken_by_version_or_in_order() -> None:
    encoder = aligner.load_encoder()
    rows = [encoder.encode(texts) * 3.0 for texts in (EN, DE)]
    by_name = aligner.align({"en": EN, "de": DE}, vectors={"de": rows[1], "en": rows[0]})
    in_order = aligner.align(EN, DE, languages=("en", "de"), vectors=rows)
    assert sides(by_name) == sides(in_order) == ONE_TO_ONE
    assert by_name.signature.encoder == "precomputed"


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        ({"en": np.eye(3), "de": np.eye(2)}, "2 vectors for 3 segments"),
        (np.ones((2, 2, 3)), "2 vectors for 3 segments"),
        ({"en": np.eye(3), "de": np.eye(3) * np.nan}, "not finite"),
        ({"en": np.eye(3), "de": np.ones((3, 4))}, "different width: 3 for 'en', 4 for 'de'"),
        ({"en": np.eye(3), "de": ["a", "b", "c"]}, "de"),
    ],
)
def test_vectors_that_do_not_fit_are_explained(vectors: dict[str, object], message: str) -> None:
    with pytest.raises(EncoderError, match=message):
        aligner.align({"en": EN, "de": DE}, vectors=vectors)


def test_an_alignment_is_no_version() -> None:
    with pytest.raises(TypeError, match=r"aligner\.check\(alignment\)"):
        aligner.compare(aligner.align(EN, DE, languages=["en", "de"], encoder=Letters()))  # type: ignore[arg-type]


def test_misuse_is_explained() -> None:
    with pytest.raises(ValueError, match="needs two or more versions, not 1"):
        aligner.align(EN)
    with pytest.raises(ValueError, match="needs two or more versions, not 1"):
        aligner.align({"en": EN})
    with pytest.raises(TypeError, match="by name or in a row, not both"):
        aligner.align({"en": EN}, DE)
    with pytest.raises(ValueError, match="1 languages for 2 versions"):
        aligner.align(EN, DE, languages=["en"])
    with pytest.raises(TypeError, match="languages must be a list"):
        aligner.align(EN, DE, languages="en,de")
    with pytest.raises(ValueError, match="'English' is not a language tag"):
        aligner.align(EN, DE, languages=["English", "de"])
    with pytest.raises(TypeError, match="not float, as number 1 is; an empty one is ''"):
        aligner.align(EN, ["Eins.", float("nan")])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="name of a version must be a string, not 1"):
        aligner.align({1: EN, 2: DE})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="vectors for en; the versions are en, de"):
        aligner.align({"en": EN, "de": DE}, vectors={"en": np.eye(3)})
    with pytest.raises(ValueError, match="vectors for 1 of 2 versions"):
        aligner.align({"en": EN, "de": DE}, vectors=[np.eye(3)])
    with pytest.raises(ValueError, match="vectors for 3 of 2 versions"):
        aligner.align({"en": EN, "de": DE}, vectors=np.eye(3))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (3, "not int"),
        (b"Eins.", "not bytes: decode them"),
        (io.StringIO("Eins."), "not StringIO: give its path"),
        ({"Eins.", "Zwei."}, "not set"),
        (np.array([["Eins."]]), "not ndarray"),
    ],
)
def test_what_is_no_version_is_refused(version: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        aligner.align(EN, version)  # type: ignore[arg-type]


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        aligner.align(str(tmp_path), "Ein Text. Noch einer.")


@pytest.mark.parametrize("kind", [tuple, iter, np.array, lambda texts: dict.fromkeys(texts).keys()])
def test_segments_come_in_whatever_can_be_walked(
    kind: Callable[[list[str]], Iterable[str]],
) -> None:
    found = aligner.align({"en": kind(EN), "de": kind(DE)}, encoder=Letters())
    assert [s.text for s in found.documents[1].segments] == DE


def test_a_column_of_a_data_frame_is_a_version() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"en": EN, "de": DE}, index=[7, 3, 5])
    found = aligner.align({"en": frame.en, "de": frame.de}, encoder=Letters())
    assert [s.text for s in found.documents[0].segments] == EN
    with pytest.raises(TypeError, match="not DataFrame"):
        aligner.align(frame, frame)


def test_languages_may_be_given_by_name() -> None:
    given = {"draft": EN, "final": DE}
    found = aligner.align(given, languages={"final": "de-AT"}, encoder=Letters())
    assert [d.language for d in found.documents] == ["en", "de-AT"]
    with pytest.raises(ValueError, match="a language for 'de'; the versions are 'draft', 'final'"):
        aligner.align(given, languages={"de": "de"}, encoder=Letters())
    with pytest.raises(ValueError, match="the versions are given without names"):
        aligner.align(EN, DE, languages={"de": "de"}, encoder=Letters())
    with pytest.raises(TypeError, match="a language is a tag such as 'en' or 'de-CH', not None"):
        aligner.align(EN, DE, languages=["en", None])  # type: ignore[list-item]


def test_options_and_progress_of_the_wrong_kind_are_explained() -> None:
    with pytest.raises(TypeError, match=r"must be aligner\.AlignOptions\(\.\.\.\), not {"):
        aligner.align(EN, DE, options={"max_side": 3})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"must be aligner\.CheckOptions\(\.\.\.\), not {"):
        aligner.compare(EN, DE, encoder=Letters(), checks={"select": "D2"})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"aligner\.ProgressBar\(\) is one"):
        aligner.align(EN, DE, encoder=Letters(), progress=True)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="check takes an Alignment, not list"):
        aligner.check(EN)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="segment takes a text, not list"):
        aligner.segment(EN)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"read_glossary\('terms\.csv'\)"):
        aligner.CheckOptions(glossary="terms.csv")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"must be a number, not '0\.5'"):
        aligner.CheckOptions(min_confidence="0.5")  # type: ignore[arg-type]


def test_codes_may_stand_in_one_string() -> None:
    options = aligner.CheckOptions(select="D2, D101", ignore=["D203"])  # type: ignore[arg-type]
    assert (options.select, options.ignore) == (("D2", "D101"), ("D203",))


def test_beads_are_taken_by_index_and_links_have_texts() -> None:
    found = aligner.align({"en": EN, "de": DE, "sv": SV}, encoder=Letters())
    assert found[1] is found.beads[1]
    with pytest.raises(TypeError, match=r"takes a bead such as alignment\[0\], not 1"):
        found.texts(1)  # type: ignore[arg-type]
    with pytest.raises(IndexError, match="no bead 9; there are 3"):
        found.explain(9, encoder=Letters())
    with pytest.raises(IndexError, match="no bead 9; there are 3"):
        found.words(9)
    assert found.texts(found.pair("sv", "en")[0]) == {"sv": SV[0], "en": EN[0]}


@pytest.mark.model
def test_the_same_input_gives_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    outputs = []
    for name in ("one.json", "two.json"):
        aligner.align(*files).write(tmp_path / name)
        outputs.append((tmp_path / name).read_bytes())
    assert outputs[0] == outputs[1]


def test_a_comparison_has_the_signature_of_its_alignment() -> None:
    comparison = aligner.compare({"en": EN, "de": DE}, encoder=Letters())
    assert comparison.signature == comparison.alignment.signature


def test_options_stand_in_the_signature() -> None:
    alignment = aligner.align(
        EN, DE, languages=("en", "de"), encoder=Letters(), options=AlignOptions(max_side=2)
    )
    assert str(alignment.signature).endswith("|encoder:letters|seg:given|max_side:2")


def test_read_gives_the_text_and_segment_its_sentences(files: list[Path]) -> None:
    document = aligner.read(os.fspath(files[1]), language="de")
    assert (document.language, document.segments) == ("de", ())
    assert document.text == " ".join(DE) + "\n"
    segments = aligner.segment(document.text, "de")
    assert [s.text for s in segments] == DE
    assert all(document.text[s.start : s.end] == s.text for s in segments)


@pytest.mark.model
def test_the_embedded_encoder_gives_unit_rows() -> None:
    rows = aligner.load_encoder().encode(DE)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)


def test_an_unknown_encoder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="missing-model"):
        aligner.load_encoder(tmp_path / "missing-model")


def test_a_file_is_read_as_the_format_and_the_language_that_are_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.dat"
    path.write_text("# A title\n\nSome text.\n", encoding="utf-8")
    document = aligner.read(path, format="markdown", language="EN_gb")
    assert [block.kind for block in document.blocks] == ["heading", "text"]
    assert document.language == "en-GB"
    with pytest.raises(ValueError, match="'english' is not a language tag"):
        aligner.read(path, language="english")


def test_checking_is_one_function_by_either_name() -> None:
    assert aligner.check is aligner.checks.check
