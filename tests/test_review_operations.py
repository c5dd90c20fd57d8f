"""What a reviewer can do to a state, without files, models or a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner._review import apply, operation_of
from aligner._review._change import Draft
from aligner._review._codec import change_of, dumps
from aligner._review._conversion import comparison_of, state_of
from aligner._review._corrections import Cut, Edit, Link, MarkMoved, Merge, Move, Split, Unlink
from aligner._review._decisions import Comment, Confirm, Settle
from aligner._review._operations import performed

if TYPE_CHECKING:
    from aligner._review._operations import Operation
    from aligner._review._state import State


def start() -> State:
    return state_of(comparison())


def types(state: State) -> list[str]:
    return [bead.type for bead in comparison_of(state).alignment.beads]


def texts(state: State, place: int) -> list[list[str]]:
    row = state.rows[state.order[place]]
    return [[state.passages[n].text for n in side] for side in row.sides]


def finding(state: State, code: str) -> int:
    return next(n for n, found in state.findings.items() if found.code == code)


def test_what_nobody_touched_comes_back_as_it_was() -> None:
    made, given = comparison_of(start()), comparison()
    assert made.alignment == given.alignment
    assert made.divergences == tuple(sorted(given.divergences, key=lambda d: d.bead))


def test_merging_joins_a_bead_with_the_one_below_and_confirms_it() -> None:
    after = apply(start(), Merge(start().order[1]))
    assert types(after) == ["1-1-1", "2-2-2", "1-2-1", "1-0-1"]
    merged = comparison_of(after).alignment.beads[1]
    assert (merged.locked, merged.probability, merged.moved) == (True, 1.0, False)
    assert [f.bead for f in comparison_of(after).divergences] == [1, 1, 2, 3]


def test_splitting_above_a_segment_cuts_the_others_where_as_much_text_is_above() -> None:
    state = apply(start(), Merge(start().order[1]))
    row = state.rows[state.order[1]]
    after = apply(state, Split(state.order[1], segment=row.sides[0][1]))
    assert types(after) == types(start())


def test_a_bead_of_one_segment_a_side_cannot_be_split() -> None:
    state = start()
    with pytest.raises(ValueError, match="both parts of a bead need a segment"):
        apply(state, Split(state.order[0], at=(1, 1, 1)))


def test_a_segment_is_cut_in_two_and_the_text_stays_the_same() -> None:
    state = start()
    segment = state.rows[state.order[2]].sides[0][0]
    after = apply(state, Cut(segment, at=15))
    assert texts(after, 2)[0] == ["It cost 12 mill", "ion, which is less than planned."]
    made, before = comparison_of(after), comparison()
    assert made.alignment.documents[0].text == before.alignment.documents[0].text
    assert made.divergences == comparison_of(state).divergences


def test_moving_a_segment_takes_along_what_is_in_its_way() -> None:
    state = start()
    upper = state.rows[state.order[3]].sides[1][0]
    after = apply(state, Move(upper, down=True))
    assert types(after) == ["1-1-1", "1-1-1", "1-1-1", "1-0-1", "1-2-1"]
    lower = state.rows[state.order[3]].sides[1][1]
    assert types(apply(state, Move(lower, down=True)))[3:] == ["1-1-1", "1-1-1"]


def test_moving_beyond_the_last_bead_is_refused() -> None:
    state = start()
    with pytest.raises(ValueError, match="there is no bead below"):
        apply(state, Move(state.rows[state.order[4]].sides[0][0], down=True))


def test_a_link_across_other_beads_is_marked_as_moved() -> None:
    state = start()
    loose = apply(state, Unlink(state.order[0], version=1))
    null = loose.order[1]
    after = apply(loose, Link((loose.order[5], null)))
    assert types(after) == ["1-0-1", "1-1-1", "1-1-1", "1-2-1", "1-1-1"]
    assert comparison_of(after).alignment.beads[4].moved
    again = apply(after, Unlink(after.order[4], version=1))
    assert texts(again, 0) == [[], ["Eine neue Brücke"], []]
    assert types(again)[5] == "1-0-1"


def test_an_edited_text_shifts_what_follows_and_its_findings() -> None:
    state = start()
    first = state.rows[state.order[0]].sides[0][0]
    after = comparison_of(apply(state, Edit(first, "A  new and much longer\nbridge")))
    document = after.alignment.documents[0]
    assert document.segments[0].text == "A new and much longer bridge"
    for segment in document.segments:
        assert document.text[segment.start : segment.end] == segment.text
    span = after.divergences[0].spans["en"][0]
    assert document.text[span.start : span.end] == "3 May"


def test_dismissed_findings_are_left_out_and_accepted_ones_say_so() -> None:
    state = start()
    state = apply(state, Settle((finding(state, "D211"),), "dismissed", "same day"))
    state = apply(state, Settle((finding(state, "D102"),), "accepted"))
    found = comparison_of(state).divergences
    assert [d.code for d in found] == ["D102", "D701", "D101"]
    assert found[0].evidence["review"] == {"status": "accepted"}


def test_similar_findings_are_settled_together() -> None:
    state = start()
    known = state.findings[finding(state, "D701")]
    findings = {
        **state.findings,
        900: replace(known, row=state.order[0]),
        901: replace(known, message="another"),
    }
    state = replace(state, findings=findings, next_number=902)
    after = apply(state, Settle((900,), "dismissed", similar=True))
    settled = [n for n, f in after.findings.items() if f.status == "dismissed"]
    assert settled == [finding(state, "D701"), 900]


def test_an_operation_that_changes_nothing_is_refused() -> None:
    state = start()
    with pytest.raises(ValueError, match="mark_moved changes nothing here"):
        apply(state, MarkMoved(state.order[0], moved=False))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "an operation is an object"),
        ({"name": "delete"}, "no operation 'delete'; there are merge"),
        ({"name": "merge"}, "merge needs row"),
        ({"name": "merge", "row": "1"}, "'row' of merge cannot be '1'"),
        ({"name": "merge", "row": True}, "'row' of merge cannot be 'True'"),
        ({"name": "merge", "row": 1, "text": ""}, "merge has no 'text'; it has row"),
        ({"name": "confirm", "rows": [1, None]}, "'rows' of confirm cannot be 'None'"),
        ({"name": "settle", "findings": [1], "status": "gone"}, "'status' of settle cannot be"),
        ({"name": "edit", "segment": 0, "text": "x" * 20_001}, "'text' of edit cannot be"),
    ],
)
def test_a_page_cannot_send_nonsense(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        operation_of(value)


def test_an_operation_reads_as_it_was_sent() -> None:
    sent = {"name": "confirm", "rows": [3, 4], "confirmed": False}
    assert operation_of(sent) == Confirm((3, 4), confirmed=False)


def test_numbers_that_are_gone_are_named() -> None:
    gone = start().order[1]
    state = apply(start(), Merge(start().order[0]))
    with pytest.raises(ValueError, match=f"no bead {gone}; it may have been merged"):
        apply(state, Confirm((gone,)))


@st.composite
def operations(draw: st.DrawFn, state: State) -> Operation:
    row = draw(st.sampled_from(state.order))
    segment = draw(st.sampled_from(sorted(state.passages)))
    findings = sorted(state.findings)
    choices: list[Operation] = [
        Merge(row),
        Link((row, draw(st.sampled_from(state.order)))),
        Split(row, segment=next(n for side in state.rows[row].sides for n in side[-1:])),
        Cut(segment, draw(st.integers(-1, 60))),
        Move(segment, draw(st.booleans())),
        Unlink(row, draw(st.integers(0, 2))),
        MarkMoved(row, draw(st.booleans())),
        Edit(segment, draw(st.text(max_size=20))),
        Confirm((row,), draw(st.booleans())),
        Comment(draw(st.text(max_size=5)), row=row),
    ]
    if findings:
        choices.append(Settle((draw(st.sampled_from(findings)),), "dismissed"))
    return draw(st.sampled_from(choices))


@settings(max_examples=30)
@given(st.data())
def test_any_operations_keep_every_segment_once_and_can_be_taken_back(data: st.DataObject) -> None:
    first = state = start()
    inverses, replayed = [], Draft(first)
    for _ in range(data.draw(st.integers(1, 12))):
        try:
            state, change, inverse = performed(state, data.draw(operations(state)))
        except ValueError:
            continue
        inverses.append(inverse)
        replayed.apply(change_of(dumps(change)))
        held = sorted(n for row in state.rows.values() for side in row.sides for n in side)
        assert held == sorted(state.passages)
        assert sorted(state.rows) == sorted(state.order)
        assert {f.row for f in state.findings.values()} <= set(state.rows)
        alignment = comparison_of(state).alignment
        for document in alignment.documents:
            for s in document.segments:
                assert document.text[s.start : s.end] == s.text
    assert replayed.state == state
    back = Draft(state)
    for inverse in reversed(inverses):
        back.apply(inverse)
    assert back.state == replace(first, next_number=state.next_number)
