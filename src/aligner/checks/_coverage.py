"""What each version lacks or has alone, by the words of a passage that no other covers."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from aligner._words import Exchange, embedded_analyser
from aligner.checks._next_door import Missing, stand_next_door
from aligner.checks._remarks import Remark, lost_remarks
from aligner.checks._sentences import by_sentence
from aligner.checks._suspects import suspects
from aligner.checks._text import tokens
from aligner.checks._verdicts import (
    Verdict,
    apart,
    has_content,
    in_whole_words,
    is_part,
    is_said,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner._words import Analysis, Suspicion, Words
    from aligner.checks._place import Place
    from aligner.checks._suspects import Group, Suspect
    from aligner.checks._values import Passage

_TOGETHER = 512  # rows compared at once
_WHOLE = 0.6  # of the words of a passage that are about all of it
_REMARKED = 0.8  # confidence of a remark that is lacking


@lru_cache(maxsize=2)
def verdicts(
    rows: tuple[tuple[Passage, ...], ...], in_order: bool
) -> tuple[tuple[Verdict, ...], ...]:
    """Return what the words of each row of passages tell.

    Args:
        in_order: the rows are a text; what one lacks may stand in the next.
    """
    found: list[tuple[Verdict, ...]] = []
    for start in range(0, len(rows), _TOGETHER):
        part = _of_part(rows[start : start + _TOGETHER], in_order)
        found.extend(_nowhere_near(rows, start, part) if in_order else part)
    return tuple(
        tuple(in_whole_words(one, row) for one in some)
        for row, some in zip(rows, found, strict=True)
    )


def _nowhere_near(
    rows: Sequence[tuple[Passage, ...]], first: int, found: Sequence[tuple[Verdict, ...]]
) -> list[tuple[Verdict, ...]]:
    """Return the verdicts of the rows from *first* on without words that stand next door."""
    asked = [
        (one, Missing(k, one.words, one.lacked_by))
        for k, row in enumerate(found, first)
        for one in row
        if one.kind != "meaning"
    ]
    near = stand_next_door(rows, [missing for _, missing in asked])
    dropped = {id(one) for (one, _), there in zip(asked, near, strict=True) if there}
    return [tuple(one for one in row if id(one) not in dropped) for row in found]


def _of_part(rows: Sequence[tuple[Passage, ...]], in_order: bool) -> list[tuple[Verdict, ...]]:
    """Return what the words of some rows tell; they are all compared at once."""
    groups = list(_groups(rows))
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    if not pairs:
        return [() for _ in rows]
    passages = [passage for group in groups for passage in group.values()]
    analyser = embedded_analyser()
    analysis = analyser([p.text for p in passages], [p.language for p in passages], pairs)
    evidence = analyser.evidence(analysis, [tuple(group) for group in groups if len(group) > 1])
    suspected = suspects(evidence, groups, in_order)
    return [_of_row(*both, analysis) for both in zip(groups, suspected, strict=True)]


def _groups(rows: Iterable[Sequence[Passage]]) -> Iterator[Group]:
    """Yield the passages of each row that have text, numbered over all rows."""
    first = 0
    for row in rows:
        filled = [passage for passage in row if passage.text.strip()]
        yield dict(enumerate(filled, first))
        first += len(filled)


def _of_row(group: Group, suspected: Iterable[Suspect], analysis: Analysis) -> tuple[Verdict, ...]:
    """Return what is told of a row: of its remarks, and of the words that are nowhere else."""
    by_version = {passage.version: passage for passage in group.values()}
    remarks = [_of_remark(one, group) for one in lost_remarks(group, analysis)]
    found = [_of_words(*one, group, analysis.words) for one in suspected]
    told = [
        one
        for one in found
        if has_content(one, by_version) and not any(is_part(one, remark) for remark in remarks)
    ]
    return apart([one for one in (*told, *remarks) if not is_said(one, by_version)])


def _of_remark(one: Remark, group: Group) -> Verdict:
    """Return the verdict on a remark that some versions lack."""
    shown = {group[k]: place for k, place in one.places.items()}
    places: dict[str, tuple[Place, ...]] = {passage.version: () for passage in group.values()}
    places |= {passage.version: (place,) for passage, place in shown.items()}
    written = {passage.version: passage.text[slice(*place)] for passage, place in shown.items()}
    lacking = tuple(group[k].version for k in one.lacking)
    first, several = next(iter(written)), len(group) > 2
    alone = len(lacking) == len(group) - 1
    odd = None
    if several and (alone or len(lacking) == 1):
        odd = first if alone else lacking[0]
    added = alone if several else first != next(iter(places))
    kind: Literal["omission", "addition"] = "addition" if added else "omission"
    count = sum(token.is_word for token in tokens(written[first]))
    return Verdict(kind, _REMARKED, places, written, odd, lacking, count)


def _of_words(one: Suspicion | Exchange, confidence: float, group: Group, words: Words) -> Verdict:
    """Return the verdict on words that are suspected; both parts of an exchange are shown."""
    places: dict[str, tuple[Place, ...]] = {passage.version: () for passage in group.values()}
    written: dict[str, str] = {}
    for text, run in (shown for part in one.parts for shown in part.shown):
        passage = group[text]
        where = by_sentence(passage, trimmed(passage, words.place(text, run)))
        places[passage.version] = where
        written[passage.version] = passage.text[where[0][0] : where[-1][1]]
    shares = [part.run.size / words.count(part.text) for part in one.parts]
    return Verdict(
        "meaning" if isinstance(one, Exchange) else one.kind,
        confidence,
        places,
        written,
        odd=group[one.parts[0].odd].version if len(group) > 2 else None,
        lacking=tuple(version for version, where in places.items() if not where),
        count=max(part.run.size for part in one.parts),
        whole=min(shares) > _WHOLE,
    )
