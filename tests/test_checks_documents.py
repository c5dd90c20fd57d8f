"""Checks that see a whole text: passages missing, moved or shrunk, other structure, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from _pages.checks import Example  # docs/ is on the path of the tests

import aligner
from aligner.checks import CheckOptions, Passage, check_rows
from aligner.checks._values import BeadView
from aligner.checks.structure import other_structure

if TYPE_CHECKING:
    from aligner import Divergence

TEXTS = {
    "en": "The harbour opens at seven.|Boats may stay two nights.|Showers are free.|Dogs stay.",
    "de": "Der Hafen öffnet um sieben.|Boote dürfen zwei Nächte bleiben.|Duschen sind frei.|Hunde "
    "bleiben.",
    "sv": "Hamnen öppnar klockan sju.|Båtar får ligga två nätter.|Duschar är gratis.|Hundar.",
}


def beads(**changes: dict[int, Any]) -> list[dict[str, Any]]:
    """Return four beads in three versions; *changes* by version or key, then by bead."""
    texts = zip(*(text.split("|") for text in TEXTS.values()), strict=True)
    rows: list[dict[str, Any]] = [dict(zip(TEXTS, row, strict=True)) for row in texts]
    for key, values in changes.items():
        for k, value in values.items():
            if value is None:
                del rows[k][key]
            else:
                rows[k][key] = value
    return rows


def found(code: str, rows: list[dict[str, Any]]) -> list[Divergence]:
    return list(Example(code, True, rows).comparison().divergences)


@pytest.mark.parametrize(
    ("changes", "odd", "severity"),
    [
        ({"sv": {1: None}}, "sv", "major"),
        ({"en": {2: None}}, "en", "major"),
        ({"sv": {1: None}, "de": {1: None}}, "en", "minor"),
        ({"sv": {1: None}, "kind": {1: {"en": "caption", "de": "caption"}}}, "sv", "style"),
        ({"sv": {1: None}, "kind": {1: {"en": "caption"}}}, "sv", "major"),
        ({"sv": {1: None}, "en": {1: "•"}, "de": {1: "*"}}, "sv", "style"),
    ],
)
def test_a_missing_passage_is_as_grave_as_what_is_lost(
    changes: dict[str, dict[int, Any]], odd: str, severity: str
) -> None:
    (one,) = found("D101", beads(**changes))
    assert (one.odd, one.severity) == (odd, severity)
    assert one.spans[odd] == () or severity == "minor"


def test_a_missing_passage_is_marked_sentence_by_sentence() -> None:
    (one,) = found("D101", beads(de={1: None}, en={1: "Boats may stay. Two nights are fine."}))
    assert [span.end - span.start for span in one.spans["en"]] == [15, 20]
    assert one.message == "the passage is missing in de"


def test_a_passage_that_one_version_has_once_more_is_said_to_stand_there_twice() -> None:
    again = "The boats may stay for  two nights."
    rows = [
        {"en": again, "de": "Die Boote dürfen zwei Nächte bleiben."},
        {"en": "Dogs stay.", "de": "Hunde bleiben."},
        {"en": again.replace("  ", " ")},
        {"en": "Nobody may swim in the harbour."},
        {"en": "Nobody may swim in the harbour."},
    ]
    assert [(one.bead, one.message) for one in found("D101", rows)] == [
        (2, "the passage stands twice in en, once in de"),
        (3, "the passage is missing in de"),
        (4, "the passage is missing in de"),
    ]


def test_with_two_versions_nobody_is_odd() -> None:
    rows = [{"en": "Dogs stay.", "de": "Hunde bleiben."}, {"en": "Cats leave."}]
    (one,) = found("D101", rows)
    assert (one.odd, one.severity, one.spans["de"]) == (None, "major", ())


def test_a_passage_that_moved_far_names_the_version_where_it_stands_elsewhere() -> None:
    at = {"sv": {0: 3, 1: 0, 2: 1, 3: 2}}
    rows = beads(moved={0: True}, at={k: {"sv": at["sv"][k]} for k in range(4)})
    (one,) = found("D104", rows)
    assert (one.odd, one.severity) == ("sv", "minor")
    assert one.message == "the passage stands elsewhere in sv"
    assert [len(spans) for spans in one.spans.values()] == [1, 1, 1]


def test_what_a_version_lacks_does_not_count_as_standing_before() -> None:
    elsewhere = {0: 2, 1: 0, 2: 1}
    rows = beads(
        moved={0: True},
        en={3: None},
        at={k: {"de": place, "sv": place} for k, place in elsewhere.items()},
    )
    (one,) = found("D104", rows)
    assert (one.odd, one.message) == ("en", "the passage stands elsewhere in en")


def test_a_caption_that_moved_is_a_matter_of_style() -> None:
    rows = beads(moved={0: True}, kind={0: {"sv": "caption"}}, at={0: {"sv": 3}, 3: {"sv": 0}})
    (one,) = found("D104", rows)
    assert one.severity == "style"


def test_a_passage_that_moved_by_one_place_names_the_version_that_the_others_are_against() -> None:
    rows = beads(moved={1: True}, at={0: {"sv": 1}, 1: {"sv": 0}})
    (one,) = found("D104", rows)
    assert (one.odd, one.message) == ("sv", "the passage stands elsewhere in sv")


def test_a_passage_that_stands_elsewhere_in_each_version_names_nobody() -> None:
    rows = beads(moved={2: True}, at={1: {"en": 2}, 2: {"en": 1, "sv": 3}, 3: {"sv": 2}})
    (one,) = found("D104", rows)
    assert (one.odd, one.message) == (None, "the passage stands elsewhere in en or de or sv")


@pytest.mark.parametrize(
    ("ours", "theirs", "fires"),
    [(80, 30, True), (80, 31, False), (70, 20, True), (69, 20, False), (20, 80, True)],
)
def test_a_side_is_too_short_from_a_ratio_and_a_length_on(
    ours: int, theirs: int, fires: bool
) -> None:
    row = {"en": "a" * ours, "fr": "b" * theirs}
    options = CheckOptions(select=("D106",))
    (messages,) = [[one.message for one in some] for some in check_rows([row], options)]
    short, long = ("fr", "en") if ours > theirs else ("en", "fr")
    ratio = max(ours, theirs) / min(ours, theirs)
    assert messages == ([f"{short} is {ratio:.1f} times shorter than {long}"] if fires else [])


def test_german_may_be_longer_than_english() -> None:
    options = CheckOptions(select=("D106",))
    row = {"de": "a" * 88, "en": "b" * 30}
    assert next(check_rows([row], options)) == ()
    assert len(next(check_rows([{"sv": row["de"], "en": row["en"]}], options))) == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        (("heading", 1), ("heading", 2), "heading 1 in en, heading 2 in de"),
        (("heading", 1), ("text", 0), "heading 1 in en, text in de"),
        (("item", 0), ("text", 0), "item in en, text in de"),
        (("item", 1), ("item", 2), ""),
        (("heading", 2), ("heading", 2), ""),
        (("caption", 0), ("text", 0), ""),
        (("heading", 1), ("boilerplate", 0), ""),
    ],
)
def test_a_heading_is_no_paragraph(
    ours: tuple[Any, int], theirs: tuple[Any, int], message: str
) -> None:
    source = Passage("en", "en", "Title", kind=ours[0], level=ours[1])
    target = Passage("de", "de", "Titel", kind=theirs[0], level=theirs[1])
    messages = [one.message for one in other_structure(BeadView(0, source, target))]
    assert messages == ([message] if message else [])


def test_files_of_other_kinds_tell_headings_in_other_ways() -> None:
    source = Passage("en", "en", "Boats", kind="heading", level=2, format=".docx")
    target = Passage("de", "de", "Boote", kind="text", format=".pdf")
    assert list(other_structure(BeadView(0, source, target))) == []


TERMS = [
    {
        "en": "The Coast Council met early.",
        "de": "Der Küstenrat tagte zeitig.",
        "sv": "Kustrådet möttes tidigt.",
    },
    {
        "en": "Later the Coast Council voted.",
        "de": "Später stimmte der Küstenrat ab.",
        "sv": "Senare röstade Kustrådet.",
    },
    {"en": "Nobody was late.", "de": "Keiner kam zu spät.", "sv": "Ingen var sen."},
    {
        "en": "Then the Coast Council left.",
        "de": "Dann ging der Küstenrat.",
        "sv": "Sedan gick strandnämnden.",
    },
]


def test_a_term_that_one_version_changes_is_marked_where_it_stands_last() -> None:
    (one,) = found("D504", TERMS)
    assert (one.bead, one.odd, one.spans["sv"]) == (3, "sv", ())
    (span,) = one.spans["en"]
    assert one.evidence["term"] == "Coast Council"
    assert one.evidence["passages"] == [0, 1, 3]
    assert span.end - span.start == len("Coast Council")


def test_the_passages_of_a_term_are_counted_with_those_that_a_version_lacks() -> None:
    lacking = {"en": "It rained.", "de": "Es regnete.", "sv": ""}
    (one,) = found("D504", [lacking, *TERMS])
    assert (one.bead, one.evidence["passages"]) == (4, [1, 2, 4])


def test_of_four_versions_the_one_that_changes_a_term_is_told() -> None:
    danish = ("Kystrådet mødtes tidligt.", "Kystrådet stemte.", "Ingen kom.", "Kystrådet gik.")
    rows = [row | {"da": text} for row, text in zip(TERMS, danish, strict=True)]
    assert [(one.bead, one.odd) for one in found("D504", rows)] == [(3, "sv")]


@pytest.mark.parametrize(
    "rows",
    [
        [row | {"sv": row["sv"].replace("strandnämnden", "Kustrådet")} for row in TERMS],
        [{key: row[key] for key in ("en", "sv")} for row in TERMS],
        TERMS[2:],
        [row | {"de": row["de"].replace("ging der Küstenrat", "ging er")} for row in TERMS],
        [row | {"en": row["en"].replace("Coast Council", "council")} for row in TERMS],
    ],
    ids=["constant", "two-versions", "once", "two-change", "no-name"],
)
def test_a_term_that_is_not_seen_to_drift_stays_quiet(rows: list[dict[str, Any]]) -> None:
    assert found("D504", rows) == []


@pytest.mark.parametrize(("end", "faults"), [('done."', []), ("done.", ["en"])])
def test_a_quotation_may_end_in_a_later_sentence_of_its_paragraph(
    end: str, faults: list[str]
) -> None:
    english = f'"For years we were told that it could not be done. Now it is {end}'
    swedish = "\u2013 I flera år har vi fått höra att det inte går. Nu är det gjort."
    options = CheckOptions(select=("D601",))
    comparison = aligner.compare({"en": f"{english}\n", "sv": f"{swedish}\n"}, checks=options)
    assert len(comparison.alignment) == 2
    found = [
        version for one in comparison.divergences for version in one.spans if one.spans[version]
    ]
    assert found == faults


OTHER = ("Dalen låg i snö.", "Räven sov under granen.", "Ingen hade eldat.", "Klockan slog tolv.")


def test_a_version_that_is_another_text_is_one_finding_and_the_others_are_checked() -> None:
    rows = [row | {"sv": None} for row in beads(de={2: None})]
    rows = [{name: text for name, text in row.items() if text} for row in rows]
    rows += [{"sv": text} for text in OTHER]
    all_found = found("D101", rows)
    (stranger,) = (one for one in all_found if one.severity == "critical")
    (gone,) = (one for one in all_found if one.severity == "major")
    assert (gone.bead, gone.odd, len(all_found)) == (2, None, 1 + len(rows))
    assert (stranger.bead, stranger.odd) == (4, "sv")
    assert stranger.message.startswith("sv does not appear to be a version of this text: only 0 of")


def test_two_texts_that_have_nothing_in_common_are_one_finding() -> None:
    rows = [{"en": text} for text in TEXTS["en"].split("|")] + [{"sv": text} for text in OTHER]
    one, *others = sorted(found("D101", rows), key=lambda one: one.severity)
    assert (one.severity, one.odd) == ("critical", None)
    assert {other.severity for other in others} == {"minor"}
    assert one.message.startswith("en and sv do not appear to be versions of the same text")
