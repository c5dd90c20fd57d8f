"""After a correction: the beads around it are aligned again, and the beads that changed checked.

What a person confirmed is never touched. Aligning again may say something else about a bead far
away only because it sees less of the text; so its word counts from the correction outwards, and
only as far as the beads keep changing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._options import AlignOptions
from aligner._review._change import ROWS
from aligner._review._conversion import Anchors, finding_of, part_of
from aligner._review._rows import holder
from aligner._review._state import Row
from aligner.checks import check, registered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence, Set

    from aligner._encode import Encoder
    from aligner._review._change import Draft
    from aligner._review._corrections import Move
    from aligner._review._state import Finding, Sides, State
    from aligner.checks import CheckOptions

    Block = tuple[list[int], list[Row]]

REACH = 40
"""Beads on either side of a correction that are looked at, at most up to a confirmed one."""


def align_around(
    draft: Draft,
    touched: Set[int],
    encoder: Encoder,
    anchors: Collection[tuple[int, int]] = (),
) -> None:
    """Align what nobody confirmed around the *touched* rows, up to the next confirmed beads.

    Args:
        anchors: pairs of segments that have to come into the same bead.
    """
    state = draft.state
    for start, end in sorted(_stretches(state, touched), reverse=True):
        numbers = state.order[start:end]
        blocks = list(_blocks(state, numbers, _found(state, numbers, encoder, anchors)))
        seeds = {k for k, (old, _) in enumerate(blocks) if not touched.isdisjoint(old)}
        if start and state.order[start - 1] in touched:
            seeds.add(-1)
        if end < len(state.order) and state.order[end] in touched:
            seeds.add(len(blocks))
        accepted, at = _accepted(blocks, seeds), end
        for k in reversed(range(len(blocks))):
            at -= len(blocks[k][0])
            if k in accepted:
                _replace(draft, at, *blocks[k])


def _stretches(state: State, touched: Set[int]) -> set[tuple[int, int]]:
    """Return the runs of rows that nobody confirmed, at the touched rows or beside them."""
    order, found = state.order, set()
    free = [not (state.rows[n].confirmed or state.rows[n].moved) for n in order]
    for place in (k for k, number in enumerate(order) if number in touched):
        start, end = place, place + 1
        while start > max(place - REACH, 0) and free[start - 1]:
            start -= 1
        while end < min(place + 1 + REACH, len(order)) and free[end]:
            end += 1
        found |= {(start, end)} if free[place] else {(start, place), (place + 1, end)}
    return _disjoint((start, end) for start, end in found if start < end)


def _disjoint(ranges: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return set(joined)


def _found(
    state: State, numbers: Sequence[int], encoder: Encoder, anchors: Collection[tuple[int, int]]
) -> list[Row]:
    part = part_of(state, numbers)
    alignment = part.comparison.alignment
    place = {
        n: (name, i)
        for name, sequence in zip(alignment.versions, part.segments, strict=True)
        for i, n in enumerate(sequence)
    }
    options = AlignOptions(
        anchors=tuple((*place[a], *place[b]) for a, b in anchors if a in place and b in place)
    )
    aligned = alignment.realign((0, len(numbers)), options=options, encoder=encoder)
    return [
        Row(
            tuple(tuple(part.segments[v][i] for i in side) for v, side in enumerate(bead.sides)),
            bead.probability,
            bead.moved,
        )
        for bead in aligned.beads
    ]


def _blocks(state: State, numbers: Sequence[int], found: Sequence[Row]) -> Iterator[Block]:
    """Yield the smallest runs of old and new rows that hold the same segments."""
    olds, news = iter(numbers), iter(found)
    for number in olds:
        block: Block = ([number], [next(news)])
        before, after = _segments([state.rows[number]]), _segments(block[1])
        while before != after:
            if not before > after:
                block[0].append(next(olds))
                before |= _segments([state.rows[block[0][-1]]])
            if not after >= before:
                block[1].append(next(news))
                after |= _segments(block[1][-1:])
        yield block


def _segments(rows: Iterable[Row]) -> set[int]:
    return {n for row in rows for side in row.sides for n in side}


def _accepted(blocks: Sequence[Block], seeds: Iterable[int]) -> set[int]:
    """Return the blocks that changed, as far as they hang together with one of the *seeds*."""
    differs = [len(old) > 1 or len(new) > 1 for old, new in blocks]
    accepted = {k for k in seeds if 0 <= k < len(blocks) and differs[k]}
    for seed in seeds:
        for step in (-1, 1):
            k = seed + step
            while 0 <= k < len(blocks) and differs[k]:
                accepted.add(k)
                k += step
    return accepted


def _replace(draft: Draft, at: int, old: Sequence[int], new: Sequence[Row]) -> None:
    """Put *new* rows in the place of the *old*; what stays the same keeps its number."""
    kept: dict[Sides, int] = {draft.rows[n].sides: n for n in old}
    free = [n for n in old if draft.rows[n].sides not in {row.sides for row in new}]
    numbers = []
    for row in new:
        number = kept.get(row.sides)
        if number is None:
            number = free.pop(0) if free else draft.new_number()
            comment = draft.rows[number].comment if number in draft.rows else ""
            draft.rows.put(number, replace(row, comment=comment))
        numbers.append(number)
    for number in free:
        draft.rows.put(number, None)
    draft.splice(ROWS, at, len(old), *numbers)


def anchors_of(draft: Draft, moved: Move) -> list[tuple[int, int]]:
    """Return what a moved segment belongs with: the nearest segments of the bead it came into."""
    version = draft.passages[moved.segment].version
    row = draft.rows[holder(draft, moved.segment)]
    if row.confirmed or row.moved:
        return []
    end = 0 if moved.down else -1
    return [(moved.segment, s[end]) for v, s in enumerate(row.sides) if s and v != version]


def confirm_holder(draft: Draft, segment: int) -> None:
    """Confirm the bead of a segment that a person has put there."""
    number = holder(draft, segment)
    row = draft.rows[number]
    if not row.confirmed:
        draft.rows.put(number, replace(row, confirmed=True, probability=1.0))


def check_again(draft: Draft, changed: Collection[int], options: CheckOptions) -> None:
    """Check the *changed* rows; a finding that is found again keeps what was decided about it.

    Checks that need the whole text do not run; what they found stays with its segments.
    """
    rows = [number for number in changed if number in draft.rows]
    concerned = {
        n: f for n, f in draft.findings.now.items() if f.row in changed or f.row not in draft.rows
    }
    state = draft.state
    whole_text = _whole_text_codes()
    fresh = {_key(state, f): f for f in _checked(state, rows, options, whole_text)}
    for number, old in concerned.items():
        if old.code in whole_text:
            draft.findings.put(number, _followed(state, old, rows))
            continue
        new = fresh.pop(_key(state, old), None)
        if new is None:
            draft.findings.put(number, None)
        else:
            decided = replace(new, status=old.status, reason=old.reason, comment=old.comment)
            if decided != old:
                draft.findings.put(number, decided)
    for new in fresh.values():
        draft.findings.put(draft.new_number(), new)


def _checked(
    state: State, rows: Sequence[int], options: CheckOptions, ignored: Collection[str]
) -> Iterator[Finding]:
    if not rows:
        return
    part = part_of(state, rows)
    alignment = part.comparison.alignment
    chosen = replace(options, ignore=(*options.ignore, *ignored))
    anchors = [Anchors(d, s) for d, s in zip(alignment.documents, part.segments, strict=True)]
    for found in check(alignment, chosen).divergences:
        yield finding_of(found, rows[found.bead], alignment.versions, anchors)


def _whole_text_codes() -> frozenset[str]:
    return frozenset(c.code for c in registered().values() if c.run_document and not c.by_row)


def _key(state: State, finding: Finding) -> tuple[object, ...]:
    """Return what makes two findings the same: the check, and the words it points at."""
    pointed = tuple(
        (version, tuple(_words(state, finding, version))) for version in sorted(finding.marks)
    )
    return finding.code, pointed


def _words(state: State, finding: Finding, version: str) -> Iterator[str]:
    for mark in finding.marks[version]:
        passage = state.passages.get(mark.first)
        if passage is not None and mark.first == mark.last:
            yield passage.text[mark.start : mark.end] or "^"
        elif passage is not None:
            yield passage.text[mark.start :]


def _followed(state: State, finding: Finding, rows: Iterable[int]) -> Finding | None:
    """Return *finding* in the row that now has its segments, ``None`` if no row has all."""
    wanted = {n for marks in finding.marks.values() for m in marks for n in (m.first, m.last)}
    for number in rows:
        row = state.rows[number]
        if wanted <= _segments([row]):
            is_moot = finding.type == "moved" and not row.moved
            return None if is_moot else replace(finding, row=number)
    return None
