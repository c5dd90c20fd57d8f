"""Scores against gold: the definition, blocks, ignored segments, files and folders."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import Bead, InputError, evaluate
from aligner.evaluate import Score, Sides

if TYPE_CHECKING:
    from pathlib import Path

GOLD: list[Sides] = [((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,))]


def test_a_perfect_ladder_scores_one_everywhere() -> None:
    scores = evaluate.alignment(GOLD, GOLD)
    assert {name: score.f1 for name, score in scores.items()} == {
        "strict": 1.0,
        "lax": 1.0,
        "two_sided": 1.0,
        "n_m": 1.0,
        "one_sided": 1.0,
    }


def test_null_beads_count_for_precision_and_not_for_recall() -> None:
    predicted: list[Sides] = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), ()), ((3,), (3,))]
    scores = evaluate.alignment(GOLD, predicted)
    assert scores.strict == Score(right=3, predicted=5, found=2, gold=3)
    assert scores.lax == Score(right=4, predicted=5, found=3, gold=3)
    assert scores.one_sided == Score(right=1, predicted=2, found=1, gold=1)
    assert scores.n_m == Score(right=0, predicted=0, found=0, gold=1)


def test_ratios_with_nothing_to_divide_by_are_zero() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_strict_f1_is_the_harmonic_mean() -> None:
    score = Score(right=3, predicted=4, found=1, gold=2)
    assert score.f1 == pytest.approx(0.6)
    assert score.to_dict()["precision"] == 0.75


def test_the_order_of_segments_and_beads_does_not_matter() -> None:
    predicted = [((3,), (3,)), ((1,), (2, 1)), ((0,), (0,)), ((2,), ())]
    assert evaluate.alignment(GOLD, predicted).strict.f1 == 1.0


def test_beads_of_the_library_are_accepted() -> None:
    beads = [Bead(("en", "de"), sides) for sides in GOLD]
    assert evaluate.alignment(GOLD, beads).strict.f1 == 1.0


def test_three_versions_are_scored_as_whole_beads() -> None:
    gold = [((0,), (0,), (0,)), ((1,), (1,), ())]
    predicted = [((0,), (0,), ()), ((), (), (0,)), ((1,), (1,), ())]
    scores = evaluate.alignment(gold, predicted)
    assert scores.strict == Score(right=1, predicted=3, found=1, gold=2)
    assert scores.lax == Score(right=2, predicted=3, found=2, gold=2)


@st.composite
def ladders(draw: st.DrawFn, sizes: tuple[int, int] = (6, 6)) -> list[Sides]:
    """Return random ladders over the same segments."""
    beads: list[Sides] = []
    i = j = 0
    while (i, j) != sizes:
        steps = [(a, b) for a, b in product(range(3), repeat=2) if a + b]
        fits = [(a, b) for a, b in steps if i + a <= sizes[0] and j + b <= sizes[1]]
        a, b = draw(st.sampled_from(fits))
        beads.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    return beads


@settings(max_examples=60)
@given(ladders(), ladders())
def test_counts_agree_with_a_plain_count(gold: list[Sides], predicted: list[Sides]) -> None:
    def shares_link(bead: Sides, others: list[Sides]) -> bool:
        links = set(product(*bead))
        return any(links & set(product(*other)) for other in others)

    two_sided = [bead for bead in gold if all(bead)]
    joined = [bead for bead in predicted if all(bead)]
    scores = evaluate.alignment(gold, predicted)
    strict = sum(bead in gold for bead in predicted)
    assert scores.strict == Score(
        strict, len(predicted), sum(bead in joined for bead in two_sided), len(two_sided)
    )
    assert scores.lax.right == sum(b in gold or shares_link(b, gold) for b in predicted)
    assert scores.lax.found == sum(shares_link(b, joined) for b in two_sided)


def test_a_block_bead_is_right_inside_one_gold_bead() -> None:
    gold = [((0, 1), (0, 1)), ((2,), (2,))]
    inside = [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    across = [((0,), (0,)), ((1, 2), (1, 2))]
    assert evaluate.alignment(gold, inside, granularity="block").strict.f1 == 1.0
    assert evaluate.alignment(gold, across, granularity="block").strict == Score(1, 2, 2, 6)


def test_null_beads_in_a_block_find_nothing() -> None:
    gold = [((0,), (0,))]
    score = evaluate.alignment(gold, [((0,), ()), ((), (0,))], granularity="block").strict
    assert (score.precision, score.recall) == (1.0, 0.0)


def test_an_unknown_granularity_is_refused() -> None:
    with pytest.raises(ValueError, match="granularity 'word'; there are sentence, block"):
        evaluate.alignment(GOLD, GOLD, granularity="word")  # type: ignore[arg-type]


def test_a_path_is_no_alignment() -> None:
    with pytest.raises(TypeError, match=r"'gold\.tsv' is no alignment; .* for evaluate\.files"):
        evaluate.alignment("gold.tsv", "found.ladder")  # type: ignore[arg-type]  # a user's slip


def test_beads_that_touch_ignored_segments_are_left_out() -> None:
    predicted: list[Sides] = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), ()), ((3,), (3,))]
    scores = evaluate.alignment(GOLD, predicted, ignore=({1}, {2}))
    assert scores.strict == Score(right=3, predicted=3, found=2, gold=2)


def test_other_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="5 segments in column 1, the gold has 4"):
        evaluate.alignment(GOLD, [*GOLD, ((4,), ())])
    with pytest.raises(ValueError, match="3 segments in column 1, the gold has 4"):
        evaluate.alignment(GOLD, [*GOLD[:3], ((), (3,))])
    with pytest.raises(ValueError, match="beads of 2 and of 3 versions"):
        evaluate.alignment(GOLD, [((0,), (0,), (0,))])


def test_a_ladder_without_null_beads_may_leave_segments_out() -> None:
    assert evaluate.alignment(GOLD, GOLD[:2]).strict == Score(2, 2, 2, 3)


def write(path: Path, beads: list[Sides]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ["\t".join(",".join(map(str, side)) for side in bead) for bead in beads]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_files_are_scored_and_folders_added_up(tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    write(gold / "a" / "gold.en-de.tsv", GOLD)
    write(gold / "b" / "gold.en-de.tsv", [((0,), (0,)), ((1,), (1,))])
    write(gold / "b" / "docs.tsv", [((9,), (9,))])
    write(predicted / "a" / "gold.en-de.tsv", GOLD)
    write(predicted / "b" / "en-de.tsv", [((0, 1), (0, 1))])
    assert evaluate.files(gold, predicted).strict == Score(4, 5, 3, 5)


def test_a_missing_prediction_is_named(tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    write(gold / "a.tsv", GOLD)
    write(gold / "b.tsv", GOLD)
    write(predicted / "a.tsv", GOLD)
    with pytest.raises(InputError, match=r"no prediction for 1 of 2 files, such as .*b\.tsv"):
        evaluate.files(gold, predicted)


def test_an_empty_folder_a_missing_file_and_a_mixture_are_refused(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.tsv", GOLD)
    with pytest.raises(InputError, match="no such file or folder"):
        evaluate.files(gold, tmp_path / "none.tsv")
    with pytest.raises(InputError, match="give two files or two folders"):
        evaluate.files(gold, tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no ladders"):
        evaluate.files(tmp_path / "empty", tmp_path / "empty")


def test_other_segments_in_a_file_are_an_input_error_that_names_both(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.tsv", GOLD)
    predicted = write(tmp_path / "predicted.tsv", [*GOLD, ((4,), ())])
    with pytest.raises(InputError, match=r"predicted\.tsv: 5 segments .*gold\.tsv.*--lines"):
        evaluate.files(gold, predicted)


def test_ignore_lists_and_meta_beside_the_gold_are_used(tmp_path: Path) -> None:
    gold = write(tmp_path / "set" / "doc" / "gold.en-de.tsv", GOLD)
    predicted = write(tmp_path / "predicted.tsv", [((0,), (0,)), ((1, 2, 3), (1, 2, 3))])
    assert evaluate.files(gold, predicted).strict == Score(1, 2, 1, 3)
    (tmp_path / "set" / "meta.json").write_text(json.dumps({"granularity": "block"}))
    assert evaluate.files(gold, predicted).strict == Score(1, 2, 2, 7)
    assert evaluate.files(gold, predicted, granularity="sentence").strict == Score(1, 2, 1, 3)
    (tmp_path / "set" / "doc" / "ignore.en-de.tsv").write_text("1,2\t\n3\t3\n")
    assert evaluate.files(gold, predicted).strict == Score(1, 1, 2, 2)


def test_a_broken_ignore_list_and_broken_meta_are_named(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.en-de.tsv", GOLD)
    (tmp_path / "ignore.en-de.tsv").write_text("one\t2\n")
    with pytest.raises(InputError, match="not a list of segments; give 2 tab-separated columns"):
        evaluate.files(gold, gold)
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(InputError, match="not valid JSON"):
        evaluate.files(gold, gold)


def test_ladders_with_probabilities_moved_and_of_vecalign_are_read(tmp_path: Path) -> None:
    ladder = tmp_path / "aligned.tsv"
    ladder.write_text("0\t0\t0.9981\n1\t1,2\t0.9120\n2\t\t0.6604\tmoved\n\n3\t3\t1.0000\n")
    beads = evaluate.read_ladder(str(ladder))
    assert [bead.sides for bead in beads] == GOLD
    assert [bead.probability for bead in beads] == [0.9981, 0.912, 0.6604, 1.0]
    assert [bead.moved for bead in beads] == [False, False, True, False]
    vecalign = tmp_path / "vecalign.tsv"
    vecalign.write_text("[0]:[0]:0.1\n[1]:[1, 2]:0.29\n[2]:[]:0.0\n[3]:[3]:1e-05\n")
    assert [bead.sides for bead in evaluate.read_ladder(vecalign)] == GOLD


@pytest.mark.parametrize("content", ["a sentence\n", "0\n", "0\tx\n", "0,\t1\n", "-1\t0\n"])
def test_what_is_no_ladder_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "text.tsv"
    path.write_text("0\t0\n" + content, encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.tsv, line 2: not a bead"):
        evaluate.read_ladder(path)


def test_a_change_of_columns_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "three.tsv"
    path.write_text("0\t0\n1\t1\t1\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: 3 columns of segments instead of 2"):
        evaluate.read_ladder(path)


def test_binary_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.tsv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match="not UTF-8 text"):
        evaluate.read_ladder(path)
