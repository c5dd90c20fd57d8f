"""A changed version of one text comes into a review: what stayed keeps all that was decided."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from aligner._review._change import ROWS
from aligner._review._conversion import digest, passages_of
from aligner._review._state import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._review._change import Draft
    from aligner._review._state import Passage
    from aligner._types import Document


def update(draft: Draft, version: int, document: Document) -> set[int]:
    """Put the segments of *document* in the place of a version; return the rows it changed.

    A segment whose words stayed keeps its number, its row and what was decided there. A segment
    that replaces others comes into their row, which is then open again; aligning again may put it
    elsewhere.
    """
    found, tail = passages_of(document, version)
    old = list(draft.sequence(version))
    known = draft.versions[version]
    draft.versions.put(
        version,
        replace(known, tail=tail, path=document.path or known.path, digest=digest(document)),
    )
    matcher = SequenceMatcher(
        None, [_words(draft.passages[n]) for n in old], [_words(p) for p in found], autojunk=False
    )
    holders = {n: row for row, value in draft.rows.now.items() for n in value.sides[version]}
    changes = _Changes(draft, version, holders)
    numbers: list[int] = []
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        new = found[j:j_end]
        if _words_of(draft, old[i:i_end]) == [_words(p) for p in new]:
            numbers += changes.keep(old[i:i_end], new)
        else:
            numbers += changes.exchange(old[i:i_end], new, numbers)
    draft.splice(version, 0, len(old), *numbers)
    return changes.rows


class _Changes:
    def __init__(self, draft: Draft, version: int, holders: dict[int, int]) -> None:
        self._draft, self._version, self._holders = draft, version, holders
        self.rows: set[int] = set()

    def keep(self, old: Sequence[int], new: Sequence[Passage]) -> Sequence[int]:
        for number, passage in zip(old, new, strict=True):
            if self._draft.passages[number] != passage:
                self._draft.passages.put(number, passage)
        return old

    def exchange(
        self, old: Sequence[int], new: Sequence[Passage], before: Sequence[int]
    ) -> list[int]:
        """Put *new* segments where the *old* ones stood, in the same rows as far as they go."""
        draft = self._draft
        numbers: list[int] = []
        for k, passage in enumerate(new):
            number = draft.new_number()
            draft.passages.put(number, passage)
            if old:
                self._into(self._holders[old[min(k, len(old) - 1)]], number)
            else:
                self._alone(number, [*before, *numbers])
            numbers.append(number)
        for number in old:
            self._without(number)
        return numbers

    def _into(self, holder: int, number: int) -> None:
        row = self._draft.rows[holder]
        self._set(holder, row, (*row.sides[self._version], number))
        self._holders[number] = holder

    def _alone(self, number: int, before: Sequence[int]) -> None:
        """Make a row for an inserted segment, below the row of the segment before it."""
        draft = self._draft
        sides: list[tuple[int, ...]] = [()] * len(draft.versions)
        sides[self._version] = (number,)
        row = draft.new_number()
        draft.rows.put(row, Row(tuple(sides), 0.5))
        still = (n for n in reversed(before) if not draft.rows[self._holders[n]].moved)
        above = next(still, None)
        at = 0 if above is None else draft.order.index(self._holders[above]) + 1
        draft.splice(ROWS, at, 0, row)
        self._holders[number] = row
        self.rows.add(row)

    def _without(self, number: int) -> None:
        draft, holder = self._draft, self._holders[number]
        row = draft.rows[holder]
        side = tuple(n for n in row.sides[self._version] if n != number)
        draft.passages.put(number, None)
        self._set(holder, row, side)
        if not any(draft.rows[holder].sides):
            draft.rows.put(holder, None)
            draft.splice(ROWS, draft.order.index(holder), 1)
            self.rows.discard(holder)

    def _set(self, holder: int, row: Row, side: tuple[int, ...]) -> None:
        sides = (*row.sides[: self._version], side, *row.sides[self._version + 1 :])
        self._draft.rows.put(holder, replace(row, sides=sides, confirmed=False))
        self.rows.add(holder)


def _words(passage: Passage) -> str:
    return " ".join(passage.text.split())


def _words_of(draft: Draft, numbers: Sequence[int]) -> list[str]:
    return [_words(draft.passages[n]) for n in numbers]
