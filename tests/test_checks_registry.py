"""The registry, the selection of checks, the vote, and how rows and alignments are checked."""

from __future__ import annotations

import pytest

from aligner import Alignment, Bead, Document, Signature, Span
from aligner.checks import CheckOptions, Passage, check, check_rows, registered
from aligner.checks._registry import chosen

ROW = {
    "en": "It opened in May 2014 and cost 45 million euros.",
    "de": "Es wurde im Mai 2014 eröffnet und kostete 54 Millionen Euro.",
    "sv": "Det öppnade i maj 2014 och kostade 45 miljoner euro.",
}


def codes(row: dict[str, str], **options: object) -> list[str]:
    made = CheckOptions(**options)  # type: ignore[arg-type]  # keywords of the test
    return [found.code for found in next(check_rows([row], made))]


def test_every_check_has_a_code_a_type_and_a_sentence() -> None:
    for code, entry in registered().items():
        assert code[0] in "DW"
        assert code[1:].isdigit()
        assert entry.summary
        assert "\n" not in entry.summary
        assert bool(entry.run) != bool(entry.run_document)


def test_codes_are_chosen_by_their_beginning() -> None:
    assert {entry.code for entry in chosen(["D2"])} == {"D201", "D202", "D203"}
    assert "D201" not in {entry.code for entry in chosen((), ["D201"])}
    assert {entry.code for entry in chosen(["D2"], ["D203"])} == {"D201", "D202"}


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no check has a code like 'X9'; there are D101, "):
        chosen(["X9"])


def test_the_odd_version_is_named_by_the_vote() -> None:
    (found,) = next(check_rows([ROW], CheckOptions(select=("D2",))))
    assert found.odd == "de"
    assert found.type == "number"
    assert {v: ROW[v][s[0].start : s[0].end] for v, s in found.spans.items()} == {
        "en": "45 million",
        "de": "54 Millionen",
        "sv": "45 miljoner",
    }


def test_two_versions_have_no_majority() -> None:
    pair = {key: ROW[key] for key in ("en", "de")}
    (found,) = next(check_rows([pair], CheckOptions(select=("D2",))))
    assert found.odd is None


def test_selection_confidence_and_severity_are_obeyed() -> None:
    assert codes(ROW, select=("D2",)) == ["D201"]
    assert codes(ROW, select=("D2",), ignore=("D201",)) == []
    assert codes(ROW, select=("D2",), min_confidence=1.0) == []
    options = CheckOptions(select=("D2",), severities={"D201": "minor"})
    (found,) = next(check_rows([ROW], options))
    assert found.severity == "minor"


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="severity of D201 must be one of style, minor"):
        CheckOptions(severities={"D201": "awful"})  # type: ignore[dict-item]  # the misuse


def test_rows_are_read_as_they_are_asked_for() -> None:
    rows = iter([ROW] * 3)
    assert len(list(check_rows(rows, CheckOptions(select=("D2",))))) == 3


def test_an_empty_side_is_a_missing_passage_and_nothing_else() -> None:
    row = {"en": "It costs 45 euros.", "de": "", "sv": "Det kostar 45 euro."}
    (found,) = next(check_rows([row], CheckOptions(select=("D1", "D2"))))
    assert (found.code, found.odd, found.spans["de"]) == ("D101", "de", ())


def test_a_language_without_word_lists_still_has_its_numbers_checked() -> None:
    row = {"en": "It has 45 rooms.", "fi": "Siinä on 54 huonetta."}
    assert codes(row, select=("D2",), min_confidence=0.4) == ["D201"]


@pytest.mark.parametrize(
    "text", ["", " ", "🙂🙂", "<b>{0}</b>", "Привет, мир", "漢字", "a" * 5000, "1.2.3.4 " * 400]
)
def test_any_text_can_be_checked(text: str) -> None:
    for row in ({"en": text, "de": "Ein Satz mit 3 Wörtern."}, {"en": text, "de": text, "sv": "x"}):
        next(check_rows([row], CheckOptions(ignore=("D101",))))


def test_offsets_in_a_bead_are_mapped_to_the_document() -> None:
    passage = Passage("en", "en", "One two. Three four.", ((0, 10), (9, 30)))
    assert passage.spans([(4, 7)]) == (Span(14, 17),)
    assert passage.spans([(9, 14)]) == (Span(30, 35),)
    assert passage.spans([(4, 14)]) == (Span(14, 18), Span(30, 35))


def alignment() -> Alignment:
    texts = {
        "en": ["The bridge is 45 metres long.", "It was built in 1998."],
        "de": ["Die Brücke ist 45 Meter lang. Sie wurde 1989 gebaut."],
    }
    documents = tuple(
        Document.from_segments(segments, language=language) for language, segments in texts.items()
    )
    from dataclasses import replace

    named = tuple(replace(d, name=d.language) for d in documents)
    beads = (Bead(("en", "de"), ((0, 1), (0,))),)
    return Alignment(named, beads, Signature("0", "none", "given"))


def test_spans_of_an_alignment_are_offsets_into_the_text_as_read() -> None:
    made = alignment()
    comparison = check(made, CheckOptions(select=("D2",)))
    (found,) = comparison.divergences
    shown = {
        version: made.document(version).text[spans[0].start : spans[0].end]
        for version, spans in found.spans.items()
    }
    assert shown == {"en": "1998", "de": "1989"}
    assert comparison.skipped == ()


def test_what_could_not_run_is_told() -> None:
    made = alignment()
    from dataclasses import replace

    documents = (made.documents[0], replace(made.documents[1], language="fi"))
    comparison = check(replace(made, documents=documents), CheckOptions(select=("D4",)))
    assert comparison.skipped == ("D401, D402, D404: no word lists for 'fi'",)


def test_word_links_are_not_asked_about_a_language_without_word_lists() -> None:
    made = alignment()
    from dataclasses import replace

    documents = (made.documents[0], replace(made.documents[1], language="fi"))
    comparison = check(replace(made, documents=documents), CheckOptions(select=("D102", "D7")))
    assert comparison.divergences == ()
    assert comparison.skipped == ("D102, D701, D702, D703: no word lists for 'fi'",)
