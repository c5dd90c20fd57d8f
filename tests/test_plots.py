"""Pictures and data frames of the values."""

from __future__ import annotations

from dataclasses import replace

import pyarrow  # type: ignore[import-untyped]  # has no types
import pytest
from _comparisons import alignment, comparison


@pytest.fixture(autouse=True)
def _no_window() -> None:
    pytest.importorskip("matplotlib").use("Agg")


def test_the_path_has_a_box_for_each_bead_of_two_versions() -> None:
    axes = alignment().plot("en", "de")
    (boxes,) = axes.collections[:1]
    assert len(boxes.get_paths()) == 4
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("en", "de")


def test_the_map_marks_each_finding_by_severity() -> None:
    axes = comparison().plot()
    assert [label.get_text() for label in axes.get_yticklabels()] == ["en", "de", "sv"]
    assert {line.get_marker() for line in axes.lines} == {"D", "^", "x"}
    assert len(axes.lines) == 3 + 3 + 2 + 2


def test_a_similarity_matrix_lies_behind_the_path() -> None:
    import numpy as np

    from aligner._plots import plot_path

    axes = plot_path(alignment("en", "de"), similarity=np.eye(5))
    assert len(axes.images) == 1


def test_calibration_wants_an_outcome_for_each_probability() -> None:
    import numpy as np

    from aligner._plots import plot_calibration

    axes = plot_calibration([0.9, 0.95, 0.1], [True, True, False])
    (dots,) = axes.collections
    assert len(np.asarray(dots.get_offsets())) == 2
    with pytest.raises(ValueError, match="1 outcomes for 2 probabilities"):
        plot_calibration([0.9, 0.1], [True])


def test_frames_have_a_row_for_each_bead_and_finding() -> None:
    pytest.importorskip("pandas")
    beads = alignment("en", "de").to_pandas()
    assert list(beads.columns) == ["en", "de", "type", "probability", "moved"]
    assert beads["type"].tolist() == ["1-1", "1-1", "1-1", "1-2", "1-0"]
    findings = comparison().to_pandas()
    assert findings["code"].tolist() == ["D211", "D102", "D101", "D701"]
    assert findings["de"].tolist()[2] == ""


def test_libraries_that_take_arrow_take_the_values_as_they_are() -> None:
    made = comparison()
    beads = pyarrow.table(made.alignment)
    assert beads.column_names == ["en", "de", "sv", "type", "probability", "moved"]
    assert beads["de"].to_pylist()[3] == "Radfahrer <dürfen> sie benutzen. Sie zahlen nichts."
    found = pyarrow.table(made)
    assert found["severity"].to_pylist() == [d.severity for d in made.divergences]
    empty = pyarrow.table(replace(made, divergences=()))
    assert empty.schema == found.schema
