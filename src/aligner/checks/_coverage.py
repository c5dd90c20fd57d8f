"""What each version lacks or has alone, by the words of a passage that no other covers."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from aligner._tags import base_language
from aligner._words import Analysis, Evidence, Exchange, Suspicion, embedded_analyser, load_judge

from ._next_door import Missing, stand_next_door
from ._remarks import Remark, lost_remarks
from ._sentences import by_sentence
from ._text import are_short, tokens
from ._verdicts import Verdict, apart, has_content, is_part, is_said, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._place import Place
    from ._values import Passage

_TOGETHER = 512
_LEAST = 0.3
_IN_TEXT = 1.4
"""Log odds less for what the second of two versions lacks in a whole text than in a row.

Rows are made by people or chosen; in a text the beads may be off, and what is missing may stand
elsewhere. With so much less there is a suspicion in one of a hundred clean rows.
"""
_WHOLE, _TWO = 0.6, 2
_REMARKED = 0.8


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
        part = _some(rows[start : start + _TOGETHER], in_order)
        found.extend(_nowhere_near(rows, start, part) if in_order else part)
    return tuple(found)


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


def _some(rows: Sequence[tuple[Passage, ...]], in_order: bool) -> list[tuple[Verdict, ...]]:
    passages: list[Passage] = []
    groups: list[tuple[int, ...]] = []
    pairs: list[tuple[int, int]] = []
    for row in rows:
        first = len(passages)
        passages += [passage for passage in row if passage.text.strip()]
        group = tuple(range(first, len(passages)))
        groups.append(group)
        pairs += combinations(group, 2)
    if not pairs:
        return [() for _ in rows]
    texts, languages = [p.text for p in passages], [p.language for p in passages]
    analyser = embedded_analyser()
    analysis = analyser(texts, languages, pairs)
    evidence = analyser.evidence(analysis, [group for group in groups if len(group) > 1])
    suspects = _suspects(evidence, groups, passages, in_order)
    out = []
    for group, some in zip(groups, map(_told_once, suspects), strict=True):
        found = [_verdict(one, p, group, passages, analysis) for one, p in some if p >= _LEAST]
        by_version = {passages[k].version: passages[k] for k in group}
        found = [one for one in found if has_content(one, by_version)]
        remarks = [_lacks(one, passages, group) for one in lost_remarks(passages, group, analysis)]
        found = [one for one in found if not any(is_part(one, remark) for remark in remarks)]
        found += remarks
        out.append(apart([one for one in found if not is_said(one, by_version)]))
    return out


def _told_once(
    suspects: Sequence[tuple[Suspicion | Exchange, float]],
) -> list[tuple[Suspicion | Exchange, float]]:
    """Leave out the parts of an exchange, or the exchange: what explains the words less well.

    An exchange says that both its parts are right. What stands against it is that one of them is
    right and the other wrong. A part that is suspected no more by itself, as in a title, is wrong.
    """
    sure = {id(one): p for one, p in suspects}
    kept, parts = [], set[int]()
    for one, p in suspects:
        if isinstance(one, Exchange):
            omitted, added = (sure.get(id(part), 0.0) for part in (one.omitted, one.added))
            if p < max(_LEAST, omitted * (1 - added), added * (1 - omitted)):
                continue
            parts |= {id(one.omitted), id(one.added)}
        kept.append((one, p))
    return [(one, p) for one, p in kept if id(one) not in parts]


def _suspects(
    evidence: Evidence,
    groups: Sequence[tuple[int, ...]],
    passages: Sequence[Passage],
    in_order: bool,
) -> list[list[tuple[Suspicion | Exchange, float]]]:
    """Return for each group what is suspected, and how likely it is right."""
    doubtful = {group[0] for group in evidence.doubtful}
    found: list[list[Suspicion | Exchange]] = []
    for group in groups:
        some = list(evidence.suspicions(group)) if group and group[0] in doubtful else []
        both = list(evidence.exchanges(some))
        if in_order and len(group) == _TWO:
            some = [one for one in some if not _may_be_compound(passages[one.others[0]])]
        found.append([*some, *both])
    sizes = [(len(group), one) for group, some in zip(groups, found, strict=True) for one in some]
    judged = iter(_judged(sizes, _IN_TEXT if in_order else 0.0))
    return [[(one, next(judged)) for one in some] for some in found]


def _may_be_compound(passage: Passage) -> bool:
    """Whether it is a title or the like in a language whose compounds say much in a word or two.

    Titles are worded freely: what one lacks is hardly ever an omission.
    """
    compounds = base_language(passage.language) != "en"
    closed = passage.text.rstrip().endswith((".", "!", "?"))
    return compounds and are_short(passage.text) and not closed


def _judged(suspects: Sequence[tuple[int, Suspicion | Exchange]], doubt: float) -> list[float]:
    """Return the probability of each suspicion; the judge depends on how many could vote.

    Args:
        doubt: log odds to take off where two versions alone speak.
    """
    names = [f"{'group' if size > 2 else 'pair'}-{one.kind}" for size, one in suspects]
    out = np.zeros(len(suspects), np.float32)
    for name in sorted(set(names)):
        places = [k for k, other in enumerate(names) if other == name]
        values = np.array([suspects[k][1].values for k in places], np.float32)
        out[places] = load_judge(name)(values, doubt if name == "pair-omission" else 0.0)
    return [float(p) for p in out]


def _lacks(one: Remark, passages: Sequence[Passage], group: Sequence[int]) -> Verdict:
    """Return the verdict on a remark that some versions lack."""
    text = next(iter(one.places))
    places: dict[str, tuple[Place, ...]] = {passages[k].version: () for k in group}
    places |= {passages[k].version: (place,) for k, place in one.places.items()}
    written = {passages[k].version: passages[k].text[slice(*p)] for k, p in one.places.items()}
    lacking = tuple(passages[k].version for k in one.lacking)
    alone = len(lacking) == len(group) - 1
    odd = None
    if len(group) > _TWO and (alone or len(lacking) == 1):
        odd = passages[text].version if alone else lacking[0]
    added = alone if len(group) > _TWO else text != group[0]
    count = sum(token.is_word for token in tokens(written[passages[text].version]))
    kind: Literal["omission", "addition"] = "addition" if added else "omission"
    return Verdict(kind, _REMARKED, places, written, odd, lacking, count)


def _verdict(
    one: Suspicion | Exchange,
    confidence: float,
    group: tuple[int, ...],
    passages: Sequence[Passage],
    analysis: Analysis,
) -> Verdict:
    places: dict[str, tuple[Place, ...]] = {passages[k].version: () for k in group}
    written: dict[str, str] = {}
    shares = []
    suspicions = (one.omitted, one.added) if isinstance(one, Exchange) else (one,)
    for part in suspicions:
        for text, run in ((part.text, part.run), *([part.also] if part.also else [])):
            words = analysis.words.of(text)
            spans = analysis.words.spans[words][run.first : run.last]
            passage = passages[text]
            phrase = trimmed(passage, (int(spans[0, 0]), int(spans[-1, 1])))
            where = by_sentence(passage, phrase)
            places[passage.version] = where
            written[passage.version] = passage.text[where[0][0] : where[-1][1]]
        size = analysis.words.of(part.text)
        shares.append((part.run.last - part.run.first) / (size.stop - size.start))
    return Verdict(
        "meaning" if isinstance(one, Exchange) else one.kind,
        confidence,
        places,
        written,
        passages[suspicions[0].odd].version if len(group) > 2 else None,
        tuple(version for version, where in places.items() if not where),
        max(part.run.last - part.run.first for part in suspicions),
        min(shares) > _WHOLE,
    )
