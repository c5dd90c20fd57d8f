"""Reports: the summary, and what each format says of a comparison."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from _comparisons import SIGNATURE, alignment, comparison, document

from aligner import Alignment, Bead, Comparison, OutputError, Span, compare, read
from aligner.report import FORMATS, Report, render, write
from aligner.report.summary import summarize
from aligner.report.views import bead_views, findings

if TYPE_CHECKING:
    from pathlib import Path


def test_summary_counts_what_a_version_covers_and_lacks() -> None:
    summary = summarize(comparison())
    german = summary.versions[1]
    assert (german.title, german.passages, german.covered, german.lacking) == ("German", 5, 4, 1)
    assert german.coverage == pytest.approx(0.8)
    assert [v.odd for v in summary.versions] == [0, 4, 0]
    assert dict(summary.severities) == {"critical": 1, "major": 2, "minor": 0, "style": 1}
    assert summary.sentences == (
        "4 of 5 passages stand in all 3 versions.",
        "German lacks 1 of the passages that other versions have.",
        "4 findings: 1 critical, 2 major and 1 style.",
        "The version that differs from the others is German in 4.",
    )


def test_a_version_left_in_another_language_is_said_once() -> None:
    english = [f"The {thing} is not old." for thing in ("house", "garden", "street", "river")]
    swedish = [*english[:3], "Floden är inte gammal."]
    made = compare({"en": english, "sv": swedish})
    assert [d.message for d in made.divergences] == ["sv is not translated"] * 3
    assert "Swedish leaves 3 of its 4 passages in English." in summarize(made).sentences
    for format in ("text", "markdown"):
        page = render(made, format)
        assert page.count("sv is not translated") == 1
        assert "also at sv line 2, sv line 3" in page


def test_summary_of_a_clean_pair_says_so() -> None:
    pair = Comparison(alignment("en", "sv"), ())
    assert summarize(pair).sentences == (
        "5 of 5 passages stand in both versions.",
        "No differences in meaning were found.",
    )


def test_texts_that_share_next_to_nothing_are_said_to_be_no_versions() -> None:
    documents = tuple(document(name, [f"{name} {i}." for i in range(6)]) for name in ("en", "de"))
    linked = [Bead(("en", "de"), ((0,), (0,)))]
    alone = [Bead(("en", "de"), sides) for i in range(1, 6) for sides in (((i,), ()), ((), (i,)))]
    made = Alignment(documents, (*linked, *alone), SIGNATURE)
    doubt = "So few correspond that these may not be versions of one text."
    assert doubt in summarize(Comparison(made, ())).sentences
    assert doubt not in summarize(comparison()).sentences


def test_marks_cut_the_text_without_losing_a_letter() -> None:
    made = comparison()
    views = list(bead_views(made.alignment, findings(made)))
    for view in views:
        for cell in view.cells:
            for passage in cell.passages:
                assert "".join(p.text for p in passage.pieces) == passage.segment.text
    date = views[1].cells[1].passages[0].pieces
    assert [(p.text, [f.number for f in p.findings]) for p in date] == [
        ("Die Brücke wird am ", []),
        ("5. Mai", [1]),
        (" eröffnet.", []),
    ]
    point = views[2].cells[1].passages[0].pieces
    assert [(p.text, [f.whose for f in p.findings]) for p in point] == [
        ("Sie kostete 12 Millionen", []),
        ("", ["not in German"]),
        (".", []),
    ]


def test_overlapping_marks_share_their_piece() -> None:
    made = comparison()
    first = made.divergences[0]
    wider = type(first)("D900", "meaning", "minor", 0.5, 1, {"de": (Span(17, 52),)}, "differs")
    found = findings(Comparison(made.alignment, (first, wider)))
    pieces = list(bead_views(made.alignment, found))[1].cells[1].passages[0].pieces
    assert [(p.text, [f.number for f in p.findings]) for p in pieces] == [
        ("Die Brücke wird am ", [2]),
        ("5. Mai", [1, 2]),
        (" eröffnet.", [2]),
    ]


def test_places_stand_in_the_order_of_the_versions() -> None:
    made = comparison()
    first = made.divergences[0]
    turned = replace(first, spans=dict(sorted(first.spans.items(), reverse=True)))
    (found,) = findings(Comparison(made.alignment, (turned,)))
    assert found.place == "en line 2; de line 2; sv line 2"


TEXT = """\
English · German · Swedish

4 of 5 passages stand in all 3 versions.
German lacks 1 of the passages that other versions have.
4 findings: 1 critical, 2 major and 1 style.
The version that differs from the others is German in 4.

version  segments  covers  lacks  alone  odd  file
en              5    100%      0      0    0  news/bridge.en.txt
de              5     80%      1      0    4  news/bridge.de.txt
sv              5    100%      0      0    0  news/bridge.sv.txt

◆ CRITICAL (1)

  Date D211 · German differs · 97% sure · en line 2; de line 2; sv line 2
  5 May in German, 3 May in the others
    en  The bridge opens on [3 May].
    de  Die Brücke wird am [5. Mai] eröffnet.
    sv  Bron öppnas den [3 maj].

▲ MAJOR (2)

  Left out D102 · not in German · 80% sure · en line 3; de line 3; sv line 3
  nothing in German says "less than planned"
    en  It cost 12 million[-, which is less than planned-].
    de  Sie kostete 12 Millionen[‸].
    sv  Den kostade 12 miljoner[-, mindre än planerat-].

  Missing passage D101 · not in German · 60% sure · en line 5; sv line 5
  no counterpart in German
    en  [-The mayor cut the ribbon.-]
    de  (nothing)
    sv  [-Borgmästaren klippte bandet.-]

○ STYLE (1)

  Punctuation D701 · German differs · 40% sure · en line 4; sv line 4
  the sign "&" has no counterpart <in German>
    en  Cyclists <may> use it [&] pay nothing.
    de  Radfahrer <dürfen> sie benutzen. Sie zahlen nichts.
    sv  Cyklister <får> använda den [&] betalar inget.

Note: The German version is short.
Note: Not checked: D601 needs simplemma

aligner:0.1.0|encoder:test|seg:lines|band=auto
"""


def test_text_is_what_a_terminal_shows() -> None:
    assert render(comparison(), "text") == TEXT


def test_text_keeps_to_its_width_and_colours_on_demand() -> None:
    from aligner.report.text import text

    narrow = text(comparison(), width=50).splitlines()
    assert max(map(len, (line for line in narrow if line.startswith("    ")))) <= 50
    coloured = text(comparison(), colour=True)
    assert "\x1b[1;31m◆ CRITICAL (1)\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == TEXT


def test_markdown_escapes_what_the_texts_hold() -> None:
    made = render(comparison(), "markdown")
    assert "| German | 5 | 80% | 1 | 0 | 4 | news/bridge.de.txt |" in made
    assert "## ◆ Critical (1)" in made
    assert r"> **en** Cyclists \<may\> use it \[\&\] pay nothing." in made
    assert "<may>" not in made


def test_json_is_the_published_shape() -> None:
    made = json.loads(render(comparison(), "json"))
    assert made["schema"] == 1
    assert [version["language"] for version in made["versions"]] == ["en", "de", "sv"]
    assert made["beads"][3]["segments"] == {"en": [3], "de": [3, 4], "sv": [3]}
    assert made["divergences"][0] == {
        "code": "D211",
        "type": "date",
        "severity": "critical",
        "confidence": 0.97,
        "odd": "de",
        "bead": 1,
        "spans": {"en": [[33, 38]], "de": [[36, 42]], "sv": [[26, 31]]},
        "message": "5 May in German, 3 May in the others",
        "evidence": {"de": "05-05", "others": "05-03"},
    }
    assert made["skipped"] == ["D601 needs simplemma"]


def run_of(made: Comparison) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render(made, "sarif"))["runs"][0]
    return run


def test_sarif_puts_a_finding_where_the_odd_version_differs() -> None:
    run = run_of(comparison())
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "D101",
        "D102",
        "D211",
        "D701",
    ]
    date = run["results"][0]
    assert (date["ruleId"], date["level"], date["rank"]) == ("D211", "error", 97.0)
    place = date["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "news/bridge.de.txt"
    assert place["region"] == {
        "startLine": 2,
        "startColumn": 20,
        "endLine": 2,
        "endColumn": 26,
        "charOffset": 36,
        "charLength": 6,
    }
    assert len(date["relatedLocations"]) == 2
    assert [result["level"] for result in run["results"]] == ["error", "error", "note", "error"]


def test_sarif_results_always_have_a_place() -> None:
    missing = run_of(comparison())["results"][3]
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in missing["locations"]]
    assert uris == ["news/bridge.en.txt"]


def test_sarif_names_no_file_for_what_came_by_standard_input() -> None:
    made = comparison()
    piped = tuple(replace(document, path="-") for document in made.alignment.documents)
    alignment = replace(made.alignment, documents=piped)
    places = [
        place
        for r in run_of(replace(made, alignment=alignment))["results"]
        for place in r["locations"]
    ]
    assert {place["logicalLocations"][0]["name"] for place in places} == {"de", "en"}
    assert not any("physicalLocation" in place for place in places)


def page() -> str:
    """Return the page of the small comparison without the marks around linked words."""
    return re.sub(
        r'<span data-w="[^"]*" data-l="[^"]*">(.*?)</span>', r"\1", render(comparison(), "html")
    )


def test_html_is_self_contained_and_escaped() -> None:
    made = page()
    assert made.startswith("<!doctype html>")
    assert not re.search(r"""(src|href)=["']?(https?:|//)|@import|url\((?!#)""", made)
    assert "<may>" not in made
    assert "Cyclists &lt;may&gt; use it" in made
    assert "&lt;in German&gt;" in made
    assert 'lang="de"' in made
    assert "no counterpart" in made


def test_html_marks_omissions_unlike_differences() -> None:
    made = page()
    assert re.search(
        r'<mark class="omission major" data-f="2 ">, which is less than planned<', made
    )
    assert re.search(r'<mark class="omission major point" data-f="2 "><a href="#f2"', made)
    assert re.search(r'<mark class="other critical" data-f="1 ">5\. Mai<', made)


@pytest.mark.parametrize("format", FORMATS)
def test_same_comparison_same_bytes(format: str) -> None:
    assert render(comparison(), format) == render(comparison(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_comparison_without_findings_or_text_renders(format: str) -> None:
    assert render(Comparison(alignment("de", "en"), ()), format)
    empty = type(alignment())((), (), alignment().signature)
    assert render(Comparison(empty, ()), format)


def test_unknown_formats_are_named() -> None:
    with pytest.raises(ValueError, match="unknown report format 'pdf'; there are html, json, mark"):
        render(comparison(), "pdf")
    with pytest.raises(OutputError, match=r"report\.doc: no report format; say format="):
        write(comparison(), "report.doc")


def test_report_writes_by_extension(tmp_path: Path) -> None:
    report = Report(comparison())
    for name in ("a.html", "a.json", "a.md", "a.sarif", "a.txt"):
        report.write(tmp_path / name)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == report.text()
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == report.html()
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == report.markdown()
    assert repr(report).startswith("<Report of 4 divergences; .open() shows it")
    assert repr(comparison().divergences[0]) == (
        "<Divergence D211 date critical p=0.97 bead=1, odd: de: "
        "5 May in German, 3 May in the others>"
    )


def test_notebook_views_sit_in_a_shadow_root() -> None:
    made = Report(comparison())._repr_html_()
    assert "attachShadow" in made
    assert "4 of 5 passages stand in all 3 versions." in made
    assert "Cyclists &lt;may&gt; use it" in made


def test_every_value_shows_itself_in_a_notebook() -> None:
    made = comparison()
    alone = made.alignment.documents[0]._repr_html_()
    assert "English: 5 segments" in alone
    assert "Alignment: 5 beads" in made.alignment._repr_html_()
    bead = made.alignment.beads[3]._repr_html_()
    assert "Bead 1-2-1" in bead
    assert "de: segments[3] and segments[4]" in bead
    assert "no counterpart" in made.alignment.beads[4]._repr_html_()
    assert "5 May in German" in made.divergences[0]._repr_html_()
    assert made._repr_html_() == made.report()._repr_html_()
    assert made.to_dict()["schema"] == 1


def test_a_text_that_is_not_cut_yet_shows_its_blocks(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# Bridge\n\nIt is old. It is long.\n", encoding="utf-8")
    made = read(tmp_path / "x.md")
    assert repr(made) == f"<Document und: 2 uncut blocks from {tmp_path / 'x.md'}>"
    page = made._repr_html_()
    assert "x.md: 2 blocks, not cut into segments yet" in page
    assert "It is old. It is long." in page
