"""What a user can demand of the aligner, with a tiny encoder whose vectors are known."""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

import aligner
from aligner import AlignOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._encode import Matrix

WORDS = [f"w{k}" for k in range(400)]


class Letters:
    """Gives every text the sum of fixed random vectors of its words, so versions match exactly."""

    name = "letters"
    languages: frozenset[str] | None = None

    def encode(self, texts: Sequence[str], /) -> Matrix:
        rows = []
        for text in texts:
            vector = np.zeros(48, np.float32)
            for word in text.lower().split():
                seed = zlib.crc32(word.strip(".?").encode())
                vector += np.random.default_rng(seed).standard_normal(48).astype(np.float32)
            rows.append(vector / max(float(np.linalg.norm(vector)), 1e-9))
        return np.array(rows, np.float32).reshape(len(texts), 48)


def sentences(count: int, start: int = 0) -> list[str]:
    """Return sentences of five words each, no word twice."""
    rng = np.random.default_rng(11)
    order = rng.permutation(4000)
    return [
        " ".join(f"word{order[(start + k) * 5 + n]}" for n in range(5)) + "." for k in range(count)
    ]


def sides(*versions: list[str], options: AlignOptions | None = None) -> list[tuple[object, ...]]:
    names = ["en", "de", "sv"][: len(versions)]
    given = dict(zip(names, versions, strict=True))
    found = aligner.align(given, encoder=Letters(), options=options)
    return [(*bead.sides, "moved") if bead.moved else bead.sides for bead in found.beads]


def one_to_one(count: int) -> list[tuple[object, ...]]:
    return [((k,), (k,)) for k in range(count)]


def test_equal_texts_align_one_to_one() -> None:
    lines = sentences(30)
    assert sides(lines, lines) == one_to_one(30)


def test_a_dropped_sentence_is_a_null_bead() -> None:
    lines = sentences(30)
    found = sides(lines, lines[:12] + lines[13:])
    assert ((12,), ()) in found
    assert found.count(((12,), ())) == 1
    assert ((13,), (12,)) in found


def test_joined_sentences_are_one_bead() -> None:
    lines = sentences(30)
    joined = [*lines[:9], f"{lines[9]} {lines[10]}", *lines[11:]]
    assert ((9, 10), (9,)) in sides(lines, joined)


@pytest.mark.parametrize("options", [None, AlignOptions(max_sum=10)])
def test_a_sentence_may_be_as_long_as_five(options: AlignOptions | None) -> None:
    lines = sentences(30)
    joined = [*lines[:9], " ".join(lines[9:14]), *lines[14:]]
    assert ((9, 10, 11, 12, 13), (9,)) in sides(lines, joined, options=options)


def test_beads_larger_than_usual_are_found_if_they_are_asked_for() -> None:
    lines, words = sentences(30), [f"mixed{k}" for k in range(12)]
    three = [" ".join(words[k : k + 4]) for k in range(0, 12, 4)]
    four = [" ".join(words[k::4]) for k in range(4)]
    versions = [[*lines[:9], *mixed, *lines[9:]] for mixed in (three, four)]
    found = sides(*versions, options=AlignOptions(max_sum=7))
    assert ((9, 10, 11), (9, 10, 11, 12)) in found


def test_swapping_the_versions_mirrors_the_beads() -> None:
    lines = sentences(30)
    other = [*lines[:5], f"{lines[5]} {lines[6]}", *lines[7:20], *lines[21:]]
    mirrored = {(bead[1], bead[0]) for bead in sides(other, lines)}
    assert set(sides(lines, other)) == mirrored


def test_a_sentence_in_another_place_is_one_moved_bead() -> None:
    lines = sentences(30)
    other = [*lines[:8], *lines[9:20], lines[8], *lines[20:]]
    found = sides(lines, other)
    assert ((8,), (19,), "moved") in found
    assert sum(1 for bead in found if "moved" in bead) == 1


def test_swapped_halves_are_moved_beads_and_not_omissions() -> None:
    lines = sentences(40)
    found = sides(lines, lines[20:] + lines[:20])
    assert all(bead[0] and bead[1] for bead in found)
    assert sum(1 for bead in found if "moved" in bead) == 20


def test_what_one_of_three_versions_lacks_links_the_others() -> None:
    lines = sentences(20)
    found = sides(lines, lines[:7] + lines[8:], lines)
    assert ((7,), (), (7,)) in found


def test_unrelated_texts_are_left_alone() -> None:
    found = sides(sentences(25), sentences(25, start=30))
    assert sum(1 for bead in found if bead[0] and bead[1]) <= 1


def test_an_anchor_holds_against_the_evidence() -> None:
    lines = sentences(12)
    options = AlignOptions(anchors=(("en", 5, "de", 6),))
    found = sides(lines, lines, options=options)
    assert any(5 in bead[0] and 6 in bead[1] for bead in found)  # type: ignore[operator]


@pytest.mark.parametrize("pair", [("en", "de"), ("en", "sv"), ("de", "sv")])
def test_an_anchor_of_two_of_three_versions_holds(pair: tuple[str, str]) -> None:
    lines = sentences(12)
    options = AlignOptions(anchors=((pair[0], 5, pair[1], 6),))
    versions = dict.fromkeys(("en", "de", "sv"), lines)
    made = aligner.align(versions, encoder=Letters(), options=options)
    assert any(5 in bead[pair[0]] and 6 in bead[pair[1]] for bead in made.beads)
    assert [k for bead in made.beads for k in bead["sv"]] == list(range(12))


def test_an_anchor_that_names_no_segment_is_refused() -> None:
    lines = sentences(3)
    options = AlignOptions(anchors=(("en", 9, "de", 0),))
    with pytest.raises(ValueError, match="names no segment of 'en'"):
        sides(lines, lines, options=options)


def test_crossing_anchors_are_refused() -> None:
    lines = sentences(5)
    options = AlignOptions(anchors=(("en", 1, "de", 3), ("en", 2, "de", 0)))
    with pytest.raises(ValueError, match="anchors of 'en' and 'de' cross"):
        sides(lines, lines, options=options)


def test_hard_breaks_hold_at_the_ends_of_blocks() -> None:
    first, second = sentences(2), sentences(2, start=10)
    text = f"{first[0]} {first[1]}\n\n{second[0]} {second[1]}\n"
    other = f"{first[0]}\n\n{first[1]} {second[0]} {second[1]}\n"
    found = aligner.align(
        {"en": text, "de": other}, encoder=Letters(), options=AlignOptions(hard_breaks=True)
    )
    blocks = [found.documents[0].segments[k].block for bead in found for k in bead["en"]]
    assert blocks == sorted(blocks)
    for bead in found.beads:
        sides_blocks = {
            document.segments[k].block
            for document, side in zip(found.documents, bead.sides, strict=True)
            for k in side
        }
        assert len(sides_blocks) == 1


def test_hard_breaks_need_as_many_blocks() -> None:
    lines = sentences(3)
    with pytest.raises(ValueError, match="hard breaks need as many blocks"):
        aligner.align(
            {"en": "\n\n".join(lines), "de": " ".join(lines)},
            encoder=Letters(),
            options=AlignOptions(hard_breaks=True),
        )


def test_a_low_price_of_nulls_leaves_more_alone() -> None:
    lines = sentences(20)
    other = [line if k % 2 else f"other{k} thing{k} stuff{k}." for k, line in enumerate(lines)]
    cheap = sides(lines, other, options=AlignOptions(null_price=0.1))
    dear = sides(lines, other, options=AlignOptions(null_price=50.0))
    assert len(cheap) > len(dear)
    assert all(bead[0] and bead[1] for bead in dear)


@pytest.mark.parametrize("empty", [0, 1])
def test_an_empty_side_gives_null_beads(empty: int) -> None:
    versions = [sentences(3), sentences(3)]
    versions[empty] = []
    assert len(sides(*versions)) == 3


def test_long_texts_are_decoded_in_windows_like_short_ones() -> None:
    lines = sentences(700)
    other = [*lines[:100], *lines[101:400], f"{lines[400]} {lines[401]}", *lines[402:]]
    found = sides(lines, other)
    assert ((100,), ()) in found
    assert ((400, 401), (399,)) in found
    assert len(found) == 699


@pytest.mark.parametrize("versions", [2, 3])
def test_progress_begins_at_nothing_and_ends_with_all_segments(versions: int) -> None:
    lines, calls = sentences(250), []
    given = dict(zip(["en", "de", "sv"][:versions], [lines] * versions, strict=False))
    aligner.align(given, encoder=Letters(), progress=lambda *call: calls.append(call))
    done, totals = zip(*calls, strict=True)
    assert done[0] == 0
    assert done[-1] == totals[-1] == (500 if versions == 2 else 3000)
    assert list(done) == sorted(set(done))
    assert len(set(totals)) == 1
    assert len(calls) <= 102


def story(count: int) -> tuple[list[str], list[str]]:
    """Return numbered sentences in English and German, no two alike."""
    things = [("boat", "Boot"), ("house", "Haus"), ("garden", "Garten"), ("letter", "Brief")]
    doings = [("sold", "verkauft"), ("painted", "gestrichen"), ("found", "gefunden")]
    places = [("in the town", "in der Stadt"), ("at the lake", "am See"), ("in May", "im Mai")]
    rows = itertools.islice(itertools.product(places, doings, things), count)
    english, german = [], []
    for where, done, thing in rows:
        english.append(f"The old {thing[0]} was {done[0]} {where[0]} by two brothers.")
        german.append(f"{thing[1]} wurde {where[1]} von zwei Brüdern {done[1]}.")
    return english, german


@pytest.mark.parametrize("line", ["The Harbour Review", "Seite {}", "Wetter"])
def test_page_heads_and_numbers_stay_alone(line: str) -> None:
    english, german = story(24)
    for page, place in enumerate(range(20, 0, -5)):
        german.insert(place, line.format(9 - page))
    alignment = aligner.align({"en": english, "de": german})
    heads = {k for k, segment in enumerate(german) if segment.split()[0] == line.split()[0]}
    assert {bead.sides[1][0] for bead in alignment.beads if not bead.sides[0]} == heads
    assert len(heads) == 4


def test_numbers_of_clauses_may_be_shifted() -> None:
    english, german = story(24)
    source = [f"{k}. {text}" for k, text in enumerate(english, 1)]
    target = [f"{k + (k > 8)}. {text}" for k, text in enumerate(german, 1)]
    alignment = aligner.align({"en": source, "de": target})
    assert [bead.sides for bead in alignment.beads] == [((k,), (k,)) for k in range(24)]


def test_a_line_said_twice_stays_alone() -> None:
    english, german = story(24)
    german.insert(11, german[10])
    alignment = aligner.align({"en": english, "de": german})
    (extra,) = (bead for bead in alignment.beads if not bead.sides[0])
    assert extra.sides[1] in ((10,), (11,))


def test_lengths_are_compared_by_what_is_usual_in_the_versions() -> None:
    rng = np.random.default_rng(0)
    count = 40
    vectors = rng.standard_normal((count, 16))
    long = ["x" * int(rng.integers(40, 200)) for _ in range(count)]
    short = ["y" * (len(text) // 3) for text in long]
    noisy = vectors + 1.2 * rng.standard_normal(vectors.shape)
    alignment = aligner.align({"a": long, "b": short}, vectors=[vectors, noisy])
    assert [bead.sides for bead in alignment.beads] == [((k,), (k,)) for k in range(count)]
