"""What is suspected of each row: words left out, put in or said otherwise, and how likely it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._tags import base_language
from aligner._words import Exchange, Suspicion, load_judge
from aligner.checks._text import are_short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._words import Evidence
    from aligner.checks._values import Passage

_LEAST = 0.3  # probability of a suspicion that is told
_IN_TEXT = 1.4
"""Log odds less for what the second of two versions lacks in a whole text than in a row.

Rows are made by people or chosen; in a text the beads may be off, and what is missing may stand
elsewhere. With so much less there is a suspicion in one of a hundred clean rows.
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
    sizes = [(len(group), one) for group, some in zip(groups, found, strict=True) for one in some]
    judged = iter(_judged(sizes, _IN_TEXT if in_order else 0.0))
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


def _judged(suspicions: Sequence[tuple[int, Suspicion | Exchange]], doubt: float) -> list[float]:
    """Return the probability of each suspicion; the judge depends on how many could vote.

    Args:
        doubt: log odds to take off where two versions alone speak.
    """
    names = [f"{'group' if size > 2 else 'pair'}-{one.kind}" for size, one in suspicions]
    out = np.zeros(len(suspicions), np.float32)
    for name in sorted(set(names)):
        places = [k for k, other in enumerate(names) if other == name]
        values = np.array([suspicions[k][1].values for k in places], np.float32)
        out[places] = load_judge(name)(values, doubt if name == "pair-omission" else 0.0)
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
