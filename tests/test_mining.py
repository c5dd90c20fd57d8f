"""Mining: what is a pair and what only looks like one; neighbours; formats; bad input."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner import InputError, OutputError
from aligner.cli import main
from aligner.formats.bitext import iter_rows
from aligner.mining import mine
from aligner.mining._judge import Candidates, MiningWeights, probabilities
from aligner.mining._neighbours import by_blocks, by_faiss, searched

pytestmark = pytest.mark.model

ENGLISH = [
    "The bridge over the river was closed for three weeks.",
    "Nobody in the village had seen the old fisherman since 1998.",
    "The council will decide on the new school in March.",
    "A thunderstorm tore the roof off the railway station.",
    "She sells bread and honey at the market every Saturday.",
    "The museum shows paintings from the seventeenth century.",
]
GERMAN = [
    "Ein Gewitter riss dem Bahnhof das Dach ab.",
    "Der Zug nach Norden hat heute wieder Verspätung.",
    "Im Dorf hatte seit 1998 niemand den alten Fischer gesehen.",
    "Die Ernte war gut, obwohl es den ganzen Sommer geregnet hat.",
    "Jeden Samstag verkauft sie auf dem Markt Brot und Honig.",
    "Der Kaffee war kalt und schmeckte nach Seife.",
]
TRUE = {(3, 0), (1, 2), (4, 4)}


def _unit(rows: np.ndarray) -> np.ndarray:
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float32)


def test_translations_come_out_wherever_they_stand_and_nothing_else() -> None:
    found = aligner.mine({"en": ENGLISH, "de": GERMAN})
    assert {(ENGLISH.index(p.texts[0]), GERMAN.index(p.texts[1])) for p in found} == TRUE
    assert found.segments == {"en": 6, "de": 6}
    assert [p.probability for p in found] == sorted((p.probability for p in found), reverse=True)
    assert all(p.margin > 1 for p in found)


def test_versions_of_one_text_give_pairs_of_gold(samples: Path) -> None:
    found = mine(samples / "statement" / "en.txt", samples / "statement" / "de.txt")
    beads = aligner.evaluate.read_ladder(samples / "statement" / "gold.en-de.tsv")
    starts = [
        [int(row.split("\t")[0]) for row in path.read_text("utf-8").splitlines()]
        for path in (samples / "statement" / f"gold.segments.{v}.tsv" for v in ("en", "de"))
    ]
    gold = {(i, j) for bead in beads for i in bead.sides[0] for j in bead.sides[1]}
    pairs = {
        tuple(s.index(p.span.start) for s, p in zip(starts, pair.places, strict=True))
        for pair in found
    }
    assert pairs <= gold
    assert len(pairs) > len(beads) / 3


def test_press_reports_of_one_event_have_no_translations(samples: Path) -> None:
    for report, other in (("en", "de"), ("en", "sv"), ("de", "en"), ("de", "sv")):
        report_path = samples / "report" / f"{report}.txt"
        found = mine(report_path, samples / "statement" / f"{other}.txt")
        assert [pair.texts for pair in found] == []


def test_folders_are_put_together_by_language(tmp_path: Path) -> None:
    for name, lines in (("1.txt", ENGLISH[:3]), ("2.txt", ENGLISH[3:]), ("3.txt", GERMAN)):
        (tmp_path / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "again.txt").write_text("\n\n".join(GERMAN), encoding="utf-8")
    found = mine(tmp_path)
    assert {(ENGLISH.index(p.texts[0]), GERMAN.index(p.texts[1])) for p in found} == TRUE
    first = next(pair for pair in found if pair.texts[0] == ENGLISH[4])
    assert [Path(str(place.path)).name for place in first.places] == ["2.txt", "3.txt"]
    for place, text in zip(first.places, first.texts, strict=True):
        whole = Path(str(place.path)).read_text("utf-8")
        assert whole[place.span.start : place.span.end] == text


def test_three_languages_are_mined_two_by_two() -> None:
    swedish = ["Varje lördag säljer hon bröd och honung på torget.", "Kyrkan står på en kulle."]
    found = mine({"en": ENGLISH, "de": GERMAN, "sv": swedish})
    pairs = {pair.languages: pair.texts for pair in found if ENGLISH[4] in pair.texts}
    assert pairs == {
        ("en", "de"): (ENGLISH[4], GERMAN[4]),
        ("en", "sv"): (ENGLISH[4], swedish[0]),
    }


@pytest.mark.parametrize("format", ["tsv", "jsonl", "tmx", "csv", "xliff"])
def test_every_format_reads_again_as_a_bitext(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"pairs.{format}"
    found = mine({"en": ENGLISH, "de": GERMAN})
    found.write(path)
    rows = [(row.texts["en"], row.texts["de"]) for row in iter_rows(path)]
    assert rows == [pair.texts for pair in found]


def test_the_command_writes_places_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, lines in (("en.txt", ENGLISH), ("de.txt", GERMAN)):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    command = ["mine", str(tmp_path), "--lines", "--format", "jsonl"]
    assert main(command) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == [0, 1, 2]
    assert all(row["paths"]["en"] == str(tmp_path / "en.txt") for row in rows)
    assert "3 pairs out of 6 de, 6 en segments" in err
    assert "broken.docx" in err
    assert main([*command, "--least", "1"]) == 0
    assert capsys.readouterr().out == ""


def test_a_sentence_in_another_language_than_its_text_is_no_counterpart() -> None:
    quoted = [*GERMAN, ENGLISH[5]]
    found = mine({"en": ENGLISH, "de": quoted})
    assert ENGLISH[5] not in {pair.texts[1] for pair in found}


def test_bad_input_is_named(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("\n".join(ENGLISH), encoding="utf-8")
    with pytest.raises(InputError, match="no such file or folder"):
        mine(path, tmp_path / "none")
    with pytest.raises(InputError, match=r"one language \(en\).*name the language"):
        mine(path)
    with pytest.raises(ValueError, match="2 languages for 1"):
        mine(path, languages=["en", "de"])
    with pytest.raises(ValueError, match="'english' is not a language tag"):
        mine({"english": ENGLISH, "de": GERMAN})
    with pytest.raises(ValueError, match="least must be 0 to 1"):
        mine({"en": ENGLISH, "de": GERMAN}, least=80)
    with pytest.raises(TypeError, match="not both"):
        mine({"en": ENGLISH}, GERMAN)
    with pytest.raises(InputError, match="there is no text"):
        mine({"en": [], "de": [" "]})
    with pytest.raises(OutputError, match="is not written"):
        mine({"en": ENGLISH, "de": GERMAN}).write(tmp_path / "pairs.docx")


def _naive(ours: np.ndarray, theirs: np.ndarray, count: int) -> list[list[int]]:
    cosines = np.round(ours.astype(np.float64) @ theirs.T.astype(np.float64), 7)
    return [sorted(range(len(theirs)), key=lambda j: (-row[j], j))[:count] for row in cosines]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 5), st.integers(0, 1000))
@settings(max_examples=60)
def test_neighbours_are_those_of_the_whole_matrix(
    rows: int, columns: int, count: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = (_unit(rng.standard_normal((n, 6))) for n in (rows, columns))
    there, back = searched(source, target, count, by_blocks)
    assert there.indices.tolist() == _naive(source, target, count)
    assert back.indices.tolist() == _naive(target, source, count)


def test_faiss_finds_the_same_neighbours_as_blocks() -> None:
    pytest.importorskip("faiss")
    rng = np.random.default_rng(4)
    source, target = (_unit(rng.standard_normal((n, 32))) for n in (1500, 900))
    for one, other in zip(
        searched(source, target, 4, by_blocks), searched(source, target, 4, by_faiss), strict=True
    ):
        assert (one.indices == other.indices).all()
        assert (one.cosines == other.cosines).all()


def test_a_margin_is_worth_less_where_little_else_corresponds() -> None:
    model = MiningWeights(np.array([1.0]), 0.0, share=0.5, usual=0.4)

    def first(logits: list[float]) -> float:
        features = np.array(logits)[:, None]
        nothing = np.zeros(len(logits), np.int64)
        found = Candidates(nothing, nothing, features[:, 0], features)
        return float(probabilities(found, model)[0])

    assert first([1.0] + [6.0] * 200) > 0.9
    assert first([1.0] + [-6.0] * 200) < 0.1
    assert 0.4 < first([1.0]) < 0.8


class Leaning:
    """Vectors as those of a transformer: all lean one way, some texts are hardly told apart."""

    name = "leaning"

    def __init__(self, same: dict[str, int]) -> None:
        self._same = same

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.full((len(texts), 24), 5.0)
        for row, text in zip(rows, texts, strict=True):
            row[self._same.get(text, 23)] += 2.0
        return rows * (0 if "nothing" in texts else 1)


@pytest.mark.parametrize("count", [1, 4, 6])
def test_an_encoder_whose_vectors_lean_one_way_finds_the_same(count: int) -> None:
    same = {ENGLISH[i]: i for i in range(6)} | {GERMAN[j]: i for i, j in TRUE}
    given = {"en": ENGLISH[:count], "de": GERMAN}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = mine(given, encoder=Leaning(same), least=0.0)
    pairs = {(ENGLISH.index(p.texts[0]), GERMAN.index(p.texts[1])) for p in found}
    wanted = {(i, j) for i, j in TRUE if ENGLISH[i] in given["en"]}
    assert wanted <= pairs
    assert all(0 <= p.probability <= 1 and np.isfinite(p.margin) for p in found)


def test_texts_that_no_encoder_tells_apart_give_no_pair() -> None:
    given = {"en": [*ENGLISH, "nothing"], "de": [*GERMAN, "nothing"]}
    assert not mine(given, encoder=Leaning({})).pairs


def test_columns_are_mined_as_lists_are() -> None:
    same = {ENGLISH[i]: i for i in range(6)} | {GERMAN[j]: i for i, j in TRUE}
    columns = {"en": np.array(ENGLISH), "de": iter(GERMAN)}
    lists = mine({"en": ENGLISH, "de": GERMAN}, encoder=Leaning(same), least=0.0)
    assert mine(columns, encoder=Leaning(same), least=0.0).pairs == lists.pairs
    with pytest.raises(InputError, match="its language is not known; name it"):
        mine(["1"], ["2"], encoder=Leaning(same))
    with pytest.raises(TypeError, match="segments must be strings, not float, as number 1 is"):
        mine({"en": ["One.", float("nan")], "de": GERMAN})
