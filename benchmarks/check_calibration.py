"""Measure what the confidence of the surface checks is worth.

    python benchmarks/check_calibration.py           # the surface checks
    python benchmarks/check_calibration.py --words   # and those on word links; docs/precision.txt

A finding counts as right where its row is damaged in its way (and the version named odd is the
damaged one), as wrong where the row is clean; rows damaged in another way do not count. By code
the triples count as pairs as well, and triples in which a quantifier was exchanged here, or a word
for its opposite or another of its kind; the calibration error is that of the labelled rows as they
are. Below `LOW` a check would have to be off by default.

The confidences are those that the checks state and the vote combines. A never falling curve for
each check and number of versions, fitted on four folds of sentences and applied to the fifth, was
tried in their place: at .046 its calibration error was no better, so there is none.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from divergence import SETS, Case, folder, load, pairs_of, run

from aligner.checks import CheckOptions
from aligner.checks._contrasts import Section, members, other_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOW = 0.6
WORDS = ("D102", "D103", "D7")
KIN = {
    "unit": {"unit", "number"},
    "date": {"date", "number"},
    "number": {"number", "unit", "date"},
}
_SWAPS = {
    "en": "all>some every>some some>all many>few few>many always>sometimes most-of>few-of "
    "at-least>at-most more-than>less-than",
    "de": "alle>einige allen>einigen einige>alle einigen>allen viele>wenige vielen>wenigen "
    "immer>manchmal mindestens>höchstens mehr-als>weniger-als meisten>wenigsten",
    "sv": "alla>några några>alla många>få alltid>ibland minst>högst mer-än>mindre-än",
}
SECTIONS: tuple[Section, ...] = ("opposites", "kinds")
Sample = tuple[float, bool]


def swapped(cases: list[Case]) -> Iterator[Case]:
    """Yield clean triples in which one version has another quantifier: no set is labelled so."""
    for case in cases:
        for version, text in case.texts.items() if not case.labels else ():
            for pair in _SWAPS[version].split():
                old, new = pair.replace("-", " ").split(">")
                changed = re.sub(rf"\b{old}\b", new, text, count=1)
                if changed != text:
                    texts = {**case.texts, version: changed}
                    yield Case(case.id, texts, "quantifier", ("quantifier",), version)
                    break


def contrasted(cases: list[Case]) -> Iterator[Case]:
    """Yield clean triples in which a word is exchanged for its opposite or another of its kind."""
    for case in cases:
        for version, text in case.texts.items() if not case.labels else ():
            for section in SECTIONS:
                for one in members(text, version, section):
                    other = other_of(one, version, section)
                    if other and not one.weak:
                        changed = text[: one.start] + other + text[one.end :]
                        yield Case(
                            case.id,
                            {**case.texts, version: changed},
                            section,
                            ("meaning",),
                            version,
                        )
                        break


def samples(cases: list[Case]) -> dict[str, list[Sample]]:
    """Return confidence and whether right of each finding, by code and number of versions."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for case in cases:
        for one in case.found:
            hit = bool(KIN.get(one.type, {one.type}) & set(case.labels))
            if hit or not case.labels:
                right = hit and (one.odd is None or case.odd is None or one.odd == case.odd)
                found[f"{one.code}, {len(case.texts)} versions"].append((one.confidence, right))
    return found


def error(pairs: list[Sample], bins: int = 10) -> float:
    """Return the expected calibration error."""
    groups: dict[int, list[Sample]] = defaultdict(list)
    for confidence, right in pairs:
        groups[min(int(confidence * bins), bins - 1)].append((confidence, right))
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return sum(gaps) / len(pairs)


def main() -> int:
    data = folder()
    if data is None:
        print("skipped: no labelled divergences; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return 0
    cases: list[Case] = []
    more: list[Case] = []
    for name in SETS:
        for path in sorted(data.glob(f"{name}*.jsonl")):
            cases += load(path)
            if name == "pud_synth":
                exchanged = [*swapped(cases), *contrasted(cases)]
                more += (*exchanged, *pairs_of([*cases, *exchanged]))
    for part in (cases, more):
        run(part, CheckOptions(ignore=("D6", *(() if "--words" in sys.argv[1:] else WORDS))))
    for key, found in sorted(samples([*cases, *more]).items()):
        right = sum(right for _, right in found) / len(found)
        stated = sum(confidence for confidence, _ in found) / len(found)
        low = "  below" if right < LOW else ""
        print(f"{key}: {len(found)} findings, {right:.3f} right, {stated:.3f} stated{low}")
    pairs = [one for found in samples(cases).values() for one in found]
    print(f"calibration error {error(pairs):.3f} over {len(pairs)} findings of the labelled rows")
    for least in (0.9, 0.8):
        sure = [right for confidence, right in pairs if confidence >= least]
        print(f"at {least} and above {sum(sure) / len(sure):.3f} of {len(sure)} are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
