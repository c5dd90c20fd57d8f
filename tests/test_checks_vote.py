"""The vote of the versions, and how offsets in a bead become spans of the document."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import Span
from aligner.checks import Passage, check_rows, registered
from aligner.checks._values import Finding
from aligner.checks._vote import ALONE, Vote, joined, vote

if TYPE_CHECKING:
    from aligner._types import Severity

VERSIONS = ("en", "de", "sv")
PASSAGES = [Passage(version, version, "some text of the passage") for version in VERSIONS]
CHECK, OTHER_CHECK = registered()["D201"], registered()["D202"]


def finding(
    places: dict[str, tuple[int, int] | None], confidence: float = 0.6, key: str = "", odd: str = ""
) -> Finding:
    where = {version: (place,) if place else () for version, place in places.items()}
    return Finding(where, "differs", confidence, key, odd=odd or None)


def votes(*found: Finding, versions: int = 3) -> list[Vote]:
    return vote([(CHECK, one) for one in found], PASSAGES[:versions])


def test_what_two_pairs_see_at_one_place_accuses_the_version_they_share() -> None:
    (one,) = votes(
        finding({"en": (0, 4), "de": (5, 9)}, 0.6), finding({"de": (8, 12), "sv": (0, 4)}, 0.7)
    )
    assert (one.odd, one.support) == ("de", 2)
    assert one.confidence == pytest.approx(1 - 0.4 * 0.3)
    assert one.places == {"en": ((0, 4),), "de": ((5, 9), (8, 12)), "sv": ((0, 4),)}
    assert [f.confidence for f in one.findings] == [0.7, 0.6]


def test_where_all_pairs_differ_nobody_is_odd() -> None:
    (one,) = votes(
        finding({"en": (0, 4), "de": (5, 9)}),
        finding({"de": (5, 9), "sv": (0, 4)}),
        finding({"en": (0, 4), "sv": (0, 4)}),
    )
    assert (one.odd, one.support) == (None, 3)
    assert one.confidence == pytest.approx(1 - 0.4**3)


def test_one_pair_alone_counts_less_where_a_third_version_could_have_seen_it() -> None:
    pair = finding({"en": (0, 4), "de": (5, 9)}, 0.8)
    assert votes(pair)[0].confidence == pytest.approx(0.8 * ALONE)
    assert votes(pair)[0].odd is None
    assert votes(pair, versions=2)[0].confidence == pytest.approx(0.8)
    sees_all = finding({"en": (0, 4), "de": (5, 9), "sv": None}, 0.8)
    assert votes(sees_all)[0].confidence == pytest.approx(0.8)


def test_two_versions_of_one_language_are_one_witness() -> None:
    passages = [*PASSAGES[:2], Passage("en-2", "en-GB", "some text of the passage")]
    pair = finding({"en": (0, 4), "de": (5, 9)}, 0.6)
    again = finding({"en-2": (0, 4), "de": (5, 9)}, 0.5)
    (one,) = vote([(CHECK, pair), (CHECK, again)], passages)
    assert (one.odd, one.support, one.confidence) == ("de", 2, 0.6)
    (alone,) = vote([(CHECK, pair)], passages)
    assert alone.confidence == 0.6


def test_a_second_version_of_a_language_brings_no_finding_that_the_pair_has_not() -> None:
    english = "The Keeper of the Clock sat between two cogwheels, and the clock had stopped."
    german = "Die Hüterin der Uhr saß zwischen zwei Zahnrädern, und die Uhr war stehen geblieben."
    rows = [{"en": english, "de": german}, {"en": english, "de": german, "en-GB": english}]
    assert list(check_rows(rows)) == [(), ()]


def test_a_check_that_sees_all_versions_names_the_odd_one_itself() -> None:
    (one,) = votes(finding({"en": (0, 4), "de": None, "sv": (0, 4)}, 0.8, odd="sv"))
    assert one.odd == "sv"
    assert one.confidence == pytest.approx(0.8)


def test_the_surest_finding_of_a_pair_speaks_for_it() -> None:
    (one,) = votes(
        finding({"en": (0, 4), "de": (5, 9)}, 0.5),
        finding({"sv": (0, 4), "de": (5, 9)}, 0.2),
        finding({"sv": (5, 9), "de": (7, 9)}, 0.6),
    )
    assert one.support == 2
    assert one.confidence == pytest.approx(1 - 0.5 * 0.4)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"en": (0, 4), "de": (0, 4)}, {"de": (3, 9), "sv": (0, 4)}, True),
        ({"en": (0, 4), "de": (0, 4)}, {"de": (4, 9), "sv": (0, 4)}, False),
        ({"en": (0, 4), "de": (4, 9)}, {"de": (0, 4), "sv": (0, 4)}, False),
        ({"en": (0, 4), "de": (0, 4)}, {"en": (0, 4), "de": (0, 4)}, False),
        ({"en": (0, 4), "de": None}, {"de": None, "sv": (0, 4)}, True),
        ({"en": (0, 4), "de": None}, {"de": (0, 4), "sv": None}, True),
    ],
)
def test_findings_are_one_where_they_meet_in_a_version_they_share(
    first: dict[str, tuple[int, int] | None],
    second: dict[str, tuple[int, int] | None],
    same: bool,
) -> None:
    found = votes(finding(first, key="k"), finding(second, key="k"))
    assert len(found) == (1 if same else 2)


def test_findings_without_a_place_are_one_only_if_they_are_about_the_same() -> None:
    first, second = {"en": (0, 4), "de": None}, {"de": None, "sv": (0, 4)}
    assert len(votes(finding(first, key="45"), finding(second, key="54"))) == 2


def one_vote(
    code: str,
    places: dict[str, tuple[int, int] | None],
    confidence: float,
    severity: Severity | None = None,
) -> Vote:
    one = replace(finding(places, confidence), severity=severity)
    (found,) = vote([(registered()[code], one)], PASSAGES[:2])
    return found


@pytest.mark.parametrize(
    ("code", "place", "confidence"),
    [("D202", (3, 9), 0.8), ("D202", (0, 18), 0.95), ("D301", (3, 8), 0.9)],
)
def test_what_is_lost_with_its_phrase_is_told_once_as_sure_and_as_grave(
    code: str, place: tuple[int, int], confidence: float
) -> None:
    lost = one_vote("D102", {"en": (0, 20), "de": None}, 0.9, "minor")
    (one,) = joined([one_vote(code, {"en": place, "de": None}, confidence), lost])
    assert (one.check.code, one.severity) == ("D102", "major")
    assert one.confidence == pytest.approx(max(confidence, 0.9))


@pytest.mark.parametrize(
    ("code", "places", "confidence"),
    [
        pytest.param("D202", {"en": (18, 24), "de": None}, 0.5, id="half outside"),
        pytest.param("D301", {"en": (3, 9), "de": None}, 0.5, id="a long name"),
        pytest.param("D202", {"en": (3, 9), "de": (0, 4)}, 0.5, id="another date there"),
        pytest.param("D202", {"en": None, "de": (3, 9)}, 0.5, id="lost in the other version"),
        pytest.param("D401", {"en": (3, 9), "de": None}, 0.5, id="no value"),
    ],
)
def test_what_is_more_than_a_part_of_a_lost_sentence_is_told(
    code: str, places: dict[str, tuple[int, int] | None], confidence: float
) -> None:
    both = [one_vote("D102", {"en": (0, 20), "de": None}, 0.9), one_vote(code, places, confidence)]
    assert joined(both) == both


def test_a_phrase_is_as_surely_lost_as_the_name_in_it() -> None:
    name = one_vote("D301", {"en": (3, 8), "de": None}, 0.7)
    phrase = one_vote("D102", {"en": (0, 20), "de": None}, 0.4)
    as_long = one_vote("D102", {"en": (3, 8), "de": None}, 0.4)
    assert joined([name, phrase]) == [name, replace(phrase, confidence=name.confidence)]
    assert joined([name, as_long]) == [name, as_long]


def test_findings_of_two_checks_stay_apart() -> None:
    one = finding({"en": (0, 4), "de": (5, 9)})
    other = finding({"de": (5, 9), "sv": (0, 4)})
    found = vote([(CHECK, one), (OTHER_CHECK, other)], PASSAGES)
    assert [(v.check.code, v.odd) for v in found] == [("D201", None), ("D202", None)]


def test_a_chain_of_findings_is_one_in_whatever_order_they_come() -> None:
    chain = [
        finding({"en": (0, 4), "de": (0, 4)}),
        finding({"en": (6, 9), "de": (6, 9)}),
        finding({"de": (3, 7), "sv": (0, 4)}),
    ]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        (one,) = votes(*(chain[k] for k in order))
        assert (len(one.findings), one.support, one.odd) == (3, 2, "de")


@pytest.mark.parametrize("confidence", [-0.1, 1.1, math.nan])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence must be from 0 to 1, not"):
        finding({"en": (0, 4)}, confidence)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), min_size=1, max_size=5),
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_spans_hold_the_characters_marked_and_none_between_segments(
    segments: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    pieces, where, local, document = [], {}, 0, 0
    for number, (size, gap) in enumerate(segments):
        document += gap
        pieces.append((local, document))
        where.update({local + k: (number, document + k) for k in range(size)})
        local, document = local + size + 1, document + size
    passage = Passage("en", "en", "x" * (local - 1), tuple(pieces))
    start, end = (min(p, local - 1) for p in sorted(place))
    spans = passage.spans([(start, end)])
    marked = [where[k] for k in range(start, end) if k in where]
    if start < end:
        assert [k for span in spans for k in range(span.start, span.end)] == [k for _, k in marked]
        assert len(spans) == len({number for number, _ in marked})
    else:
        (span,) = spans
        assert span.start == span.end
        if start in where:
            assert span == Span(where[start][1], where[start][1])


def test_spans_are_sorted_and_none_is_there_twice() -> None:
    passage = Passage("en", "en", "one two three", ((0, 10), (8, 50)))
    assert passage.spans([(8, 13), (0, 3), (0, 3)]) == (Span(10, 13), Span(50, 55))
    assert passage.spans([]) == ()
