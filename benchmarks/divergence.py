"""Measure the checks on labelled divergences: what is found, what is falsely flagged.

    python benchmarks/divergence.py [--set pud_synth] [--capitals] [--misses number] [--alarms 20]

The data is looked for in ``$ALIGNER_DIVERGENCE`` or ``../shared/divergence``. Of the sets of
machine translations that people judged (`JUDGED`) it prints precision, recall and the MCC:
``wmt21_ced`` asks for critical errors, ``ted_mqm`` for a major error in accuracy (all raters'
labels of a row count as one), ``mlqe`` for a third of the words post-edited. What their worst false
alarms are is written in docs/checks.md.

Found is what has a finding of the labelled type above style. Where a changed number is part of a
date or a time, so is the finding (``October 2019`` against ``Oktober 2015``): it counts if it
points at the number.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.checks import CheckOptions, check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner import Divergence, Span

SETS = ("pud_synth", "hwtsc", "demetr", "distil")
JUDGED = ("wmt21_ced", "ted_mqm", "mlqe")
_NAMED = {"mismatch": "meaning"}
_POST_EDITED = 0.33


@dataclass
class Case:
    """One labelled row: texts by version, the kind of damage (``clean`` for none)."""

    id: str
    texts: dict[str, str]
    kind: str
    labels: tuple[str, ...]
    odd: str | None = None
    spots: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    found: tuple[Divergence, ...] = field(default=())

    @property
    def is_found(self) -> bool:
        """Whether a finding is of the labelled type, or of the date that a number is part of."""
        if self.types & set(self.labels):
            return True
        return "number" in self.labels and any(
            d.type == "date" and _meet(d.spans.get(version, ()), where)
            for d in self.loud
            for version, where in self.spots.items()
        )

    @property
    def loud(self) -> list[Divergence]:
        return [d for d in self.found if d.severity != "style"]

    @property
    def types(self) -> set[str]:
        return {d.type for d in self.loud}


def _meet(spans: Sequence[Span], spots: list[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for one in spans for start, end in spots)


def folder() -> Path | None:
    named = os.environ.get("ALIGNER_DIVERGENCE")
    path = Path(named) if named else Path(__file__).resolve().parents[2] / "shared/divergence"
    return path if path.is_dir() else None


def load(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if "op" in row:
                texts = {key: row[key] for key in ("en", "de", "sv")}
                spots = {row["odd"]: [tuple(row["span"])]} if row["span"] else {}
                yield Case(row["id"], texts, row["op"], _labels(row), row["odd"], spots)
            else:
                texts = {row["src_lang"]: row["src"], row["tgt_lang"]: row["tgt"]}
                kind = row.get("phenomenon", "")
                if row.get("variant"):
                    kind = f"{row['tgt_lang']} {row['variant']}: {kind}"
                elif path.name.startswith("distil"):
                    kind = ("bad " if row["labels"] else "good ") + kind
                spots = {
                    row[f"{side}_lang"]: [(start, end) for start, end, _ in spans]
                    for side, spans in row["spans"].items()
                }
                yield Case(row["id"], texts, kind or "all", _labels(row), spots=spots)


def _labels(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the labels that count: of errors graded by people the grave ones."""
    if isinstance(row.get("severity"), dict):
        return tuple(k for k in row["labels"] if row["severity"].get(k) in ("Major", "Critical"))
    if "hter" in row:
        return ("post_edited",) if row["hter"] >= _POST_EDITED else ()
    return tuple(_NAMED.get(label, label) for label in row["labels"])


def merged(cases: list[Case]) -> list[Case]:
    """Return the cases with the labels of all raters of the same texts together."""
    found: dict[tuple[str, ...], Case] = {}
    for case in cases:
        first = found.setdefault(tuple(case.texts.values()), case)
        first.labels = tuple(dict.fromkeys((*first.labels, *case.labels)))
    return list(found.values())


def agreement(cases: list[Case]) -> None:
    """Print how far findings above style agree with people's judgement, in all and by code."""
    bad = sum(bool(c.labels) for c in cases)
    print(f"{'':12} {'flagged':>8} {'precision':>9} {'recall':>7} {'MCC':>6}   {bad} bad")
    codes = sorted({d.code for c in cases for d in c.loud})
    for code in ("", *codes):
        flagged = [c for c in cases if any(d.code.startswith(code) for d in c.loud)]
        hits = sum(bool(c.labels) for c in flagged)
        precision, recall = hits / max(len(flagged), 1), hits / max(bad, 1)
        shown = f"{precision:9.3f} {recall:7.3f} {_mcc(len(cases), bad, len(flagged), hits):6.3f}"
        print(f"{code or 'any':12} {len(flagged):8} {shown}")


def _mcc(rows: int, bad: int, flagged: int, hits: int) -> float:
    spread = flagged * bad * (rows - flagged) * (rows - bad)
    return (hits * rows - flagged * bad) / math.sqrt(spread) if spread else 0.0


def run(cases: list[Case], options: CheckOptions) -> float:
    start = time.process_time()
    for case, found in zip(cases, check_rows((c.texts for c in cases), options), strict=True):
        case.found = found
    return len(cases) / (time.process_time() - start)


def pairs_of(cases: list[Case]) -> list[Case]:
    """Return the triples as pairs: the odd version with each of the others."""
    out = []
    for case in cases:
        for pair in combinations(case.texts, 2):
            if case.odd is None or case.odd in pair:
                texts = {version: case.texts[version] for version in pair}
                out.append(Case(case.id, texts, case.kind, case.labels, spots=case.spots))
    return out


def table(cases: list[Case]) -> None:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.kind].append(case)
    print(f"{'kind':44} {'rows':>5} {'found':>10} {'any':>6} {'odd right':>9}   types found")
    for kind, rows in sorted(groups.items()):
        hits = [c for c in rows if c.is_found]
        named = [c for c in hits if c.odd and c.types & set(c.labels)]
        right = sum(any(d.odd == c.odd for d in c.loud if d.type in c.labels) for c in named)
        odd = f"{right / len(named):9.3f}" if named else " " * 9
        loud = sum(bool(c.loud) for c in rows) / len(rows)
        types = Counter(t for c in rows for t in sorted(c.types)).most_common(6)
        shown = " ".join(f"{t}:{n}" for t, n in types)
        hit = f"{len(hits) / len(rows):10.3f}" if rows[0].labels else " " * 10
        print(f"{kind:44} {len(rows):5} {hit} {loud:6.3f} {odd}   {shown}")


def show(case: Case) -> None:
    print("--", case.id, case.kind, case.odd or "")
    for key, text in case.texts.items():
        print(f"   {key}: {text}")
    for d in case.found:
        print(f"   => {d.code} {d.confidence:.2f} odd={d.odd} {d.message}")


def in_capitals(text: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def measured(
    path: Path, options: CheckOptions, *, in_pairs: bool = False, capitals: bool = False
) -> list[Case]:
    """Print how the checks do on one set, and return its cases with what was found."""
    cases = list(load(path))
    cases = pairs_of(cases) if in_pairs else cases
    if capitals:
        for case in cases:
            case.texts = {version: in_capitals(text) for version, text in case.texts.items()}
    judged = path.name.startswith(JUDGED)
    cases = merged(cases) if judged else cases
    speed = run(cases, options)
    print(f"\n{path.name}: {len(cases)} rows, {speed:.0f} rows/s")
    agreement(cases) if judged else table(cases)
    return cases


def alarms(cases: list[Case], code: str) -> list[Case]:
    """Return the cases without labels of which a finding speaks, the surest first."""
    found = [c for c in cases if not c.labels and any(d.code.startswith(code) for d in c.loud)]
    return sorted(found, key=lambda c: -max(d.confidence for d in c.loud))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="", help="beginning of a file name")
    parser.add_argument("--pairs", action="store_true", help="triples as pairs of versions")
    parser.add_argument("--capitals", action="store_true", help="all texts in capitals")
    parser.add_argument("--misses", help="show what is not found of this kind")
    parser.add_argument("--alarms", type=int, default=0, help="show so many false alarms")
    parser.add_argument("--code", default="", help="only alarms of codes that begin so")
    parser.add_argument("--select", default="", help="codes to run")
    parser.add_argument("--sets", default=",".join((*SETS, *JUDGED)))
    args = parser.parse_args()
    data = folder()
    if data is None:
        print("skipped: no labelled divergences; set ALIGNER_DIVERGENCE", file=sys.stderr)
        return 0
    options = CheckOptions(select=tuple(args.select.split(",")) if args.select else ())
    for name in (args.set or args.sets).split(","):
        for path in sorted(data.glob(f"{name}*.jsonl")):
            cases = measured(path, options, in_pairs=args.pairs, capitals=args.capitals)
            missed = [c for c in cases if args.misses and args.misses in c.kind and not c.is_found]
            for case in (*missed, *alarms(cases, args.code)[: args.alarms]):
                show(case)
    return 0


if __name__ == "__main__":
    sys.exit(main())
