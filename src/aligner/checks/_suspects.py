"""What is suspected of each row: words left out, put in or said otherwise, and how likely it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._tags import base_language
from aligner._words import Exchange, Suspicion, load_judge
from aligner.checks._text import are_short, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._words import Evidence
    from aligner.checks._values import Passage

_LEAST = 0.3  # probability of a suspicion that is told
_PAIR = 2  # versions
_IN_TEXT = 1.4
"""Log odds less for what the second of two versions lacks in a whole text than in a row.

Rows are made by people or chosen; in a text the beads may be off, and what is missing may stand
elsewhere. With so much less there is a suspicion in one of a hundred clean rows.
"""
_FEW = 6  # words
_OF_FEW_WORDS = 0.85
"""Log odds less where a version has fewer words than that: notices, titles, orders.

They are said by custom rather than translated: of 910 such pairs of clean everyday texts one in
eight had an omission (one in ten now), of 990 longer ones one in twenty-three.
"""
Group: TypeAlias = "Mapping[int, Passage]"
"""The passages of a row that have text, by their number among all that are compared."""
Suspect: TypeAlias = "tuple[Suspicion | Exchange, float]"
"""A suspicion, and the probability that it is right."""


def suspects(evidence: Evidence, groups: Sequence[Group], in_order: bool) -> list[list[Suspect]]:
    """Return for each group what is suspected and likely enough."""
    doubtful = set(map(tuple, evidence.doubtful))
    found = [
        _suspicions(evidence, group, in_order) if tuple(group) in doubtful else []
        for group in groups
    ]
    asked = [
        (_name(group, one), one, _doubt(group, one, in_order))
        for group, some in zip(groups, found, strict=True)
        for one in some
    ]
    judged = iter(_judged(asked))
    return [told_once([(one, next(judged)) for one in some]) for some in found]


def _suspicions(evidence: Evidence, group: Group, in_order: bool) -> list[Suspicion | Exchange]:
    found = list(evidence.suspicions(tuple(group)))
    exchanges = list(evidence.exchanges(found))
    if in_order and len(group) == 2:
        found = [one for one in found if not _may_be_compound(group[one.others[0]])]
    return [*found, *exchanges]


def _may_be_compound(passage: Passage) -> bool:
    """Whether it is a title or the like in a language whose compounds say much in a word or two.

    Titles are worded freely: what one lacks is hardly ever an omission.
    """
    compounds = base_language(passage.language) != "en"
    closed = passage.text.rstrip().endswith((".", "!", "?"))
    return compounds and are_short(passage.text) and not closed


def _name(group: Group, one: Suspicion | Exchange) -> str:
    """Return the name of the judge of a suspicion; it depends on how many could vote."""
    return f"{'group' if len(group) > _PAIR else 'pair'}-{one.kind}"


def _doubt(group: Group, one: Suspicion | Exchange, in_order: bool) -> float:
    """Return the log odds to take off a suspicion for what the row is."""
    few = any(len(words(passage.text)) < _FEW for passage in group.values())
    in_text = in_order and _name(group, one) == "pair-omission"
    return max(_OF_FEW_WORDS * (few and one.kind != "exchange"), _IN_TEXT * in_text)


def _judged(asked: Sequence[tuple[str, Suspicion | Exchange, float]]) -> list[float]:
    """Return the probability of each suspicion, given with the name of its judge and its doubt."""
    out = np.zeros(len(asked), np.float32)
    for name in sorted({name for name, _, _ in asked}):
        places = [k for k, (other, _, _) in enumerate(asked) if other == name]
        values = np.array([asked[k][1].values for k in places], np.float32)
        doubts = np.array([asked[k][2] for k in places], np.float32)
        out[places] = load_judge(name)(values, doubts)
    return [float(p) for p in out]


def told_once(suspected: Sequence[Suspect]) -> list[Suspect]:
    """Leave out what is unlikely, and the parts of an exchange, or it: what explains words worse.

    An exchange says that both its parts are right. What stands against it is that one of them is
    right and the other wrong. A part that is suspected no more by itself, as in a title, is wrong.
    """
    sure = {id(one): p for one, p in suspected}
    kept, parts = [], set[int]()
    for one, p in suspected:
        if isinstance(one, Exchange):
            omitted, added = (sure.get(id(part), 0.0) for part in one.parts)
            if p < max(_LEAST, omitted * (1 - added), added * (1 - omitted)):
                continue
            parts |= {id(part) for part in one.parts}
        kept.append((one, p))
    return [(one, p) for one, p in kept if p >= _LEAST and id(one) not in parts]
