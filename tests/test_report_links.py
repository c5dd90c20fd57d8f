"""Word links in the report, and the pictures that show how sure the links of passages are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _comparisons import TEXTS, comparison

import aligner
from aligner._matrix import similarity_matrix
from aligner._pair._confidence import load_reliability
from aligner.report.certainty import certainty
from aligner.report.links import with_links
from aligner.report.matrix import matrices
from aligner.report.views import bead_views, findings, gravest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner.report.views import BeadView, Run


def runs_of(views: Iterable[BeadView]) -> Iterator[Run]:
    for view in views:
        for cell in view.cells:
            for passage in cell.passages:
                for piece in passage.pieces:
                    yield from piece.runs


def test_linked_words_leave_every_letter_where_it_was() -> None:
    made = comparison()
    found = findings(made)
    linked = 0
    for view in with_links(bead_views(made.alignment, found), made.alignment, found):
        for cell in view.cells:
            for passage in cell.passages:
                pieces = passage.pieces
                assert "".join(piece.text for piece in pieces) == passage.segment.text
                for piece in pieces:
                    assert "".join(run.text for run in piece.runs) in {piece.text, ""}
                    linked += sum(bool(run.word) for run in piece.runs)
    assert linked > 20


def test_links_join_words_that_say_the_same() -> None:
    made = comparison()
    views = list(with_links(bead_views(made.alignment, ()), made.alignment, ()))
    runs = {run.word: run for run in runs_of(views[2:3])}
    million = next(run for run in runs.values() if run.text == "million")
    assert {runs[name].text for name in million.partners} == {"Millionen", "miljoner"}


def test_passages_with_findings_are_linked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.report.links.LINKED", 1)
    made = comparison()
    found = findings(made)
    views = with_links(bead_views(made.alignment, found), made.alignment, found)
    linked = [view.index for view in views if any(runs_of([view]))]
    assert linked == [gravest_first(found)[0].divergence.bead]


def test_the_path_has_a_box_for_each_link_of_each_pair() -> None:
    made = matrices(comparison().alignment)
    assert [(m.source, m.target) for m in made] == [
        ("English", "German"),
        ("English", "Swedish"),
        ("German", "Swedish"),
    ]
    assert [m.picture.count('class="step"') for m in made] == [4, 5, 4]
    assert "<image" not in made[0].picture  # another encoder made it: nothing to compare with


def test_similarities_lie_behind_the_path_of_the_embedded_model() -> None:
    given = {name: TEXTS[name] for name in ("en", "de")}
    made = aligner.align(given)
    assert "data:image/png;base64," in matrices(made)[0].picture
    found = similarity_matrix(made, "en", "de")
    assert found is not None
    assert found.shape == (5, 5)
    assert [row.argmax() for row in found[:3]] == [0, 1, 2]
    coarse = similarity_matrix(made, "en", "de", cells=2)
    assert coarse is not None
    assert coarse.shape == (2, 2)


def test_certainty_counts_links_and_findings_and_what_may_be_wrong() -> None:
    made = comparison()  # links of .99, .79, .59, .39 and .19
    found = certainty(made)
    assert found.links.number == 5
    assert found.links.wrong == pytest.approx(0.01 + 0.21 + 0.41 + 0.61 + 0.81)
    assert "50 to 60 per cent: 1; 70 to 80 per cent: 1; 90 to 100" in found.links.picture
    assert found.findings.number == len(made.divergences)
    assert "Findings by certainty. " in found.findings.picture
    assert found.reliability is None  # another encoder made it, whose links nobody measured


def test_the_embedded_model_says_how_far_its_certainty_holds() -> None:
    made = aligner.compare({name: TEXTS[name] for name in ("en", "de")})
    reliability = certainty(made).reliability
    assert reliability is not None
    bins = load_reliability(2)
    assert reliability.number == sum(one.count for one in bins) > 1_000
    assert 5 <= reliability.picture.count("<circle") < len(bins)  # those with few are put together
    assert 0 < reliability.error < 0.05
    assert load_reliability(3) != bins
    stated = [one.stated for one in bins]
    assert stated == sorted(stated)
