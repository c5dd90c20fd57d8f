"""One more version joins an alignment, and what is there stays as it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from test_align import Letters, sentences

import aligner
from aligner import Alignment, Document
from aligner._align._add import heaviest

if TYPE_CHECKING:
    from pathlib import Path

    from aligner._versions import Version

LINES = sentences(14)


def two_versions() -> Alignment:
    """Return an alignment with a locked bead, a null bead and a moved one."""
    lines = LINES
    other = [*lines[:3], *lines[4:9], *lines[10:13], lines[9], lines[13]]
    made = aligner.align({"en": lines, "de": other}, encoder=Letters())
    locked = replace(made.beads[5], locked=True)
    return replace(made, beads=(*made.beads[:5], locked, *made.beads[6:]))


BEFORE = two_versions()


@given(
    order=st.permutations(range(14)),
    kept=st.lists(st.booleans(), min_size=14, max_size=14),
    straight=st.booleans(),
)
@settings(max_examples=20)
def test_whatever_is_added_the_beads_that_are_there_stay_as_they_are(
    order: list[int], kept: list[bool], straight: bool
) -> None:
    chosen = [k for k in (range(14) if straight else order) if kept[k]]
    third = Document.from_segments([LINES[k] for k in chosen], language="sv")
    after = BEFORE.add("sv", third, encoder=Letters())
    old = [bead for bead in after.beads if any(bead.sides[:2])]
    assert [bead.sides[:2] for bead in old] == [bead.sides for bead in BEFORE.beads]
    assert [bead.locked for bead in old] == [bead.locked for bead in BEFORE.beads]
    assert [bead.probability for bead in old] == [bead.probability for bead in BEFORE.beads]
    assert sorted(k for bead in after.beads for k in bead["sv"]) == list(range(len(chosen)))
    in_order = [k for bead in after.beads if not bead.moved for k in bead["sv"]]
    assert in_order == sorted(in_order)


def test_a_sentence_in_another_place_of_the_new_version_makes_the_bead_a_moved_one() -> None:
    lines = sentences(16)
    before = aligner.align({"en": lines, "de": lines}, encoder=Letters())
    third = Document.from_segments([*lines[:4], *lines[5:11], lines[4], *lines[11:]])
    after = before.add("sv", third, encoder=Letters())
    assert [bead.sides for bead in after.beads if bead.moved] == [((4,), (4,), (10,))]


def test_the_links_of_the_new_version_are_known() -> None:
    third = Document.from_segments(LINES, language="sv")
    after = BEFORE.add("sv", third, encoder=Letters())
    assert [link.versions for link in after.links(0)] == [
        ("en", "de"),
        ("en", "sv"),
        ("de", "sv"),
    ]


def test_the_new_version_is_given_in_whatever_form_align_takes(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    document = Document.from_segments(LINES, language="sv")
    forms: list[Version] = [LINES, document, file, str(file), "\n".join(LINES)]
    added = [BEFORE.add("sv", form, lines=True, encoder=Letters()) for form in forms]
    assert [one.beads for one in added] == [added[0].beads] * len(forms)
    assert {one.document("sv").language for one in added} == {"sv"}


@given(
    st.dictionaries(
        st.integers(0, 4),
        st.dictionaries(st.integers(0, 4), st.integers(1, 9).map(float), min_size=1, max_size=3),
        max_size=5,
    )
)
def test_segments_get_the_places_in_order_with_most_votes(
    votes: dict[int, dict[int, float]],
) -> None:
    ordered = dict(sorted(votes.items()))
    found = heaviest(ordered)
    places = [found[k] for k in sorted(found)]
    assert places == sorted(places)
    choices = product(*([None, *row] for row in ordered.values()))
    totals = (
        sum(ordered[k][p] for k, p in zip(ordered, choice, strict=True) if p is not None)
        for choice in choices
        if (chosen := [p for p in choice if p is not None]) == sorted(chosen)
    )
    assert sum(ordered[k][p] for k, p in found.items()) == max(totals)
