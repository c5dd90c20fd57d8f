"""The vote of the versions: pairwise findings on one bead become one divergence each.

Two findings are about the same thing if they come from the same check and stand at the same place
of a version they share. When every finding of such a group involves one version and the others
agree among themselves, that version is the odd one. Versions of one language say the same in the
same words: what one pair of languages finds in several pairs of versions is found once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner._types import SEVERITIES
from aligner.checks._place import meet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from aligner._types import Severity
    from aligner.checks._place import Place
    from aligner.checks._registry import Check
    from aligner.checks._values import Finding, Passage

    Versions = tuple[str, ...]

_LONGER = 4
"""How many times longer a lost phrase is than the name that is lost with it.

Beside a name that was exchanged, some words around it are often suspected as well.
"""
_MORE = 1.2
"""How many times longer a phrase at least is than a name in it: by a word, be it a short one."""
_PHRASES = ("D102", "D103")
_PARTS = ("D2", "D3")
ALONE = 0.55
"""What one pair's word is worth when a third version was there to see it too and said nothing."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One group of findings, counted.

    Attributes:
        severity: as its surest finding has it.
        support: pairs of versions that found it.
    """

    check: Check
    findings: tuple[Finding, ...]
    places: dict[str, tuple[Place, ...]]
    odd: str | None
    confidence: float
    severity: Severity
    support: int


def vote(found: Sequence[tuple[Check, Finding]], passages: Sequence[Passage]) -> list[Vote]:
    """Join pairwise findings and name the odd version of each group."""
    spoken = {p.version: base_language(p.language) for p in passages if p.text}
    return [_count(group, spoken) for group in _groups(found)]


def joined(votes: Sequence[Vote]) -> list[Vote]:
    """Return the votes without those that are part of another, which is as sure and as grave.

    A phrase is as surely lost as a name that is lost with it, though both are told.
    """
    kept = [one for one in votes if not any(_is_part(one, other) for other in votes)]
    return [_with_parts(one, votes) for one in kept]


def _with_parts(one: Vote, votes: Sequence[Vote]) -> Vote:
    parts = (one, *(other for other in votes if _is_part(other, one)))
    signs = (*parts, *(other for other in votes if _is_lost_with(other, one, _MORE)))
    gravest = max((vote.severity for vote in parts), key=SEVERITIES.index)
    return replace(one, confidence=max(vote.confidence for vote in signs), severity=gravest)


def _is_part(one: Vote, other: Vote) -> bool:
    """Whether a value or a name is lacking because the phrase is that *other* speaks of."""
    if one.check.code.startswith("D3"):
        return other.confidence >= one.confidence and _is_lost_with(one, other, _LONGER)
    return _is_lost_with(one, other)


def _is_lost_with(one: Vote, other: Vote, longer: float = 1) -> bool:
    """Whether a value or a name lacks where a phrase does that holds it and is so much longer."""
    if one.check.code[:2] not in _PARTS or other.check.code not in _PHRASES:
        return False
    exact = _exact(one)
    lacking = {version for version, places in exact.items() if not places}
    return (
        bool(lacking)
        and lacking <= {version for version, places in other.places.items() if not places}
        and all(
            any(_is_within(place, whole, longer) for whole in other.places.get(version, ()))
            for version, places in exact.items()
            for place in places
        )
    )


def _exact(one: Vote) -> dict[str, tuple[Place, ...]]:
    """Return where the value itself stands that the findings are about, by version."""
    exact: dict[str, tuple[Place, ...]] = dict.fromkeys(one.places, ())
    for finding in one.findings:
        for version, places in (finding.exact or finding.places).items():
            exact[version] += places
    return exact


def _is_within(place: Place, whole: Place, longer: float) -> bool:
    """Whether a place is part of another that is so many times longer."""
    inside = whole[0] <= place[0] and place[1] <= whole[1]
    return inside and whole[1] - whole[0] >= longer * (place[1] - place[0])


def _groups(found: Sequence[tuple[Check, Finding]]) -> list[list[tuple[Check, Finding]]]:
    """Return the findings that are about the same thing together, in the order they are given."""
    groups, rest = [], list(range(len(found)))
    while rest:
        group = [rest.pop(0)]
        for one in group:  # which grows by what is the same as its members
            same = [other for other in rest if _is_same(found[one], found[other])]
            group += same
            rest = [other for other in rest if other not in same]
        groups.append([found[k] for k in sorted(group)])
    return groups


def _is_same(one: tuple[Check, Finding], other: tuple[Check, Finding]) -> bool:
    """Whether two findings of a check, of different pairs, are about the same thing.

    Their places meet in the version that both pairs have, or one has no place there and the same
    value is in question.
    """
    (check, first), (other_check, second) = one, other
    if check is not other_check or first.places.keys() == second.places.keys():
        return False
    for version in first.places.keys() & second.places.keys():
        here, there = first.places[version], second.places[version]
        if any(meet(a, b) for a in here for b in there):
            return True
        if first.key == second.key and not (here and there):
            return True
    return False


def _count(group: Sequence[tuple[Check, Finding]], spoken: Mapping[str, str]) -> Vote:
    """Return what a group of findings says, the surest first.

    Args:
        spoken: the language of each version that says anything.
    """
    findings = tuple(sorted((finding for _, finding in group), key=lambda f: -f.confidence))
    pairs = {tuple(sorted(finding.places)) for finding in findings}
    named = next((finding.odd for _, finding in group if finding.odd), None)
    odd = named or (_accused(pairs, list(spoken)) if len(spoken) > 2 else None)
    check, severity = group[0][0], findings[0].severity or group[0][0].severity
    surest = _surest(findings, spoken)
    confidence = 1 - prod(1 - surest[languages] for languages in sorted(surest))
    is_alone = len(surest) == 1 and len(next(iter(surest))) == 2
    if is_alone and named is None and len({*spoken.values()}) > 2:
        confidence *= ALONE
    places: dict[str, tuple[Place, ...]] = {}
    for finding in findings:
        for version, where in finding.places.items():
            places[version] = tuple(sorted({*places.get(version, ()), *where}))
    return Vote(check, findings, places, odd, confidence, severity, len(pairs))


def _surest(findings: Iterable[Finding], spoken: Mapping[str, str]) -> dict[Versions, float]:
    """Return how sure the surest finding is of each pair of languages."""
    surest: dict[Versions, float] = {}
    for finding in findings:
        languages = tuple(sorted({spoken.get(version, version) for version in finding.places}))
        surest[languages] = max(finding.confidence, surest.get(languages, 0.0))
    return surest


def _accused(pairs: Collection[Versions], present: Sequence[str]) -> str | None:
    """Return the version that is in each of several pairs which differ."""
    accused = [version for version in present if all(version in pair for pair in pairs)]
    return accused[0] if len(accused) == 1 and len(pairs) > 1 else None
